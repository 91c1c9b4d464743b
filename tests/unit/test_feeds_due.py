"""Which feeds are asked now, whatever clocks do."""

import dataclasses as dc
import datetime as dt

import pytest

from schemas.feeds import Feed, FeedState, Rhythm
from tests.fakes.ledger import MemoryLedger
from transforms.feeds.due import A_HOST, LOST, DueFeeds, bounded, due_of, is_due
from transforms.feeds.rhythm import Bounds

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


def test_a_feed_is_due_as_the_settings_have_it_now():
    hourly, late = Bounds(MINUTE, 60 * MINUTE), dc.replace(POLLED, due=NOON + DAY)
    due = bounded(late, hourly).due
    assert due is not None
    assert NOON + 60 * MINUTE <= due <= NOON + 66 * MINUTE
    assert bounded(POLLED, hourly) == POLLED
    quiet = dc.replace(late, rhythm=Rhythm(skip_hours=(13, 14)))
    assert bounded(quiet, hourly).due == NOON + 180 * MINUTE
    for kept in ({"failures": 3}, {"barred": NOON + DAY}, {"same_as": "https://post.test/"}, {"polled": None}):
        state = dc.replace(late, **kept)
        assert bounded(state, hourly) == state
    desk = Desk(late.url)
    desk.ledger.take(late, (), run="1")
    desk.due = DueFeeds(desk.ledger, lambda: desk.listed, lambda: desk.now, hourly)
    assert desk.look() == []
    desk.now += 66 * MINUTE
    assert desk.look() == [late.url]


@pytest.mark.parametrize("hours", [-2, 0, 5])
def test_the_zone_that_a_time_is_told_in_means_nothing(hours: int):
    zone = dt.timezone(dt.timedelta(hours=hours))
    assert not is_due(POLLED, (NOON + 14 * MINUTE).astimezone(zone))
    assert is_due(POLLED, (NOON + 15 * MINUTE).astimezone(zone))


def test_nobody_is_barred_for_longer_than_a_week_by_a_clock_that_was_set_back():
    barred = dc.replace(POLLED, barred=NOON + 7 * DAY, due=NOON + 7 * DAY)
    assert not is_due(barred, NOON)
    assert is_due(barred, NOON - DAY)


class Desk:
    """A list of feeds, a ledger, and a clock that the test sets."""

    def __init__(self, *urls: str) -> None:
        self.now, self.ledger = NOON, MemoryLedger()
        self.listed = [Feed(url=url) for url in urls]
        self.due = DueFeeds(self.ledger, lambda: self.listed, lambda: self.now)

    def look(self) -> list[str]:
        return [feed.url for feed in self.due()]

    def asked(self, url: str, again: dt.timedelta) -> None:
        state = FeedState(url=url, polled=self.now, due=self.now + again)
        self.ledger.take(state, (), run="1")


def test_a_feed_is_given_once_until_the_ledger_knows_of_its_answer():
    desk = Desk("https://a.test/rss", "https://b.test/rss")
    assert desk.look() == ["https://a.test/rss", "https://b.test/rss"]
    desk.now += MINUTE
    assert desk.look() == []
    desk.asked("https://a.test/rss", 5 * MINUTE)
    assert desk.look() == []
    desk.now += 5 * MINUTE
    assert desk.look() == ["https://a.test/rss"]


def test_a_feed_whose_answer_never_came_is_given_again():
    desk = Desk("https://a.test/rss")
    desk.look()
    desk.now += LOST
    assert desk.look() == ["https://a.test/rss"]


def test_a_busy_host_has_its_share_at_a_time_and_the_longest_due_come_first():
    busy = [f"https://busy.test/{n}" for n in range(A_HOST + 2)]
    desk = Desk("https://a.test/rss", *busy)
    desk.due.states[busy[0]] = FeedState(url=busy[0], polled=NOON - DAY, due=NOON - MINUTE)
    first = desk.look()
    assert first == ["https://a.test/rss", *busy[1 : A_HOST + 1]]
    assert desk.look() == [busy[-1], busy[0]]


def test_what_the_ledger_knows_at_the_start_and_what_is_listed_later_count():
    desk = Desk()
    desk.asked("https://a.test/rss", MINUTE)
    desk.due = DueFeeds(desk.ledger, lambda: desk.listed, lambda: desk.now)
    desk.listed.append(Feed(url="https://a.test/rss"))
    assert desk.look() == []
    desk.now += MINUTE
    assert desk.look() == ["https://a.test/rss"]


def test_a_feed_that_is_another_ones_twin_is_due_once_that_cannot_stand_in_for_it():
    twin = dc.replace(POLLED, url="https://post.test/rss/", status="same", same_as=POLLED.url, due=NOON + DAY)
    both = [Feed(url=POLLED.url), Feed(url=twin.url)]

    def due(other: FeedState, listed: list[Feed]) -> list[str]:
        states = {state.url: state for state in (other, twin)}
        return [feed.url for feed in due_of(listed, states, NOON)]

    assert due(POLLED, both) == []
    assert due(POLLED, both[1:]) == [twin.url]  # the other one is off the list
    assert due(dc.replace(POLLED, status="unreachable"), both) == [twin.url]
    assert due(dc.replace(POLLED, same_as=twin.url), both) == [twin.url]  # neither would be asked
