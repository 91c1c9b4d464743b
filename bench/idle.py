"""What a watch costs while nothing is due: CPU of an idle minute, by the number of feeds and of remembered articles."""

import contextlib
import datetime as dt
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.procs import cpu, resident_mb
from schemas.articles import Entry
from schemas.feeds import FeedState
from schemas.settings import load
from tests.chaos.watcher import Watcher
from tests.fakes.newsroom import Office
from transforms.clients.opening import ledger_path, open_ledger

SETTLE_S, LOOK_S = 10.0, 40.0
"""So long a watch is left alone after its start, and looked at."""

Size = tuple[int, int]
SIZES: tuple[Size, ...] = ((0, 0), (1_000, 0), (10_000, 0), (10_000, 500_000))
"""Feeds on the list, none of them due, and settled articles in the ledger."""

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Idle:
    """An idle watch: its feeds and articles, CPU seconds a minute, megabytes of the main process."""

    feeds: int
    articles: int
    cpu_min_s: float
    main_mb: float


def idle_costs(sizes: Iterable[Size] = SIZES) -> list[Idle]:
    """Return what an idle watch costs for each of the sizes."""
    found = []
    for feeds, articles in sizes:
        found.append(_idle(feeds, articles))
        print(found[-1], flush=True)
    return found


def _idle(feeds: int, articles: int) -> Idle:
    with _watching(feeds, articles) as pid:
        time.sleep(SETTLE_S)
        before, began = cpu(pid), time.monotonic()
        time.sleep(LOOK_S)
        used, took = cpu(pid) - before, time.monotonic() - began
        return Idle(feeds, articles, 60 * used / took, resident_mb(pid))


@contextlib.contextmanager
def _watching(feeds: int, articles: int) -> Iterator[int]:
    """Give the process id of a watch that has nothing to do."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        bases = [f"http://127.0.0.1:9/{n}" for n in range(max(1, feeds))]
        watcher = Watcher(office, office.files(bases, every=86_400))
        _fill(Path(folder) / "c.toml", [f"{base}/rss" for base in bases], articles)
        try:
            watcher.start()
            assert watcher.process is not None
            yield watcher.process.pid
        finally:
            watcher.end()


def _fill(config: Path, urls: list[str], articles: int) -> None:
    """Let the ledger know the feeds as just polled, and so many articles as settled."""
    now = dt.datetime.now(dt.timezone.utc)
    settings = load(config)
    with contextlib.closing(open_ledger(settings)) as ledger:
        for url in urls:
            ledger.take(FeedState(url=url, polled=now, due=now + DAY, status="ok"), [], run="bench")
        for start in range(0, articles, 10_000):
            some = [_entry(n, now) for n in range(start, min(articles, start + 10_000))]
            ledger.take(FeedState(url="http://127.0.0.1:9/old/rss", polled=now, due=now + DAY), some, run="bench")
    with contextlib.closing(sqlite3.connect(ledger_path(settings))) as db, db:
        db.execute("UPDATE ledger_entries SET state = 'done'")


def _entry(number: int, now: dt.datetime) -> Entry:
    url = f"http://127.0.0.1:9/old/{number}"
    return Entry(id=f"{number:032x}", feed="http://127.0.0.1:9/old/rss", outlet="old", url=url, title=url, seen=now)


if __name__ == "__main__":
    idle_costs()
