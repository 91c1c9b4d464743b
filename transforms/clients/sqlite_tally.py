"""What rules have counted, in the ledger's SQLite file."""

import datetime as dt
import sqlite3
from collections.abc import Collection, Sequence
from operator import itemgetter

from schemas.alerts import Match
from schemas.codec import from_json, to_json
from schemas.kept import Hit, Series
from transforms.clients.sqlite import Sqlite
from transforms.index.rows import millis, moment
from transforms.keeping import by_time
from transforms.ledger.spans import JOINS, SPANS

LAYOUT = """
CREATE TABLE IF NOT EXISTS ledger_hits (series TEXT NOT NULL, record TEXT NOT NULL, term TEXT NOT NULL,
    time INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (series, record, term));
CREATE INDEX IF NOT EXISTS ledger_hits_time ON ledger_hits (series, time);
CREATE INDEX IF NOT EXISTS ledger_hits_term ON ledger_hits (series, term, time);
CREATE TABLE IF NOT EXISTS ledger_series (id TEXT PRIMARY KEY, rule TEXT NOT NULL, key TEXT NOT NULL, dirty INTEGER,
    through INTEGER, changes INTEGER NOT NULL DEFAULT 0, waits INTEGER NOT NULL DEFAULT 0, gone INTEGER);
CREATE INDEX IF NOT EXISTS ledger_series_dirty ON ledger_series (dirty) WHERE dirty IS NOT NULL;
CREATE INDEX IF NOT EXISTS ledger_series_gone ON ledger_series (gone) WHERE gone IS NOT NULL;
CREATE INDEX IF NOT EXISTS ledger_alerts_open ON ledger_alerts (id) WHERE NOT finished;
CREATE TABLE IF NOT EXISTS ledger_watched (start INTEGER PRIMARY KEY, end INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS ledger_rules (rule TEXT PRIMARY KEY, since INTEGER NOT NULL)
"""

EVER = 1 << 60

FIRSTS = """
DELETE FROM ledger_hits WHERE rowid IN (SELECT n FROM (
    SELECT rowid AS n, row_number() OVER (PARTITION BY term ORDER BY time, record) AS place
    FROM ledger_hits WHERE series = ?) WHERE place > ?)
"""
SPANS_ENOUGH = """
DELETE FROM ledger_watched
WHERE start <= (SELECT start FROM ledger_watched ORDER BY start DESC LIMIT 1 OFFSET ?)
"""
TOUCHED = "SELECT DISTINCT term FROM ledger_hits WHERE series = ? AND time BETWEEN ? AND ?"
BEFORE = "SELECT count(*) FROM (SELECT 1 FROM ledger_hits WHERE series = ? AND term = ? AND time < ? LIMIT ?)"
OF_TERM = "SELECT body FROM ledger_hits WHERE series = ? AND term = ? AND time <= ?"
ADD = """
INSERT OR IGNORE INTO ledger_hits
SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM ledger_series WHERE id = ? AND gone > ?)
"""
"""Not where its series takes none of that age any more."""

TOUCH = """
INSERT INTO ledger_series (id, rule, key, dirty, changes) VALUES (?, ?, ?, ?, 1)
ON CONFLICT (id) DO UPDATE SET dirty = min(coalesce(dirty, excluded.dirty), excluded.dirty), changes = changes + 1,
    waits = 0
"""
SINCE = "INSERT INTO ledger_rules VALUES (?, ?) ON CONFLICT (rule) DO UPDATE SET since = min(since, excluded.since)"
OPEN_ALERT = "INSERT INTO ledger_alerts VALUES (?, 0) ON CONFLICT (id) DO UPDATE SET finished = 0"
WORK = "SELECT id, rule, key, dirty, through, changes FROM ledger_series WHERE dirty IS NOT NULL ORDER BY id"
OF_RULE = "SELECT id, rule, key, dirty, through, changes FROM ledger_series WHERE rule = ?"
COUNTED = """
UPDATE ledger_series SET dirty = CASE WHEN changes = ? THEN ? ELSE dirty END, waits = (changes = ?), through = ?
WHERE id = ?
"""


def add_matches(db: sqlite3.Connection, matches: Sequence[Match]) -> bool:
    """Add the matches that are new; their alerts are due again. Returns whether there were any."""
    new = False
    for match in matches:
        row = (match.alert, match.record, to_json(match))
        if db.execute("INSERT OR IGNORE INTO ledger_matches VALUES (?, ?, ?)", row).rowcount:
            db.execute(OPEN_ALERT, (match.alert,))
            new = True
    return new


def add_hits(db: sqlite3.Connection, hits: Sequence[Hit]) -> None:
    """Add the hits that are new; their series have to be counted."""
    for hit in hits:
        time = millis(hit.seen)
        row = (hit.series, hit.match.record, hit.term, time, to_json(hit), hit.series, time)
        if db.execute(ADD, row).rowcount > 0:
            db.execute(TOUCH, (hit.series, hit.rule, hit.key, time))


