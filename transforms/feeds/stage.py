"""The Beam step from feeds to the entries that are new."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from schemas.feeds import Feed, FeedState, Polled
from schemas.settings import Feeds
from transforms.attempt import attempt
from transforms.clock import Clock, utc_now
from transforms.feeds.ask import Asked, Asking
from transforms.feeds.moves import heir
from transforms.feeds.rhythm import bounds_of
from transforms.feeds.twins import as_twin, gives_way, rests, twin_of, with_twin
from transforms.hosts import each_host_in_turn
from transforms.protocols import Ledger, Web
from transforms.sparing import Sparing
from transforms.stage import Stage, Step, Subject

BATCH = 20_000
"""Feeds in one batch: all that a pass has, so that no feed waits for a host of another batch that hangs."""

PATIENCE = 300
"""So many results may wait for an earlier feed's; then its turn is lost, rather than memory and the others' time."""

Numbered = tuple[int, Feed]
Listed = Callable[[], frozenset[str]]
"""Gives the URLs of all the feeds that are asked in turn."""


def poll(
    *,
    open_web: Callable[[], Web],
    open_ledger: Callable[[], Ledger],
    settings: Feeds,
    run: str,
    listed: Listed = frozenset,
    gives: bool = True,
    clock: Clock = utc_now,
    strict: bool = False,
) -> Stage[Feed, Polled]:
    """Return the step that asks each feed that may be asked and gives the entries that are this run's work.

    `listed` are the URLs of all the feeds that are asked in turn: of two that are one, one is. Unless it `gives` them,
    the entries stay in the ledger: those of many feeds are not held in memory where nobody goes on with them.
    """
    opened = partial(_open, open_web, open_ledger, settings, listed=listed, gives=gives, run=run, clock=clock)
    return Stage("poll", open_step=opened, subject=_subject, payload=_as_it_is, batch=BATCH, strict=strict, clock=clock)


@dataclass(frozen=True)
class Poll:
    """Asks the feeds of a batch in many threads, and lets the ledger take what they gave in one, by address."""

    ask: Asking
    ledger: Ledger
    run: str
    threads: Executor
    listed: frozenset[str] = frozenset()

    def __call__(self, batch: Sequence[Feed]) -> Iterator[tuple[Feed, Polled | Exception]]:
        """Yield each feed with what its poll gave, as soon as those before it are done."""
        states = self._states(batch)
        awake: list[Feed] = []
        for feed in sorted(batch, key=_address):  # however the runner dealt them out
            if self._rests(states[feed.url]):
                yield feed, Polled(feed=feed, state=states[feed.url])
            else:
                awake.append(feed)
        ordered = list(enumerate(awake))
        asked = each_host_in_turn(partial(self._ask, states), ordered, url_of=_url, executor=self.threads)
        for feed, result in _in_order(asked):
            yield feed, result if isinstance(result, Exception) else attempt(partial(self._take, feed), result)

    def _states(self, batch: Sequence[Feed]) -> dict[str, FeedState]:
        urls = [feed.url for feed in batch]
        known = self.ledger.known(urls)
        all_known = all(url in known for url in urls)
        old = [] if all_known else [state for state in self.ledger.feeds() if state.address or state.move]
        return {url: known.get(url) or heir(url, old) for url in urls}

    def _ask(self, states: Mapping[str, FeedState], numbered: Numbered) -> Asked | Exception:
        return attempt(lambda feed: self.ask(feed, states[feed.url]), numbered[1])

    def _rests(self, state: FeedState) -> bool:
        return state.same_as in self.listed and rests(state, self.ledger.feed(state.same_as), self.ask.clock())

    def _take(self, feed: Feed, asked: Asked) -> Polled:
        asked = asked if asked.error else self._as_one(asked)
        # state and entries in one transaction: killed between the two, a feed would answer 304 for what was lost
        taken = self.ledger.take(asked.state, asked.entries, run=self.run)
        own = tuple(entry for entry in taken if entry.feed == asked.state.url)  # the others came with another feed
        if asked.error and not own:
            raise asked.error
        return Polled(feed=feed, state=asked.state, entries=own)

    def _as_one(self, asked: Asked) -> Asked:
        """Return the poll as it is where the feed is another one of the list: which of the two gives way is settled."""
        state = asked.state
        twin = twin_of(state, self._likely(state)) if self.listed else None
        if twin is None:
            return asked._replace(state=replace(state, same_as=""))
        if not gives_way(twin, state):
            self._remember(with_twin(twin, state), known=twin)
            return Asked(as_twin(state, twin))
        ours = replace(with_twin(state, twin), same_as="")
        self._remember(as_twin(twin, ours), known=twin)
        if state.listing != twin.listing:
            return asked._replace(state=ours)
        # what it lists has come with the other one, those items too that have no address but their feed's
        return Asked(replace(ours, known_as=state.known_as or twin.known_as or twin.url))

    def _likely(self, state: FeedState) -> list[FeedState]:
        named = [url for url in (state.same_as, state.address) if url in self.listed]
        is_news = state.listing != "" and (state.changed == state.polled or state.move is not None)
        alike = self.ledger.listing(state.listing) if is_news else []
        found = (self.ledger.feed(url) for url in dict.fromkeys((*named, *alike)) if url in self.listed)
        return [other for other in found if other is not None]

    def _remember(self, state: FeedState, *, known: FeedState) -> None:
        if state != known:
            self.ledger.take(state, (), run=self.run)


@contextlib.contextmanager
def _open(
    open_web: Callable[[], Web],
    open_ledger: Callable[[], Ledger],
    settings: Feeds,
    *,
    listed: Listed,
    gives: bool,
    run: str,
    clock: Clock,
) -> Iterator[Step[Feed, Polled]]:
    with (
        contextlib.closing(open_ledger()) as ledger,
        contextlib.closing(Sparing(open_web())) as web,
        ThreadPoolExecutor(settings.concurrency) as threads,
    ):
        asking = Asking(web, settings.max_bytes, clock, bounds_of(settings))

        def step(batch: Sequence[Feed]) -> Iterator[tuple[Feed, Polled | Exception]]:
            for feed, polled in Poll(asking, ledger, run, threads, listed())(batch):
                yield feed, polled if gives or isinstance(polled, Exception) else replace(polled, entries=())

        yield step


def _in_order(results: Iterable[tuple[Numbered, Asked | Exception]]) -> Iterator[tuple[Feed, Asked | Exception]]:
    """Yield in the order of the numbers: of an article in two feeds, the first feed's form is kept, every time.

    Only a feed that lets many others wait loses its turn.
    """
    waiting: dict[int, tuple[Feed, Asked | Exception]] = {}
    following = 0
    for (number, feed), result in results:
        waiting[number] = (feed, result)
        if len(waiting) > PATIENCE:
            following = min(waiting)
        while following in waiting:
            yield waiting.pop(following)
            following += 1
        if number < following and number in waiting:
            yield waiting.pop(number)


def _address(feed: Feed) -> str:
    return feed.url


def _url(numbered: Numbered) -> str:
    return numbered[1].url


def _subject(feed: Feed) -> Subject:
    return Subject("", feed.url)


def _as_it_is(feed: Feed) -> Feed:
    return feed
