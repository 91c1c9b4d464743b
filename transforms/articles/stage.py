"""Beam: entries -> fetched pages -> articles."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from schemas.articles import Article, Entry, Fetched
from schemas.settings import Articles
from transforms.articles.extract import extract_article
from transforms.articles.fetch import RobotsCache, fetch_page
from transforms.clock import Clock, utc_now
from transforms.hosts import each_host_in_turn
from transforms.protocols import Web
from transforms.sparing import Sparing
from transforms.stage import Each, Opened, Stage, Step, Subject


def fetch(
    *, open_web: Callable[[], Web], settings: Articles, clock: Clock = utc_now, strict: bool = False
) -> Stage[Entry, Fetched]:
    """Return the step from entries to their pages, many hosts at a time; each entry comes out, with or without one."""
    return Stage(
        "fetch",
        _Fetching(open_web, settings),
        _entry,
        batch=2 * settings.concurrency,  # so many pages wait in memory at most
        strict=strict,
        clock=clock,
    )


def extract(*, settings: Articles, clock: Clock = utc_now, strict: bool = False) -> Stage[Fetched, Article]:
    """Return the step from pages to articles."""
    step = Each(partial(extract_article, settings=settings))
    return Stage("extract", Opened(step), _fetched, strict=strict, clock=clock)


@dataclass(frozen=True)
class _Fetching:
    """Opens one client and its threads for a worker's life."""

    open_web: Callable[[], Web]
    settings: Articles

    @contextlib.contextmanager
    def __call__(self) -> Iterator[Step[Entry, Fetched]]:
        executor = ThreadPoolExecutor(self.settings.concurrency, thread_name_prefix="fetch")
        with contextlib.closing(Sparing(self.open_web())) as web, executor:
            yield partial(
                _pages, web=web, robots=RobotsCache(web), executor=executor, max_bytes=self.settings.max_bytes
            )


def _pages(
    batch: Sequence[Entry], *, web: Web, robots: RobotsCache, executor: ThreadPoolExecutor, max_bytes: int
) -> Iterator[tuple[Entry, Fetched]]:
    page_of = partial(fetch_page, web=web, robots=robots.find, max_bytes=max_bytes)
    return each_host_in_turn(page_of, batch, url_of=_url, executor=executor)


def _url(entry: Entry) -> str:
    return entry.url


def _entry(entry: Entry) -> Subject:
    return Subject(entry.id, entry.url)


def _fetched(fetched: Fetched) -> Subject:
    return _entry(fetched.entry)
