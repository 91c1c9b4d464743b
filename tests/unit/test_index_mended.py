"""How feeds fare, as records; and which failures a record takes with it once it stands in the index."""

import dataclasses as dc
import datetime as dt
from typing import get_args

import pytest

from schemas.codec import to_json
from schemas.failures import Reason, Rejected, Stage
from schemas.feeds import Feed, FeedHealth, FeedState, Polled, Rhythm
from schemas.ids import failure_id
from schemas.records import Reading, Record
from tests.conftest import ROOT
from tests.fakes.index import NOON, RefusingIndex, alert, document, failure, health, origin, statement
from tests.fakes.ledger import MemoryLedger
from transforms.feeds.account import account
from transforms.feeds.poll import Status
from transforms.index.feeds import Asked, health_of
from transforms.index.mended import failures_before
from transforms.index.stage import WriteFeeds, replace_readings, write_each
from transforms.protocols import Index, Written

FEED = Feed(url="https://courier.test/rss", outlet="The Courier", language="en", groups=("ports",))
STATE = FeedState(url=FEED.url, status="ok", polled=NOON, changed=NOON, due=NOON + dt.timedelta(minutes=15))
FAILED = dc.replace(failure("f1", detail="HTTP 410", payload=to_json(FEED)), stage="poll", reason="feed-gone")


def later() -> dt.datetime:
    return NOON + dt.timedelta(hours=1)


def test_a_feed_that_was_read_is_told_with_its_state():
    told = health_of(Polled(feed=FEED, state=STATE), MemoryLedger(), account, later())
    assert (told.url, told.outlet, told.language, told.groups) == (FEED.url, "The Courier", "en", ("ports",))
    assert (told.status, told.reason, told.failures) == ("ok", None, 0)
    assert (told.polled, told.changed, told.due, told.seen) == (NOON, NOON, STATE.due, later())
    assert (told.a_day, told.address, told.why) == (None, FEED.url, "")
    assert told.id == health_of(FAILED, MemoryLedger(), account, NOON).id


def test_of_a_feed_that_failed_the_ledger_knows_the_state():
    ledger = MemoryLedger()
    never = health_of(FAILED, ledger, account, later())
    assert (never.status, never.reason, never.detail, never.outlet) == ("new", "feed-gone", "HTTP 410", "The Courier")
    ledger.take(dc.replace(STATE, status="gone", failures=3, barred=later()), [], run="r1")
    told = health_of(FAILED, ledger, account, later())
    assert (told.status, told.failures, told.barred) == ("gone", 3, later())
    rhythm = Rhythm(a_day=2.5, newest=NOON - dt.timedelta(days=9))
    moved = dc.replace(STATE, rhythm=rhythm, address="https://new.test/\x1b[31m")
    told = health_of(Polled(feed=FEED, state=moved), ledger, account, later())
    assert (told.a_day, told.address) == (2.5, moved.address)
    assert told.why == "nothing new for 9 days; usually 2.5 items a day; asked at https://new.test/"


@pytest.mark.parametrize("status", get_args(Status))
def test_every_state_is_explained(status: str):
    assert f"| `{status}` |" in (ROOT / "docs" / "reference.md").read_text("utf-8")


READING = Reading(document=document("d1"))


@pytest.mark.parametrize(
    ("record", "stages", "subject"),
    [
        (READING, {"fetch", "extract", "sketch", "place", "tell-story", "read", "index", "judge"}, "d1"),
        (alert("a1"), {"alert", "index-alerts", "post", "notify"}, "a1"),
        (health("h1"), {"poll", "index-feeds"}, "https://courier.test/h1/rss"),
        (failure("f1"), set(), ""),
        (statement("s1", "x", of=origin("d1")), set(), ""),
    ],
)
def test_a_record_takes_its_own_failures_with_it(record: Reading | Record, stages: set[str], subject: str):
    expected = {failure_id(stage, reason, subject) for stage in stages for reason in get_args(Reason)}
    assert set(failures_before(record)) == expected


def test_a_feed_that_fails_otherwise_than_before_keeps_only_why_it_fails_now():
    gone = health("h1", reason="feed-gone")
    url, taken = gone.url, set(failures_before(gone))
    assert failure_id("poll", "feed-gone", url) not in taken
    assert taken | {failure_id("poll", "feed-gone", url)} == set(failures_before(health("h1")))


def test_every_stage_can_be_mended_or_says_why_not():
    mended = [READING, alert("a1"), health("h1")]
    known = {id_ for record in mended for id_ in failures_before(record)}
    subjects = ("d1", "a1", "https://courier.test/h1/rss")
    left = [s for s in get_args(Stage) if not any(failure_id(s, "bug", of) in known for of in subjects)]
    # the first looks at all; two keep failures, and are told by the pass alone; the last is of other pipelines:
    # `newswatch replay` mends it
    assert left == ["count", "settle", "index-failures", "write-documents"]


def test_only_what_stands_in_the_index_is_mended():
    index = RefusingIndex({"d2": Written("d2", "odd")})
    readings = [READING, Reading(document=document("d2"))]
    (_, first), (_, second) = replace_readings(index, readings)
    assert first == READING
    assert isinstance(second, Rejected)
    assert index.removed == failures_before(READING)


def test_where_failures_cannot_be_removed_the_record_waits_for_the_next_pass():
    index: Index = RefusingIndex({"failures": Written("failures", "no answer", transient=True)})
    (_, first), (_, second) = write_each(index, [alert("a1"), failure("f1")])
    assert isinstance(first, Rejected)
    assert (first.reason, first.detail) == ("index-unreachable", "failures: no answer")
    assert second == failure("f1")  # which takes none with it


def test_feeds_are_written_whether_they_were_read_or_not():
    index, ledger = RefusingIndex({"never": Written("never")}), MemoryLedger()
    other = Feed(url="https://gull.test/rss")
    asked: list[Asked] = [Polled(feed=other, state=FeedState(url=other.url, status="unchanged")), FAILED]

    def write(records):
        return write_each(index, records)

    results = list(WriteFeeds(write, ledger, account, later)(asked))
    assert [element for element, _ in results] == asked
    assert [isinstance(told, FeedHealth) and told.status for _, told in results] == ["unchanged", "new"]
    assert index.taken == [told for _, told in results]
    assert index.removed == [id_ for told in index.taken for id_ in failures_before(told)]
