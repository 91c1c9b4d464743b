"""A feed's address is changed only by what lasts and leads to a feed; its history survives."""

import datetime as dt
from dataclasses import replace

from schemas.articles import Reply
from schemas.codec import from_json, to_json
from schemas.feeds import FeedState
from tests.fakes.web import reply
from transforms.feeds.moves import FALL_BACK, address_of, after_move, heir
from transforms.feeds.poll import after_error, after_reply, request_headers

NOW = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)
HOUR = dt.timedelta(hours=1)
OLD, NEW, OTHER = "https://old.example/rss", "https://new.example/rss", "https://other.example/rss"


def moved(to: str = NEW, body: bytes = b"<rss/>", status: int = 200, etag: str = '"1"') -> Reply:
    return reply(to, body, status, permanent_url=to, etag=etag)


def polled(state: FeedState, answer: Reply, at: dt.datetime) -> FeedState:
    return after_move(state, after_reply(state, answer, at), answer, at)


def after_polls(*at_hours: float, to: str = NEW) -> FeedState:
    state = FeedState(url=OLD)
    for hour in at_hours:
        state = polled(state, moved(to), NOW + hour * HOUR)
    return state


def test_a_move_is_adopted_after_three_polls_over_a_day():
    assert address_of(after_polls(0, 1, 2, 3)) == OLD
    assert address_of(after_polls(0, 25)) == OLD
    adopted = after_polls(0, 1, 24)
    assert (adopted.url, address_of(adopted), adopted.move) == (OLD, NEW, None)
    assert adopted.detail == f"moved permanently to {NEW}, where it is asked now"
    assert from_json(FeedState, to_json(adopted)) == adopted


def test_until_then_it_is_told():
    assert after_polls(0).detail == f"moved permanently to {NEW}"


def test_two_targets_in_turn_are_no_move():
    state = FeedState(url=OLD)
    for hour in range(60):
        state = polled(state, moved(NEW if hour % 2 else OTHER), NOW + hour * HOUR)
    assert address_of(state) == OLD


def test_a_redirect_that_ends_is_forgotten():
    state = polled(after_polls(0, 1), reply(OLD, b"<rss/>"), NOW + 2 * HOUR)
    assert (state.move, address_of(polled(state, moved(), NOW + 30 * HOUR))) == (None, OLD)


def test_a_failed_poll_is_no_poll_of_the_target():
    state = after_error(after_polls(0, 1), "bad-feed", "an HTML page", NOW + 12 * HOUR)
    assert state.move == after_polls(0, 1).move
    assert address_of(polled(state, moved(), NOW + 25 * HOUR)) == NEW


def test_a_target_of_which_no_feed_has_come_is_asked_without_conditions():
    known = after_reply(FeedState(url=OLD), reply(OLD, b"<rss/>", etag='"1"'), NOW)
    state = polled(known, moved(status=304, body=b""), NOW + HOUR)
    assert (state.status, "If-None-Match" in request_headers(state)) == ("unchanged", False)
    state = polled(state, moved(status=304, body=b""), NOW + 26 * HOUR)
    assert address_of(polled(state, moved(status=304, body=b""), NOW + 27 * HOUR)) == OLD
    adopted = polled(state, moved(), NOW + 27 * HOUR)
    assert (adopted.status, address_of(adopted)) == ("unchanged", NEW)
    assert "If-None-Match" in request_headers(adopted)


def test_an_adopted_address_that_fails_is_left_now_and_then_for_the_first_one():
    state = after_polls(0, 1, 24)
    asked = []
    for hour in range(25, 25 + 2 * FALL_BACK):
        asked.append(address_of(state))
        state = after_error(state, "unreachable", "no answer", NOW + hour * HOUR)
    assert (asked.count(OLD), asked.count(NEW)) == (1, 2 * FALL_BACK - 1)
    back = polled(replace(state, failures=FALL_BACK), reply(OLD, b"<rss/>"), NOW + 99 * HOUR)
    assert (address_of(back), back.address) == (OLD, "")
    still = polled(replace(state, failures=FALL_BACK), moved(), NOW + 99 * HOUR)
    assert address_of(still) == NEW


def test_an_adopted_address_that_moves_in_turn():
    state = after_polls(0, 1, 24)
    for hour in (30, 40, 60):
        state = polled(state, moved(OTHER), NOW + hour * HOUR)
    assert address_of(state) == OTHER


def test_a_feed_listed_under_its_new_address_has_the_history_of_the_old():
    old = replace(after_polls(0, 1, 24), etag='"7"')
    new = heir(NEW, [FeedState(url=OTHER), old])
    assert (new.url, address_of(new), new.etag, new.body_hash, new.known_as) == (NEW, NEW, '"7"', old.body_hash, OLD)
    assert heir(NEW, [after_polls(0)]).known_as == OLD
    assert heir(OTHER, [old]) == FeedState(url=OTHER)
    assert heir(OTHER, [replace(new, address=OTHER)]).known_as == OLD
