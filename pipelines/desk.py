"""Where the lanes of a watch have their passes run: each is built once for what is in force, and run over and over."""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.pvalue import PCollection

from pipelines.channels import kept_lanes
from pipelines.graph import World
from pipelines.kept import Repeated, keep, kept, kept_now, kept_reading
from pipelines.meter import Meter
from pipelines.reload import Ruling
from pipelines.run import Counts, counted, new_run
from schemas.failures import Failure
from schemas.settings import Settings
from transforms.alerts.stage import Fixed
from transforms.clients.dead_letters import DeadLetters
from transforms.clients.notify import open_notifiers
from transforms.clients.opening import open_ledger
from transforms.clock import Clock
from transforms.ledger.stage import Settle
from transforms.protocols import Index, Ledger

Build = Callable[[PCollection, World], None]
Told = Callable[[str, Counts, float], None]
"""Is told of each pass: its lane, what it counted, how many seconds it took."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the lanes share; `key` begins the names under which the process keeps things for its passes."""

    key: str
    settings: Settings
    in_force: Callable[[], Ruling]
    clock: Clock
    meter: Meter
    told: Told
    options: PipelineOptions
    monotonic: Callable[[], float] = time.monotonic
    built: dict[str, tuple[Ruling, Repeated]] = field(default_factory=dict)

    def run(self, lane: str, build: Build, elements: Sequence[object]) -> Counts:
        """Run one pass over the elements by what is in force now, and tell of it."""
        began = self.monotonic()
        keep(f"{self.key} {lane}", elements)
        counts = self._run(lane, build)
        took = self.monotonic() - began
        self.meter.count(counts)
        self.meter.passes.labels(lane).observe(took)
        self.told(lane, counts, took)
        return counts

    def _run(self, lane: str, build: Build) -> Counts:
        ruling = self.in_force()
        known = self.built.get(lane)
        if known is not None and known[0] is ruling:
            return counted(known[1].again)
        runner = Repeated()
        pipeline = beam.Pipeline(runner, options=self.options)
        source = pipeline | "Pass" >> beam.Impulse() | "Elements" >> beam.FlatMap(kept_now, f"{self.key} {lane}")
        build(source, self.world(lane, ruling))
        counts = counted(pipeline.run)
        self.built[lane] = (ruling, runner)
        return counts

    def record(self, failure: Failure, ledger: Ledger) -> None:
        """Record a failure that no step of a pass could."""
        with contextlib.closing(DeadLetters(self.settings.failures.file)) as letters:
            Settle(ledger, letters)(failure)
        index: Index = kept(f"{self.key} index")
        index.write([failure])

    def world(self, lane: str, ruling: Ruling) -> World:
        """Return what the passes of that lane are given."""
        return World(
            open_web=partial(kept, f"{self.key} {lane} web"),
            open_index=partial(kept, f"{self.key} index"),
            open_ledger=partial(open_ledger, self.settings),
            open_lanes=partial(
                kept_lanes, f"{self.key} channels", ruling.job.rules, partial(open_notifiers, ruling.job.rules)
            ),
            open_reading=partial(kept_reading, f"{self.key} reading", ruling.spool),
            rules=Fixed(ruling.job.rules),
            settings=self.settings,
            run=new_run(self.clock()),
            listed=partial(frozenset, ruling.job.urls),
            clock=self.clock,
        )
