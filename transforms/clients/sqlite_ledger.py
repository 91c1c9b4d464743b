"""The ledger in an SQLite file, mostly beside the embedded index."""

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from schemas.alerts import Match
from schemas.articles import Entry
from schemas.codec import from_json, to_json
from schemas.errors import UserError
from schemas.failures import Reason
from schemas.feeds import FeedState
from schemas.kept import Hit
from schemas.stories import Claim, Folded
from transforms.clients import sqlite_feeds, sqlite_items, sqlite_outbox, sqlite_same, sqlite_stories, sqlite_tally
from transforms.clients.sqlite import BUSY_S, Sqlite
from transforms.clients.sqlite_items import forget_items, look_again
from transforms.clients.sqlite_outbox import SqliteOutbox, forget_alerts, forget_silences
from transforms.clients.sqlite_same import forget_same, renamed
from transforms.clients.sqlite_stories import SqliteStories, forget_articles
from transforms.clients.sqlite_tally import SqliteTally, add_hits, add_matches, maybe
from transforms.index.rows import millis
from transforms.keeping import Conclusion
from transforms.ledger.items import asked_anew
from transforms.ledger.rules import TRIES
from transforms.protocols import EntryState
from transforms.recall import SameArticle

FORMAT = 1
"""Raised with every change of these tables."""

LAYOUT = """
CREATE TABLE IF NOT EXISTS ledger_entries (id TEXT PRIMARY KEY, seen INTEGER NOT NULL, taken TEXT NOT NULL,
    inherited INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'pending', tries INTEGER NOT NULL DEFAULT 0,
    tried TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS ledger_entries_state ON ledger_entries (state, seen, id);
CREATE TABLE IF NOT EXISTS ledger_matches (alert TEXT NOT NULL, record TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (alert, record));
CREATE TABLE IF NOT EXISTS ledger_alerts (id TEXT PRIMARY KEY, finished INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS ledger_deliveries (alert TEXT NOT NULL, channel TEXT NOT NULL,
    PRIMARY KEY (alert, channel)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger_reads (entry TEXT PRIMARY KEY, begun INTEGER NOT NULL, taken TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger_bookmarks (task TEXT PRIMARY KEY, place TEXT NOT NULL) WITHOUT ROWID
"""
"""An entry's `taken` is the run whose work it is, `inherited` whether that run found it unsettled, `tried` the last run
that failed at it."""

OLD = """
SELECT id FROM ledger_entries WHERE state <> 'pending' AND seen < ?
AND json_extract(body, '$.feed') IN (SELECT feed FROM ledger_listed)
AND id NOT IN (SELECT value FROM ledger_listed, json_each(ledger_listed.entries)) LIMIT ?
"""
MATCHES = "SELECT record, body FROM ledger_matches WHERE alert = ? AND record > ? ORDER BY record LIMIT ?"

PAGE = 500
"""Matches that are asked for at once."""

PROGRESS = """
SELECT (SELECT count(*) FROM ledger_entries WHERE state = 'pending'), (SELECT count(*) FROM ledger_entries)
"""
"""Plain counts: to group by the state would be to look at every entry, some millions of them, every other second."""

FAIL = """
UPDATE ledger_entries SET reason = ?, tries = tries + (tried <> taken), tried = taken
WHERE id = ? AND state = 'pending'
"""
GIVE_UP = "UPDATE ledger_entries SET state = 'failed' WHERE id = ? AND state = 'pending' AND (? OR tries >= ?)"
BEGINS = """
INSERT INTO ledger_reads VALUES (?, 1, ?)
ON CONFLICT (entry) DO UPDATE SET begun = begun + (taken <> excluded.taken), taken = excluded.taken
"""
REOPEN = """
UPDATE ledger_entries SET state = 'pending', taken = '', inherited = 0, tries = 0, tried = '', reason = ''
WHERE id = ? AND state = 'failed'
"""


FINISH = """
UPDATE ledger_alerts SET finished = 1
WHERE id = ? AND (SELECT count(*) FROM ledger_matches WHERE alert = ?) = ?
"""
"""Not where a match has come since: the alert has to be written again."""


