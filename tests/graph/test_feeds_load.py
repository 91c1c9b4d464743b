"""Many feeds on many local hosts, some of which hang, reset or talk garbage: nobody else loses or waits by it."""

import contextlib
import datetime as dt
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from schemas.failures import Rejected
from schemas.feeds import Feed, Polled
from schemas.settings import Network
from tests.fakes.ledger import MemoryLedger
from tests.fakes.web import Route, drips, keeps_validator, resets, serve, talks_garbage
from transforms.clients.http import open_web
from transforms.feeds.ask import Asking
from transforms.feeds.stage import PATIENCE, Poll, _in_order
from transforms.sparing import SILENT_AFTER, Sparing

NOW = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)
HOSTS, FEEDS = 9, 12
BAD: dict[int, Route] = {3: resets, 7: talks_garbage}


def feed(host: int, number: int) -> bytes:
    items = "".join(
        f"<item><title>{host}/{number}/{n}</title><link>https://h{host}.example/{number}/{n}</link></item>"
        for n in range(10)
    )
    return f"<rss><channel>{items}</channel></rss>".encode()


@contextlib.contextmanager
def hosts(asked: Counter[int], hang: Route) -> Iterator[list[str]]:
    """Hosts, each with its feeds; gives the feeds' addresses."""

    def counted(host: int, route: Route) -> Route:
        def answer(handler) -> None:
            asked[host] += 1
            route(handler)

        return answer

    urls = []
    with contextlib.ExitStack() as opened:
        for host in range(HOSTS):
            good = (keeps_validator(feed(host, n), f'"{host}-{n}"') for n in range(FEEDS))
            routes = [hang if host == 5 else BAD.get(host, route) for route in good]
            paths = {f"/{n}": counted(host, route) for n, route in enumerate(routes)}
            site = opened.enter_context(serve(paths, host=f"127.2.0.{host + 1}"))
            urls += [f"{site}{path}" for path in paths]
        yield urls


@pytest.fixture
def polling() -> Iterator[Callable[[MemoryLedger, str], Poll]]:
    with contextlib.ExitStack() as opened:

        def made(ledger: MemoryLedger, run: str) -> Poll:
            web = opened.enter_context(contextlib.closing(open_web(Network(allow=("127.0.0.0/8",), timeout_s=1))))
            threads = opened.enter_context(ThreadPoolExecutor(8))
            return Poll(Asking(Sparing(web), 1_000_000, lambda: NOW), ledger, run, threads)

        yield made


def test_bad_hosts_slow_nobody_and_the_second_poll_parses_nothing(polling):
    stop, asked, ledger = threading.Event(), Counter[int](), MemoryLedger()
    with hosts(asked, drips(stop, headers=True)) as urls:
        feeds = [Feed(url=url) for url in urls]
        results = [(found.url, result) for found, result in polling(ledger, "1")(feeds)]
        first = dict(asked)
        again = [result for _, result in polling(ledger, "2")(feeds)]
        stop.set()
    kinds = Counter(type(result).__name__ for _, result in results)
    assert kinds == {"Polled": FEEDS * (HOSTS - 3), "Rejected": FEEDS * 3}
    assert sum(len(r.entries) for _, r in results if isinstance(r, Polled)) == 10 * FEEDS * (HOSTS - 3)
    assert len({url for url, _ in results}) == len(urls)
    good = [host for host in range(HOSTS) if host not in {3, 5, 7}]
    assert all(first[host] == FEEDS for host in good)
    assert first[5] == SILENT_AFTER
    assert all(r.entries == () and r.state.status == "unchanged" for r in again if isinstance(r, Polled))
    assert sum(isinstance(r, Rejected) and r.reason == "feed-unreachable" for r in again) == FEEDS * 3


def test_a_feed_that_lets_hundreds_wait_loses_its_turn():
    late = ((number, Feed(url=str(number))) for number in itertools.chain(range(1, PATIENCE + 50), [0]))
    given = [int(feed.url) for feed, _ in _in_order((numbered, ValueError()) for numbered in late)]
    assert sorted(given) == list(range(PATIENCE + 50))
    assert given[0] == 1
    assert given.index(0) == len(given) - 1
    early = ((number, Feed(url=str(number))) for number in [2, 1, 0, 3])
    assert [int(feed.url) for feed, _ in _in_order((numbered, ValueError()) for numbered in early)] == [0, 1, 2, 3]
