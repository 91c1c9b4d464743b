"""Beam: articles come out with their story, the same whatever the order in which they came."""

import datetime as dt
import functools
import random
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to, is_empty

from schemas.articles import Article
from schemas.ids import story_id
from schemas.settings import Ledger as LedgerSettings
from schemas.settings import Settings
from transforms.clients.opening import open_ledger
from transforms.copies.stage import TellStories

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
WIRE = "VELDEN (Corvid Wire) - " + " ".join(f"word{n}" for n in range(120))


def article(id_: str, text: str, hour: int) -> Article:
    url, published = f"https://{id_}.test/1", NOON.replace(hour=hour)
    return Article(
        id=id_, url=url, text=text, text_from="page", outlet=id_, published=published, story=story_id(text), seen=NOON
    )


def story_and_agency(article: Article) -> tuple[str, str, str]:
    return article.id, article.story, article.agency


@pytest.mark.parametrize("seed", [1, 2])
def test_stories_do_not_depend_on_the_order(tmp_path: Path, seed: int) -> None:
    first, late = "Late edition. " + WIRE, WIRE + " and that is all"
    articles = [
        article("wire", WIRE, 6),
        article("cut", WIRE[:500], 7),
        article("late", late, 9),
        article("early", first, 5),
        article("other", "Nothing of the kind happened in the harbour that day.", 4),
    ]
    random.Random(seed).shuffle(articles)
    settings = Settings(ledger=LedgerSettings(url=f"sqlite:///{tmp_path}/ledger.db"))
    open_it = functools.partial(open_ledger, settings)
    with BeamPipeline(runner="FnApiRunner") as pipeline:
        made = pipeline | beam.Create(articles)
        told = made | TellStories(open_ledger=open_it, keep=dt.timedelta(days=7), strict=True)
        found = told.ok | beam.Map(story_and_agency)
        story, other = story_id(first), story_id("Nothing of the kind happened in the harbour that day.")
        named = [("wire", story, "Corvid Wire"), ("cut", story, "Corvid Wire"), ("late", story, "Corvid Wire")]
        assert_that(found, equal_to([*named, ("early", story, ""), ("other", other, "")]))
        assert_that(told.failed, is_empty(), label="none failed")
