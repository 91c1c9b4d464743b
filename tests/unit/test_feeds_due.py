"""Which feeds are asked now, whatever clocks do."""

import dataclasses as dc
import datetime as dt

import pytest

from schemas.feeds import FeedState
from transforms.feeds.due import is_due

NOON = dt.datetime(2025, 3, 30, 12, tzinfo=dt.timezone.utc)
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
POLLED = FeedState(url="https://post.test/rss", polled=NOON, due=NOON + 15 * MINUTE, status="ok")


def test_a_feed_never_asked_is_due():
    assert is_due(None, NOON)
    assert is_due(FeedState(url="https://post.test/rss"), NOON)


@pytest.mark.parametrize(("minutes", "due"), [(0, False), (14, False), (15, True), (60 * 24 * 365, True)])
def test_a_feed_is_due_when_its_time_has_come(minutes: int, due: bool):
    assert is_due(POLLED, NOON + minutes * MINUTE) is due


def test_a_clock_that_was_set_back_makes_no_feed_fall_silent():
    assert is_due(POLLED, NOON - DAY)
    assert is_due(POLLED, NOON - 365 * DAY)
    assert not is_due(POLLED, NOON - dt.timedelta(seconds=20))  # clocks are set right by seconds all day


def test_who_may_not_be_asked_is_not_for_a_clock_that_was_set_back():
    barred = dc.replace(POLLED, barred=NOON + DAY, due=NOON + DAY)
    assert not is_due(barred, NOON - DAY)
    assert is_due(barred, NOON + DAY)


@pytest.mark.parametrize("hours", [-2, 0, 5])
def test_the_zone_that_a_time_is_told_in_means_nothing(hours: int):
    zone = dt.timezone(dt.timedelta(hours=hours))
    assert not is_due(POLLED, (NOON + 14 * MINUTE).astimezone(zone))
    assert is_due(POLLED, (NOON + 15 * MINUTE).astimezone(zone))


def test_nobody_is_barred_for_longer_than_a_week_by_a_clock_that_was_set_back():
    barred = dc.replace(POLLED, barred=NOON + 7 * DAY, due=NOON + 7 * DAY)
    assert not is_due(barred, NOON)
    assert is_due(barred, NOON - DAY)
