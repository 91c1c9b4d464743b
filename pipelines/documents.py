"""What `newswatch annotate` and `explain` are given -> articles: files, addresses, standard input."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from schemas.articles import Article, Entry
from schemas.errors import BadFile, Problem
from schemas.failures import Rejected
from schemas.settings import Articles
from transforms.articles.extract import article_from_html, article_from_text, extract_article
from transforms.articles.fetch import RobotsCache, fetch_page
from transforms.protocols import Web

STDIN = "stdin"


class Unread(NamedTuple):
    """A document that has no text to read, and why."""

    id: str
    reason: str


Found = Article | Unread


def documents(files: Sequence[Path], stdin: BinaryIO, seen: dt.datetime) -> Iterator[Found]:
    """Yield the documents of the files, or of standard input; raises BadFile with file, line and reason."""
    for file in files:
        _must_be_file(file)
    for file in files:
        yield from of_file(file, seen)
    if not files:
        yield from of_text(_decoded(stdin.read(), STDIN), STDIN, seen)


def of_file(file: Path, seen: dt.datetime) -> Iterator[Found]:
    """Yield the file's documents."""
    suffix = file.suffix.lower()
    try:
        if suffix == ".jsonl":
            with file.open("rb") as lines:  # line by line: such a file may be larger than memory
                yield from of_lines(lines, str(file), seen)
        elif suffix in {".html", ".htm"}:
            yield _of_page(file.read_bytes(), file.stem, seen)
        else:
            yield article_from_text(_decoded(file.read_bytes(), str(file)), id=file.stem, seen=seen)
    except OSError as e:
        raise BadFile([Problem(str(file), 0, e.strerror or str(e))]) from None


def of_text(text: str, name: str, seen: dt.datetime) -> Iterator[Found]:
    """Yield the documents of a text that nobody has named: JSON lines, if its first line is one, else one document."""
    first = text.lstrip().partition("\n")[0]
    if first.startswith("{") and _is_document(_loaded(first)):
        yield from of_lines((line.encode() for line in text.split("\n")), name, seen)
    else:
        yield article_from_text(text, id=name, seen=seen)


def of_lines(lines: Iterable[bytes], name: str, seen: dt.datetime) -> Iterator[Article]:
    """Yield the document of each line that is not blank."""
    for number, raw in enumerate(lines, start=1):
        line = _decoded(raw, name, number)
        if line.strip():
            yield _of_line(line, name, number, seen)


def of_url(url: str, web: Web, settings: Articles, seen: dt.datetime) -> Found:
    """Return the document of the page, asked for and read as `newswatch run` does it."""
    entry = Entry(id=url, feed="", outlet="", url=url, seen=seen)
    fetched = fetch_page(entry, web=web, robots=RobotsCache(web).find, max_bytes=settings.max_bytes)
    try:
        return extract_article(fetched, settings=settings)
    except Rejected as e:
        return Unread(url, str(e))


def _must_be_file(file: Path) -> None:
    """Tell before the first document is read, not after an hour."""
    if not file.exists():
        raise BadFile([Problem(str(file), 0, "no such file")])
    if file.is_dir():
        raise BadFile([Problem(str(file), 0, "a folder, not a file")])


def _decoded(raw: bytes, name: str, line: int = 0) -> str:
    try:
        return raw.decode("utf-8-sig" if line <= 1 else "utf-8")
    except UnicodeDecodeError as e:
        raise BadFile([Problem(name, line, f"not UTF-8 text (byte {e.start})")]) from None


def _of_page(page: bytes, name: str, seen: dt.datetime) -> Found:
    try:
        return article_from_html(page, id=name, seen=seen)
    except Rejected as e:
        return Unread(name, str(e))


def _of_line(line: str, name: str, number: int, seen: dt.datetime) -> Article:
    found = _loaded(line)
    if isinstance(found, json.JSONDecodeError):
        raise BadFile([Problem(name, number, f"not JSON: {found.msg} (column {found.colno})")])
    if not _is_document(found):
        raise BadFile([Problem(name, number, 'not an object with "id" and "text", both of them strings')])
    try:
        published = _moment(found.get("published"))
    except ValueError:
        raise BadFile([Problem(name, number, f"published: {found['published']!r} is no date")]) from None
    return article_from_text(
        found["text"],
        id=found["id"],
        title=str(found.get("title") or ""),
        url=str(found.get("url") or ""),
        published=published,
        seen=seen,
    )


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as e:
        return e
    except RecursionError:
        return json.JSONDecodeError("too deeply nested", line, 0)


def _is_document(found: Any) -> bool:
    return isinstance(found, dict) and isinstance(found.get("id"), str) and isinstance(found.get("text"), str)


def _moment(published: Any) -> dt.datetime | None:
    if not published:
        return None
    when = dt.datetime.fromisoformat(str(published).replace("Z", "+00:00"))
    return when if when.tzinfo else when.replace(tzinfo=dt.timezone.utc)
