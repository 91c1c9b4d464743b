"""How often feeds are asked: their own rhythm, between bounds, and what they and their servers ask for."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.articles import Entry
from schemas.feeds import Rhythm
from tests.fakes.web import reply
from transforms.feeds.hints import hints_of
from transforms.feeds.rhythm import (
    BOUNDS,
    DAY,
    EVERY,
    HOUR,
    JITTER,
    Bounds,
    interval,
    jittered,
    learnt,
    lifetime,
    next_due,
    outside,
)

NOW = dt.datetime(2025, 2, 17, 12, 30, tzinfo=dt.timezone.utc)  # a Monday
URL = "https://feeds.example/rss"
MINUTE = dt.timedelta(minutes=1)


def entries(*hours_ago: float) -> list[Entry]:
    return [
        Entry(id=str(h), feed=URL, outlet="", url="", published=NOW - h * HOUR, published_from="feed", seen=NOW)
        for h in hours_ago
    ]


def of(*hours_ago: float, before: Rhythm | None = None, changed: dt.datetime | None = None) -> Rhythm:
    return learnt(before or Rhythm(), entries(*hours_ago), changed=changed, now=NOW)


@pytest.mark.parametrize(
    ("hours_ago", "a_day", "wait"),
    [
        (range(1, 25), 24.0, HOUR / 2),  # one an hour
        ([n / 10 for n in range(1, 51)], 240.0, BOUNDS.shortest),
        ([1, 24, 48, 72, 96, 120, 144, 160, 300, 500], 8 / 7, BOUNDS.longest),
        ([800, 900, 1000], 0.07, BOUNDS.longest),
    ],
)
def test_a_feeds_own_rhythm(hours_ago: list[float], a_day: float, wait: dt.timedelta):
    rhythm = of(*hours_ago)
    assert rhythm.a_day == pytest.approx(a_day, abs=0.01)
    assert interval(rhythm, NOW) == wait


def test_one_that_falls_silent_is_asked_less_and_less():
    rhythm = of(*range(1, 25))
    waits = [interval(rhythm, NOW + hours * HOUR) for hours in (0, 4, 12, 24, 100)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (HOUR / 2, BOUNDS.longest)


def test_without_dates_its_changes_are_its_rhythm():
    first = learnt(Rhythm(), [], changed=None, now=NOW)
    assert (first.a_day, first.newest, interval(first, NOW)) == (None, NOW, EVERY)
    second = learnt(first, [], changed=NOW - 6 * HOUR, now=NOW)
    assert second.a_day == 4
    third = learnt(second, [], changed=NOW - HOUR, now=NOW)
    assert third.a_day == pytest.approx(0.7 * 4 + 0.3 * 24)


def test_a_date_that_all_items_share_or_that_lies_ahead_says_nothing():
    assert of(1, 1, 1).a_day is None
    assert of(-5, -6, 2).a_day is None


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"cache_control": "public, max-age=3600"}, HOUR),
        ({"cache_control": 'max-age="600"', "age": "100"}, dt.timedelta(seconds=500)),
        ({"cache_control": "max-age=60", "age": "100"}, dt.timedelta(0)),
        ({"cache_control": "max-age=60", "age": "²"}, MINUTE),
        ({"cache_control": "no-cache, max-age=600"}, dt.timedelta(0)),
        ({"cache_control": "max-age=0", "expires": "Mon, 17 Feb 2025 14:30:00 GMT"}, dt.timedelta(0)),
        ({"expires": "Mon, 17 Feb 2025 14:30:00 GMT"}, 2 * HOUR),
        ({"expires": "0"}, dt.timedelta(0)),
        ({"expires": "Mon, 17 Feb 2025 11:00:00 GMT"}, dt.timedelta(0)),
        ({}, dt.timedelta(0)),
    ],
)
def test_how_long_a_reply_is_fresh(headers: dict[str, str], fresh: dt.timedelta):
    assert lifetime(reply(URL, **headers), NOW) == fresh


def wait(rhythm: Rhythm, bounds: Bounds = BOUNDS, **headers: str) -> dt.timedelta:
    return next_due(URL, rhythm, reply(URL, **headers), NOW, bounds=bounds) - NOW


def test_what_feed_and_server_ask_for_is_done_up_to_the_longest_wait():
    busy = of(*[n / 10 for n in range(1, 51)])
    assert wait(busy) == jittered(URL, BOUNDS.shortest)
    assert wait(busy, cache_control="max-age=3600") == jittered(URL, HOUR)
    assert wait(Rhythm(a_day=240, ttl_s=7200)) == jittered(URL, 2 * HOUR)
    assert wait(busy, cache_control="max-age=31536000") == jittered(URL, BOUNDS.longest)
    assert wait(busy, retry_after="86400") == DAY
    assert wait(busy, Bounds(HOUR, HOUR)) == jittered(URL, HOUR)


def test_skipped_hours_and_days_are_skipped():
    assert outside(NOW, Rhythm(skip_hours=(11, 14))) == NOW
    assert outside(NOW, Rhythm(skip_hours=(12, 13))) == NOW.replace(hour=14, minute=0)
    assert outside(NOW, Rhythm(skip_days=("Monday",))) == dt.datetime(2025, 2, 18, tzinfo=dt.timezone.utc)
    assert outside(NOW, Rhythm(skip_hours=tuple(range(24)))) == NOW  # never is never meant


@given(st.text(max_size=40), st.timedeltas(dt.timedelta(0), DAY))
def test_jitter_is_a_feeds_own_and_small(url: str, asked_for: dt.timedelta):
    found = jittered(url, asked_for)
    assert found == jittered(url, asked_for)
    assert asked_for <= found <= asked_for * (1 + JITTER)


def test_jitter_spreads():
    assert len({jittered(f"https://{n}.example/rss", HOUR) for n in range(100)}) == 100


def test_hints_of_the_channel():
    head = """<rss><channel><ttl> 90 </ttl><skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>99</hour>
    </skipHours><skipDays><day>sunday</day><day>Someday</day></skipDays>"""
    assert hints_of(head + "<item/>") == (5400, (0, 23), ("Sunday",))
    assert hints_of("<rss><channel><item><ttl>5</ttl></item>") == (0, (), ())


@given(st.text(alphabet="<>/ttlskiphoursday0123456789 ", max_size=300))
def test_any_text_gives_hints(text: str):
    found = hints_of(f"<ttl>{text}</ttl><skipHours>{text}</skipHours>")
    assert all(0 <= hour < 24 for hour in found.skip_hours)
