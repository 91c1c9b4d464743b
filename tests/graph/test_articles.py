"""Entries -> pages -> articles in one small pipeline."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import apache_beam as beam
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that

from schemas.articles import Article, Entry, Fetched, Reply
from schemas.failures import Failure
from schemas.settings import Articles
from tests.fakes.web import Answer, FakeWeb, reply
from transforms.articles.stage import extract, fetch
from transforms.protocols import Web, WebError

SEEN = dt.datetime(2025, 3, 11, 8, tzinfo=dt.timezone.utc)
PAGE = (
    "<html><body><article><h1>Title {n}</h1><p>“Word {n},” said engineer Ana Moss of the county council.</p></article>"
)
SITES = 5


def clock() -> dt.datetime:
    return SEEN


def url(n: int) -> str:
    return f"https://site{n % SITES}.example/story-number-{n}"


def answers() -> dict[str, Answer]:
    pages = {url(n): reply(url(n), PAGE.format(n=n).encode(), content_type="text/html") for n in range(20)}
    return pages | {
        url(3): WebError("unreachable", "no complete answer"),
        url(4): reply(url(4), status=404, content_type="text/html"),
        "https://site0.example/robots.txt": reply("r", b"User-agent: *\nDisallow: /story-number-5"),
    }


def open_web() -> Web:
    return FakeWeb(answers())


def entry(n: int) -> Entry:
    summary = "The feed’s own summary." if n == 4 else ""
    return Entry(
        id=f"e{n}", feed="https://f.example/rss", outlet="O", url=url(n), title=f"Title {n}", summary=summary, seen=SEEN
    )


def articles_are(found: list[Article]) -> None:
    texts = {article.id: (article.text, article.flags) for article in found}
    assert len(found) == 18
    assert texts["e7"] == ("“Word 7,” said engineer Ana Moss of the county council.", ())
    assert texts["e4"] == ("The feed’s own summary.", ("page-refused",))


def failures_are(found: list[Failure]) -> None:
    told = {(f.entry, f.stage, f.reason, f.element, f.detail, f.seen) for f in found}
    assert told == {
        ("e3", "extract", "page-unreachable", url(3), "no complete answer", SEEN),
        ("e5", "extract", "page-refused", url(5), "robots.txt", SEEN),
    }


def none_are(found: list[Failure]) -> None:
    assert found == []


def run(opens: Callable[[], Web]) -> dict[str, int]:
    common = {"settings": Articles(concurrency=4), "clock": clock, "strict": True}
    with BeamPipeline(runner="FnApiRunner") as pipeline:
        entries = pipeline | beam.Create([entry(n) for n in range(20)])
        fetched = entries | fetch(open_web=opens, **common)
        extracted = fetched.ok | extract(**common)
        assert_that(extracted.ok, articles_are, label="articles")
        assert_that(extracted.failed, failures_are, label="failures")
        assert_that(fetched.failed, none_are, label="no fetch fails")
    counters = pipeline.result.metrics().query()["counters"]
    return {f"{c.key.metric.namespace}/{c.key.metric.name}": c.committed for c in counters}


def test_every_entry_ends_as_an_article_or_a_failure() -> None:
    counts = run(partial(open_web))
    assert counts["fetch/ok"] == 20
    assert counts["extract/ok"] == 18
    assert counts["extract/page-unreachable"] == counts["extract/page-refused"] == 1


class Slow(FakeWeb):
    """One host for all; its robots.txt answers, its pages do not."""

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        if not url.endswith("robots.txt"):
            raise WebError("unreachable", "no complete answer")
        return super().get(url, headers=headers, max_bytes=max_bytes)


def test_a_silent_host_costs_a_pass_a_few_requests() -> None:
    def told(found: list[Fetched]) -> None:
        details = Counter((f.reason, f.detail.partition(":")[0]) for f in found)
        assert details == {("page-unreachable", "no complete answer"): 3, ("page-unreachable", "not asked"): 37}

    entries = [replace(entry(n), url=f"https://slow.example/{n}") for n in range(40)]
    with BeamPipeline(runner="FnApiRunner") as pipeline:
        step = fetch(open_web=partial(Slow, {}), settings=Articles(concurrency=4), clock=clock, strict=True)
        assert_that((pipeline | beam.Create(entries, reshuffle=False) | step).ok, told)
