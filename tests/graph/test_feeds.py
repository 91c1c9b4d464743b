"""The poll stage in a small pipeline: every feed ends as polled or as one failure, every article comes once."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.articles import Entry, Reply
from schemas.failures import Failure, Rejected
from schemas.feeds import Feed, FeedState, Polled
from schemas.settings import Feeds, Network
from tests.fakes.ledger import MemoryLedger
from tests.fakes.web import FakeWeb, keeps_validator, reply, sends, serve
from transforms.clients.http import open_web
from transforms.clients.sqlite_ledger import SqliteLedger
from transforms.feeds.ask import Asking
from transforms.feeds.stage import Poll, poll

NOW = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)


def now() -> dt.datetime:
    return NOW


def rss(*links: str) -> bytes:
    items = "".join(f"<item><title>{link}</title><link>https://news.example/{link}</link></item>" for link in links)
    return f"<rss><channel>{items}</channel></rss>".encode()


def open_ledger(path: str) -> SqliteLedger:
    ledger = SqliteLedger(path)
    ledger.prepare()
    return ledger


def summary(polled: Polled) -> tuple[str, tuple[str, ...]]:
    return polled.state.url.rpartition("/")[2], tuple(entry.title for entry in polled.entries)


def failure(failed: Failure) -> tuple[str, str, str]:
    return failed.stage, failed.reason, failed.element.rpartition("/")[2]


def test_feeds_become_entries_or_failures(tmp_path: Path):
    routes = {
        "/one": keeps_validator(rss("a", "b"), '"1"'),
        "/two": sends(rss("b", "c")),
        "/page": sends(b"<!doctype html><title>Sign in</title>"),
        "/gone": sends(b"", 410),
    }
    ledger = partial(open_ledger, str(tmp_path / "ledger.db"))
    web = partial(open_web, Network(allow=("127.0.0.0/8",)))

    def run(name: str, site: str, ok: list[object], failed: list[object]) -> None:
        feeds = [Feed(url=f"{site}{path}") for path in (*routes, "/none")]
        step = poll(open_web=web, open_ledger=ledger, settings=Feeds(), run=name, clock=now, strict=True)
        with BeamPipeline(runner="FnApiRunner") as pipeline:
            polled = pipeline | beam.Create(feeds, reshuffle=False) | step
            assert_that(polled.ok | "ok" >> beam.Map(summary), equal_to(ok), label="polled")
            assert_that(polled.failed | "no" >> beam.Map(failure), equal_to(failed), label="failed")

    failed = [("poll", "bad-feed", "page"), ("poll", "feed-gone", "gone"), ("poll", "feed-refused", "none")]
    with serve(routes) as site:
        run("1", site, [("one", ("a", "b")), ("two", ("c",))], failed)
        run("2", site, [("one", ()), ("two", ())], failed)
    states = {state.url.rpartition("/")[2]: (state.status, state.failures) for state in ledger().feeds()}
    assert states == {
        "one": ("unchanged", 0),
        "two": ("unchanged", 0),
        "page": ("bad-feed", 2),
        "gone": ("gone", 1),  # told again, but not asked
        "none": ("refused", 2),
    }


@dataclass
class Killed(MemoryLedger):
    """A ledger whose process dies before the transaction of one feed is through."""

    feed_that_kills: str = ""

    def take(self, state: FeedState, entries: Sequence[Entry], *, run: str) -> list[Entry]:
        if state.url == self.feed_that_kills:
            raise KeyboardInterrupt
        return super().take(state, entries, run=run)


@pytest.fixture
def polling() -> Iterator[Callable[..., Poll]]:
    with ThreadPoolExecutor(4) as threads:
        yield lambda web, ledger, run="1": Poll(Asking(web, 100_000, now), ledger, run, threads)


def test_a_poll_that_is_killed_loses_nothing_and_gives_nothing_twice(polling):
    feeds = [Feed(url=f"https://{host}.example/rss") for host in "abc"]
    web = FakeWeb({feed.url: reply(feed.url, rss(feed.url[8])) for feed in feeds})
    ledger = Killed(feed_that_kills=feeds[1].url)
    with pytest.raises(KeyboardInterrupt):
        list(polling(web, ledger)(feeds))
    assert set(ledger.states) == {feeds[0].url}
    ledger.feed_that_kills = ""
    left = [entry.title for entry in ledger.left_over(run="2")]
    new = [entry.title for _, result in polling(web, ledger, "2")(feeds) for entry in result.entries]
    assert (left, new) == (["a"], ["b", "c"])


def test_a_repeated_bundle_gives_its_entries_again(polling):
    feed = Feed(url="https://a.example/rss")
    web = FakeWeb({feed.url: [reply(feed.url, rss("a")), reply(feed.url, rss("a", "b"))]})
    ledger = MemoryLedger()
    first, again = (next(iter(polling(web, ledger)([feed])))[1] for _ in range(2))
    assert ([e.title for e in first.entries], [e.title for e in again.entries]) == (["a"], ["a", "b"])


def test_of_an_article_in_two_feeds_one_form_is_kept_however_they_are_dealt_and_answer(polling):
    slow, fast = Feed(url="https://a.slow.example/rss"), Feed(url="https://b.fast.example/rss")

    class Slow(FakeWeb):
        def get(self, url: str, **given: Any) -> Reply:
            time.sleep(0.05 if "slow" in url else 0)
            return super().get(url, **given)

    web = Slow({feed.url: reply(feed.url, rss("a")) for feed in (slow, fast)})
    for dealt in ([slow, fast], [fast, slow]):
        results = [result for _, result in polling(web, MemoryLedger())(dealt)]
        assert [[entry.feed for entry in result.entries] for result in results] == [[slow.url], []]


def test_an_error_of_our_own_costs_one_feed(polling):
    class Broken(FakeWeb):
        def get(self, url: str, **given: Any) -> Reply:
            if "b.example" in url:
                raise ZeroDivisionError
            return super().get(url, **given)

    feeds = [Feed(url=f"https://{host}.example/rss") for host in "abc"]
    web = Broken({feed.url: reply(feed.url, rss(feed.url[8])) for feed in feeds})
    results = [result for _, result in polling(web, MemoryLedger())(feeds)]
    assert [type(result) for result in results] == [Polled, ZeroDivisionError, Polled]


def test_a_feed_that_fails_is_remembered(polling):
    feed = Feed(url="https://a.example/rss")
    ledger = MemoryLedger()
    (_, error), *_ = polling(FakeWeb({}), ledger)([feed])
    assert isinstance(error, Rejected)
    assert (ledger.states[feed.url].status, ledger.states[feed.url].failures) == ("refused", 1)
