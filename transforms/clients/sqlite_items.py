"""Which form of an article's item the ledger has seen: a changed one is looked at again."""

import json
import sqlite3
from collections.abc import Sequence

from schemas.articles import Entry
from schemas.codec import to_json
from schemas.feeds import FeedState
from transforms.ledger.items import LOOKS, Item, changed, item_of

LAYOUT = """
CREATE TABLE IF NOT EXISTS ledger_items (entry TEXT PRIMARY KEY, words TEXT NOT NULL, updated TEXT NOT NULL,
    looks INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID
"""

KNOWN = "SELECT words, updated FROM ledger_items WHERE entry = ? AND looks < ?"
FIRST = "INSERT OR IGNORE INTO ledger_items VALUES (?, ?, ?, 0)"
AGAIN = """
UPDATE ledger_entries SET state = 'pending', body = ?, taken = ?, inherited = 0, tries = 0, tried = '', reason = ''
WHERE id = ? AND state <> 'pending' AND json_extract(body, '$.feed') IN (SELECT value FROM json_each(?))
"""
PENDING = """
SELECT 1 FROM ledger_entries
WHERE id = ? AND state = 'pending' AND json_extract(body, '$.feed') IN (SELECT value FROM json_each(?))
"""
LOOKED = "UPDATE ledger_items SET words = ?, updated = ?, looks = looks + 1 WHERE entry = ?"


def look_again(db: sqlite3.Connection, state: FeedState, entries: Sequence[Entry], *, run: str) -> bool:
    """Make settled entries whose items have changed this run's work once more, and remember the items of all.

    Returns whether each could be: an entry that is still being worked on cannot.
    """
    known: dict[str, Item] = {}
    for entry in entries:
        row = db.execute(KNOWN, (entry.id, LOOKS)).fetchone()
        if row:
            known[entry.id] = Item(*row)
    later, own = 0, json.dumps((state.url, *state.formerly))
    for entry in changed(entries, known):
        if db.execute(AGAIN, (to_json(entry), run, entry.id, own)).rowcount:
            db.execute(LOOKED, (*item_of(entry), entry.id))
        else:
            later += db.execute(PENDING, (entry.id, own)).fetchone() is not None
    db.executemany(FIRST, ((entry.id, *item_of(entry)) for entry in entries))
    return not later


def forget_items(db: sqlite3.Connection, entries: Sequence[tuple[str]]) -> None:
    """Forget the items of entries that the ledger forgets."""
    db.executemany("DELETE FROM ledger_items WHERE entry = ?", entries)
