"""Two feeds of the list that are one: which of them is asked, and which is only looked at now and then."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from schemas.articles import Entry
from schemas.feedlist import address_fault
from schemas.feeds import FeedState
from schemas.ids import stable_id
from transforms.feeds.discover import attributes_of
from transforms.feeds.rhythm import jittered
from transforms.urls import canonical_url, identity, joined

LOOK = dt.timedelta(hours=6)
"""A feed that is another one is looked at so often: it may be, or become, one of its own."""

WELL = frozenset({"ok", "unchanged"})
"""States of a feed that can stand for another."""

HEAD = 20_000

_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_LINK = re.compile(r"<(?:\w+:)?link\b[^<>]{0,3000}>", re.IGNORECASE)
_JSON = re.compile(r"\"feed_url\"\s*:\s*\"([^\"\s]{1,2000})\"")


def own_in(text: str, base: str) -> str:
    """Return the address that the feed calls its own (`link rel="self"`, `feed_url`); empty where it names none."""
    head = text[:HEAD]
    if head.startswith("{"):
        found = _JSON.search(head)
        told = found[1].replace("\\/", "/") if found else ""
    else:
        item = _ITEM.search(head)
        links = map(attributes_of, _LINK.findall(head[: item.start()] if item else head))
        told = next((link["href"] for link in links if link.get("rel", "").lower() == "self" and "href" in link), "")
    return _address(told, base) if told else ""


def listing_of(entries: Sequence[Entry]) -> str:
    """Return what feeds that list the same items in the same order have in common; empty where none is listed."""
    told = (entry.id if entry.link else f"{entry.guid} {entry.title}" for entry in entries)
    return stable_id("listing", *told) if entries else ""


def twin_of(state: FeedState, others: Iterable[FeedState]) -> FeedState | None:
    """Return the feed that this one is, if it is one of the others: by its addresses, and by what both list."""
    well = (other for other in others if other.url != state.url and other.status in WELL and not other.same_as)
    return next((other for other in well if _are_one(state, other)), None)


def gives_way(other: FeedState, state: FeedState) -> bool:
    """Return whether the other one, though it was there first, leads to this one, and not the other way round."""
    return _spelt(state.url) in set(_leads(other)) and _spelt(other.url) not in set(_leads(state))


def as_twin(state: FeedState, twin: FeedState) -> FeedState:
    """Return the state of a feed in whose place the twin is asked; its items have the twin's ids from now on."""
    due = state.polled + jittered(state.url, LOOK) if state.polled else None
    known_as, detail = twin.known_as or twin.url, f"the same feed as {twin.url}"
    return replace(state, status="same", detail=detail, due=due, same_as=twin.url, known_as=known_as)


def with_twin(state: FeedState, twin: FeedState) -> FeedState:
    """Return the state of the feed that is asked in both places: articles of the other are its own."""
    return replace(state, formerly=tuple(dict.fromkeys((*state.formerly, twin.url))))


def rests(state: FeedState, twin: FeedState | None, now: dt.datetime) -> bool:
    """Return whether the feed need not be asked now, as its twin (None where that is not on the list) is."""
    stands_in = twin is not None and twin.status in WELL and not twin.same_as
    return stands_in and state.due is not None and now < state.due


def _are_one(state: FeedState, other: FeedState) -> bool:
    if set(_names(state)).isdisjoint(_names(other)):
        return False
    lists_the_same = state.listing != "" and state.listing == other.listing
    return lists_the_same or _spelt(other.url) in map(_spelt, _proven(state, other))


def _proven(state: FeedState, other: FeedState) -> Iterator[str]:
    """Yield where the feed's server has long sent everybody, or sends them still."""
    yield state.address
    if state.move and state.same_as == other.url:
        yield state.move.to


def _names(state: FeedState) -> Iterator[str]:
    yield _spelt(state.url)
    yield from _leads(state)


def _leads(state: FeedState) -> Iterator[str]:
    """Yield the addresses that its server or it itself names as its own."""
    told = (state.address, state.move.to if state.move else "", state.own)
    return (_spelt(url) for url in told if url)


def _spelt(url: str) -> str:
    """Return what is left of an address where http or https, www and a slash at its end mean nothing."""
    try:
        return re.sub(r"^//www\.", "//", identity(canonical_url(url)))
    except ValueError:
        return url


def _address(told: str, base: str) -> str:
    url = joined(base, told)
    return url if url.startswith(("http://", "https://")) and not address_fault(url) else ""
