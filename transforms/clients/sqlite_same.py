"""Articles that turned out to be known ones under other addresses, in the ledger's SQLite file."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from schemas.articles import Entry
from schemas.codec import from_json, to_json
from schemas.ids import stable_id
from schemas.stories import Claim, Evidence, Folded
from transforms.copies.same import is_meant
from transforms.ledger.items import LOOKS
from transforms.recall import SameArticle

LAYOUT = """
CREATE TABLE IF NOT EXISTS ledger_same (id TEXT PRIMARY KEY, article TEXT NOT NULL, how TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ledger_same_article ON ledger_same (article);
CREATE TABLE IF NOT EXISTS ledger_guids (guid TEXT PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID
"""
"""`how` an id leads to an article: its address was claimed, or an entry was folded and is gone, or goes on as it."""

KNOWN = """
SELECT ledger_entries.id, ledger_entries.state, ledger_entries.body, ledger_stories.story, ledger_stories.exact
FROM ledger_entries JOIN ledger_stories ON ledger_stories.article = ledger_entries.id
WHERE ledger_entries.id = ? AND ledger_entries.state <> 'failed'
"""
"""What failed, and what has no text yet, can stand for nothing."""

GUID = "SELECT json_extract(body, '$.feed'), json_extract(body, '$.guid') FROM ledger_entries WHERE id = ?"
LISTED = """
SELECT count(DISTINCT value) FROM ledger_listed, json_each(ledger_listed.entries)
WHERE feed = ? AND value IN (?, ?)
"""
ITS_ITEM = """
UPDATE ledger_items SET (words, updated) = (SELECT words, updated FROM ledger_items WHERE entry = ?) WHERE entry = ?
"""
LOOK = "UPDATE ledger_items SET looks = looks + 1 WHERE entry = ? AND looks < ?"
AGAIN = "UPDATE ledger_entries SET state = 'pending', body = ?, taken = '', inherited = 1, tries = 0 WHERE id = ?"


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    state: str
    entry: Entry
    story: str
    exact: str


def renamed(db: sqlite3.Connection, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, those that were folded under the ids of what they were folded into."""
    ids = json.dumps([entry.id for entry in entries])
    asked = "SELECT id, article, how FROM ledger_same WHERE id IN (SELECT value FROM json_each(?))"
    known = {id_: (article, how) for id_, article, how in db.execute(asked, (ids,))}
    return [_renamed(db, entry, *known[entry.id]) if entry.id in known else entry for entry in entries]


def fold(db: sqlite3.Connection, claim: Claim, same: SameArticle) -> None:
    """Fold the article's entry into a known one, if it is that; else let it have its addresses and its GUID."""
    new = None if claim.article in folded(db, [claim.article]) else _known(db, claim.article)
    if new is None:
        return
    guid = _guid(db, claim.article)
    by_guid = db.execute("SELECT article FROM ledger_guids WHERE guid = ?", (guid,)).fetchone() if guid else None
    by_address = set(_at(db, claim))
    for id_ in sorted({*by_address, *(by_guid or ())} - {new.id}):
        known = _known(db, id_)
        evidence = {"address": id_ in by_address, "guid": by_guid is not None and id_ in by_guid}
        if known and same(known.entry, new.entry, _evidence(db, known, new, **evidence)):
            _fold(db, known, new)
            return
    rows = ((address, new.id) for address in claim.addresses)
    db.executemany("INSERT OR IGNORE INTO ledger_same VALUES (?, ?, 'claim')", rows)
    if guid:
        db.execute("INSERT OR REPLACE INTO ledger_guids VALUES (?, ?)", (guid, new.id))


def folded(db: sqlite3.Connection, articles: Sequence[str]) -> dict[str, Folded]:
    """Return what each of the entries was folded into."""
    asked = "SELECT article, how FROM ledger_same WHERE id = ? AND how <> 'claim'"
    rows = ((id_, db.execute(asked, (id_,)).fetchone()) for id_ in articles)
    return {id_: Folded(row[0], goes_on=row[1] == "goes on") for id_, row in rows if row}


def forget_same(db: sqlite3.Connection, entries: Sequence[tuple[str]]) -> None:
    """Forget what led to entries that the ledger is about to forget."""
    guids = [(_guid(db, id_), id_) for (id_,) in entries]
    db.executemany("DELETE FROM ledger_guids WHERE guid = ? AND article = ?", guids)
    db.executemany("DELETE FROM ledger_same WHERE article = ?", entries)


def _renamed(db: sqlite3.Connection, entry: Entry, article: str, how: str) -> Entry:
    known = _known(db, article) if how == "claim" else None
    if how == "claim" and not (known and is_meant(known.entry, entry)):
        db.execute("DELETE FROM ledger_same WHERE id = ?", (entry.id,))  # its address is its own after all
        return entry
    return replace(entry, id=article)


def _at(db: sqlite3.Connection, claim: Claim) -> Iterator[str]:
    """Yield the articles that are at the addresses, or have claimed them; and who has claimed its own."""
    for address in (claim.article, *claim.addresses):
        row = db.execute("SELECT article FROM ledger_same WHERE id = ?", (address,)).fetchone()
        yield row[0] if row else address


def _known(db: sqlite3.Connection, id_: str) -> _Known | None:
    row = db.execute(KNOWN, (id_,)).fetchone()
    return _Known(row[0], row[1], from_json(Entry, row[2]), row[3], row[4]) if row else None


def _guid(db: sqlite3.Connection, id_: str) -> str:
    feed, guid = db.execute(GUID, (id_,)).fetchone() or ("", "")
    return stable_id("guid", feed, guid) if guid else ""


def _evidence(db: sqlite3.Connection, known: _Known, new: _Known, *, address: bool, guid: bool) -> Evidence:
    (listed,) = db.execute(LISTED, (new.entry.feed, known.id, new.id)).fetchone()
    return Evidence(address=address, guid=guid, story=known.story == new.story, together=listed == 2)


def _fold(db: sqlite3.Connection, known: _Known, new: _Known) -> None:
    is_own = known.entry.feed == new.entry.feed
    is_news = known.state == "done" and (is_own or known.exact != new.exact)
    looks = is_news and db.execute(LOOK, (known.id, LOOKS)).rowcount == 1
    how = "goes on" if looks and is_own else "gone"
    db.execute("INSERT OR REPLACE INTO ledger_same VALUES (?, ?, ?)", (new.id, known.id, how))
    db.execute("UPDATE ledger_entries SET state = 'done' WHERE id = ?", (new.id,))
    if looks:
        form = replace(new.entry, id=known.id) if is_own else known.entry
        db.execute(AGAIN, (to_json(form), known.id))
    if looks and is_own:
        db.execute(ITS_ITEM, (new.id, known.id))
