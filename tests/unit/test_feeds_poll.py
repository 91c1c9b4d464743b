"""When a feed is asked again, and what is remembered of its replies."""

import datetime as dt
from dataclasses import replace

import pytest

from schemas.codec import from_json, to_json
from schemas.feeds import FeedState
from tests.fakes.web import reply
from transforms.feeds.poll import TRUST, after_error, after_reply, back_off, is_barred, request_headers
from transforms.feeds.rhythm import BOUNDS, DAY, EVERY, WEEK, Bounds, jittered, retry_after

NOW = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)
URL = "https://feeds.example/rss"
NEW = FeedState(url=URL)
KNOWN = after_reply(NEW, reply(URL, b"<rss/>", etag='"1"', last_modified="Sun, 16 Feb 2025 18:30:05 GMT"), NOW)


def asked_with(state: FeedState) -> set[str]:
    return set(request_headers(state)) - {"Accept"}


def test_a_new_feed_is_asked_without_conditions_and_remembered():
    assert asked_with(NEW) == set()
    assert (KNOWN.status, KNOWN.etag, KNOWN.polled, KNOWN.changed) == ("ok", '"1"', NOW, NOW)
    assert KNOWN.due == NOW + jittered(URL, EVERY)
    assert request_headers(KNOWN) | {"Accept": ""} == {
        "Accept": "",
        "If-None-Match": '"1"',
        "If-Modified-Since": "Sun, 16 Feb 2025 18:30:05 GMT",
    }
    assert from_json(FeedState, to_json(KNOWN)) == KNOWN


def test_a_304_keeps_what_is_known_and_stores_a_new_etag():
    after = after_reply(KNOWN, reply(URL, status=304), NOW + DAY)
    assert (after.status, after.etag, after.modified, after.changed) == ("unchanged", '"1"', KNOWN.modified, NOW)
    assert after_reply(KNOWN, reply(URL, status=304, etag='"2"'), NOW).etag == '"2"'


def test_a_304_that_nobody_asked_for_is_no_feed():
    assert after_reply(NEW, reply(URL, status=304), NOW).status == "refused"


def test_a_new_etag_on_the_same_body_is_no_change():
    after = after_reply(KNOWN, reply(URL, b"<rss/>", etag='"2"'), NOW + DAY)
    assert (after.status, after.etag, after.modified, after.changed) == ("unchanged", '"2"', "", NOW)


def test_a_changed_body_is_one():
    after = after_reply(KNOWN, reply(URL, b"<rss></rss>", etag='"1"'), NOW + DAY)
    assert (after.status, after.changed, after.trusted) == ("ok", NOW + DAY, True)


def test_validators_that_hide_a_change_are_found_out_within_six_polls():
    state, polls = KNOWN, 0
    while asked_with(state):
        state, polls = after_reply(state, reply(URL, status=304), NOW), polls + 1
    assert polls == TRUST < 6
    same = {"etag": KNOWN.etag, "last_modified": KNOWN.modified}
    lied = after_reply(state, reply(URL, b"<rss>other</rss>", **same), NOW)
    assert (lied.status, lied.trusted, asked_with(lied)) == ("ok", False, set())
    assert asked_with(after_reply(lied, reply(URL, b"<rss>third</rss>", etag='"5"'), NOW)) == set()
    honest = after_reply(state, reply(URL, b"<rss/>", **same), NOW)
    assert (honest.status, honest.trusted, asked_with(honest)) == (
        "unchanged",
        True,
        {"If-None-Match", "If-Modified-Since"},
    )


@pytest.mark.parametrize("etag", ["", "\u2028", "é", "a\nb"])
def test_an_etag_that_no_header_can_carry_is_not_sent(etag: str):
    assert "If-None-Match" not in request_headers(replace(KNOWN, etag=etag))


def test_gone_is_asked_once_a_week():
    after = after_reply(KNOWN, reply(URL, status=410), NOW)
    assert (after.status, after.due, after.etag) == ("gone", NOW + WEEK, '"1"')
    assert after_reply(after, reply(URL, b"<rss/>"), NOW).status == "unchanged"


def backed_off(failures: int) -> dt.timedelta:
    return jittered(URL, BOUNDS.shortest * 2**failures)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 429, 500, 503, 600])
def test_refusals_are_backed_off(status: int):
    first = after_reply(KNOWN, reply(URL, status=status), NOW)
    second = after_reply(first, reply(URL, status=status), NOW)
    assert (first.status, first.failures, first.due) == ("refused", 1, NOW + backed_off(1))
    assert (second.failures, second.due) == (2, NOW + backed_off(2))
    assert str(status) in first.detail
    healed = after_reply(second, reply(URL, b"<rss>new</rss>"), NOW)
    assert (healed.failures, healed.detail, healed.due) == (0, "", NOW + jittered(URL, EVERY))


def test_back_off_ends_at_a_day():
    assert back_off(10_000) == DAY
    assert back_off(10_000, Bounds(longest=2 * DAY)) == 2 * DAY


def test_an_error_keeps_the_validators():
    after = after_error(KNOWN, "unreachable", "no answer", NOW)
    assert (after.etag, after.body_hash, after.status, after.detail) == (
        '"1"',
        KNOWN.body_hash,
        "unreachable",
        "no answer",
    )


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", dt.timedelta(minutes=2)),
        ("9" * 5000, WEEK),
        ("Mon, 17 Feb 2025 13:00:00 GMT", dt.timedelta(hours=1)),
        ("Mon, 17 Feb 2025 13:00:00 -0000", dt.timedelta(hours=1)),
        ("Mon, 17 Feb 2025 11:00:00 GMT", dt.timedelta(0)),
        ("soon", dt.timedelta(0)),
        ("-5", dt.timedelta(0)),
        ("", dt.timedelta(0)),
        ("²", dt.timedelta(0)),
    ],
)
def test_retry_after(value: str, wait: dt.timedelta):
    assert retry_after(reply(URL, status=503, retry_after=value), NOW) == wait


def test_a_server_that_wants_to_be_left_alone_is():
    after = after_reply(KNOWN, reply(URL, status=429, retry_after="86400"), NOW)
    assert after.due == NOW + DAY


def barred_for(status: int, state: FeedState = KNOWN, **headers: str) -> dt.timedelta:
    after = after_reply(state, reply(URL, status=status, **headers), NOW)
    assert not is_barred(after, after.barred or NOW)
    assert after.barred is None or is_barred(after, after.barred - dt.timedelta(seconds=1))
    return (after.barred or NOW) - NOW


def test_only_the_servers_own_word_bars_a_feed():
    assert barred_for(410) == WEEK
    assert barred_for(429, retry_after="3600") == barred_for(503, retry_after="3600") == dt.timedelta(hours=1)
    assert {barred_for(status) for status in (403, 404, 429, 500, 503)} == {dt.timedelta(0)}
    assert barred_for(403, retry_after="3600") == barred_for(304, retry_after="3600") == dt.timedelta(0)
    assert barred_for(429, replace(KNOWN, failures=9), retry_after="60") == dt.timedelta(minutes=1)  # no back-off


def test_a_bar_ends_with_the_next_answer():
    gone = after_reply(KNOWN, reply(URL, status=410), NOW)
    assert from_json(FeedState, to_json(gone)) == gone
    assert after_reply(gone, reply(URL, b"<rss>2</rss>"), NOW + WEEK).barred is None
    assert after_error(gone, "unreachable", "no answer", NOW + WEEK).barred is None
