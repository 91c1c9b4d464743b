"""What a stream begins with: one source that ticks until it is told to end, and what there is to do at each tick."""

import contextlib
import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam.io.restriction_trackers import OffsetRange, OffsetRestrictionTracker
from apache_beam.io.watermark_estimators import ManualWatermarkEstimator
from apache_beam.pvalue import PCollection
from apache_beam.transforms.core import RestrictionProvider
from apache_beam.transforms.trigger import AccumulationMode, AfterWatermark
from apache_beam.transforms.window import FixedWindows, GlobalWindows, TimestampedValue
from apache_beam.utils.timestamp import Duration, Timestamp

from pipelines.graph import Sources, World
from schemas.feeds import Feed
from transforms.alerts.stage import Once
from transforms.feeds.due import DueFeeds
from transforms.feeds.rhythm import bounds_of
from transforms.ledger.again import LeftAlerts, LeftEntries
from transforms.protocols import Ledger

STREAM = "stream"
"""The bookmark that names the stream at work; one that finds another name there, or none, ends."""

DRAINED = "stream drained"
"""The bookmark that names the stream that ended last, once all that it had begun was done."""

LAST = 2**62

Ask = Callable[[], Iterable[object]]
OpenAsk = Callable[[], AbstractContextManager[Ask]]


def goes_on(ledger: Ledger, run: str) -> bool:
    """Return whether that stream is to go on."""
    return ledger.bookmark(STREAM) == run


class Endless(RestrictionProvider):
    """Ticks are numbered by their time; there is always one more."""

    def initial_restriction(self, _element: object) -> OffsetRange:
        return OffsetRange(0, LAST)

    def create_tracker(self, restriction: OffsetRange) -> OffsetRestrictionTracker:
        return OffsetRestrictionTracker(restriction)

    def restriction_size(self, _element: object, _restriction: OffsetRange) -> int:
        return 1

    def truncate(self, _element: object, _restriction: OffsetRange) -> None:
        """Leave nothing where a runner drains."""


TRACKER = beam.DoFn.RestrictionParam(Endless())
ESTIMATOR = beam.DoFn.WatermarkEstimatorParam(ManualWatermarkEstimator.default_provider())


class Ticking(beam.DoFn):
    """The name of a stream -> the numbers of its ticks, each at its time; no more once the ledger names another.

    It looks at the clock itself: a runner may come back earlier than it was asked to.
    """

    def __init__(self, open_ledger: Callable[[], Ledger], every_s: int, now: Callable[[], float] = time.time) -> None:
        self.open_ledger, self.every_s, self.now = open_ledger, every_s, now

    def setup(self) -> None:
        self.ledger = self.open_ledger()

    def teardown(self) -> None:
        self.ledger.close()

    def _tick(
        self,
        run: str,
        tracker: Any = TRACKER,
        estimator: Any = ESTIMATOR,
    ) -> Iterator[TimestampedValue]:
        """Yield the tick that is due; its window is complete with that."""
        if not goes_on(self.ledger, run):
            tracker.try_claim(LAST - 1)
            return
        tick = max(tracker.current_restriction().start, int(self.now() // self.every_s))
        if tick * self.every_s > self.now():
            tracker.defer_remainder(self._until(tick))
        elif tracker.try_claim(tick):
            yield TimestampedValue(tick, tick * self.every_s)
            estimator.set_watermark(Timestamp((tick + 1) * self.every_s))
            tracker.defer_remainder(self._until(tick + 1))

    process = beam.DoFn.unbounded_per_element()(_tick)  # as a decorator it would take the types away

    def _until(self, tick: int) -> Duration:
        # Flink takes the whole seconds of it, once Beam has taken off what it needed itself
        return Duration(math.ceil(max(0.0, tick * self.every_s - self.now())) + 0.5)


class Asking(beam.DoFn):
    """A tick -> what there is to do by then."""

    def __init__(self, open_ask: OpenAsk) -> None:
        self.open_ask = open_ask

    def setup(self) -> None:
        self.opened = contextlib.ExitStack()
        self.ask = self.opened.enter_context(self.open_ask())

    def teardown(self) -> None:
        self.opened.close()

    def process(self, _tick: int) -> Iterable[Any]:
        """Return it."""
        return self.ask()


@dataclass
class Ticks(beam.PTransform):
    """A pipeline -> the sources of the main job, a window a tick: what is a pass on one machine is a window here.

    Args:
        world: what the graph is given; its run names the stream.
        listed: gives the list of feeds in force.
        every_s: how often it ticks.
    """

    world: World
    listed: Callable[[], Sequence[Feed]]
    every_s: int

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, pipeline: beam.Pipeline) -> Sources:
        """Return the sources."""
        open_ledger, clock = self.world.open_ledger, self.world.clock
        due_feeds = partial(DueFeeds, listed=self.listed, clock=clock, bounds=bounds_of(self.world.settings.feeds))
        ticking = beam.ParDo(Ticking(open_ledger, self.every_s))
        begun = pipeline | "Stream" >> beam.Create([self.world.run]) | "Apart" >> beam.Reshuffle()
        ticks = begun | "Tick" >> ticking  # in one step with what begins a stream, Flink would resume it without pause
        pulse: PCollection = ticks | "A window a tick" >> beam.WindowInto(FixedWindows(self.every_s))
        feeds, entries = (
            partial(_asking, open_ledger, due_feeds),
            partial(_asking, open_ledger, partial(LeftEntries, clock=clock, run=self.world.run)),
        )
        return Sources(
            feeds=pulse | "Due feeds" >> beam.ParDo(Asking(feeds)),
            left_over=pulse | "Left over entries" >> beam.ParDo(Asking(entries)),
            undelivered=pulse | "Left over alerts" >> beam.ParDo(Asking(partial(_asking, open_ledger, LeftAlerts))),
            pulse=pulse,
        )


class Draining(beam.DoFn):
    """A sign that all has come to its end -> nothing; the ledger knows."""

    def __init__(self, open_ledger: Callable[[], Ledger], run: str) -> None:
        self.open_ledger, self.run = open_ledger, run

    def process(self, _sign: int) -> Iterable[None]:
        """Write it down."""
        with contextlib.closing(self.open_ledger()) as ledger:
            ledger.keep_bookmark(DRAINED, self.run)
        return ()


def tell_when_drained(last: PCollection, pulse: PCollection, world: World) -> None:
    """Let the ledger know when all is done that the stream began: a cluster may keep a job that has nothing to do."""
    whole = (last | "Whole job" >> _till_the_end(), pulse | "Whole pulse" >> _till_the_end())
    whole | "All done" >> Once() | "Drained" >> beam.ParDo(Draining(world.open_ledger, world.run))


def _till_the_end() -> beam.PTransform:
    return beam.WindowInto(
        GlobalWindows(), trigger=AfterWatermark(), accumulation_mode=AccumulationMode.DISCARDING, allowed_lateness=0
    )


@contextlib.contextmanager
def _asking(open_ledger: Callable[[], Ledger], made: Callable[[Ledger], Ask]) -> Iterator[Ask]:
    with contextlib.closing(open_ledger()) as ledger:
        yield made(ledger)
