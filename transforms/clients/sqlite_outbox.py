"""What is to be sent and what became of it, in the ledger's SQLite file."""

import dataclasses as dc
import datetime as dt
import sqlite3
from collections.abc import Collection, Sequence

from schemas.alerts import Alert
from schemas.codec import from_json, to_json
from schemas.kept import FIRST, Item, Silence, State
from transforms.clients.sqlite import Sqlite
from transforms.clients.sqlite_tally import maybe
from transforms.index.rows import millis
from transforms.keeping import TOLD_FOR, Told, by_due, by_end, ended_before, revived, told_of

LAYOUT = """
CREATE TABLE IF NOT EXISTS ledger_outbox (alert TEXT NOT NULL, channel TEXT NOT NULL, round TEXT NOT NULL,
    state TEXT NOT NULL, since INTEGER NOT NULL, due INTEGER NOT NULL, bundle TEXT NOT NULL, grp TEXT NOT NULL,
    sent INTEGER, body TEXT NOT NULL,
    PRIMARY KEY (alert, channel, round));
CREATE INDEX IF NOT EXISTS ledger_outbox_state ON ledger_outbox (state, due) WHERE state IN ('due', 'dead');
CREATE INDEX IF NOT EXISTS ledger_outbox_sent ON ledger_outbox (channel, sent) WHERE sent IS NOT NULL;
CREATE TABLE IF NOT EXISTS ledger_told (alert TEXT PRIMARY KEY, rule TEXT NOT NULL, last INTEGER NOT NULL,
    body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS ledger_told_rule ON ledger_told (rule, last);
CREATE TABLE IF NOT EXISTS ledger_silences (id TEXT PRIMARY KEY, body TEXT NOT NULL)
"""

POST = "INSERT OR IGNORE INTO ledger_outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
PUT = """
INSERT INTO ledger_outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (alert, channel, round) DO UPDATE SET state = excluded.state, since = excluded.since, due = excluded.due,
    bundle = excluded.bundle, grp = excluded.grp, sent = coalesce(excluded.sent, sent), body = excluded.body
"""
HAD_BEFORE = "SELECT 1 FROM ledger_deliveries WHERE alert = ? AND channel = ?"
"""What an earlier version has sent."""

TOLD = "INSERT OR REPLACE INTO ledger_told VALUES (?, ?, ?, ?)"


OVER = """
SELECT alert FROM ledger_told WHERE last < ?
AND NOT EXISTS (SELECT 1 FROM ledger_outbox o WHERE o.alert = ledger_told.alert AND o.state = 'due')
AND alert IN (SELECT id FROM ledger_alerts WHERE finished) LIMIT ?
"""
"""Alerts that have not grown since then, and of which nothing is due."""

LINES = (
    "DELETE FROM ledger_matches WHERE alert = ?",
    "DELETE FROM ledger_outbox WHERE alert = ?",
    "DELETE FROM ledger_deliveries WHERE alert = ?",
    "DELETE FROM ledger_told WHERE alert = ?",
    "DELETE FROM ledger_alerts WHERE id = ?",
)


