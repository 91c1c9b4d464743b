"""Beam: articles -> the same, each with its story and its agency, less those that are known by other addresses."""

import contextlib
import dataclasses as dc
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection

from schemas.articles import Article
from schemas.stories import Claim, Sketch
from transforms.attempt import attempt
from transforms.clock import Clock, utc_now
from transforms.copies.agency import agency_of
from transforms.copies.compare import same_story
from transforms.copies.notices import notices_of
from transforms.copies.same import claim_of, same_article
from transforms.copies.sketch import sketch_of
from transforms.protocols import Ledger
from transforms.stage import Each, Opened, Outcome, Stage, Step, Subject

BATCH = 500
"""Articles in one transaction: others write to the ledger meanwhile."""

OpenLedger = Callable[[], Ledger]


@dc.dataclass(frozen=True)
class Placed:
    """What an article is compared by: its text, and the addresses that lead to it."""

    sketch: Sketch
    claim: Claim


@dc.dataclass(frozen=True)
class Sketched:
    """An article, and what it is compared by."""

    article: Article
    placed: Placed


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
        place: Stage[Placed, str] = Stage("place", partial(_open_place, self), _placed, batch=BATCH, **self._common)
        tell: Stage[Article, Article | None] = Stage(
            "tell-story", partial(_open_tell, self), _article, batch=BATCH, **self._common
        )
        sketched: Outcome = articles | "Sketch" >> sketch
        placed: Outcome = sketched.ok | "In order" >> _InOrder() | "Place" >> place
        waiting = sketched.ok | "Without sketch" >> beam.Map(_article_by_id)
        signs = placed.ok | "Placed" >> beam.Map(_sign)
        waited = (waiting, signs) | beam.Flatten() | "When all are placed" >> _Articles()
        told: Outcome = waited | "Tell" >> tell
        failed = (sketched.failed, placed.failed, told.failed) | "Failed" >> beam.Flatten()
        return Outcome(told.ok | "Not known before" >> beam.FlatMap(_if_any), failed)

    @property
    def _common(self) -> dict[str, Any]:
        return {"strict": self.strict, "clock": self.clock}


class _InOrder(beam.PTransform):
    """All sketches of the pass in their order, on one worker."""

    def expand(self, sketched: PCollection) -> PCollection:
        keyed = sketched | "One key" >> beam.Map(_with_key)
        return keyed | "Together" >> beam.GroupByKey() | "Sorted" >> beam.FlatMap(_sorted)


class _Articles(beam.PTransform):
    """The articles, once all have come: what waits for all of its input has also waited for the placing."""

    def expand(self, by_id: PCollection) -> PCollection:
        return by_id | "Wait" >> beam.GroupByKey() | "Article" >> beam.FlatMap(_articles)


def _sketched(article: Article) -> Sketched:
    return Sketched(article, Placed(sketch_of(article), claim_of(article)))


def _with_key(sketched: Sketched) -> tuple[str, Placed]:
    return "", sketched.placed


def _sorted(keyed: tuple[str, Iterable[Placed]]) -> list[Placed]:
    return sorted(keyed[1], key=_order)


def _order(placed: Placed) -> str:
    return placed.sketch.order


def _article_by_id(sketched: Sketched) -> tuple[str, Article | None]:
    return sketched.article.id, sketched.article


def _sign(placed: str) -> tuple[str, Article | None]:
    return placed, None


def _articles(of_id: tuple[str, Iterable[Article | None]]) -> Iterator[Article]:
    return (article for article in of_id[1] if article is not None)


def _if_any(article: Article | None) -> tuple[Article, ...]:
    return () if article is None else (article,)


@contextlib.contextmanager
def _open_place(told: TellStories) -> Iterator[Step[Placed, str]]:
    with contextlib.closing(told.open_ledger()) as ledger:
        yield partial(_place, ledger, told)


def _place(ledger: Ledger, told: TellStories, batch: Sequence[Placed]) -> Iterator[tuple[Placed, str]]:
    ledger.copies.place([one.sketch for one in batch], same_story, now=told.clock(), keep=told.keep)
    ledger.fold([one.claim for one in batch], same_article)
    return ((one, one.sketch.article) for one in batch)


@contextlib.contextmanager
def _open_tell(told: TellStories) -> Iterator[Step[Article, Article | None]]:
    with contextlib.closing(told.open_ledger()) as ledger:
        yield partial(_tell, ledger)


def _tell(ledger: Ledger, batch: Sequence[Article]) -> Iterator[tuple[Article, Article | Exception | None]]:
    folded = ledger.folded([article.id for article in batch])
    as_known = {id_: one.article for id_, one in folded.items() if one.goes_on}
    stories = ledger.copies.stories([as_known.get(article.id, article.id) for article in batch])
    for article in batch:
        if article.id in folded and article.id not in as_known:
            yield article, None
        else:
            known = dc.replace(article, id=as_known.get(article.id, article.id))
            yield article, attempt(partial(_told, stories), known)


def _told(stories: Mapping[str, str], article: Article) -> Article:
    story = stories.get(article.id, article.story)
    flags = tuple(dict.fromkeys((*article.flags, *notices_of(article.title, article.text))))
    return dc.replace(article, story=story, agency=agency_of(article), flags=flags)


def _article(article: Article) -> Subject:
    return Subject(article.id, article.url or article.title)


def _placed(placed: Placed) -> Subject:
    return Subject(placed.sketch.article, placed.sketch.article)
