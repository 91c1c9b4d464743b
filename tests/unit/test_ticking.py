"""The one source of a stream: a tick a window, none twice, none early, and an end when the ledger says so."""

from typing import Any

import pytest
from apache_beam.io.restriction_trackers import OffsetRange, OffsetRestrictionTracker
from apache_beam.runners.sdf_utils import RestrictionTrackerView, ThreadsafeRestrictionTracker

from pipelines.ticking import LAST, STREAM, Endless, Ticking
from tests.fakes.ledger import MemoryLedger


class Estimator:
    """Keeps the watermark that it was given last."""

    def __init__(self) -> None:
        self.watermark: Any = None

    def set_watermark(self, watermark: Any) -> None:
        self.watermark = watermark


class Source:
    """A source that is resumed as a runner does it, by a clock that the test sets."""

    def __init__(self, every: int = 30) -> None:
        self.ledger, self.now, self.estimator = MemoryLedger(), 1000.0, Estimator()
        self.ledger.keep_bookmark(STREAM, "run 1")
        self.ticking = Ticking(self._open, every, lambda: self.now)
        self.ticking.setup()
        self.rest: OffsetRange | None = OffsetRange(0, LAST)
        self.resume_at: int | None = None

    def _open(self) -> MemoryLedger:
        return self.ledger

    def resume(self) -> list[tuple[int, float]]:
        assert self.rest
        tracker = ThreadsafeRestrictionTracker(OffsetRestrictionTracker(self.rest))
        view = RestrictionTrackerView(tracker)
        given = [(tick.value, float(tick.timestamp)) for tick in self.ticking.process("run 1", view, self.estimator)]
        left = tracker.deferred_status()
        self.rest, self.resume_at = (left[0], int(self.now + float(left[1]))) if left else (None, None)
        tracker.check_done()
        return given


def test_a_tick_is_given_once_at_its_time_and_closes_its_window():
    source = Source()
    assert source.resume() == [(33, 990.0)]
    assert (float(source.estimator.watermark), source.resume_at) == (1020.0, 1020)
    source.now = 1012.0
    assert source.resume() == []
    assert source.resume_at == 1020
    source.now = 1021.0
    assert source.resume() == [(34, 1020.0)]


def test_ticks_that_were_slept_through_are_left_out():
    source = Source()
    source.resume()
    source.now = 2000.0
    assert source.resume() == [(66, 1980.0)]


@pytest.mark.parametrize("name", ["", "run 2"])
def test_it_ends_when_the_ledger_names_another_stream_or_none(name: str):
    source = Source()
    source.resume()
    source.ledger.keep_bookmark(STREAM, name)
    source.now = 1021.0
    assert source.resume() == []
    assert source.rest is None


def test_a_runner_that_drains_leaves_nothing():
    assert Endless().truncate("run 1", OffsetRange(3, LAST)) is None
