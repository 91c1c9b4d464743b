"""The three lanes of a watch that run passes, over and over: feeds are polled, articles are read, alerts are told."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pipelines.ahead import A_HOST, Ahead
from pipelines.apart import NEVER_ENDED, Apart
from pipelines.desk import Desk
from pipelines.graph import build_notices, build_polls, build_readings
from pipelines.pace import Pace
from pipelines.run import new_run
from schemas.articles import Entry
from schemas.errors import UserError
from schemas.failures import Failure
from schemas.feeds import Feed, FeedState
from schemas.ids import failure_id
from transforms.alerts.outbox import has_work
from transforms.clients.replay import Answers
from transforms.feeds.due import bounded, due_of
from transforms.feeds.rhythm import bounds_of
from transforms.hosts import host_of
from transforms.protocols import Ledger

FEEDS = 500
"""Feeds in one pass."""

AHEAD = 128
"""Articles whose pages are asked for before a pass takes them up."""

AHEAD_BYTES = 64_000_000
"""Pages that wait for a pass take so much memory at most."""

PASS_S = 2.5
"""So long a pass over articles may last: what changes in the files is in force with the next one."""

MOST, LEAST = 200, 32
"""Articles in one pass."""

RETRY_S = (60.0, 300.0, 900.0, 3600.0)
"""How long an article waits after its first, second, … failed try."""

FAULTY = dt.timedelta(minutes=5)

BUSY_HOST_S = 1.0
LOOK_S = 1.0
"""Feeds are looked through so often for those that are due; a hundred thousand of them less often."""

TIMED_S = 60.0
"""Rules that count are asked so often though nothing has come: silence says nothing by itself."""


@dataclass
class FeedLane:
    """Asks the feeds that are due, and lets the ledger take what they gave."""

    desk: Desk
    ledger: Ledger
    ahead: Ahead[Feed]
    states: dict[str, FeedState] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    name: str = "feeds"

    def __post_init__(self) -> None:
        self.pace = Pace(LOOK_S, self.desk.monotonic)
        bounds = bounds_of(self.desk.settings.feeds)
        self.states = {state.url: bounded(state, bounds) for state in self.ledger.feeds()}

    def step(self) -> bool:
        """Take up what feeds have answered."""
        if self.pace.is_due():
            with self.pace.look():
                # those of a busy host take turns
                self.ahead.start(due_of(self.desk.in_force().job.feeds, self.states, self.desk.clock()))
        feeds = self.ahead.answered(FEEDS)
        try:
            if feeds:
                self._poll(feeds)
        finally:
            self.ahead.finish([feed.url for feed in feeds])
        return bool(feeds)

    def _poll(self, feeds: Sequence[Feed]) -> None:
        rest = FAULTY  # a bug of ours: the feeds are left in peace a while
        try:
            self.desk.run(self.name, build_polls, feeds)
        except UserError:  # a full disk, a ledger that is away: their answers are lost, and they are asked once more
            rest = dt.timedelta(seconds=self.desk.settings.feeds.shortest_s)
            raise
        finally:
            self._remember(feeds, rest)

    def _remember(self, feeds: Sequence[Feed], rest: dt.timedelta) -> None:
        """Note how the feeds stand now; one of which the ledger has learnt nothing rests for so long."""
        known = self.ledger.known([feed.url for feed in feeds])
        for feed in feeds:
            before, state = self.states.get(feed.url), known.get(feed.url) or FeedState(url=feed.url)
            if state.polled == (before.polled if before else None):
                state = replace(state, due=self.desk.clock() + rest)
            self.states[feed.url] = state
            if feed.url in self.again:
                self.again.discard(feed.url)
                del self.states[feed.url]


@dataclass
class ArticleLane:
    """Reads the entries that the ledger holds, oldest first; what fails comes back later."""

    desk: Desk
    ledger: Ledger
    ahead: Ahead[Entry]
    answers: Answers
    most: int = LEAST
    tries: dict[str, int] = field(default_factory=dict)
    parked: dict[str, float] = field(default_factory=dict)
    name: str = "articles"

    def __post_init__(self) -> None:
        begun = self.ledger.begun()
        states = self.ledger.standing(list(begun))
        left = {entry: times for entry, times in begun.items() if states.get(entry) == "pending"}
        self.ledger.ended(list(begun.keys() - left.keys()))  # settled, and ended before it could say so
        self.apart = Apart(left)

    def step(self) -> bool:
        """Read what has been fetched."""
        self._ask_ahead()
        entries = self.apart.next(self.ahead, self.most)
        if not entries:
            return False
        try:
            if self.apart.hopeless(entries):
                self.desk.record(endless(entries[0], self.desk.clock()), self.ledger)
            else:
                self._read(entries)
        finally:
            self._end(entries)
        return True

    def _end(self, entries: Sequence[Entry]) -> None:
        self.apart.forget(entries)
        self.ahead.finish([entry.id for entry in entries])
        for entry in entries:
            self.answers.take(entry.url)
        self.ledger.ended([entry.id for entry in entries])

    def _ask_ahead(self) -> None:
        now = self.desk.monotonic()
        self.parked = {entry: until for entry, until in self.parked.items() if until > now}
        going = self.ahead.going()
        if len(going) >= AHEAD or self.answers.bytes >= AHEAD_BYTES:
            return
        ahead = Counter[str]()
        for entry in self.ahead.start(self.ledger.waiting(AHEAD - len(going), but_not=going | self.parked.keys())):
            host = host_of(entry.url)
            self.parked[entry.id] = now + BUSY_HOST_S * (1 + ahead[host] // A_HOST)  # those behind it get their turn
            ahead[host] += 1

    def _read(self, entries: Sequence[Entry]) -> None:
        self.ledger.claim([entry.id for entry in entries], run=new_run(self.desk.clock()))
        began = self.desk.monotonic()
        try:
            counts = self.desk.run(self.name, build_readings, entries)
        except UserError:
            self.most = max(1, self.most // 2)
            raise
        self._adapt(len(entries), self.desk.monotonic() - began)
        self._settle(entries, waits="index-unreachable" in counts.get("index", {}))

    def _adapt(self, entries: int, took: float) -> None:
        """Take as many the next time as fit into the time that a pass is to last, but grow with care."""
        fits = math.ceil(entries * PASS_S / max(took, 0.01))
        if entries >= self.most or fits < self.most:
            self.most = max(LEAST, min(fits, 2 * self.most, MOST))

    def _settle(self, entries: Sequence[Entry], *, waits: bool) -> None:
        states = self.ledger.standing([entry.id for entry in entries])
        self.desk.meter.note_indexed((e for e in entries if states.get(e.id) == "done"), self.desk.clock())
        for entry in entries:
            if states.get(entry.id) != "pending":
                self.tries.pop(entry.id, None)
            elif not waits:
                self._park(entry.id)
        if waits:
            self.most = 1  # one article asks whether the index is back
            raise UserError("the index does not answer: articles wait", transient=True)

    def _park(self, entry: str) -> None:
        tried = self.tries[entry] = self.tries.get(entry, 0) + 1
        self.parked[entry] = self.desk.monotonic() + RETRY_S[min(tried, len(RETRY_S)) - 1]


@dataclass
class AlertLane:
    """Builds, indexes and sends the alerts that have new matches, or that a channel has not had yet."""

    desk: Desk
    ledger: Ledger
    has_news: Callable[[], bool]
    looked: float = float("-inf")
    pause: float = 0.0
    wait: float = 0.0
    stuck: set[str] = field(default_factory=set)
    name: str = "alerts"

    def step(self) -> bool:
        """Tell what is to be told."""
        ids = self.ledger.undelivered()
        resting = self.desk.monotonic() < self.wait
        if not (set(ids) - self.stuck if resting else ids) and not self._has_work():  # who is refused delays no other
            return False
        self.looked = self.desk.monotonic()
        self.desk.run(self.name, build_notices, ids)
        left = set(self.ledger.undelivered())
        for alert in set(ids) - left:
            self.desk.meter.note_alerted(self._seen(alert), self.desk.clock())
        self.stuck = left.intersection(ids)
        self.pause = min(60.0, max(1.0, 2 * self.pause)) if ids and self.stuck.issuperset(ids) else 0.0
        self.wait = self.desk.monotonic() + self.pause
        return True

    def _has_work(self) -> bool:
        """Return whether something is to be counted or sent; rules that wait for silence are asked once a minute."""
        rules = self.desk.in_force().job.rules
        waits = any(rule.enabled and rule.counts() for rule in rules.rules)
        if waits and self.desk.monotonic() - self.looked >= TIMED_S:
            return True
        return self.has_news() or has_work(self.ledger, rules, self.desk.clock())

    def _seen(self, alert: str) -> dt.datetime:
        return max(match.origin.seen for match in self.ledger.matches(alert))


def endless(entry: Entry, now: dt.datetime) -> Failure:
    """Return the failure of an article over which newswatch itself was ended again and again."""
    return Failure(
        id=failure_id("read", "unreadable", entry.id),
        stage="read",
        reason="unreadable",
        entry=entry.id,
        element=entry.url,
        detail=f"reading it began {NEVER_ENDED} times, and newswatch ended before it did",
        seen=now,
    )
