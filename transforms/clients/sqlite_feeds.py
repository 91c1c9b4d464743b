"""Feeds in the ledger's SQLite file: their states, and what they list."""

import json
import sqlite3
from collections.abc import Collection, Sequence

from schemas.codec import from_json, to_json
from schemas.feeds import FeedState
from transforms.ledger.items import is_part, listed_now

LAYOUT = """
CREATE TABLE IF NOT EXISTS ledger_feeds (url TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger_listed (feed TEXT PRIMARY KEY, entries TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS ledger_listings (feed TEXT PRIMARY KEY, listing TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ledger_listings_listing ON ledger_listings (listing)
"""
"""A feed that is not in `ledger_listed` may still list all that it ever gave."""

FORGET = (
    "DELETE FROM ledger_feeds WHERE url = ?",
    "DELETE FROM ledger_listings WHERE feed = ?",
    "UPDATE ledger_listed SET entries = '[]' WHERE feed = ?",
)


def feeds(db: sqlite3.Connection) -> list[FeedState]:
    """Return every remembered feed, by URL."""
    return [from_json(FeedState, body) for (body,) in db.execute("SELECT body FROM ledger_feeds ORDER BY url")]


def known(db: sqlite3.Connection, urls: Collection[str]) -> dict[str, FeedState]:
    """Return what is remembered of those of the feeds that are known."""
    rows = ((url, db.execute("SELECT body FROM ledger_feeds WHERE url = ?", (url,)).fetchone()) for url in urls)
    return {url: from_json(FeedState, row[0]) for url, row in rows if row}


def same_listing(db: sqlite3.Connection, listing: str) -> list[str]:
    """Return the URLs of the feeds that listed just this when they last listed anything, sorted."""
    return [
        feed for (feed,) in db.execute("SELECT feed FROM ledger_listings WHERE listing = ? ORDER BY feed", (listing,))
    ]


def put(db: sqlite3.Connection, state: FeedState, ids: Sequence[str]) -> None:
    """Write the feed's state and, where it lists anything, what, and the mark of feeds that list the same."""
    db.execute("INSERT OR REPLACE INTO ledger_feeds VALUES (?, ?)", (state.url, to_json(state)))
    if ids:
        db.execute("INSERT OR REPLACE INTO ledger_listings VALUES (?, ?)", (state.url, state.listing))
        _list(db, state, ids)


def forget(db: sqlite3.Connection, urls: Collection[str]) -> None:
    """Leave no more of the feeds than that they list nothing."""
    for line in FORGET:
        db.executemany(line, ((url,) for url in urls))


def _list(db: sqlite3.Connection, state: FeedState, ids: Sequence[str]) -> None:
    before = db.execute("SELECT entries FROM ledger_listed WHERE feed = ?", (state.url,)).fetchone()
    listed = listed_now(state, ids, json.loads(before[0]) if before else ())
    db.execute("INSERT OR REPLACE INTO ledger_listed VALUES (?, ?)", (state.url, json.dumps(listed)))
    if not is_part(state):  # what stood under an address of before is listed here, or no more
        db.executemany("INSERT OR REPLACE INTO ledger_listed VALUES (?, '[]')", ((url,) for url in state.formerly))
