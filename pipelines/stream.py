"""A stream: the main job behind one ticking source, on a cluster, until it is told to end."""

import contextlib
import datetime as dt
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.options.pipeline_options import FlinkRunnerOptions, PipelineOptions, PortableOptions, StandardOptions
from apache_beam.runners.portability.flink_runner import FlinkRunner

from pipelines.graph import Sources, flow
from pipelines.lock import ready
from pipelines.options import ENDS
from pipelines.pruning import Pruning
from pipelines.reload import Reloading
from pipelines.run import new_run
from pipelines.screen import Show
from pipelines.stopped import until_told
from pipelines.tending import Tending
from pipelines.ticking import STREAM, Ticks, tell_when_drained
from pipelines.worker import Place, feeds_at, let_go, world_at
from schemas.errors import UserError
from schemas.settings import Settings
from schemas.watchlist import Watchlist
from transforms.attempt import attempt
from transforms.clients.flink import cancel
from transforms.clients.opening import ledger_path, ledger_server, open_ledger, sqlite_path
from transforms.protocols import Ledger

LASTS = dt.timedelta(days=1)
"""So long one job lasts: each tick leaves some bytes in its checkpoints for good, and the next job forgets nothing."""

TEND_S = 0.5

RUNNERS = {"FlinkRunner", "PortableRunner", "DataflowRunner"}
"""The runners that are right on unbounded input, and keep what is under way through the death of a machine."""

ALWAYS = ("--streaming", "--job_server_timeout=31536000")
DEFAULTS = (
    # a job that nobody tends any more ends with that, and gives its slots back
    "--shutdown_sources_after_idle_ms=90000000",
    "--environment_type=LOOPBACK",
    "--checkpointing_interval=10000",
    "--fail_on_checkpointing_errors",  # the job server takes it as "no": its default is yes
    "--max_bundle_time_mills=500",
    # else what a step gives at the moment of a checkpoint is kept until the next element comes, which may be never
    "--finish_bundle_before_checkpointing",
)

OF_FLINK = frozenset(
    {
        "auto_watermark_interval",
        "checkpoint_timeout_millis",
        "checkpointing_interval",
        "checkpointing_mode",
        "externalized_checkpoints_enabled",
        "fail_on_checkpointing_errors",
        "files_to_stage",
        "finish_bundle_before_checkpointing",
        "max_bundle_size",
        "max_bundle_time_mills",
        "min_pause_between_checkpoints",
        "retain_externalized_checkpoints_on_cancellation",
        "savepoint_path",
        "shutdown_sources_after_idle_ms",
        "state_backend",
        "state_backend_storage_path",
        "tolerable_checkpoint_failure_number",
    }
)
"""Options that Beam's job server knows, and Beam's Python does not."""


def stream_options(args: Sequence[str]) -> PipelineOptions:
    """Return Beam's options; raises UserError for a runner that a stream cannot run on."""
    asked = PipelineOptions(list(args), pipeline_type_check=False).view_as(StandardOptions).runner or ""
    if asked.rpartition(".")[2] not in RUNNERS:
        raise UserError(
            f"--runner={asked or 'none'}: a stream runs on Flink (--runner=FlinkRunner --job_endpoint=HOST:PORT); "
            "on one machine there is `newswatch watch`"
        )
    return PipelineOptions([*ALWAYS, *DEFAULTS, *args], pipeline_type_check=False)


