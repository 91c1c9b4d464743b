"""Documents in, what they say out: the product's own language path, without index, ledger or network."""

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from pipelines import console
from pipelines.commands import watchlist_of
from schemas.codec import to_dict
from schemas.errors import BadFile, Problem, UserError
from schemas.files import read_text
from schemas.records import Article, Reading
from schemas.settings import load
from transforms.articles.extract import article_from_html, article_from_text
from transforms.reading.pool import ReadingPlan, open_reading
from transforms.reading.stage import BATCH

MANY = 32
"""From so many documents on, several processes pay for their start."""


def annotate(files: Sequence[Path], watchlist: Sequence[Path], config: Path | None, out: TextIO) -> None:
    """Write one JSON object a document, in input order; raises UserError for a file that cannot be read."""
    settings = load(config)
    seen = dt.datetime.now(dt.timezone.utc)
    articles = [article for file in files for article in articles_of(file, seen)] if files else [_standard_input(seen)]
    plan = ReadingPlan(settings.language.model, watchlist_of(watchlist))
    workers = settings.language.processes if len(articles) >= MANY else 1
    with console.working(f"reading {len(articles)} documents"), open_reading(plan, workers) as read:
        for batch in _batches(articles):
            for article, result in read(batch):
                if isinstance(result, Exception):
                    raise UserError(f"{article.id}: {result}") from result
                out.write(json.dumps(contract(result), ensure_ascii=False) + "\n")


def contract(reading: Reading) -> dict[str, Any]:
    """Return the reading as `newswatch annotate` prints it; mentions that are not sure stand apart."""
    found = to_dict(reading)
    for record in (*found["statements"], *found["mentions"], *found["events"]):
        del record["origin"]
    sure = [m for m in found["mentions"] if m["outcome"] == "mention"]
    return {
        "id": reading.document.id,
        "entities": found["document"]["entities"],
        "mentions": sure,
        "uncertain": [m for m in found["mentions"] if m["outcome"] != "mention"],
        "statements": found["statements"],
        "events": found["events"],
    }


def articles_of(file: Path, seen: dt.datetime) -> Iterator[Article]:
    """Yield the file's documents; raises BadFile with file, line and reason."""
    text = read_text(file)
    if file.suffix == ".jsonl":
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield _json_line(line, str(file), number, seen)
    elif file.suffix in {".html", ".htm"}:
        yield article_from_html(file.read_bytes(), id=file.stem, seen=seen)
    else:
        yield article_from_text(text, id=file.stem, seen=seen)


def _json_line(line: str, name: str, number: int, seen: dt.datetime) -> Article:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as e:
        raise BadFile([Problem(name, number, f"not JSON: {e.msg}")]) from None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str) or not isinstance(found.get("text"), str):
        raise BadFile([Problem(name, number, 'not an object with "id" and "text"')])
    published = found.get("published")
    try:
        when = dt.datetime.fromisoformat(published.replace("Z", "+00:00")) if published else None
    except (ValueError, AttributeError):
        raise BadFile([Problem(name, number, f"published: {published!r} is no date")]) from None
    return article_from_text(
        found["text"],
        id=found["id"],
        title=str(found.get("title") or ""),
        url=str(found.get("url") or ""),
        published=when if when is None or when.tzinfo else when.replace(tzinfo=dt.timezone.utc),
        seen=seen,
    )


def _standard_input(seen: dt.datetime) -> Article:
    return article_from_text(sys.stdin.read(), id="stdin", seen=seen)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    rest = iter(articles)
    while batch := list(islice(rest, BATCH)):
        yield batch
