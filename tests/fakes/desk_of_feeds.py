"""A desk that polls one site's feeds again and again over real HTTP, by a clock that the test turns."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from schemas.articles import Entry
from schemas.failures import Rejected
from schemas.feeds import Feed, FeedState, Polled
from schemas.settings import Network
from tests.fakes.ledger import MemoryLedger
from tests.fakes.web import Route, sends, serve
from transforms.clients.http import open_web
from transforms.feeds.ask import Asking
from transforms.feeds.stage import Poll
from transforms.protocols import Web

NOON = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)


@dataclass
class Desk:
    """Polls what stands at `routes`; `asked` are the requests' paths and conditional headers."""

    web: Web
    site: str
    routes: dict[str, Route]
    threads: Executor
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    now: dt.datetime = NOON
    asked: list[tuple[str, set[str]]] = field(default_factory=list)
    polls: int = 0

    def serve(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """From now on, answer like this."""
        self.routes[path] = sends(body, status, **headers)

    def poll(self, path: str = "/feed", *, after: dt.timedelta = dt.timedelta(0)) -> list[Entry]:
        """Poll the feed once, so much later; returns what is new, and raises why nothing is."""
        self.now += after
        self.polls += 1
        ((_, result),) = self._step(frozenset())([Feed(url=f"{self.site}{path}")])
        if isinstance(result, Exception):
            raise result
        return list(result.entries)

    def poll_list(self, *paths: str, after: dt.timedelta = dt.timedelta(0)) -> list[Entry]:
        """Poll all feeds of a list once, so much later; returns what is new in those that did not fail."""
        self.now += after
        self.polls += 1
        urls = [f"{self.site}{path}" for path in paths]
        results = self._step(frozenset(urls))([Feed(url=url) for url in urls])
        return [entry for _, result in results if isinstance(result, Polled) for entry in result.entries]

    def _step(self, listed: frozenset[str]) -> Poll:
        return Poll(Asking(self.web, 1_000_000, lambda: self.now), self.ledger, str(self.polls), self.threads, listed)

    def fails(self, path: str = "/feed", *, after: dt.timedelta = dt.timedelta(0)) -> Rejected:
        """Poll the feed once; returns why it failed."""
        try:
            found = self.poll(path, after=after)
        except Rejected as e:
            return e
        raise AssertionError(f"{path} did not fail: {found}")

    def state(self, path: str = "/feed") -> FeedState:
        """Return what is remembered of the feed."""
        return self.ledger.states[f"{self.site}{path}"]

    def url(self, path: str) -> str:
        """Return the address of the path."""
        return f"{self.site}{path}"


@contextlib.contextmanager
def desk(timeout_s: float = 5) -> Iterator[Desk]:
    """A desk, its server running."""
    routes: dict[str, Route] = {}
    asked: list[tuple[str, set[str]]] = []

    class Noted(dict[str, Route]):
        """Routes that note who was asked for."""

        def get(self, path: str, default: Route | None = None) -> Route | None:  # type: ignore[override]
            found = routes.get(path, default)

            def route(handler: BaseHTTPRequestHandler) -> None:
                asked.append((path, {name for name in handler.headers if name.startswith("If-")}))
                assert found is not None
                found(handler)

            return route

    web = open_web(Network(allow=("127.0.0.0/8",), timeout_s=timeout_s))
    with contextlib.closing(web), serve(Noted()) as site, ThreadPoolExecutor(2) as threads:
        yield Desk(web, site, routes, threads, asked=asked)
