"""Watching: lanes of passes in one process, the model warm, until a signal ends it."""

import contextlib
import datetime as dt
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import uuid4

from pipelines import process
from pipelines.ahead import Ahead
from pipelines.channels import Channels
from pipelines.chores import ChoreLane
from pipelines.desk import Desk
from pipelines.faring import Faring, depths
from pipelines.health import Answer, Request, not_found, serve
from pipelines.kept import KeptIndex, keep, let_go
from pipelines.lanes import AlertLane, ArticleLane, FeedLane
from pipelines.lock import ready
from pipelines.loops import Lane, Loop
from pipelines.meter import Meter
from pipelines.options import ENDS
from pipelines.pruning import Pruning
from pipelines.reload import Files, Reloading
from pipelines.run import Counts, new_run, runner_options
from pipelines.screen import Log, Show, shown
from pipelines.stopped import until_told
from pipelines.websub import Subscriber
from schemas.articles import Entry, Reply
from schemas.feeds import Feed, FeedState
from schemas.settings import Settings
from transforms.articles.fetch import RobotsCache, fetch_page
from transforms.clients.archive import open_kept_web
from transforms.clients.http import open_web
from transforms.clients.opening import open_index, open_ledger
from transforms.clients.replay import Answers, KeepsRobots, Recorder, Replayer
from transforms.clock import Clock, utc_now
from transforms.feeds.ask import Asking
from transforms.feeds.rhythm import bounds_of
from transforms.protocols import Ledger, Web
from transforms.reading.kept import KeptReading
from transforms.reading.opening import processes

TEND_S = 0.25
"""Files are looked at so often."""

GRACE_S = 8.0
"""So long passes may go on after the signal to end."""

CLOSE_S = 1.5
"""So long it may take then to give back what is open: a server that is away would be asked for minutes."""

URL = attrgetter("url")


