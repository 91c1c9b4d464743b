"""What each stage costs: CPU seconds an article, the graph's own steps over the same articles, one after another."""

import contextlib
import datetime as dt
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from bench.feeds import polling
from bench.hosts import Hosts, serving
from bench.measured import world_in
from bench.news import entries, page
from pipelines.graph import World
from schemas.articles import Article
from schemas.feeds import Feed, FeedState
from schemas.records import Reading
from schemas.settings import Feeds, Network
from transforms.alerts.stage import build_alerts, judge_readings, post_alerts
from transforms.articles.stage import extract, fetch
from transforms.clock import utc_now
from transforms.copies.agency import agency_of
from transforms.copies.compare import same_story
from transforms.copies.notices import notices_of
from transforms.copies.sketch import sketch_of
from transforms.index.stage import write_readings, write_records
from transforms.reading.stage import read
from transforms.stage import Stage

Out = TypeVar("Out")

HOSTS = Hosts(number=20, feeds=20, items=30, bad=0)
"""400 feeds: enough for a poll of some seconds."""

ALL_NEW, UNCHANGED = "a poll of 30 new items", "a poll without change"

DAY = dt.timedelta(days=1)


@dataclass
class Clocked:
    """CPU seconds an element, by stage; and what came out in the end."""

    elements: int
    seconds: dict[str, float] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)
    ledger_bytes: float = 0.0

    def time(self, name: str, work: Callable[[], Out]) -> Out:
        """Return what the work gives, its CPU seconds added to the stage's."""
        began = time.process_time()
        done = work()
        self.seconds[name] = self.seconds.get(name, 0.0) + (time.process_time() - began) / self.elements
        return done

    def run(self, name: str, stage: Stage[Any, Out], elements: Sequence[Any]) -> list[Out]:
        """Return what the stage makes of the elements; what it opens first is not counted."""
        with stage.open_step() as step:
            done = self.time(name, lambda: list(step(elements)))
        return [result for _, result in done if not isinstance(result, Exception)]


def article_costs(articles: int) -> Clocked:
    """Return what each stage costs an article, from its page on a server of this machine to its alerts."""
    clocked = Clocked(articles)
    with tempfile.TemporaryDirectory() as folder, _site(Path(folder), articles) as base:
        asking = {"allow": ["127.0.0.0/8"], "per_host_delay_s": 0.0}
        world = world_in(Path(folder), 1, network=asking, ledger={"url": f"sqlite:///{folder}/ledger.db"})
        for opening in (world.open_index, world.open_ledger):
            opening().close()
        asked = list(entries(articles, base))
        with contextlib.closing(world.open_ledger()) as ledger:
            ledger.take(FeedState(url=f"{base}/rss"), asked, run="bench")
        found = _in_parts(clocked, world, asked)
        read_ = clocked.run("read", read(open_reading=world.open_reading), found)
        clocked.readings = read_
        write = write_readings(open_index=world.open_index, batch=world.settings.index.batch)
        for some in _parts(read_, world.settings.index.batch):
            clocked.run("index", write, some)
        judged = clocked.run("judge", judge_readings(rules=world.rules, open_ledger=world.open_ledger), read_)
        alerts = {alert for one in judged for alert in one.alerts}
        _tell(clocked, world, sorted(alerts))
        clocked.ledger_bytes = sum(part.stat().st_size for part in Path(folder).glob("ledger.db*")) / articles
    return clocked


def _in_parts(clocked: Clocked, world: World, asked: Sequence[Any]) -> list[Article]:
    """Return the articles; their pages are let go part by part, as in the graph."""
    found: list[Article] = []
    fetching = fetch(open_web=world.open_web, settings=world.settings.articles)
    for some in _parts(asked, 100):
        pages = clocked.run("fetch", fetching, some)
        found += clocked.run("extract", extract(settings=world.settings.articles), pages)
    with contextlib.closing(world.open_ledger()) as ledger:
        sketches = clocked.time("copies", lambda: [sketch_of(article) for article in found])
        clocked.time("copies", lambda: ledger.copies.place(sketches, same_story, now=utc_now(), keep=7 * DAY))
        clocked.time("copies", lambda: [ledger.copies.stories([article.id]) for article in found])
        clocked.time("copies", lambda: [(agency_of(a), notices_of(a.title, a.text)) for a in found])
    return found


def _tell(clocked: Clocked, world: World, alerts: Sequence[str]) -> None:
    """Time the alerts: CPU seconds an alert, not an article."""
    if not alerts:
        return
    own = Clocked(len(alerts))
    rules, open_ledger = world.rules, world.open_ledger
    built = own.run("alert", build_alerts(rules=rules, open_ledger=open_ledger), alerts)
    own.run("alert", write_records("index-alerts", open_index=world.open_index), built)
    own.run("alert", post_alerts(rules=rules, open_ledger=open_ledger), built)
    clocked.seconds |= own.seconds


def _parts(things: Sequence[Out], size: int) -> Iterator[Sequence[Out]]:
    return (things[i : i + size] for i in range(0, len(things), size))


@contextlib.contextmanager
def _site(folder: Path, articles: int) -> Iterator[str]:
    """Serve the articles' pages in a process of its own."""
    site = folder / "site"
    site.mkdir()
    for number in range(articles):
        (site / f"{number}.html").write_text(page(number), "utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "-d", str(site), str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        _wait(port)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def _wait(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("no server")


def poll_costs() -> dict[str, float]:
    """Return what a poll costs whose items are all new, and one in which nothing has changed."""
    network, settings = Network(allow=("127.0.0.0/8",), per_host_delay_s=0.0), Feeds()
    feeds = [Feed(url=url) for url in HOSTS.urls()]
    clocked = Clocked(len(feeds))
    with tempfile.TemporaryDirectory() as folder, serving(HOSTS):
        for day, name in enumerate((ALL_NEW, UNCHANGED)):
            at = dt.datetime(2025, 2, 18, tzinfo=dt.timezone.utc) + day * DAY
            with polling(Path(folder) / "x.db", at, network, settings) as step:
                clocked.time(name, lambda: list(step(feeds)))
    return clocked.seconds
