"""Extraction over the golden pages: every quoted word kept, no line of anything else."""

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from schemas.articles import Article, Entry, Reply
from schemas.failures import Rejected
from schemas.settings import Articles
from tests.conftest import ROOT
from transforms.articles.extract import extract_article
from transforms.articles.fetch import fetch_page
from transforms.articles.noise import fold
from transforms.articles.page import read_page
from transforms.articles.robots import Robots

PAGES = ROOT / "tests" / "golden" / "pages"
FLOORS = json.loads((ROOT / "tests" / "quality" / "baseline.json").read_text("utf-8"))["extraction"]
SEEN = dt.datetime(2025, 3, 11, 8, tzinfo=dt.timezone.utc)
NAMES = sorted(file.stem for file in PAGES.glob("*.json"))
QUOTED = re.compile(r"“[^”]+”?|„[^“]+“|«[^»]+»|‘[^’]{2,}’|\"[^\"]+\"|``.+?''|(?<!\w)'[^']{2,}'(?!\w)")


class Golden(NamedTuple):
    """A page, what is expected of it, and what came of it."""

    expected: dict[str, Any]
    entry: Entry
    reply: Reply
    article: Article | None
    failure: str

    @property
    def lines(self) -> list[str]:
        return self.article.text.split("\n") if self.article else []

    @property
    def wanted(self) -> list[str]:
        return self.expected.get("paragraphs") or self.expected.get("must", [])


class OnePage:
    """A web of one page."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    def get(self, url: str, *, headers: object = None, max_bytes: int) -> Reply:
        return self.reply

    def close(self) -> None:
        pass


@cache
def golden(name: str) -> Golden:
    expected = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    told = expected["reply"]
    headers = (("content-type", told["content_type"]),)
    body = (PAGES / f"{name}.html").read_bytes()
    reply = Reply(url=told["url"], status=told.get("status", 200), headers=headers, body=body)
    entry = Entry(
        id=name, feed="https://feeds.example/rss", outlet="", url=told["url"], seen=SEEN, **expected.get("entry", {})
    )
    page = fetch_page(entry, web=OnePage(reply), robots=lambda _: Robots(), max_bytes=5_000_000)
    try:
        return Golden(expected, entry, reply, extract_article(page, settings=Articles()), "")
    except Rejected as e:
        return Golden(expected, entry, reply, None, e.reason)


@pytest.mark.parametrize("name", NAMES)
def test_page_gives_its_article_and_nothing_else(name: str) -> None:
    page = golden(name)
    assert page.failure == page.expected.get("failure", "")
    assert [p for p in page.wanted if p not in page.lines and p not in page.expected.get("optional", [])] == []
    assert extra(page) == []


@pytest.mark.parametrize("name", [n for n in NAMES if "failure" not in golden(n).expected])
def test_page_gives_its_metadata(name: str) -> None:
    page, article = golden(name), golden(name).article
    assert article is not None
    found = {
        "title": article.title,
        "authors": list(article.authors),
        "outlet": article.outlet,
        "language": article.language,
        "url": article.url,
        "published": article.published and article.published.isoformat(),
        "precision": article.published_precision,
        "updated": article.updated and article.updated.isoformat(),
        "section": article.section,
        "text_from": article.text_from,
        "flags": list(article.flags),
    }
    assert found == {
        **found,
        "text_from": "page",
        "flags": [],
        **{k: v for k, v in page.expected.items() if k in found},
    }
    assert article.published_from == ("page" if article.published else "none")


@pytest.mark.parametrize("name", NAMES)
def test_walls_are_known_and_only_walls(name: str) -> None:
    page = golden(name)
    assert read_page(page.reply).wall == page.expected.get("wall")


def extra(page: Golden) -> list[str]:
    """Lines of the text that the article does not have."""
    if "must_not" in page.expected:
        return [words for words in page.expected["must_not"] if any(words in line for line in page.lines)]
    return [line for line in page.lines if line not in page.wanted]


def test_quoted_words_are_kept() -> None:
    wanted, kept = 0, 0
    for page in map(golden, NAMES):
        text = page.article.text if page.article else ""
        for quote in QUOTED.findall("\n".join(page.wanted)):
            words = len(quote.split())
            wanted, kept = wanted + words, kept + words * (quote in text)
    assert wanted > 300
    assert kept / wanted >= FLOORS["quoted words kept"]


def test_no_boilerplate_line() -> None:
    assert sum(len(extra(golden(name))) for name in NAMES) <= FLOORS["boilerplate lines at most"]


def test_titles_are_not_repeated() -> None:
    for page in map(golden, NAMES):
        assert not page.lines or fold(page.lines[0]) != fold(page.article.title if page.article else "")


def test_every_page_has_its_expectation() -> None:
    assert sorted(Path(file).stem for file in PAGES.glob("*.html")) == NAMES
