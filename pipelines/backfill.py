"""New actors over what is already indexed: nothing is fetched, what others have in the index stays as it is."""

import contextlib
import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipelines.graph import World, alert_ids, keep, tell
from pipelines.lock import alone
from pipelines.run import MUST_ACT, Counts, Job, counted, new_run, runner_options, world_of
from schemas.errors import UserError
from schemas.ids import stable_id
from schemas.rules import Rules
from schemas.settings import Settings
from schemas.watchlist import Watchlist
from transforms.backfill.stage import COUNTED, LookThrough, Remember, Wanted, add_to_index, judge_added
from transforms.clients.opening import open_index, open_ledger
from transforms.clock import Clock, utc_now
from transforms.reading.stage import read
from transforms.stage import Outcome
from transforms.upkeep import Keeper


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a backfill works on, all of it checked; without rules nobody is alerted."""

    watchlist: Watchlist
    actors: frozenset[str]
    since: dt.datetime | None
    since_text: str
    rules: Rules | None
    settings: Settings

    @property
    def wanted(self) -> Wanted:
        """Return what the graph looks for; the task's name is the same when the same is asked again."""
        rules = "\n".join(rule.model_dump_json() for rule in self.rules.rules) if self.rules else ""
        parts = (self.settings.index.url, self.watchlist.digest, self.since_text, rules, *sorted(self.actors))
        return Wanted(self.watchlist, self.actors, self.since, f"backfill {stable_id(*parts)}")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a backfill did: its own counts, and the stages'."""

    added: Counter[str]
    stages: Counts
    seconds: float

    def to_mend(self) -> list[str]:
        """Return the reasons of failures that do not go away by themselves."""
        reasons = {reason for outcomes in self.stages.values() for reason in outcomes}
        return sorted(reasons & MUST_ACT)


def build(pipeline: beam.Pipeline, world: World, wanted: Wanted, *, open_keeper: Callable[[], Keeper]) -> None:
    """Add the backfill to the pipeline: an index in; the same index with the actors, their alerts out.

    One article after the other goes through it, for no step before the alerts gathers anything: memory does not grow.
    """
    looked = beam.ParDo(LookThrough(open_index=open_keeper, open_ledger=world.open_ledger))
    articles = pipeline | "Wanted" >> beam.Create([wanted]) | "Look through the index" >> looked
    readings: Outcome = articles | "Read" >> read(open_reading=world.open_reading, **world.common)
    added: Outcome = readings.ok | "Add to the index" >> add_to_index(
        open_index=world.open_index, actors=wanted.actors, **world.common
    )
    done, failed = alert(added.ok, world, wanted.actors) if world.rules().rules else (added.ok, ())
    done | "Remember" >> beam.ParDo(Remember(open_ledger=world.open_ledger, task=wanted.task))
    keep((readings.failed, added.failed, *failed), world)


def alert(added: PCollection, world: World, actors: frozenset[str]) -> tuple[PCollection, tuple[PCollection, ...]]:
    """Readings with the actors added -> the same, judged; the alerts that the actors have a part in are told."""
    judged: Outcome = added | "Judge" >> judge_added(
        rules=world.rules(), actors=actors, open_ledger=world.open_ledger, **world.common
    )
    pulse = added.pipeline | "Pulse" >> beam.Impulse()
    told = tell(judged.ok | "Touched alerts" >> beam.FlatMap(alert_ids), pulse, world)
    return judged.ok, (judged.failed, *told.failed)


def run_backfill(asked: Asked, *, clock: Clock = utc_now, strict: bool = False) -> Told:
    """Run the backfill, from where an earlier one was stopped; raises UserError where something must be mended."""
    started, wanted, settings = time.monotonic(), asked.wanted, asked.settings
    job = Job(feeds=(), watchlist=asked.watchlist, rules=asked.rules or Rules(rules=()), settings=settings)
    world = world_of(job, run=new_run(clock()), clock=clock, strict=strict)
    with contextlib.ExitStack() as held:
        with contextlib.closing(open_index(settings)) as index:
            _must_hold_something(index, settings)
            world.open_ledger().close()
            held.enter_context(alone(settings, work="backfill"))
            if asked.rules:  # two that send from one outbox would send everything twice
                held.enter_context(alone(settings))
            index.prepare()  # an older index gets the field that marks what is added
        pipeline = beam.Pipeline(options=runner_options([]))
        build(pipeline, world, wanted, open_keeper=partial(open_index, settings))
        found = counted(pipeline.run)
    told = Told(added=Counter(found.pop(COUNTED, {})), stages=found, seconds=time.monotonic() - started)
    _forget(wanted, settings)
    return told


def _must_hold_something(index: Keeper, settings: Settings) -> None:
    if "documents" not in index.kinds():
        raise UserError(f"{settings.index.url}: nothing is indexed yet (`newswatch run` does it)", transient=True)


def _forget(wanted: Wanted, settings: Settings) -> None:
    with contextlib.closing(open_ledger(settings)) as ledger:
        ledger.keep_bookmark(wanted.task, "")
        ledger.keep_bookmark(wanted.looked, "")
