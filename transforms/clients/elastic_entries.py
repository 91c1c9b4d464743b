"""Entries in a ledger in Elasticsearch: whose work they are, how they stand, and which form of an item was seen."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from schemas.articles import Entry
from schemas.codec import from_json, to_json
from schemas.failures import Reason
from transforms.clients.elastic_docs import Doc, among, id_of, is_, made
from transforms.clients.elastic_shelf import Change, Changed, Held, Shelf
from transforms.index.rows import millis
from transforms.ledger.items import LOOKS, Item, changed, item_of
from transforms.ledger.rules import TRIES

SHORT = ("state", "feed", "taken", "inherited", "words", "updated", "looks")
"""What is read of entries that are there already: not their texts."""

NEW: Doc = {"state": "pending", "inherited": False, "tries": 0, "tried": "", "reason": ""}

NAMED = 20_000
"""Keys that stand in one question: Elasticsearch takes 65,536."""


def take(shelf: Shelf, entries: Sequence[Entry], *, feeds: Sequence[str], run: str) -> tuple[list[Entry], bool]:
    """Remember new entries; those whose items have changed are the run's work once more.

    `feeds` are the feed's URL, and those under which its articles came before. Returns the feed's own that are the
    run's work, and whether all that have changed could be taken up: an entry that
    is still being worked on cannot.
    """
    firsts = {id_of("entry", entry.id): entry for entry in reversed(entries)}
    firsts = {id_: firsts[id_] for id_ in dict.fromkeys(id_of("entry", entry.id) for entry in entries)}
    held = shelf.get(firsts, SHORT)
    new = shelf.create({id_: _doc(id_, entry, run) for id_, entry in firsts.items() if id_ not in held})
    if overtaken := firsts.keys() - held.keys() - new:
        held |= shelf.get(overtaken, SHORT)
    again, whole = _look_again(shelf, entries, held, feeds=feeds, run=run)
    kept = {id_ for id_, one in held.items() if _is_mine(one.source, feeds[0], run)}
    forms = {id_: from_json(Entry, one.source["body"]) for id_, one in shelf.get(kept - again, ["body"]).items()}
    fresh = {id_: firsts[id_] for id_ in new | again}
    found = {**forms, **fresh}
    return [found[id_] for id_ in firsts if id_ in found and found[id_].feed == feeds[0]], whole


def _look_again(
    shelf: Shelf, entries: Sequence[Entry], held: Mapping[str, Held], *, feeds: Sequence[str], run: str
) -> tuple[set[str], bool]:
    """Make settled entries whose items have changed the run's work; returns which, and whether all could be."""
    sources = {id_.partition(" ")[2]: one.source for id_, one in held.items()}
    known = {
        entry.id: Item(source["words"], source["updated"])
        for entry in entries
        if (source := sources.get(entry.id)) and source["looks"] < LOOKS
    }
    wanted = {
        id_of("entry", entry.id): entry for entry in changed(entries, known) if sources[entry.id]["feed"] in feeds
    }
    after = shelf.change({id_: _looked(entry, run) for id_, entry in wanted.items()})
    looked = {id_ for id_, entry in wanted.items() if _has_form(after[id_], entry)}
    again = {id_ for id_ in looked if _is_mine(after[id_].source or {}, feeds[0], run)}
    return again, len(looked) == len(wanted)


def _looked(entry: Entry, run: str) -> Change:
    def change(source: Doc | None) -> Doc | None:
        if source is None or source["state"] == "pending":
            return None
        words, updated = item_of(entry)
        seen = {"words": words, "updated": updated, "looks": source["looks"] + 1}
        return {**NEW, **seen, "body": to_json(entry), "feed": entry.feed, "taken": run}

    return change


def _has_form(changed_: Changed, entry: Entry) -> bool:
    source = changed_.source
    return source is None or (source["words"], source["updated"]) == item_of(entry)


def _doc(id_: str, entry: Entry, run: str) -> Doc:
    words, updated = item_of(entry)
    form = {"feed": entry.feed, "words": words, "updated": updated, "looks": 0, "body": to_json(entry)}
    return made(id_, **NEW, **form, taken=run, time=millis(entry.seen))


def _is_mine(source: Doc, feed: str, run: str) -> bool:
    mine = {"taken": run, "inherited": False, "feed": feed, "state": "pending"}
    return mine.items() <= source.items()


def left_over(shelf: Shelf, *, run: str) -> Iterator[Entry]:
    """Yield the unsettled entries of earlier runs, oldest first, each made this run's."""
    own = {"bool": {"filter": [is_("taken", run), is_("inherited", value=False)]}}
    docs = shelf.look.find("entry", is_("state", "pending"), but=[own], fields=(), sort=("time", "key"))
    ids = [id_of("entry", doc["key"]) for doc in docs]
    for after in claim(shelf, ids, run=run, again=False):
        source = after.source
        if source and source["state"] == "pending" and source["taken"] == run and source["inherited"]:
            yield from_json(Entry, source["body"])


def claim(shelf: Shelf, ids: Sequence[str], *, run: str, again: bool = True) -> list[Changed]:
    """Make unsettled entries this run's; without `again` not those that it took itself."""

    def change(source: Doc | None) -> Doc | None:
        if source is None or source["state"] != "pending" or (source["taken"] == run and not again):
            return None
        mine = {"taken": run, "inherited": True}
        return None if mine.items() <= source.items() else mine

    return list(shelf.change(dict.fromkeys(ids, change)).values())


def begins(id_: str, run: str) -> Change:
    """Return the change of what is remembered of work on an entry: it began in this run."""

    def change(source: Doc | None) -> Doc | None:
        if source is None:
            return made(id_, taken=run, changes=1)
        return None if source["taken"] == run else {"taken": run, "changes": source["changes"] + 1}

    return change


def waiting(shelf: Shelf, limit: int, *, but_not: Collection[str]) -> list[Entry]:
    """Return at most so many unsettled entries, oldest first, without those that are named."""
    keys = [id_of("entry", id_).partition(" ")[2] for id_ in but_not]
    but = [among("key", keys[:NAMED])] if keys else []
    beyond = set(keys[NAMED:])
    most = limit + len(beyond)
    docs = shelf.look.find("entry", is_("state", "pending"), but=but, sort=("time", "key"), most=most, polled=True)
    return [from_json(Entry, doc["body"]) for doc in docs if doc["key"] not in beyond][:limit]


def failed(reason: Reason, *, final: bool) -> Change:
    """Return the change of an unsettled entry that failed: for good, or in one run more."""

    def change(source: Doc | None) -> Doc | None:
        if source is None or source["state"] != "pending":
            return None
        tries = source["tries"] + (source["tried"] != source["taken"])
        state = "failed" if final or tries >= TRIES else "pending"
        return {"reason": reason, "tries": tries, "tried": source["taken"], "state": state}

    return change


def reopened(source: Doc | None) -> Doc | None:
    """Return what makes a failed entry unsettled again."""
    return {**NEW, "taken": ""} if source and source["state"] == "failed" else None
