"""The whole flow on one page: every source and every way to the outside is an argument."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypedDict

import apache_beam as beam
from apache_beam.pvalue import PCollection

from schemas.records import Entry, Feed, Judged, Polled
from schemas.rules import Rules
from schemas.settings import Settings
from transforms.alerts.stage import build_alerts, judge_readings, notify
from transforms.articles.stage import extract, fetch
from transforms.feeds.stage import poll
from transforms.index.stage import write_feeds, write_readings, write_records
from transforms.ledger.stage import settle
from transforms.protocols import Index, Ledger, Notifier, Web
from transforms.reading.pool import ReadingPlan
from transforms.reading.stage import read
from transforms.stage import ByHost, Clock, Outcome, utc_now


class Common(TypedDict):
    """What every stage takes."""

    clock: Clock
    strict: bool


@dataclass(frozen=True, kw_only=True)
class World:
    """What the graph is given: how to open each thing outside it, what to read with, and the time."""

    open_web: Callable[[], Web]
    open_index: Callable[[], Index]
    open_ledger: Callable[[], Ledger]
    open_notifiers: Callable[[], Mapping[str, Notifier]]
    reading: ReadingPlan
    rules: Rules
    settings: Settings
    run: str
    clock: Clock = utc_now
    strict: bool = False

    @property
    def common(self) -> Common:
        """Return what every stage takes."""
        return {"clock": self.clock, "strict": self.strict}


class Parts(NamedTuple):
    """A part of the graph: what it gives, and the failures of its stages."""

    out: PCollection
    failed: tuple[PCollection, ...]


def build(
    pipeline: beam.Pipeline,
    world: World,
    *,
    feeds: Iterable[Feed],
    left_over: Iterable[Entry] = (),
    undelivered: Iterable[str] = (),
) -> None:
    """Add the main job to the pipeline: feeds in; records in the index, alerts out, failures kept."""
    due = pipeline | "Due feeds" >> beam.Create(list(feeds)) | "Feeds of a host" >> ByHost(url_of)
    unsettled = pipeline | "Left over entries" >> beam.Create(list(left_over))
    unsent = pipeline | "Left over alerts" >> beam.Create(list(undelivered))
    ingested = ingest(due, unsettled, world)
    written = understand(ingested.out, world)
    alerted = alert(written.out, unsent, world)
    keep((*ingested.failed, *written.failed, *alerted.failed), world)


def ingest(due: PCollection, unsettled: PCollection, world: World) -> Parts:
    """Feeds and unsettled entries -> articles."""
    settings = world.settings
    polled: Outcome = due | "Poll" >> poll(
        open_web=world.open_web, open_ledger=world.open_ledger, settings=settings.feeds, run=world.run, **world.common
    )
    told = index_feeds(polled, world)
    new = polled.ok | "New entries" >> beam.FlatMap(new_entries)
    entries = (new, unsettled) | "Entries" >> beam.Flatten() | "Entries of a host" >> ByHost(url_of)
    fetched: Outcome = entries | "Fetch" >> fetch(open_web=world.open_web, settings=settings.articles, **world.common)
    extracted: Outcome = fetched.ok | "Extract" >> extract(settings=settings.articles, **world.common)
    return Parts(extracted.ok, (polled.failed, *told.failed, fetched.failed, extracted.failed))


def index_feeds(polled: Outcome, world: World) -> Parts:
    """Polls, those that failed too -> how each feed fares, in the index."""
    asked = tuple(polled) | "Feeds asked" >> beam.Flatten()
    written: Outcome = asked | "Index feeds" >> write_feeds(
        open_index=world.open_index, open_ledger=world.open_ledger, **world.common
    )
    return Parts(written.ok, (written.failed,))


def understand(articles: PCollection, world: World) -> Parts:
    """Articles -> readings that stand in the index."""
    language, index = world.settings.language, world.settings.index
    readings: Outcome = articles | "Read" >> read(plan=world.reading, processes=language.processes, **world.common)
    written: Outcome = readings.ok | "Index readings" >> write_readings(
        open_index=world.open_index, batch=index.batch, **world.common
    )
    return Parts(written.ok, (readings.failed, written.failed))


def alert(readings: PCollection, unsent: PCollection, world: World) -> Parts:
    """Readings and unsent alerts -> alerts that stand in the index and have reached their channels."""
    rules, open_ledger = world.rules, world.open_ledger
    judged: Outcome = readings | "Judge" >> judge_readings(rules=rules, open_ledger=open_ledger, **world.common)
    touched = judged.ok | "Touched alerts" >> beam.FlatMap(alert_ids)
    once = (touched, unsent) | "Alert ids" >> beam.Flatten() | "Each once" >> beam.Distinct()
    built: Outcome = once | "Build alerts" >> build_alerts(rules=rules, open_ledger=open_ledger, **world.common)
    written: Outcome = built.ok | "Index alerts" >> write_records(
        "index-alerts", open_index=world.open_index, **world.common
    )
    sent: Outcome = written.ok | "Notify" >> notify(
        open_notifiers=world.open_notifiers, rules=rules, open_ledger=open_ledger, **world.common
    )
    return Parts(sent.ok, (judged.failed, built.failed, written.failed, sent.failed))


def keep(failed: tuple[PCollection, ...], world: World) -> None:
    """Failures of every stage -> the dead letters, the ledger and the index."""
    failures = failed | "Failures" >> beam.Flatten()
    settled: Outcome = failures | "Settle" >> settle(
        open_ledger=world.open_ledger, file=world.settings.failures.file, **world.common
    )
    settled.ok | "Index failures" >> write_records("index-failures", open_index=world.open_index, **world.common)


def url_of(asked: Feed | Entry) -> str:
    """Return where a feed or an entry's page is asked for."""
    return asked.url


def new_entries(polled: Polled) -> Iterable[Entry]:
    """Return the entries that the poll found new."""
    return polled.entries


def alert_ids(judged: Judged) -> Iterable[str]:
    """Return the ids of the alerts that the reading touched."""
    return judged.alerts
