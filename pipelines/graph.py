"""The whole flow on one page: every source and every way to the outside is an argument."""

import dataclasses as dc
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypedDict

import apache_beam as beam
from apache_beam.pvalue import PCollection

from schemas.alerts import Alert, Judged
from schemas.articles import Entry
from schemas.feeds import Feed, Polled
from schemas.kept import Notice
from schemas.settings import Settings
from transforms.alerts.stage import (
    InForce,
    Once,
    OpenLanes,
    build_alerts,
    count_hits,
    judge_readings,
    notify,
    post_alerts,
)
from transforms.articles.stage import extract, fetch
from transforms.clock import Clock, utc_now
from transforms.copies.stage import TellStories
from transforms.feeds.account import account
from transforms.feeds.stage import Listed, poll
from transforms.index.stage import write_feeds, write_readings, write_records
from transforms.ledger.stage import settle
from transforms.protocols import Index, Ledger, Web
from transforms.reading.stage import OpenReading, read
from transforms.stage import ByHost, Outcome


class Common(TypedDict):
    """What every stage takes."""

    clock: Clock
    strict: bool


@dataclass(frozen=True, kw_only=True)
class World:
    """What the graph is given: how to open each thing outside it, what to read with, and the time.

    `listed` are the feeds that this and other passes ask in turn. Of one poll's entries `share` go on at once; the rest
    waits in the ledger. After the `last` pass none is sure to follow soon.
    """

    open_web: Callable[[], Web]
    open_index: Callable[[], Index]
    open_ledger: Callable[[], Ledger]
    open_lanes: OpenLanes
    open_reading: OpenReading
    rules: InForce
    settings: Settings
    run: str
    listed: Listed = frozenset
    share: int | None = None
    last: bool = False
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


class Sources(NamedTuple):
    """What a pass begins with, or each window of a stream; `pulse` is one element in each, whatever else there is."""

    feeds: PCollection
    left_over: PCollection
    undelivered: PCollection
    pulse: PCollection


def build(
    pipeline: beam.Pipeline,
    world: World,
    *,
    feeds: Iterable[Feed],
    left_over: Iterable[Entry] = (),
    undelivered: Iterable[str] = (),
) -> None:
    """Add the main job to the pipeline: feeds in; records in the index, alerts out, failures kept."""
    sources = Sources(
        feeds=pipeline | "Due feeds" >> beam.Create(list(feeds)),
        left_over=pipeline | "Left over entries" >> beam.Create(list(left_over)),
        undelivered=pipeline | "Left over alerts" >> beam.Create(list(undelivered)),
        pulse=pipeline | "Pulse" >> beam.Impulse(),
    )
    flow(sources, world)


def flow(sources: Sources, world: World) -> PCollection:
    """Add the main job behind those sources, bounded or not; what it returns is at its end when all of the job is."""
    due = sources.feeds | "Feeds of a host" >> ByHost(url_of)
    ingested = ingest(due, sources.left_over, world)
    written = understand(ingested.out, world)
    alerted = alert(written.out, sources.undelivered, sources.pulse, world)
    return keep((*ingested.failed, *written.failed, *alerted.failed), world)


def build_polls(due: PCollection, world: World) -> None:
    """Add the first part alone: feeds in; their new entries stand in the ledger."""
    keep(ask(due | "Feeds of a host" >> ByHost(url_of), world, gives=False).failed, world)


def build_readings(entries: PCollection, world: World) -> None:
    """Add the middle part alone: entries in; their records stand in the index, their matches in the ledger."""
    articles = collect(entries, world)
    written = understand(articles.out, world)
    judged = judge(written.out, world)
    keep((*articles.failed, *written.failed, *judged.failed), world)


def build_notices(alerts: PCollection, world: World) -> None:
    """Add the last part alone: ids of alerts in; the alerts stand in the index and have reached their channels."""
    pulse = alerts.pipeline | "Pulse" >> beam.Impulse()
    keep(tell(alerts, pulse, world).failed, world)


def ingest(due: PCollection, unsettled: PCollection, world: World) -> Parts:
    """Feeds and unsettled entries -> articles."""
    polled = ask(due, world)
    entries = (polled.out, unsettled) | "Entries" >> beam.Flatten()
    articles = collect(entries, world)
    return Parts(articles.out, (*polled.failed, *articles.failed))


def ask(due: PCollection, world: World, *, gives: bool = True) -> Parts:
    """Feeds -> their new entries, unless these are left in the ledger alone."""
    polled: Outcome = due | "Poll" >> poll(
        open_web=world.open_web,
        open_ledger=world.open_ledger,
        settings=world.settings.feeds,
        run=world.run,
        listed=world.listed,
        gives=gives,
        **world.common,
    )
    told = index_feeds(polled, world)
    return Parts(polled.ok | "New entries" >> beam.FlatMap(new_entries, world.share), (polled.failed, *told.failed))


def collect(entries: PCollection, world: World) -> Parts:
    """Entries -> articles that know their story."""
    settings = world.settings.articles
    of_host = entries | "Entries of a host" >> ByHost(url_of)
    fetched: Outcome = of_host | "Fetch" >> fetch(open_web=world.open_web, settings=settings, **world.common)
    extracted: Outcome = fetched.ok | "Extract" >> extract(settings=settings, **world.common)
    keep = dt.timedelta(days=world.settings.copies.keep_days)
    told: Outcome = extracted.ok | "Stories" >> TellStories(open_ledger=world.open_ledger, keep=keep, **world.common)
    return Parts(told.ok, (fetched.failed, extracted.failed, told.failed))


