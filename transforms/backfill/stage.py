"""The Beam steps of a backfill: an index -> articles to read again; Reading -> added to the index -> judged."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import apache_beam as beam
from apache_beam.metrics import Metrics

from schemas.alerts import Judged
from schemas.articles import Article
from schemas.records import Reading
from schemas.rules import Rules
from schemas.watchlist import Watchlist
from transforms.alerts.judge import judge
from transforms.backfill.add import Add
from transforms.backfill.look import article_of, matcher_of, may_hold, pages, seen_since
from transforms.clock import Clock, utc_now
from transforms.protocols import Index, Ledger
from transforms.stage import Each, Stage, Step, Subject
from transforms.upkeep import Keeper

COUNTED = "backfill"
"""The namespace of what is counted beside the stages' own."""


@dataclass(frozen=True)
class Wanted:
    """Who is looked for, in what, and under which name it is remembered how far that is."""

    watchlist: Watchlist
    actors: frozenset[str]
    since: dt.datetime | None
    task: str

    @property
    def looked(self) -> str:
        """The bookmark that tells the user how far the looking is; work goes on from the one named `task`."""
        return f"{self.task} looked"


class LookThrough(beam.DoFn):
    """Wanted -> the articles, by id, that may hold the actors and were seen since: those after the bookmark."""

    def __init__(self, *, open_index: Callable[[], Keeper], open_ledger: Callable[[], Ledger]) -> None:
        self.open_index, self.open_ledger = open_index, open_ledger
        self.looked = Metrics.counter(COUNTED, "looked")
        self.candidates = Metrics.counter(COUNTED, "candidates")

    def process(self, wanted: Wanted) -> Iterator[Article]:
        """Yield one page's articles after the other: each is worked on before the next is asked for."""
        matcher = matcher_of(wanted.watchlist, wanted.actors)
        with contextlib.closing(self.open_index()) as index, contextlib.closing(self.open_ledger()) as ledger:
            for page in pages(index, after=ledger.bookmark(wanted.task)):
                for document in page:
                    self.looked.inc()
                    if seen_since(document, wanted.since) and may_hold(document, matcher, wanted.actors):
                        self.candidates.inc()
                        yield article_of(document)
                ledger.keep_bookmark(wanted.looked, page[-1].id)


def add_to_index(
    *, open_index: Callable[[], Index], actors: frozenset[str], strict: bool = False, clock: Clock = utc_now
) -> Stage[Reading, Reading]:
    """Return the step from a fresh reading to the one that then stands in the index: the actors added, nothing else."""
    opened = partial(_open_add, open_index, actors)
    return Stage("index", opened, _subject, strict=strict, clock=clock)


def judge_added(
    *,
    rules: Rules,
    actors: frozenset[str],
    open_ledger: Callable[[], Ledger],
    strict: bool = False,
    clock: Clock = utc_now,
) -> Stage[Reading, Judged]:
    """Return the step that asks the rules about the actors, and records the matches that they have a part in."""
    opened = partial(_open_judge, rules, actors, open_ledger)
    return Stage("judge", opened, _subject, strict=strict, clock=clock)


class Remember(beam.DoFn):
    """Reading or Judged -> nothing; keeps how far the work is, for the case that it is interrupted."""

    def __init__(self, *, open_ledger: Callable[[], Ledger], task: str) -> None:
        self.open_ledger, self.task = open_ledger, task

    def setup(self) -> None:
        self.ledger = self.open_ledger()

    def teardown(self) -> None:
        self.ledger.close()

    def process(self, done: Reading | Judged) -> Iterable[None]:
        """Keep the id: documents come in their order, and what came before is done."""
        document = done.document if isinstance(done, Judged) else done.document.id
        self.ledger.keep_bookmark(self.task, document)
        return ()


@dataclass(frozen=True)
class Judge:
    """The rules, the actors that are new, and where matches are kept."""

    rules: Rules
    actors: frozenset[str]
    ledger: Ledger

    def __call__(self, reading: Reading) -> Judged:
        """Return the alerts that the actors have a part in, their matches recorded; no entry is settled by it."""
        judged = judge(reading, self.rules)
        matches = [match for match in judged.matches if not self.actors.isdisjoint(match.actors)]
        hits = [hit for hit in judged.hits if not self.actors.isdisjoint(hit.match.actors)]
        self.ledger.conclude("", matches, hits)
        return Judged(document=reading.document.id, alerts=tuple(sorted({match.alert for match in matches})))


@contextlib.contextmanager
def _open_add(open_index: Callable[[], Index], actors: frozenset[str]) -> Iterator[Step[Reading, Reading]]:
    with contextlib.closing(open_index()) as index:
        yield Each(Add(index, actors, _count))


@contextlib.contextmanager
def _open_judge(
    rules: Rules, actors: frozenset[str], open_ledger: Callable[[], Ledger]
) -> Iterator[Step[Reading, Judged]]:
    with contextlib.closing(open_ledger()) as ledger:
        yield Each(Judge(rules, actors, ledger))


def _count(name: str, number: int) -> None:
    Metrics.counter(COUNTED, name).inc(number)


def _subject(reading: Reading) -> Subject:
    return Subject(reading.document.id, reading.document.url)
