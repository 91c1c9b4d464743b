import dataclasses as dc
import datetime as dt

import pytest

from schemas.rule import Rule
from tests.fakes.alerts import make_match
from tests.fakes.records import NOON, make_document, origin_of
from transforms.alerts.grouping import alert_id, placed

ORIGIN = origin_of(make_document())
STORY = Rule(id="r", when="mention")
HOURLY = Rule(id="r", when="mention", throttle="1h")


def test_copies_of_a_story_share_an_alert():
    copy = dc.replace(ORIGIN, document="d2", outlet="Other", seen=NOON + dt.timedelta(days=3))
    assert alert_id(STORY, ["velden"], copy) == alert_id(STORY, ["velden"], ORIGIN)


def test_other_stories_actors_and_rules_do_not():
    ids = [
        alert_id(STORY, ["velden"], ORIGIN),
        alert_id(STORY, ["velden"], dc.replace(ORIGIN, story="another")),
        alert_id(STORY, ["karst"], ORIGIN),
        alert_id(STORY, ["karst", "velden"], ORIGIN),
        alert_id(STORY, [], ORIGIN),
        alert_id(STORY.model_copy(update={"id": "r2"}), ["velden"], ORIGIN),
        alert_id(HOURLY, ["velden"], ORIGIN),
    ]
    assert len(set(ids)) == len(ids)


def test_the_order_of_actors_does_not_matter():
    assert alert_id(STORY, ["a", "b"], ORIGIN) == alert_id(STORY, ["b", "a"], ORIGIN)


def test_without_a_story_the_document_is_one():
    first, second = (dc.replace(ORIGIN, story="", document=name) for name in ("d1", "d2"))
    assert alert_id(STORY, [], first) != alert_id(STORY, [], second)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("12:00:00.000000", "12:59:59.999999", True),
        ("12:59:59.999999", "13:00:00.000000", False),
        ("11:59:59.999999", "12:00:00.000000", False),
        ("12:30:00.000000", "12:30:00.000001", True),
    ],
)
def test_a_throttle_cuts_event_time_into_windows(before: str, after: str, *, same: bool):
    origins = [
        dc.replace(ORIGIN, seen=dt.datetime.fromisoformat(f"2025-02-16T{time}+00:00"), story=time)
        for time in (before, after)
    ]
    ids = {alert_id(HOURLY, ["velden"], origin) for origin in origins}
    assert (len(ids) == 1) is same


def test_windows_before_1970_and_in_other_zones():
    east = dt.timezone(dt.timedelta(hours=5, minutes=45))
    assert alert_id(HOURLY, [], dc.replace(ORIGIN, seen=NOON.astimezone(east))) == alert_id(HOURLY, [], ORIGIN)
    old = dt.datetime(1969, 12, 31, 23, 59, tzinfo=dt.timezone.utc)
    first, second = dc.replace(ORIGIN, seen=old), dc.replace(ORIGIN, seen=old + dt.timedelta(minutes=1))
    assert alert_id(HOURLY, [], first) != alert_id(HOURLY, [], second)


def test_a_match_is_placed_with_all_that_it_has():
    match = make_match(start=7, key="k", kind="event", cue="denied")
    wanted = {"alert": "x", "rule": "r", "key": "y"}
    assert placed(match, **wanted) == dc.replace(match, **wanted)
    defaults = [f.name for f in dc.fields(match) if f.default is not dc.MISSING and getattr(match, f.name) == f.default]
    assert defaults == [], "or a field that is left out would not be missed"
