"""One poll of one feed, over real HTTP where it is the server that goes wrong."""

import datetime as dt
import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.feeds import Feed, FeedState
from schemas.settings import Network
from tests.fakes.web import (
    FakeWeb,
    Route,
    bomb,
    breaks_off,
    drips,
    keeps_validator,
    redirects,
    reply,
    resets,
    sends,
    serve,
    streams,
    talks_garbage,
)
from transforms.clients.http import GuardedWeb, open_web
from transforms.feeds.ask import Asked, Asking

NOW = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)
URL = "https://feeds.example/rss"
FEED = Feed(url=URL)
RSS = b"<rss><channel><item><title>A</title><link>https://news.example/a</link></item></channel></rss>"
MORE = RSS.replace(b"</channel>", b"<item><title>B</title><link>https://news.example/b</link></item></channel>")


@pytest.fixture
def web() -> Iterator[GuardedWeb]:
    web = open_web(Network(allow=("127.0.0.0/8",), timeout_s=0.5))
    yield web
    web.close()


def ask(web: FakeWeb | GuardedWeb, url: str = URL, state: FeedState | None = None) -> Asked:
    return Asking(web, 100_000, lambda: NOW)(Feed(url=url), state or FeedState(url=url))


def titles(asked: Asked) -> list[str]:
    return [entry.title for entry in asked.entries]


STOP = threading.Event()


@pytest.mark.parametrize(
    ("route", "reason", "status"),
    [
        (sends(b"", 410), "feed-gone", "gone"),
        (sends(b"no", 403), "feed-refused", "refused"),
        (sends(b"oops", 503), "feed-refused", "refused"),
        (redirects("/feed"), "feed-moved-badly", "moved-badly"),
        (redirects("http://10.0.0.1/"), "forbidden-address", "forbidden"),
        (drips(STOP), "feed-unreachable", "unreachable"),
        (drips(STOP, headers=True), "feed-unreachable", "unreachable"),
        (resets, "feed-unreachable", "unreachable"),
        (breaks_off, "feed-unreachable", "unreachable"),
        (talks_garbage, "feed-unreachable", "unreachable"),
        (streams(50), "feed-too-large", "too-large"),
        (bomb(50), "feed-too-large", "too-large"),
        (sends(b"<!doctype html><title>Just a moment"), "bad-feed", "bad-feed"),
        (sends(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "bad-feed", "bad-feed"),
        (sends(b""), "bad-feed", "bad-feed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_servers_do(web: GuardedWeb, route: Route, reason: str, status: str):
    with serve({"/feed": route}) as site:
        before = FeedState(url=f"{site}/feed", etag='"0"', body_hash="0")
        asked = ask(web, f"{site}/feed", before)
        STOP.set()
    STOP.clear()
    assert asked.error is not None
    assert (asked.error.reason, asked.state.status, asked.entries) == (reason, status, ())
    assert asked.error.detail
    assert (asked.state.failures, asked.state.etag, asked.state.body_hash) == (1, '"0"', "0")


def test_a_feed_its_304_and_its_change(web: GuardedWeb):
    with serve({"/feed": keeps_validator(RSS, '"1"')}) as site:
        first = ask(web, f"{site}/feed")
        second = ask(web, f"{site}/feed", first.state)
    assert (titles(first), first.state.status, first.state.etag) == (["A"], "ok", '"1"')
    assert (second.entries, second.error, second.state.status) == ((), None, "unchanged")


def test_gzip_without_its_header(web: GuardedWeb):
    with serve({"/feed": sends(gzip.compress(RSS))}) as site:
        assert titles(ask(web, f"{site}/feed")) == ["A"]


def test_links_are_relative_to_the_address_after_redirects(web: GuardedWeb):
    body = RSS.replace(b"https://news.example/a", b"a.html")
    with serve({"/old": redirects("/news/feed", 301), "/news/feed": sends(body)}) as site:
        asked = ask(web, f"{site}/old")
    assert asked.entries[0].url == f"{site}/news/a.html"
    assert asked.state.detail == f"moved permanently to {site}/news/feed"


def test_a_changed_feed_that_cannot_be_read_is_asked_for_again():
    web = FakeWeb({URL: [reply(URL, RSS, etag='"1"'), reply(URL, b"<html>", etag='"2"'), reply(URL, MORE, etag='"2"')]})
    first = ask(web)
    broken = ask(web, state=first.state)
    healed = ask(web, state=broken.state)
    assert (broken.state.etag, broken.state.status) == ('"1"', "bad-feed")
    assert web.asked[2][1]["If-None-Match"] == '"1"'
    assert titles(healed) == ["A", "B"]


def test_a_feed_that_came_in_part_gives_its_items_and_is_asked_for_again():
    cut = MORE[: MORE.index(b"/b<")]
    web = FakeWeb({URL: [reply(URL, RSS, etag='"1"'), reply(URL, cut, etag='"2"'), reply(URL, MORE, etag='"2"')]})
    first = ask(web)
    part = ask(web, state=first.state)
    whole = ask(web, state=part.state)
    assert (titles(part), part.state.etag) == (["A"], '"1"')
    assert (titles(whole), whole.state.etag) == (["A", "B"], '"2"')


def test_a_feed_that_always_comes_cut_is_not_taken_for_a_busy_one():
    state = ask(FakeWeb({URL: reply(URL, MORE[:-20])})).state
    for seconds in (20, 40):
        now = NOW + dt.timedelta(seconds=seconds)
        state = Asking(FakeWeb({URL: reply(URL, MORE[:-20])}), 100_000, lambda now=now: now)(FEED, state).state
    assert (state.cut, state.rhythm.a_day) == (NOW + dt.timedelta(seconds=40), None)


@pytest.mark.parametrize(
    ("status", "headers", "asks"), [(410, {}, 1), (503, {"retry_after": "3600"}, 1), (503, {}, 2), (404, {}, 2)]
)
def test_a_server_that_wants_to_be_left_alone_is_not_asked(status: int, headers: dict[str, str], asks: int):
    web = FakeWeb({URL: reply(URL, status=status, **headers)})
    refused = ask(web)
    again = ask(web, state=refused.state)
    assert len(web.asked) == asks
    assert (again.state == refused.state) == (asks == 1)
    assert refused.error is not None
    assert again.error is not None  # told again: a pass that was killed may not have told it
    assert (again.error.reason, again.error.detail) == (refused.error.reason, refused.error.detail)


def test_it_is_asked_when_its_time_has_come():
    web = FakeWeb({URL: [reply(URL, status=503, retry_after="3600"), reply(URL, RSS)]})
    barred = ask(web).state
    later = Asking(web, 100_000, lambda: NOW + dt.timedelta(hours=1))
    assert titles(later(FEED, barred)) == ["A"]


def test_files(tmp_path: Path):
    path = tmp_path / "a feed.xml"
    path.write_bytes(RSS)
    first = ask(FakeWeb({}), path.as_uri())
    assert titles(first) == ["A"]
    assert ask(FakeWeb({}), path.as_uri(), first.state).state.status == "unchanged"
    path.write_bytes(RSS + bytes(200_000))
    assert ask(FakeWeb({}), path.as_uri(), first.state).state.status == "too-large"
    path.unlink()
    gone = ask(FakeWeb({}), path.as_uri(), first.state)
    assert (gone.state.status, gone.state.detail) == ("unreachable", "No such file or directory")
