"""One pass: the due feeds, what earlier passes left, and the alerts they did not deliver."""

import contextlib
import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import apache_beam as beam
from apache_beam.metrics import MetricsFilter
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.runner import PipelineResult

from pipelines.graph import World, build, build_notices, build_polls, build_readings
from pipelines.lock import ready
from pipelines.stopped import in_our_words
from schemas.errors import UserError
from schemas.failures import WAITING
from schemas.feeds import Feed
from schemas.rules import Rules
from schemas.settings import Settings
from schemas.watchlist import Watchlist
from transforms.alerts.stage import Fixed, lanes_of
from transforms.alerts.waits import Waits, waits
from transforms.clients.archive import open_kept_web
from transforms.clients.notify import open_notifiers
from transforms.clients.opening import open_index, open_ledger
from transforms.clock import Clock, utc_now
from transforms.protocols import Ledger
from transforms.reading.opening import open_reading

RUNNER = "FnApiRunner"
"""The one of the DirectRunner's three engines that is right and fast on bounded input; docs/decisions/0003."""

FEEDS, WINDOW = 50, 4_000
"""A pass over more feeds, or more articles that earlier ones left, fetches and reads so many articles at a time."""

Build = Callable[[beam.PCollection, World], None]

Counts = dict[str, dict[str, int]]
"""Elements by stage and outcome: `ok`, or the reason of the failure."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What one pass works on, all of it checked."""

    feeds: tuple[Feed, ...]
    watchlist: Watchlist
    rules: Rules
    settings: Settings

    @property
    def urls(self) -> frozenset[str]:
        """The URLs of its feeds."""
        return frozenset(feed.url for feed in self.feeds)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a pass did."""

    run: str
    counts: Counts
    seconds: float
    waits: tuple[Waits, ...] = ()

    def failures(self) -> dict[tuple[str, str], int]:
        """Return how many elements failed, by stage and reason."""
        return {
            (stage, outcome): n
            for stage, outcomes in self.counts.items()
            for outcome, n in outcomes.items()
            if outcome != "ok"
        }

    def to_mend(self) -> list[str]:
        """Return what only the user can mend, in words; empty where the next pass will do."""
        failures = self.failures()
        reasons = sorted({reason for _, reason in failures})
        wrong = [f"{reason}: see the failures" for reason in reasons if reason in MUST_ACT]
        polled = self.counts.get("poll", {})
        if polled and not polled.get("ok"):
            wrong.append("no feed could be read")
        return wrong


MUST_ACT = WAITING | {"index-refused", "notify-refused", "bug"}
"""Reasons that do not go away by themselves."""


def run_once(job: Job, *, beam_args: Sequence[str] = (), clock: Clock = utc_now, strict: bool = False) -> Report:
    """Run the whole graph once over the job's feeds; raises UserError where something must be mended first."""
    started = time.monotonic()
    options = runner_options(beam_args)
    world = world_of(job, run=new_run(clock()), clock=clock, strict=strict)
    found = run_alone(world, job.feeds, options)
    with contextlib.closing(world.open_ledger()) as ledger:
        left = tuple(waits(ledger, job.rules, clock()))
    return Report(run=world.run, counts=found, seconds=time.monotonic() - started, waits=left)


def run_alone(world: World, feeds: Sequence[Feed], options: PipelineOptions) -> Counts:
    """Run the graph with an index that is ready and a ledger that no other pass has; returns the counters."""
    with ready(world.settings):
        return run_graph(world, feeds, options)


def run_graph(world: World, feeds: Sequence[Feed], options: PipelineOptions) -> Counts:
    """Run the graph over the feeds and what is left over, in windows where that is much; returns the counters."""
    with contextlib.closing(world.open_ledger()) as ledger:
        if len(feeds) > FEEDS or ledger.progress()[0] > WINDOW:
            return run_in_windows(world, feeds, options, ledger)
        left_over, undelivered = ledger.left_over(run=world.run), ledger.undelivered()
    pipeline = beam.Pipeline(options=options)
    build(pipeline, world, feeds=feeds, left_over=left_over, undelivered=undelivered)
    return counted(pipeline.run)


def run_in_windows(
    world: World, feeds: Sequence[Feed], options: PipelineOptions, ledger: Ledger, *, window: int = WINDOW
) -> Counts:
    """Poll all feeds, then fetch and read so many articles at a time, then tell the alerts; returns the counters.

    What a window has read is settled before the next one is fetched: memory is bounded, and a kill costs one window.
    """
    found: dict[str, Counter[str]] = {}

    def run(build_part: Build, elements: Sequence[object]) -> Counts:
        pipeline = beam.Pipeline(options=options)
        build_part(pipeline | "Elements" >> beam.Create(list(elements)), world)
        counted_now = counted(pipeline.run)
        for stage, outcomes in counted_now.items():
            found.setdefault(stage, Counter()).update(outcomes)
        return counted_now

    run(build_polls, feeds)
    tried: set[str] = set()
    while entries := ledger.waiting(window, but_not=tried):
        ids = [entry.id for entry in entries]
        ledger.claim(ids, run=world.run)
        read = run(build_readings, entries)
        tried.update(id_ for id_, state in ledger.standing(ids).items() if state == "pending")
        if WAITING.intersection(read.get("index", {})):
            break  # the index does not answer: what is left waits with them
    run(build_notices, ledger.undelivered())
    return {stage: dict(outcomes) for stage, outcomes in found.items()}


def counted(run: Callable[[], PipelineResult]) -> Counts:
    """Run a pipeline to its end and return its counters; raises UserError for what the user must mend."""
    with in_our_words():
        result = run()
        result.wait_until_finish()
    return counts(result)


def world_of(job: Job, *, run: str, clock: Clock = utc_now, strict: bool = False) -> World:
    """Return what the graph needs for this job, with the real clients."""
    language = job.settings.language
    return World(
        open_web=partial(open_kept_web, job.settings, run),
        open_index=partial(open_index, job.settings),
        open_ledger=partial(open_ledger, job.settings),
        open_lanes=partial(lanes_of, job.rules, partial(open_notifiers, job.rules)),
        open_reading=partial(open_reading, language.model, job.watchlist, language.processes),
        rules=Fixed(job.rules),
        settings=job.settings,
        run=run,
        listed=partial(frozenset, job.urls),
        last=True,
        clock=clock,
        strict=strict,
    )


def new_run(now: dt.datetime) -> str:
    """Return a name for this pass that no other has."""
    return f"{now:%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"


def runner_options(args: Sequence[str]) -> PipelineOptions:
    """Return Beam's options, the runner pinned; raises UserError for a runner that would give wrong results."""
    options = PipelineOptions(list(args), pipeline_type_check=False)
    standard = options.view_as(StandardOptions)
    if standard.streaming:
        raise UserError("newswatch run is one bounded pass: --streaming does not apply")
    if standard.runner in {None, "DirectRunner", "SwitchingDirectRunner", "BundleBasedDirectRunner"}:
        standard.runner = RUNNER
    return options


def counts(result: PipelineResult) -> Counts:
    """Return the pipeline's counters by stage and outcome."""
    found: Counts = {}
    for counter in result.metrics().query(MetricsFilter())["counters"]:
        name = counter.key.metric
        stage = found.setdefault(name.namespace, {})
        stage[name.name] = stage.get(name.name, 0) + counter.result
    return found
