"""A stage: every element comes out once, as ok or as one typed failure."""

import datetime as dt

import pytest
from apache_beam import Create, Map
from apache_beam.metrics import MetricsFilter
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.failures import Failure, Rejected
from transforms.stage import Each, Opened, Stage, Subject

NOW = dt.datetime(2025, 2, 16, tzinfo=dt.timezone.utc)


def clock() -> dt.datetime:
    return NOW


def halve(number: int) -> int:
    if number % 2:
        raise Rejected("no-text", f"{number} is odd")
    if number == 4:
        raise ZeroDivisionError("four")
    return number // 2


def subject(number: int) -> Subject:
    return Subject(f"e{number}", str(number))


def short(failure: Failure) -> tuple[str, str, str, bool, dt.datetime]:
    return failure.entry, failure.reason, failure.stage, bool(failure.detail), failure.seen


def stage(*, strict: bool) -> Stage[int, int]:
    return Stage("extract", Opened(Each(halve)), subject, batch=3, strict=strict, clock=clock)


def test_every_element_comes_out_once() -> None:
    pipeline = BeamPipeline(runner="FnApiRunner")
    out = pipeline | Create(list(range(7))) | stage(strict=False)
    assert_that(out.ok, equal_to([0, 1, 3]), label="ok")
    failures = out.failed | "Short" >> Map(short)
    expected = [
        ("e1", "no-text", "extract", True, NOW),
        ("e3", "no-text", "extract", True, NOW),
        ("e4", "bug", "extract", True, NOW),
        ("e5", "no-text", "extract", True, NOW),
    ]
    assert_that(failures, equal_to(expected), label="failed")
    result = pipeline.run()
    counters = result.metrics().query(MetricsFilter())["counters"]
    counted = {c.key.metric.name: c.result for c in counters if c.key.metric.namespace == "extract"}
    assert counted == {"ok": 3, "no-text": 3, "bug": 1}


def test_strict_stops_at_a_bug() -> None:
    pipeline = BeamPipeline(runner="FnApiRunner")
    _ = pipeline | Create([2, 4]) | stage(strict=True)
    with pytest.raises(Exception, match="four"):
        pipeline.run()


def fail(number: int) -> int:
    raise KeyError(number)


def test_too_many_bugs_stop_the_job() -> None:
    pipeline = BeamPipeline(runner="FnApiRunner")
    _ = pipeline | Create(list(range(40))) | Stage("extract", Opened(Each(fail)), subject)
    with pytest.raises(Exception, match="20 of 20 elements failed"):
        pipeline.run()