@dataclass
class Stream:
    """Jobs one after the other; what each leaves unfinished, the next takes up from the ledger."""

    place: Place
    args: Sequence[str]
    every_s: int
    show: Show
    lasts: dt.timedelta = LASTS
    stop: threading.Event = field(default_factory=threading.Event)

    def go_on(self) -> None:
        """Run jobs until told to stop. Raises UserError where it cannot go on."""
        with contextlib.ExitStack() as held:
            self.ledger = self._opened(held)
            held.callback(let_go, self.place)
            keep = dt.timedelta(days=self.place.settings.ledger.keep_days)
            self.pruning = Pruning(
                ledger=self.ledger,
                keep=keep,
                listed=lambda: self.listed,
                stop=self.stop,
                clock=self.place.clock,
                tell=self.show.tell,
            )
            while not self.stop.is_set():
                self._job(new_run(self.place.clock()))

    def _opened(self, held: contextlib.ExitStack) -> Ledger:
        """Return the ledger, its stream's alone, once all that a worker will need is there and sound."""
        settings = self.place.settings
        if PipelineOptions(list(self.args)).view_as(PortableOptions).environment_type == "EXTERNAL":
            check_paths(settings)
        checked = Reloading(self.place.files, settings, _handed_to_nobody, _forgotten, clock=self.place.clock)
        self.listed = checked.in_force().job.urls  # what is added later is asked, and so not forgotten either
        held.enter_context(ready(settings))
        return held.enter_context(contextlib.closing(open_ledger(settings)))

    def _job(self, run: str) -> None:
        pipeline, begun = self._built(run), self.place.clock()
        before = self.ledger.bookmark(STREAM)
        self.ledger.keep_bookmark(STREAM, run)
        job = _in_words(attempt(beam.Pipeline.run, pipeline))
        self.show.tell("info", "job begins", run=run)
        tending = Tending(
            run=run,
            job=job,
            ledger=self.ledger,
            show=self.show,
            stop=self.stop,
            pruning=self.pruning,
            clock=self.place.clock,
            until=begun + self.lasts,
            cancel=self._cancel,
            before=before,
        )
        tending.start()
        ended = attempt(methodcaller("wait_until_finish"), job)
        tending.end()
        if not tending.drained:
            _in_words(ended)
        self.show.tell("info", "job has ended", run=run)
        if not tending.told:
            raise UserError("the job was told to end by another stream: that has the ledger now", transient=True)

    def _cancel(self, run: str) -> None:
        """Take the job off the cluster, where its manager is known: Beam's job server would only forget it."""
        manager = PipelineOptions(list(self.args)).view_as(FlinkRunnerOptions).flink_master
        if not manager.startswith("["):
            cancel(FlinkRunner.add_http_scheme(manager), name_of(run))

    def _built(self, run: str) -> beam.Pipeline:
        options = stream_options([*self.args, f"--job_name={name_of(run)}"])
        pipeline, world = beam.Pipeline(options=options), world_at(self.place, run)
        sources: Sources = pipeline | Ticks(world, partial(feeds_at, self.place), self.every_s)
        tell_when_drained(flow(sources, world), sources.pulse, world)
        return pipeline


def check_paths(settings: Settings) -> None:
    """Raise UserError where workers would find another index or ledger than this process: they have other folders."""
    ledger = "" if ledger_server(settings) else ledger_path(settings)
    index = sqlite_path(settings.index.url) if settings.index.url.startswith("sqlite:") else ""
    for key, path in (("index.url", index), ("ledger.url", ledger)):
        if path and not Path(path).is_absolute():
            raise UserError(f"{key}: {path}: for workers elsewhere, name a server or a full path (sqlite:////…)")


def name_of(run: str) -> str:
    """Return what the cluster calls the job."""
    return f"newswatch-{run.lower()}"


def follow(going: Stream) -> int:
    """Go on until a signal ends it; returns the exit code."""
    with until_told(going.stop):
        going.go_on()
    return ENDS["ok"]


def _in_words(found: Any) -> Any:
    """Return what a runner gave; raises UserError, one line, where that is an error."""
    if isinstance(found, UserError):
        raise found
    if isinstance(found, Exception):
        said = re.search(r'details = "(.+?)"', str(found)) or re.search(r"(.+)\s*$", str(found))
        raise UserError(f"the job failed: {said[1] if said else found!r}", transient=True)
    return found


def _handed_to_nobody(_watchlist: Watchlist) -> str:
    return ""


def _forgotten(_spool: str) -> None:
    """Nothing was handed out."""