class SqliteLedger:
    """A Ledger in one file; every method is one transaction, and repeating it changes nothing."""

    def __init__(self, path: str, *, busy_s: float = BUSY_S, asking: bool = False) -> None:
        self.file = Sqlite(path, busy_s=busy_s, asking=asking)
        self.tally = SqliteTally(self.file)
        self.outbox = SqliteOutbox(self.file)
        self.copies = SqliteStories(self.file)

    def is_made(self) -> bool:
        """Return whether the file has a ledger; raises UserError where it is another version's."""
        found = self.file.format("ledger")
        if found not in {None, FORMAT}:
            raise UserError(
                f"{self.file.path}: its ledger was made by another version of newswatch (format {found}, here {FORMAT})"
            )
        return found is not None

    def prepare(self) -> None:
        """Make the file and its tables where they are missing; raises UserError."""
        parts = (sqlite_feeds, sqlite_tally, sqlite_outbox, sqlite_stories, sqlite_items, sqlite_same)
        layouts = (LAYOUT, *(part.LAYOUT for part in parts))
        self.file.prepare("ledger", FORMAT, [statement for layout in layouts for statement in layout.split(";")])

    def feed(self, url: str) -> FeedState | None:
        """Return what is remembered of the feed."""
        return self.known([url]).get(url)

    def feeds(self) -> list[FeedState]:
        """Return every remembered feed, by URL."""
        with self.file.reading() as db:
            return sqlite_feeds.feeds(db)

    def known(self, urls: Collection[str]) -> dict[str, FeedState]:
        """Return what is remembered of those of the feeds that are known."""
        with self.file.reading() as db:
            return sqlite_feeds.known(db, urls)

    def listing(self, listing: str) -> list[str]:
        """Return the URLs of the feeds that listed just this when they last listed anything, sorted."""
        with self.file.reading() as db:
            return sqlite_feeds.same_listing(db, listing)

    def take(self, state: FeedState, entries: Sequence[Entry], *, run: str) -> list[Entry]:
        """Remember the feed's state and its new entries; returns those that are this run's work."""
        with self.file.writing() as db:
            entries = renamed(db, entries)
            rows = [(entry.id, millis(entry.seen), run, to_json(entry)) for entry in entries]
            db.executemany("INSERT OR IGNORE INTO ledger_entries (id, seen, taken, body) VALUES (?, ?, ?, ?)", rows)
            known = state if look_again(db, state, entries, run=run) else asked_anew(state)
            sqlite_feeds.put(db, known, [entry.id for entry in entries])
            own = list(_own(db, dict.fromkeys(entry.id for entry in entries), run))
        return [entry for entry in own if entry.feed == state.url]  # another feed of this run may have had it first

    def fold(self, claims: Sequence[Claim], same: SameArticle) -> None:
        """Settle entries that are known articles under other addresses."""
        with self.file.writing() as db:
            for claim in claims:
                sqlite_same.fold(db, claim, same)

    def folded(self, articles: Sequence[str]) -> dict[str, Folded]:
        """Return what each of the entries was folded into."""
        with self.file.reading() as db:
            return sqlite_same.folded(db, articles)

    def left_over(self, *, run: str) -> list[Entry]:
        """Return the unsettled entries of earlier runs, oldest first, and make them this run's."""
        with self.file.writing() as db:
            db.execute(
                "UPDATE ledger_entries SET taken = ?, inherited = 1 WHERE state = 'pending' AND taken <> ?", (run, run)
            )
            mine = (
                "SELECT body FROM ledger_entries WHERE state = 'pending' AND taken = ? AND inherited ORDER BY seen, id"
            )
            return [from_json(Entry, body) for (body,) in db.execute(mine, (run,))]

    def waiting(self, limit: int, *, but_not: Collection[str] = ()) -> list[Entry]:
        """Return at most so many unsettled entries, oldest first, without those that are named."""
        with self.file.reading() as db:
            ids = db.execute("SELECT id FROM ledger_entries WHERE state = 'pending' ORDER BY seen, id")
            chosen = list(islice((id_ for (id_,) in ids if id_ not in but_not), limit))
            body = "SELECT body FROM ledger_entries WHERE id = ?"
            return [from_json(Entry, db.execute(body, (id_,)).fetchone()[0]) for id_ in chosen]

    def claim(self, entries: Sequence[str], *, run: str) -> None:
        """Make unsettled entries this run's, and remember that work on them began."""
        mine = "UPDATE ledger_entries SET taken = ?, inherited = 1 WHERE id = ? AND state = 'pending'"
        with self.file.writing() as db:
            db.executemany(mine, ((run, entry) for entry in entries))
            db.executemany(BEGINS, ((entry, run) for entry in entries))

    def ended(self, entries: Sequence[str]) -> None:
        """Remember that work on those that were claimed came to an end."""
        with self.file.writing() as db:
            db.executemany("DELETE FROM ledger_reads WHERE entry = ?", ((entry,) for entry in entries))

    def begun(self) -> dict[str, int]:
        """Return how often work on an entry began and came to no end."""
        with self.file.reading() as db:
            return dict(db.execute("SELECT entry, begun FROM ledger_reads"))

    def standing(self, entries: Sequence[str]) -> dict[str, EntryState]:
        """Return how those of the entries stand that are known."""
        with self.file.reading() as db:
            asked = "SELECT id, state FROM ledger_entries WHERE id = ?"
            found = (db.execute(asked, (entry,)).fetchone() for entry in entries)
            return {row[0]: row[1] for row in found if row}

    def conclude(self, entry: str, matches: Sequence[Match], hits: Sequence[Hit] = ()) -> None:
        """Record an article's matches and hits and settle its entry."""
        self.conclude_all([Conclusion(entry, matches, hits)])

    def conclude_all(self, found: Sequence[Conclusion]) -> None:
        """Do so for several articles."""
        with self.file.writing() as db:
            for one in found:
                add_matches(db, one.matches)
                add_hits(db, one.hits)
                db.execute("UPDATE ledger_entries SET state = 'done' WHERE id = ?", (one.entry,))

    def fail(self, entry: str, reason: Reason, *, final: bool) -> None:
        """Settle an entry as failed, or count one more run that failed at it."""
        with self.file.writing() as db:
            db.execute(FAIL, (reason, entry))
            db.execute(GIVE_UP, (entry, final, TRIES))

    def progress(self) -> tuple[int, int]:
        """Return how many entries are unsettled, and how many are settled."""
        with self.file.reading() as db:
            unsettled, known = db.execute(PROGRESS).fetchone()
        return unsettled, known - unsettled

    def reopen(self, entries: Sequence[str]) -> int:
        """Make failed entries unsettled again and return how many there were."""
        with self.file.writing() as db:
            return sum(db.execute(REOPEN, (entry,)).rowcount for entry in entries)

    def matches(self, alert: str) -> Iterator[Match]:
        """Yield every match of the alert, by the record's id."""
        rows: list[tuple[str, str]] = [("", "")]
        while rows:
            last, _ = rows[-1]
            with self.file.reading() as db:
                rows = db.execute(MATCHES, (alert, last, PAGE)).fetchall()
            yield from (from_json(Match, body) for _, body in rows)

    def oldest_unsettled(self) -> dt.datetime | None:
        """Return when the oldest unsettled entry was first seen."""
        with self.file.reading() as db:
            (time,) = db.execute("SELECT min(seen) FROM ledger_entries WHERE state = 'pending'").fetchone()
        return maybe(time)

    def undelivered(self) -> list[str]:
        """Return the ids of the alerts that have grown since they were last written, sorted."""
        with self.file.reading() as db:
            return [id_ for (id_,) in db.execute("SELECT id FROM ledger_alerts WHERE NOT finished ORDER BY id")]

    def finish(self, alert: str, count: int) -> None:
        """Remember that the alert stands in the index and the outbox with so many matches."""
        with self.file.writing() as db:
            db.execute("INSERT OR IGNORE INTO ledger_alerts VALUES (?, 0)", (alert,))
            db.execute(FINISH, (alert, alert, count))

    def prune(self, before: dt.datetime, *, most: int) -> int:
        """Forget at most so many settled entries first seen before then, and of alerts and silences that are over."""
        with self.file.writing() as db:
            old = db.execute(OLD, (millis(before), most)).fetchall()
            forget_same(db, old)
            db.executemany("DELETE FROM ledger_entries WHERE id = ?", old)
            forget_articles(db, old)
            forget_items(db, old)
            return max(len(old), forget_alerts(db, before, most), forget_silences(db, before, most))

    def forget_feeds(self, urls: Collection[str]) -> None:
        """Forget the states of those feeds, and what they list."""
        with self.file.writing() as db:
            sqlite_feeds.forget(db, urls)

    def bookmark(self, task: str) -> str:
        """Return the place that a long task has reached; empty where it has not begun."""
        with self.file.reading() as db:
            row = db.execute("SELECT place FROM ledger_bookmarks WHERE task = ?", (task,)).fetchone()
        return str(row[0]) if row else ""

    def keep_bookmark(self, task: str, place: str) -> None:
        """Remember the place that the task has reached; an empty one forgets the task."""
        with self.file.writing() as db:
            db.execute("DELETE FROM ledger_bookmarks WHERE task = ?", (task,))
            if place:
                db.execute("INSERT INTO ledger_bookmarks VALUES (?, ?)", (task, place))

    def close(self) -> None:
        """Close the file."""
        self.file.close()


def _own(db: sqlite3.Connection, ids: Iterable[str], run: str) -> Iterator[Entry]:
    mine = "SELECT body FROM ledger_entries WHERE id = ? AND taken = ? AND NOT inherited AND state = 'pending'"
    for id_ in ids:
        row = db.execute(mine, (id_, run)).fetchone()
        if row:
            yield from_json(Entry, row[0])
