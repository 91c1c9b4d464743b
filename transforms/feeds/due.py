"""Which feeds are asked now."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from schemas.feeds import Feed, FeedState
from transforms.clock import Clock
from transforms.feeds.poll import is_barred
from transforms.feeds.rhythm import BOUNDS, Bounds, jittered, outside
from transforms.feeds.twins import rests
from transforms.hosts import turns
from transforms.protocols import Ledger

SKEW = dt.timedelta(minutes=1)
"""Clocks that are set right by less move nothing."""

A_HOST = 8
"""Feeds of one host in one look: no worker is held up by one host for long."""

LOST = dt.timedelta(minutes=10)
"""A feed that was given so long ago, and has no answer in the ledger, is given again."""

NEVER = dt.datetime.min.replace(tzinfo=dt.timezone.utc)


def is_due(state: FeedState | None, now: dt.datetime) -> bool:
    """Return whether the feed is to be asked: it is new, its time has come, or the clock has been set back since."""
    if state is None or state.due is None or now >= state.due:
        return True
    set_back = state.polled is not None and state.polled > now + SKEW
    return set_back and not is_barred(state, now)


def bounded(state: FeedState, bounds: Bounds) -> FeedState:
    """Return the state of a feed that answers due as the settings have it now, where they were more patient before.

    What its server asked for by Retry-After stays, so does the time of a twin, and of a feed that fails.
    """
    if state.due is None or state.polled is None or state.barred or state.failures or state.same_as:
        return state
    latest = outside(state.polled + jittered(state.url, bounds.within(bounds.longest)), state.rhythm)
    return replace(state, due=latest) if latest < state.due else state


def due_of(listed: Sequence[Feed], states: Mapping[str, FeedState], now: dt.datetime) -> list[Feed]:
    """Return the feeds that are to be asked, the longest due first; of twins one, while it can stand for the other."""
    twins = [state for state in states.values() if state.status == "same"]
    alone = _alone(twins, listed, states, now) if twins else set[str]()
    due = (feed for feed in listed if feed.url in alone or is_due(states.get(feed.url), now))
    return sorted(due, key=lambda feed: _since(states.get(feed.url)))


def _since(state: FeedState | None) -> dt.datetime:
    return state.due if state and state.due else NEVER


def _alone(
    twins: Sequence[FeedState], listed: Sequence[Feed], states: Mapping[str, FeedState], now: dt.datetime
) -> set[str]:
    """Return the twins for which no feed of the list can stand in."""
    urls = {feed.url for feed in listed}
    others = {twin.url: states.get(twin.same_as) if twin.same_as in urls else None for twin in twins}
    return {twin.url for twin in twins if not rests(twin, others[twin.url], now)}


def abandoned(states: Iterable[FeedState], listed: Collection[str], before: dt.datetime) -> list[str]:
    """Return the URLs of the feeds that are not on the list, and that nobody has asked since then."""
    return [s.url for s in states if s.url not in listed and s.polled is not None and s.polled < before]


@dataclass
class DueFeeds:
    """The feeds of a list that are due, where others ask them and leave what came of it in the ledger.

    The whole ledger is read once, then of each feed that was given what has become of it.
    """

    ledger: Ledger
    listed: Callable[[], Sequence[Feed]]
    clock: Clock
    bounds: Bounds = BOUNDS
    states: dict[str, FeedState] = field(default_factory=dict)
    given: dict[str, dt.datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.states = {state.url: bounded(state, self.bounds) for state in self.ledger.feeds()}

    def __call__(self) -> list[Feed]:
        """Return those to be asked now, the longest due first; of a busy host no more than its share."""
        now = self.clock()
        self._look_after(now)
        due = (feed for feed in due_of(self.listed(), self.states, now) if feed.url not in self.given)
        chosen = [feed for feed, turn in turns(due, attrgetter("url"), A_HOST) if turn == 0]
        self.given.update((feed.url, now) for feed in chosen)
        return chosen

    def _look_after(self, now: dt.datetime) -> None:
        for url, since in list(self.given.items()):
            state, before = self.ledger.feed(url), self.states.get(url)
            if state is not None and state.polled != (before.polled if before else None):
                self.states[url] = state
                del self.given[url]
            elif now - since >= LOST:
                del self.given[url]
