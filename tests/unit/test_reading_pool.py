"""Processes that read: one that is killed is started anew, and only the article that ends it is lost."""

import contextlib
import os
from collections.abc import Sequence

import pytest

from schemas.articles import Article
from schemas.errors import UserError
from schemas.records import Reading
from tests.fakes.records import NOON, make_reading
from transforms.reading.outlived import LOST, Answer, outlived
from transforms.reading.pool import CHUNK, Pool


def start() -> None:
    """Load nothing."""


def refuse() -> None:
    """Load nothing, and read nothing."""
    raise SystemExit(1)


def chunk(articles: Sequence[Article]) -> list[Answer]:
    if any(article.text == "deadly" for article in articles):
        os._exit(9)
    return [(article, make_reading()) for article in articles]


def made(number: int, text: str = "") -> Article:
    return Article(id=f"n{number}", url="https://post.test/1", text=text, text_from="page", seen=NOON)


def test_only_the_article_that_ends_its_process_is_lost():
    batch = [made(n, "deadly" if n == 5 else "") for n in range(CHUNK + 3)]
    with contextlib.closing(Pool(2, start, chunk)) as pool:
        found = {article.id: result for article, result in outlived(pool.read, batch)}
        assert {name for name, result in found.items() if not isinstance(result, Reading)} == {"n5"}
        assert "its reading process was killed over it" in str(found["n5"])
        assert [article.id for article, _ in pool.read(batch[6:8])] == ["n6", "n7"]


def test_processes_that_do_not_start_are_no_article_s_fault():
    with contextlib.closing(Pool(1, refuse, chunk)) as pool, pytest.raises(UserError, match=LOST[:20]):
        list(pool.read([made(1)]))