def index_feeds(polled: Outcome, world: World) -> Parts:
    """Polls, those that failed too -> how each feed fares, in the index."""
    states = polled.ok | "States" >> beam.Map(without_entries)  # which a runner would keep until all feeds are asked
    asked = (states, polled.failed) | "Feeds asked" >> beam.Flatten()
    written: Outcome = asked | "Index feeds" >> write_feeds(
        open_index=world.open_index, open_ledger=world.open_ledger, account=account, **world.common
    )
    return Parts(written.ok, (written.failed,))


def understand(articles: PCollection, world: World) -> Parts:
    """Articles -> readings that stand in the index."""
    readings: Outcome = articles | "Read" >> read(open_reading=world.open_reading, **world.common)
    written: Outcome = readings.ok | "Index readings" >> write_readings(
        open_index=world.open_index, batch=world.settings.index.batch, **world.common
    )
    return Parts(written.ok, (readings.failed, written.failed))


def alert(readings: PCollection, unsent: PCollection, pulse: PCollection, world: World) -> Parts:
    """Readings and unsent alerts -> alerts that stand in the index and have reached their channels."""
    judged = judge(readings, world)
    told = tell((judged.out, unsent) | "Alert ids" >> beam.Flatten(), pulse, world)
    return Parts(told.out, (*judged.failed, *told.failed))


def judge(readings: PCollection, world: World) -> Parts:
    """Readings -> the ids of the alerts that they touch, their matches recorded and their entries settled."""
    judged: Outcome = readings | "Judge" >> judge_readings(
        rules=world.rules, open_ledger=world.open_ledger, **world.common
    )
    return Parts(judged.ok | "Touched alerts" >> beam.FlatMap(alert_ids), (judged.failed,))


def tell(ids: PCollection, pulse: PCollection, world: World) -> Parts:
    """Ids of alerts -> alerts that stand in the index and the outbox; and what is due there, sent."""
    recorded = record(ids, pulse, world)
    sent: Outcome = (
        (recorded.out, pulse)
        | "All posted" >> Once()
        | "Notify"
        >> notify(
            open_lanes=world.open_lanes,
            rules=world.rules,
            open_ledger=world.open_ledger,
            last=world.last,
            **world.common,
        )
    )
    # written again, an alert takes the failures with it that stood in its way
    late = sent.ok | "Sent at last" >> beam.FlatMap(alerts_sent_at_last)
    mended: Outcome = late | "Index alerts sent at last" >> write_records(
        "index-alerts", open_index=world.open_index, **world.common
    )
    return Parts(sent.ok, (*recorded.failed, sent.failed, mended.failed))


def record(ids: PCollection, pulse: PCollection, world: World) -> Parts:
    """Ids of alerts, and those that are found by counting -> alerts that stand in the index and the outbox."""
    rules, open_ledger = world.rules, world.open_ledger
    counted: Outcome = (
        (ids, pulse)
        | "All judged" >> Once()
        | "Count" >> count_hits(rules=rules, open_ledger=open_ledger, **world.common)
    )
    found = counted.ok | "Counted alerts" >> beam.FlatMap(each_of)
    once = (ids, found) | "Judged and counted" >> beam.Flatten() | "Each once" >> beam.Distinct()
    built: Outcome = once | "Build alerts" >> build_alerts(rules=rules, open_ledger=open_ledger, **world.common)
    written: Outcome = built.ok | "Index alerts" >> write_records(
        "index-alerts", open_index=world.open_index, **world.common
    )
    posted: Outcome = written.ok | "Post" >> post_alerts(rules=rules, open_ledger=open_ledger, **world.common)
    return Parts(posted.ok, (counted.failed, built.failed, written.failed, posted.failed))


def keep(failed: tuple[PCollection, ...], world: World) -> PCollection:
    """Failures of every stage -> the dead letters, the ledger and the index."""
    failures = failed | "Failures" >> beam.Flatten()
    settled: Outcome = failures | "Settle" >> settle(
        open_ledger=world.open_ledger, file=world.settings.failures.file, **world.common
    )
    kept: Outcome = settled.ok | "Index failures" >> write_records(
        "index-failures", open_index=world.open_index, **world.common
    )
    return kept.ok


def url_of(asked: Feed | Entry) -> str:
    """Return where a feed or an entry's page is asked for."""
    return asked.url


def new_entries(polled: Polled, share: int | None = None) -> Iterable[Entry]:
    """Return the entries that the poll found new, or the first of them."""
    return polled.entries[:share]


def without_entries(polled: Polled) -> Polled:
    """Return the state of the feed alone."""
    return dc.replace(polled, entries=())


def each_of(counted: tuple[str, ...]) -> Iterable[str]:
    """Return the ids of the alerts that were found by counting."""
    return counted


def alerts_sent_at_last(notice: Notice) -> Iterable[Alert]:
    """Return the alerts of a notice that did not arrive at the first try."""
    return notice.alerts if notice.tries else ()


def alert_ids(judged: Judged) -> Iterable[str]:
    """Return the ids of the alerts that the reading touched."""
    return judged.alerts
