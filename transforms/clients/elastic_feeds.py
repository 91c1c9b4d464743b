"""Feeds in a ledger in Elasticsearch: their states, and what they list."""

from collections.abc import Collection, Sequence
from operator import attrgetter

from schemas.codec import from_json, to_json
from schemas.feeds import FeedState
from transforms.clients.elastic_docs import Doc, id_of, made
from transforms.clients.elastic_shelf import Change, Shelf
from transforms.ledger.items import is_part, listed_now

NOTHING = [""]
"""The list of a feed that lists nothing any more: where there is no list, it may still list all that it ever gave."""


def feeds(shelf: Shelf) -> list[FeedState]:
    """Return every remembered feed, by URL."""
    docs = shelf.look.find("feed", polled=True)
    return sorted((from_json(FeedState, doc["body"]) for doc in docs if doc["body"]), key=attrgetter("url"))


def known(shelf: Shelf, urls: Collection[str]) -> dict[str, FeedState]:
    """Return what is remembered of those of the feeds that are known."""
    ids = {id_of("feed", url): url for url in urls}
    held = shelf.get(ids, ["body"])
    return {ids[id_]: from_json(FeedState, body) for id_, one in held.items() if (body := one.source["body"])}


def put(shelf: Shelf, state: FeedState, ids: Sequence[str]) -> None:
    """Write the feed's state and, where it lists anything, what, and the mark of feeds that list the same."""
    id_ = id_of("feed", state.url)
    doc = made(id_, body=to_json(state))
    if not ids:
        shelf.merge({id_: doc}, make=True)
        return
    shelf.change({id_: _with_list({**doc, "listing": state.listing}, state, ids)})
    if not is_part(state):  # what stood under an address of before is listed here, or no more
        shelf.merge({id_of("feed", url): {"listed": NOTHING} for url in state.formerly})


def forget(shelf: Shelf, urls: Collection[str]) -> None:
    """Leave no more of the feeds than that they list nothing."""
    shelf.merge({id_of("feed", url): {"body": "", "listing": "", "listed": NOTHING} for url in urls})


def _with_list(doc: Doc, state: FeedState, ids: Sequence[str]) -> Change:
    """Return the change of a feed: it lists these entries, and besides what it did where it came in part."""

    def change(source: Doc | None) -> Doc | None:
        return {**doc, "listed": listed_now(state, ids, (source or {}).get("listed") or ())}

    return change
