"""Beam: articles -> the same, each with its story and the agency that it names."""

import contextlib
import dataclasses as dc
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection

from schemas.articles import Article
from schemas.stories import Sketch
from transforms.clock import Clock, utc_now
from transforms.copies.agency import agency_of
from transforms.copies.compare import same_story
from transforms.copies.notices import notices_of
from transforms.copies.sketch import sketch_of
from transforms.protocols import Ledger
from transforms.stage import Each, Opened, Outcome, Stage, Step, Subject

BATCH = 500
"""Articles in one transaction: others write to the ledger meanwhile."""

OpenLedger = Callable[[], Ledger]


@dc.dataclass(frozen=True)
class Sketched:
    """An article, and what it is compared by."""

    article: Article
    sketch: Sketch


@dc.dataclass
class TellStories(beam.PTransform):
    """Give each article its story; all articles of the pass are placed first, in one order, whatever the workers.

    Args:
        open_ledger: where stories are remembered.
        keep: so long after a story began, copies of it are looked for.
    """

    open_ledger: OpenLedger
    keep: dt.timedelta
    strict: bool = False
    clock: Clock = utc_now

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, articles: PCollection) -> Outcome:
        """Return the outputs `ok` and `failed`."""
        sketch: Stage[Article, Sketched] = Stage("sketch", Opened(Each(_sketched)), _article, **self._common)
        place: Stage[Sketch, str] = Stage("place", partial(_open_place, self), _sketch, batch=BATCH, **self._common)
        tell: Stage[Article, Article] = Stage("tell-story", partial(_open_tell, self), _article, **self._common)
        sketched: Outcome = articles | "Sketch" >> sketch
        placed: Outcome = sketched.ok | "In order" >> _InOrder() | "Place" >> place
        waiting = sketched.ok | "Without sketch" >> beam.Map(_article_of)  # what waits is held in memory
        waited = waiting | "When all are placed" >> beam.Map(_as_it_is, beam.pvalue.AsIter(placed.ok | _Nothing()))
        told: Outcome = waited | "Tell" >> tell
        failed = (sketched.failed, placed.failed, told.failed) | "Failed" >> beam.Flatten()
        return Outcome(told.ok, failed)

    @property
    def _common(self) -> dict[str, Any]:
        return {"strict": self.strict, "clock": self.clock}


class _InOrder(beam.PTransform):
    """All sketches of the pass in their order, on one worker."""

    def expand(self, sketched: PCollection) -> PCollection:
        keyed = sketched | "One key" >> beam.Map(_with_key)
        return keyed | "Together" >> beam.GroupByKey() | "Sorted" >> beam.FlatMap(_sorted)


class _Nothing(beam.PTransform):
    """No element, but only when all have come."""

    def expand(self, elements: PCollection) -> PCollection:
        return elements | beam.FlatMap(_none)


def _sketched(article: Article) -> Sketched:
    return Sketched(article, sketch_of(article))


def _with_key(sketched: Sketched) -> tuple[str, Sketch]:
    return "", sketched.sketch


def _sorted(keyed: tuple[str, Iterable[Sketch]]) -> list[Sketch]:
    return sorted(keyed[1], key=_order)


def _order(sketch: Sketch) -> str:
    return sketch.order


def _none(_element: object) -> tuple[()]:
    return ()


def _article_of(sketched: Sketched) -> Article:
    return sketched.article


def _as_it_is(article: Article, _nothing: Iterable[object]) -> Article:
    return article


@contextlib.contextmanager
def _open_place(told: TellStories) -> Iterator[Step[Sketch, str]]:
    with contextlib.closing(told.open_ledger()) as ledger:
        yield partial(_place, ledger, told)


def _place(ledger: Ledger, told: TellStories, batch: Sequence[Sketch]) -> Iterator[tuple[Sketch, str]]:
    ledger.copies.place(batch, same_story, now=told.clock(), keep=told.keep)
    return ((sketch, sketch.article) for sketch in batch)


@contextlib.contextmanager
def _open_tell(told: TellStories) -> Iterator[Step[Article, Article]]:
    with contextlib.closing(told.open_ledger()) as ledger:
        yield Each(partial(_told, ledger))


def _told(ledger: Ledger, article: Article) -> Article:
    story = ledger.copies.stories([article.id]).get(article.id, article.story)
    flags = tuple(dict.fromkeys((*article.flags, *notices_of(article.title, article.text))))
    return dc.replace(article, story=story, agency=agency_of(article), flags=flags)


def _article(article: Article) -> Subject:
    return Subject(article.id, article.url or article.title)


def _sketch(sketch: Sketch) -> Subject:
    return Subject(sketch.article, sketch.article)
