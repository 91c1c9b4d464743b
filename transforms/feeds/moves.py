"""Where a feed is asked: at its address, or where its server has long said that it moved, and a feed was found."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from schemas.articles import Reply
from schemas.feeds import FeedState, Move

POLLS = 3
AFTER = dt.timedelta(days=1)
"""A move is adopted after so many polls over so long: a redirect for an afternoon is a mistake or a hijack."""

FALL_BACK = 4
"""While an adopted address fails, every so many polls its first one is asked."""


def address_of(state: FeedState) -> str:
    """Return the address that the next request goes to."""
    falls_back = state.failures and state.failures % FALL_BACK == 0
    return state.url if falls_back or not state.address else state.address


def is_unproven(state: FeedState) -> bool:
    """Return whether the server names a new address of which no feed has come yet: a 304 would prove nothing."""
    return state.move is not None and not state.move.is_feed


def after_move(before: FeedState, after: FeedState, reply: Reply, now: dt.datetime) -> FeedState:
    """Return the state after an answer that was a feed, with what its redirects say of the feed's address."""
    asked, to = address_of(before), reply.permanent_url
    if to and to == before.address:  # the first address, asked again, still leads there
        return replace(after, move=None)
    if not to or to == asked:
        return replace(after, move=None, address=before.address if asked == before.address else "")
    move = _noted(before.move, to, is_feed=200 <= reply.status < 300, now=now)
    if move.is_feed and move.polls >= POLLS and now - move.since >= AFTER:
        return replace(after, move=None, address=to, detail=f"moved permanently to {to}, where it is asked now")
    address = before.address if asked == before.address else ""
    return replace(after, move=move, address=address, detail=f"moved permanently to {to}")


def _noted(known: Move | None, to: str, *, is_feed: bool, now: dt.datetime) -> Move:
    if known is None or known.to != to:
        return Move(to=to, since=now, is_feed=is_feed)
    return replace(known, polls=known.polls + 1, is_feed=known.is_feed or is_feed)


def heir(url: str, states: Iterable[FeedState]) -> FeedState:
    """Return the state of a feed new to the list: that of the feed that moved there, if one did, with its history."""
    for old in states:
        if url == old.address or (old.move and url == old.move.to):
            return _moved(old, url)
    return FeedState(url=url)


def _moved(old: FeedState, url: str) -> FeedState:
    former = tuple(dict.fromkeys((*old.formerly, old.url)))
    known_as = old.known_as or old.url
    return replace(
        old, url=url, address="", move=None, known_as=known_as, formerly=former, same_as="", barred=None, failures=0
    )
