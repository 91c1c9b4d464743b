"""The writing steps in a small pipeline: what is taken flows on, what is refused becomes a failure."""

import dataclasses as dc
import datetime as dt
from functools import partial
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.failures import Failure
from schemas.query import Query
from schemas.records import Reading, Record
from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from tests.fakes.index import RefusingIndex, alert, big_reading, document, failure, origin, statement
from transforms.clients.opening import open_index
from transforms.index.stage import refusal, replace_readings, write_each, write_readings, write_records
from transforms.protocols import Written
from transforms.stage import Outcome

LATER = dt.datetime(2025, 2, 17, tzinfo=dt.timezone.utc)


def later() -> dt.datetime:
    return LATER


def settings(folder: Path) -> Settings:
    return Settings(index=IndexSettings(url=f"sqlite:///{folder}/news.db"))


def name(record: Reading | Record) -> str:
    return record.document.id if isinstance(record, Reading) else record.id


def told(failed: Failure) -> tuple[str, str, str, str, dt.datetime]:
    return failed.stage, failed.reason, failed.entry, failed.detail.split(":")[0], failed.seen


def test_readings_reach_the_index_and_flow_on_and_a_bad_one_costs_only_itself(tmp_path: Path):
    open_ = partial(open_index, settings(tmp_path))
    readings = [big_reading(n) for n in range(7)]
    bad = Reading(document=document("bad"), statements=(statement("half", "half a pair: \ud800", of=origin("bad")),))
    with BeamPipeline(runner="FnApiRunner") as p:
        made = p | beam.Create([*readings, bad])
        written: Outcome = made | write_readings(open_index=open_, batch=3, strict=True, clock=later)
        assert_that(written.ok | beam.Map(name), equal_to([name(r) for r in readings]), label="ok")
        expected = [("index", "index-refused", "bad", "half", LATER)]
        assert_that(written.failed | beam.Map(told), equal_to(expected), label="failed")
    index = open_()
    assert index.count(Query(kind="documents")) == 8
    assert index.count(Query(kind="statements")) == 70
    index.close()


def test_alerts_and_failures_reach_the_index(tmp_path: Path):
    open_ = partial(open_index, settings(tmp_path))
    records: list[Record] = [alert("a1"), failure("f1"), dc.replace(failure("f2"), detail="\ud800")]
    with BeamPipeline(runner="FnApiRunner") as p:
        written: Outcome = (
            p | beam.Create(records) | write_records("index-alerts", open_index=open_, strict=True, clock=later)
        )
        assert_that(written.ok | beam.Map(name), equal_to(["a1", "f1"]), label="ok")
        expected = [("index-alerts", "index-refused", "e1", "f2", LATER)]
        assert_that(written.failed | beam.Map(told), equal_to(expected), label="failed")
    index = open_()
    assert [record.id for record in index.find(Query(kind="alerts"))] == ["a1"]
    index.close()


def test_an_unreachable_index_is_its_own_reason():
    readings = [big_reading(1), big_reading(2)]
    first = readings[0].statements[0].id
    index = RefusingIndex({first: Written(first, "no answer", transient=True)})
    (_, failed), (_, taken) = replace_readings(index, readings)
    assert (failed.reason, failed.detail) == ("index-unreachable", f"{first}: no answer")
    assert taken == readings[1]


@pytest.mark.parametrize(
    ("answers", "reason", "detail"),
    [
        ([Written("a"), Written("b", "too odd")], "index-refused", "b: too odd"),
        ([Written("a", "odd"), Written("b", "busy", transient=True)], "index-unreachable", "a: odd\nb: busy"),
        (
            [Written(c, "odd") for c in "abcdefg"],
            "index-refused",
            "a: odd\nb: odd\nc: odd\nd: odd\ne: odd\nand 2 more",
        ),
    ],
)
def test_why_a_reading_is_refused(answers: list[Written], reason: str, detail: str):
    found = refusal(answers)
    assert found is not None
    assert (found.reason, found.detail) == (reason, detail)


def test_what_is_taken_is_not_refused():
    assert refusal([Written("a"), Written("b")]) is None
    index = RefusingIndex()
    assert list(write_each(index, [failure("f1")])) == [(failure("f1"), failure("f1"))]
