"""How a feed fares, for its operator: its state, its rhythm, and why nothing comes of it."""

import datetime as dt
from collections.abc import Iterator

from schemas.feeds import FINE, Account, Feed, FeedState
from transforms.feeds.moves import address_of
from transforms.feeds.poll import is_barred

LONG = 5
"""A feed is told to be silent once it has been so for as many times its usual gap, and a day at least."""

DAY = dt.timedelta(days=1)


def account(feed: Feed, state: FeedState, now: dt.datetime) -> Account:
    """Return how the feed fares."""
    return Account(
        url=feed.url,
        outlet=feed.outlet,
        state=state.status,
        changed=state.changed,
        polled=state.polled,
        due=state.due,
        items_a_day=state.rhythm.a_day,
        failures=state.failures,
        address=address_of(state),
        why="; ".join(_reasons(state, now)),
    )


def at_home(feed: Feed, state: FeedState | None) -> Feed:
    """Return the feed under the address that it is asked at: a list written anew has the new ones."""
    if state is None or not state.address:
        return feed
    return Feed(url=state.address, outlet=feed.outlet, language=feed.language, groups=feed.groups)


def _reasons(state: FeedState, now: dt.datetime) -> Iterator[str]:
    if state.status == "new":
        yield "never asked"
    elif state.status not in FINE:
        yield state.detail + (f" ({state.failures} polls in a row)" if state.failures > 1 else "")
    if is_barred(state, now) and state.barred:
        yield f"left alone until {state.barred:%Y-%m-%d %H:%M}"
    if state.status in FINE:
        yield from _silence(state, now)
    yield from _addresses(state)
    if not state.trusted:
        yield "its 304s hid a change: asked without conditions"


def _addresses(state: FeedState) -> Iterator[str]:
    if state.same_as:
        yield f"the same feed as {state.same_as}, which is asked in its place"
    if state.move:
        yield f"its server says that it moved to {state.move.to}"
    if state.address:
        yield f"asked at {state.address}"


def _silence(state: FeedState, now: dt.datetime) -> Iterator[str]:
    rhythm = state.rhythm
    if state.status in {"new", "same"} or rhythm.newest is None:
        return
    silent = now - rhythm.newest
    if silent >= max(DAY, LONG * DAY / rhythm.a_day if rhythm.a_day else DAY * LONG):
        usual = f"; usually {rhythm.a_day:.3g} items a day" if rhythm.a_day else ""
        yield f"nothing new for {silent.days} day{'s' if silent.days > 1 else ''}{usual}"
