"""What of an item says that its article has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from schemas.articles import Entry
from schemas.feeds import FeedState
from schemas.ids import stable_id

LOOKS = 8
"""So often is an article looked at again: some feeds change their items at every poll."""

DATED_ANEW = 0.5
"""A feed that dates more than this share of its known items anew, and changes no word of them, says nothing by it."""

LISTED = 20_000
"""So many items a feed is taken to list at most, however often it comes in parts."""

FEW = 4
"""Of so few items all may have changed in truth."""


class Item(NamedTuple):
    """An item's words, as a hash, and when it was updated, in its own words."""

    words: str
    updated: str


def item_of(entry: Entry) -> Item:
    """Return what is remembered of the entry's item."""
    words = (" ".join(text.split()) for text in (entry.title, entry.summary, entry.content))
    return Item(stable_id("words", *words), entry.updated)


def changed(entries: Sequence[Entry], known: Mapping[str, Item]) -> list[Entry]:
    """Return the entries of one feed whose items are other than known; of several with one id, the first counts."""
    firsts = {entry.id: entry for entry in reversed(entries)}
    pairs = [(entry, known[id_], item_of(entry)) for id_, entry in firsts.items() if id_ in known]
    reworded = [entry for entry, before, now in pairs if now.words != before.words]
    redated = [entry for entry, before, now in pairs if now.words == before.words and now.updated != before.updated]
    if len(redated) > max(FEW, DATED_ANEW * len(pairs)):
        redated = []
    return [*reworded, *redated]


def asked_anew(state: FeedState) -> FeedState:
    """Return the state as if nothing were known of its body: an item has changed that cannot be taken up yet."""
    return replace(state, etag="", modified="", body_hash="")


def is_part(state: FeedState) -> bool:
    """Return whether the last body was a part of the feed: pushed by its hub, or cut short; it may list yet more."""
    return state.polled is not None and state.polled in {state.pushed, state.cut}


def listed_now(state: FeedState, ids: Iterable[str], before: Iterable[str]) -> list[str]:
    """Return the ids that the feed is taken to list, by its last body and by what it listed before."""
    return list(dict.fromkeys((*ids, *(before if is_part(state) else ()))))[:LISTED]
