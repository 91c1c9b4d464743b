"""The sample articles, repeated: as texts, as articles, as fetched pages; made one by one, never all in memory."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice

from samples.articles import SampleArticle, outlets
from samples.articles import articles as samples
from samples.render import page
from schemas.articles import Article, Entry, Fetched, Reply
from schemas.ids import stable_id, story_id

BEGAN = dt.datetime(2025, 2, 20, tzinfo=dt.timezone.utc)
APART = dt.timedelta(seconds=10)
"""Between two articles: as busy as some thousand feeds."""


@cache
def english() -> tuple[SampleArticle, ...]:
    """Return the samples that are parsed."""
    languages = {outlet.id: outlet.language for outlet in outlets()}
    return tuple(a for a in samples() if languages[a.outlet] == "en")


def repeated(documents: int) -> Iterator[tuple[int, SampleArticle]]:
    """Yield so many samples, numbered."""
    return enumerate(islice(cycle(english()), documents))


def texts(documents: int) -> Iterator[str]:
    """Yield the bare texts."""
    return (sample.text for _, sample in repeated(documents))


def articles(documents: int) -> Iterator[Article]:
    """Yield the articles as if their pages had been extracted."""
    for number, sample in repeated(documents):
        yield Article(
            id=stable_id("bench", str(number)),
            url=f"https://bench.invalid/{number}",
            title=sample.title,
            text=sample.text,
            text_from="given",
            outlet=sample.outlet,
            published=sample.published,
            published_from="given",
            published_precision="second",
            story=story_id(f"{number} {sample.text}"),
            seen=BEGAN + number * APART,
        )


@cache
def _page(sample: SampleArticle) -> bytes:
    outlet = next(o for o in outlets() if o.id == sample.outlet)
    return page(outlet, sample, "https://bench.invalid").encode(outlet.encoding)


def fetched(documents: int) -> Iterator[Fetched]:
    """Yield the articles as fetched pages."""
    for number, sample in repeated(documents):
        url = f"https://bench.invalid/{number}"
        entry = Entry(
            id=stable_id("bench", str(number)),
            feed="https://bench.invalid/feed",
            outlet=sample.outlet,
            url=url,
            seen=BEGAN + number * APART,
        )
        headers = (("content-type", "text/html; charset=utf-8"),)
        yield Fetched(entry=entry, reply=Reply(url=url, status=200, headers=headers, body=_page(sample)))