class SqliteTally:
    """A Tally in the ledger's file."""

    def __init__(self, file: Sqlite) -> None:
        self.file = file

    def beat(self, now: dt.datetime) -> None:
        """Remember that newswatch is at work, to the minute; what is still to come has not been forgotten."""
        time = millis(now)
        with self.file.reading() as db:
            span = db.execute(
                "SELECT start, end FROM ledger_watched WHERE start <= ? ORDER BY start DESC", (time,)
            ).fetchone()
        if span and time // 60_000 <= span[1] // 60_000:
            return
        with self.file.writing() as db:
            db.execute("UPDATE ledger_series SET gone = NULL WHERE gone > ?", (time,))
            if span and time - span[1] <= JOINS:
                db.execute("UPDATE ledger_watched SET end = ? WHERE start = ? AND end < ?", (time, span[0], time))
            else:
                db.execute("INSERT OR IGNORE INTO ledger_watched VALUES (?, ?)", (time, time))
                db.execute(SPANS_ENOUGH, (SPANS,))

    def watched(self) -> list[tuple[dt.datetime, dt.datetime]]:
        """Return the spans in which newswatch was at work, sorted."""
        with self.file.reading() as db:
            rows = db.execute("SELECT start, end FROM ledger_watched ORDER BY start").fetchall()
        return [(moment(start), moment(end)) for start, end in rows]

    def rule_since(self, rule: str, now: dt.datetime) -> dt.datetime:
        """Return when the rule was first counted: now, where it never was, or where the clock was set back since."""
        asked = "SELECT since FROM ledger_rules WHERE rule = ?"
        with self.file.reading() as db:
            row = db.execute(asked, (rule,)).fetchone()
        if row is None or row[0] > millis(now):
            with self.file.writing() as db:
                db.execute(SINCE, (rule, millis(now)))
                row = db.execute(asked, (rule,)).fetchone()
        return moment(row[0])

    def is_dirty(self) -> bool:
        """Return whether hits have come since they were counted."""
        with self.file.reading() as db:
            asked = db.execute("SELECT 1 FROM ledger_series WHERE dirty IS NOT NULL AND NOT waits LIMIT 1")
            return asked.fetchone() is not None

    def series(self, rules: Collection[str] = ()) -> list[Series]:
        """Return the series that have hits not counted yet, and all of those rules; sorted."""
        with self.file.reading() as db:
            rows = set(db.execute(WORK).fetchall())
            for rule in rules:
                rows |= set(db.execute(OF_RULE, (rule,)).fetchall())
        return [
            Series(id=id_, rule=rule, key=key, dirty=maybe(dirty), through=maybe(through), changes=changes)
            for id_, rule, key, dirty, through, changes in sorted(rows, key=itemgetter(0))
        ]

    def hits(self, series: str, since: dt.datetime | None = None, until: dt.datetime | None = None) -> list[Hit]:
        """Return the hits of the series, seen from then on and by then, in order of time, record and term."""
        asked = "SELECT body FROM ledger_hits WHERE series = ? AND time BETWEEN ? AND ?"
        times = (millis(since) if since else -EVER, millis(until) if until else EVER)
        with self.file.reading() as db:
            rows = db.execute(asked, (series, *times)).fetchall()
        found = sorted((from_json(Hit, body) for (body,) in rows), key=by_time)
        return [hit for hit in found if hit.seen <= until] if until else found

    def open_terms(
        self, series: str, since: dt.datetime, number: int, *, until: dt.datetime | None = None
    ) -> list[Hit]:
        """Return all hits, by then, of the terms that have any since and had fewer than so many before."""
        last = millis(until) if until else EVER
        with self.file.reading() as db:
            found = db.execute(TOUCHED, (series, millis(since), last)).fetchall()
            terms = [term for (term,) in found if _is_open(db, series, term, millis(since), number)]
            rows = [row for term in terms for row in db.execute(OF_TERM, (series, term, last))]
        hits = sorted((from_json(Hit, body) for (body,) in rows), key=by_time)
        return [hit for hit in hits if hit.seen <= until] if until else hits

    def next_hit(self, series: str, after: dt.datetime) -> dt.datetime | None:
        """Return when the first hit of the series after that moment was seen."""
        asked = "SELECT body FROM ledger_hits WHERE series = ? AND time >= ? ORDER BY time"
        with self.file.reading() as db:
            found = (from_json(Hit, body).seen for (body,) in db.execute(asked, (series, millis(after))))
            return next((seen for seen in found if seen > after), None)

    def fold(self, alert: str, matches: Sequence[Match], *, whole: bool = False) -> bool:
        """Add the matches to the alert (`whole`: put them in place of what it has), and return whether it changed."""
        kept = {match.record for match in matches}
        with self.file.reading() as db:
            held = {record for (record,) in db.execute("SELECT record FROM ledger_matches WHERE alert = ?", (alert,))}
        if kept <= held and not (whole and held - kept):
            return False
        with self.file.writing() as db:
            for record in sorted(held - kept) if whole else ():
                db.execute("DELETE FROM ledger_matches WHERE alert = ? AND record = ?", (alert, record))
                db.execute(OPEN_ALERT, (alert,))
            add_matches(db, matches)
        return True

    def counted(self, series: Series, *, dirty: dt.datetime | None, through: dt.datetime) -> None:
        """Remember how far the series is counted, unless it has had hits since it was read."""
        with self.file.writing() as db:
            left = None if dirty is None else millis(dirty)
            db.execute(COUNTED, (series.changes, left, series.changes, millis(through), series.id))

    def forget(self, series: str, before: dt.datetime) -> None:
        """Remove the hits of the series seen before then, and take none of that age any more."""
        time = millis(before)
        with self.file.writing() as db:
            db.execute("DELETE FROM ledger_hits WHERE series = ? AND time < ?", (series, time))
            db.execute("UPDATE ledger_series SET gone = max(coalesce(gone, ?), ?) WHERE id = ?", (time, time, series))

    def keep_firsts(self, series: str, number: int) -> None:
        """Remove all but so many of the first hits of each term of the series."""
        with self.file.writing() as db:
            db.execute(FIRSTS, (series, number))


def _is_open(db: sqlite3.Connection, series: str, term: str, since: int, number: int) -> bool:
    (before,) = db.execute(BEFORE, (series, term, since, number)).fetchone()
    return bool(before < number)


def maybe(time: int | None) -> dt.datetime | None:
    """Return the time that a column holds, if any."""
    return None if time is None else moment(time)