@dataclass
class Watch:
    """Everything that is open while newswatch watches."""

    files: Files
    settings: Settings
    clock: Clock = utc_now
    show: Show | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    held: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    loops: dict[str, Loop] = field(default_factory=dict)
    hubs: Subscriber | None = None

    def open(self) -> None:
        """Check and open everything; raises UserError where something must be mended first."""
        self.key = f"watch {uuid4().hex}"
        self.meter, began = Meter(), self.clock()
        self.held.enter_context(ready(self.settings))
        self.ledger = open_ledger(self.settings)
        self.held.callback(self.ledger.close)
        keep = dt.timedelta(days=self.settings.ledger.keep_days)
        self.pruning = Pruning(
            ledger=self.ledger,
            keep=keep,
            listed=lambda: self.reloading.in_force().job.urls,
            stop=self.stop,
            clock=self.clock,
            tell=self._tell,
        )
        self.reading = KeptReading(self.settings.language.model, processes(self.settings.language.processes))
        self.held.callback(self.reading.close)
        self.reloading = Reloading(
            self.files, self.settings, self.reading.hand_out, self.reading.forget, clock=self.clock
        )
        self._keep("index", kept_index(self.settings))
        self._keep("reading", self.reading)
        self.channels = Channels()
        self._keep("channels", self.channels)
        self.held.callback(self.channels.close)
        self.loops = {lane.name: Loop(lane, self.stop, self.failed) for lane in self._lanes()}
        self.faring = Faring(
            reloading=self.reloading,
            loops=self.loops,
            meter=self.meter,
            model=self.reading.name,
            began=began,
            clock=self.clock,
            stop=self.stop,
        )
        self._in_force()
        self.meter.watch(self.faring.gauges)

    def start(self) -> None:
        """Let the lanes go."""
        for loop in self.loops.values():
            loop.thread.start()

    def tend(self) -> None:
        """Look at the files."""
        changed = self.reloading.check()
        if changed is None:
            return
        if changed:
            self._in_force()
            ruling = self.reloading.in_force()
            self._tell("info", "reloaded", detail=f"files as they are now are in force: {_sizes(ruling.job)}")
        else:
            detail = f"{self.reloading.fault}; what was in force before stays so"
            self._tell("error", "reload refused", detail=detail)
        self.meter.reload_ok.set(1 if changed else 0)

    def end(self, grace_s: float = GRACE_S) -> bool:
        """Let the passes under way come to their end, but not for ever; returns whether all did."""
        self.stop.set()
        until = time.monotonic() + grace_s
        for loop in self.loops.values():
            if loop.thread.is_alive():
                loop.thread.join(max(0.0, until - time.monotonic()))
        return not any(loop.thread.is_alive() for loop in self.loops.values())

    def close(self) -> None:
        """Give back what is open."""
        self.held.close()

    def failed(self, lane: str, detail: str, again_in: float) -> None:
        """Tell of a pass that failed."""
        self.meter.trouble.labels(lane).inc()
        self._tell("error", "pass failed", lane=lane, detail=detail, again_in_s=again_in)

    def _lanes(self) -> Iterator[Lane]:
        desk = Desk(
            key=self.key,
            settings=self.settings,
            in_force=self.reloading.in_force,
            clock=self.clock,
            meter=self.meter,
            told=self._passed,
            options=runner_options([]),
        )
        feeds, articles = self.settings.feeds, self.settings.articles
        web = KeepsRobots(open_kept_web(self.settings, new_run(self.clock())))
        self.held.callback(web.close)
        of_feeds, of_pages = Answers(), Answers()
        self._keep("feeds web", Replayer(web, of_feeds))
        self._keep("articles web", Replayer(web, of_pages))
        asking = Asking(Recorder(web, of_feeds), feeds.max_bytes, self.clock, bounds_of(feeds))
        polls = Ahead(partial(_ask_feed, asking, self.ledger), URL, URL, feeds.concurrency)
        fetch = partial(_fetch, Recorder(web, of_pages), articles.max_bytes)
        pages = Ahead(fetch, attrgetter("id"), URL, articles.concurrency)
        self.held.callback(polls.close)
        self.held.callback(pages.close)
        lane = FeedLane(desk, self.ledger, polls)
        self._subscribe(of_feeds, lane)
        yield lane
        yield ArticleLane(desk, self.ledger, pages, of_pages)
        yield AlertLane(desk, self.ledger, self.channels.has_news)
        yield ChoreLane(self._count, self.pruning.tend)

    def _subscribe(self, answers: Answers, lane: FeedLane) -> None:
        if not self.settings.websub.callback:
            return

        def take(url: str, reply: Reply) -> None:
            feed = next((feed for feed in self.reloading.in_force().job.feeds if feed.url == url), None)
            if feed is not None and not lane.ahead.give(feed, partial(answers.put, reply.url, reply)):
                lane.again.add(url)  # it is being asked: its server shall tell itself what is new

        web = open_web(self.settings.network)
        self.held.callback(web.close)
        self.hubs = Subscriber(self.settings.websub.callback, os.urandom(32), web.post, take, self.clock)
        self.held.callback(self.hubs.close)

    def hook(self, request: Request) -> Answer:
        """Return the answer to what is no route: hubs that confirm or push."""
        return self.hubs.answer(request) if self.hubs else not_found(request)

    def _keep(self, name: str, thing: object) -> None:
        keep(f"{self.key} {name}", thing)
        self.held.callback(let_go, f"{self.key} {name}")

    def _passed(self, lane: str, counts: Counts, took: float) -> None:
        loop = self.loops[lane]
        loop.passes, loop.last, loop.took = loop.passes + 1, f"{self.clock():%H:%M:%S}", round(took, 1)
        self._tell("info", "pass", lane=lane, seconds=round(took, 2), counts=counts)

    def _in_force(self) -> None:
        self.meter.reload_ok.set(1)
        digest = self.reloading.in_force().job.watchlist.digest
        self.meter.note_in_force(process.version(), self.reading.name, digest, self.clock())

    def _count(self) -> None:
        self.faring.depths = depths(self.ledger)
        if self.hubs:
            self.hubs.tend(self.faring.listed_states())

    def _tell(self, level: Any, event: str, **fields: Any) -> None:
        if self.show is not None:
            self.show.tell(level, event, **fields)


def watch(files: Files, settings: Settings, *, listen: str, log: Log, clock: Clock = utc_now) -> int:
    """Watch until a signal ends it; returns the exit code. Raises UserError where it cannot begin."""
    watching = Watch(files, settings, clock)
    with closed_in_time(watching), until_told(watching.stop):
        watching.open()
        with (
            shown(log, clock, watching.faring.status) as show,
            serve(listen, watching.faring.routes(), watching.hook) as address,
        ):
            watching.show = show
            show.tell("info", "watching", detail=_sizes(watching.reloading.in_force().job), health=address)
            watching.start()
            while not watching.stop.wait(TEND_S):
                watching.tend()
            done = watching.end()
            show.tell("info", "stopped", detail="" if done else "what is under way is due at the next start")
    return ENDS["ok"]


@contextlib.contextmanager
def closed_in_time(watching: Watch) -> Iterator[None]:
    """Close it in the end; what does not come back soon ends with the process."""
    try:
        yield
    finally:
        closing = threading.Thread(target=watching.close, name="closing", daemon=True)
        closing.start()
        closing.join(CLOSE_S)


def kept_index(settings: Settings) -> KeptIndex:
    """Return the index that stays open from pass to pass."""
    return KeptIndex(partial(open_index, settings))


def _ask_feed(asking: Asking, ledger: Ledger, feed: Feed) -> None:
    asking.fetch(ledger.feed(feed.url) or FeedState(url=feed.url))


def _fetch(web: Web, max_bytes: int, entry: Entry) -> None:
    fetch_page(entry, web=web, robots=RobotsCache(web).find, max_bytes=max_bytes)


def _sizes(job: Any) -> str:
    return f"{len(job.feeds)} feeds, {len(job.watchlist.actors)} actors, {len(job.rules.rules)} rules"