class SqliteOutbox:
    """An Outbox in the ledger's file."""

    def __init__(self, file: Sqlite) -> None:
        self.file = file

    def post(self, alert: Alert, items: Sequence[Item]) -> None:
        """Remember the alert and its items, each in its first form, in one transaction."""
        told = told_of(alert)
        with self.file.writing() as db:
            db.execute(TOLD, (told.alert, told.rule, millis(told.last), to_json(told)))
            for item in items:
                if item.round == FIRST and db.execute(HAD_BEFORE, (item.alert, item.channel)).fetchone():
                    continue
                db.execute(POST, _row(item, None))

    def items(self, alert: str) -> list[Item]:
        """Return the alert's items, by channel and round."""
        with self.file.reading() as db:
            rows = db.execute("SELECT body FROM ledger_outbox WHERE alert = ? ORDER BY channel, round", (alert,))
            return [from_json(Item, body) for (body,) in rows]

    def is_due(self, now: dt.datetime) -> bool:
        """Return whether there is anything to be sent by now."""
        asked = "SELECT 1 FROM ledger_outbox WHERE state = 'due' AND (due <= ? OR since > ?) LIMIT 1"
        with self.file.reading() as db:
            return db.execute(asked, (millis(now), millis(now))).fetchone() is not None

    def waiting(self, now: dt.datetime) -> list[Item]:
        """Return all that is still to be sent, the longest due first; what began after now begins now."""
        found = self._of("due")
        early = [dc.replace(item, since=now) for item in found if item.since > now]
        if early:
            with self.file.writing() as db:
                db.executemany(PUT, [_row(item, None) for item in early])
        return sorted([*early, *(item for item in found if item.since <= now)], key=by_due)

    def _of(self, state: State) -> list[Item]:
        with self.file.reading() as db:
            rows = db.execute("SELECT body FROM ledger_outbox WHERE state = ?", (state,)).fetchall()
        return [from_json(Item, body) for (body,) in rows]

    def put(self, items: Sequence[Item], *, now: dt.datetime) -> None:
        """Write the items as they are now, through a power cut: what was sent must not be sent again."""
        rows = [_row(item, millis(now) if item.state == "sent" else None) for item in items]
        with self.file.writing(durable=True) as db:
            db.executemany(PUT, rows)

    def sent(self, channel: str, since: dt.datetime, now: dt.datetime) -> int:
        """Return how many notices the channel has had from then until now."""
        asked = "SELECT count(DISTINCT bundle) FROM ledger_outbox WHERE channel = ? AND sent BETWEEN ? AND ?"
        with self.file.reading() as db:
            return int(db.execute(asked, (channel, millis(since), millis(now))).fetchone()[0])

    def last_sent(self, channel: str, group: str, now: dt.datetime) -> dt.datetime | None:
        """Return when, until now, the channel had its last notice of that group."""
        asked = "SELECT max(sent) FROM ledger_outbox WHERE channel = ? AND grp = ? AND sent <= ?"
        with self.file.reading() as db:
            return maybe(db.execute(asked, (channel, group, millis(now))).fetchone()[0])

    def told(self, rules: Collection[str], *, since: dt.datetime) -> list[Told]:
        """Return the alerts of those rules that were still growing then."""
        asked = "SELECT body FROM ledger_told WHERE rule = ? AND last >= ? ORDER BY alert"
        with self.file.reading() as db:
            return [
                from_json(Told, body) for rule in sorted(rules) for (body,) in db.execute(asked, (rule, millis(since)))
            ]

    def revive(self) -> int:
        """Make what was given up due again, and return how many items there were."""
        dead = [revived(item) for item in self._of("dead")]
        with self.file.writing() as db:
            db.executemany(PUT, [_row(item, None) for item in dead])
        return len(dead)

    def silences(self) -> list[Silence]:
        """Return every silence, by its end and id."""
        with self.file.reading() as db:
            return _silences(db)

    def silence(self, silence: Silence) -> None:
        """Write the silence, in place of an earlier form."""
        with self.file.writing() as db:
            db.execute("INSERT OR REPLACE INTO ledger_silences VALUES (?, ?)", (silence.id, to_json(silence)))


def _row(item: Item, sent: int | None) -> tuple[str | int | None, ...]:
    times = millis(item.since), millis(item.due)
    return item.alert, item.channel, item.round, item.state, *times, item.bundle, item.group, sent, to_json(item)


def _silences(db: sqlite3.Connection) -> list[Silence]:
    rows = db.execute("SELECT body FROM ledger_silences")
    return sorted((from_json(Silence, body) for (body,) in rows), key=by_end)


def forget_silences(db: sqlite3.Connection, before: dt.datetime, most: int) -> int:
    """Forget at most so many silences that ended before then; returns how many."""
    over = ended_before(before, _silences(db))[:most]
    db.executemany("DELETE FROM ledger_silences WHERE id = ?", ((silence.id,) for silence in over))
    return len(over)


def forget_alerts(db: sqlite3.Connection, before: dt.datetime, most: int) -> int:
    """Forget at most so many alerts that are over, a year after what they were found in; returns how many."""
    over = db.execute(OVER, (millis(before - TOLD_FOR), most)).fetchall()
    for line in LINES:
        db.executemany(line, over)
    return len(over)
