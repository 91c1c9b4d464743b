"""Processes that read: one that is killed is started anew, and only the article that ends it is lost."""

import contextlib
import os
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from schemas.articles import Article
from schemas.records import Reading
from tests.fakes.records import NOON, make_reading
from transforms.reading.kept import CHUNK, KeptReading
from transforms.reading.outlived import Answer


def chunk(_spool: str, articles: Sequence[Article]) -> list[Answer]:
    if any(article.text == "deadly" for article in articles):
        os._exit(9)
    return [(article, make_reading()) for article in articles]


class Kept(KeptReading):
    """Reads without a model."""

    def _submit(self, _function: Any, *args: object) -> Future[Any]:
        return super()._submit(chunk, *args)


def made(number: int, text: str = "") -> Article:
    return Article(id=f"n{number}", url="https://post.test/1", text=text, text_from="page", seen=NOON)


def test_only_the_article_that_ends_its_process_is_lost(tmp_path: Path):
    batch = [made(n, "deadly" if n == 5 else "") for n in range(CHUNK + 3)]
    with contextlib.closing(Kept("no model", 1)) as reading:
        found = {article.id: result for article, result in reading.read(str(tmp_path), batch)}
        assert {name for name, result in found.items() if not isinstance(result, Reading)} == {"n5"}
        assert "its reading process was killed over it" in str(found["n5"])
        assert [article.id for article, _ in reading.read(str(tmp_path), batch[6:8])] == ["n6", "n7"]
