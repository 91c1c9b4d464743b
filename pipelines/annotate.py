"""Documents in, what they say out: the product's own language path, without index, ledger or network."""

import json
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from pipelines.commands import watchlist_of
from pipelines.console import json_line, say
from pipelines.documents import Found, Unread, documents
from pipelines.live import Working, working
from pipelines.options import ENDS
from pipelines.stopped import at_once
from schemas.articles import Article
from schemas.codec import to_dict
from schemas.failures import Rejected
from schemas.records import Reading
from schemas.settings import load
from transforms.clock import utc_now
from transforms.reading.opening import open_reading
from transforms.reading.outlived import Read
from transforms.reading.stage import BATCH

MANY = 32
"""From so many documents on, several processes pay for their start."""


class Printed(NamedTuple):
    """A document as it is printed, and the exit code where it could not be read."""

    line: dict[str, Any]
    code: int = ENDS["ok"]


def annotate(files: Sequence[Path], watchlist: Sequence[Path], config: Path | None, out: TextIO) -> int:
    """Write one JSON object a document, in input order; returns the exit code; raises UserError for a bad file."""
    settings = load(config)
    actors = watchlist_of(watchlist)
    if not files and sys.stdin.isatty():
        say("newswatch: reads what you type; Ctrl-D ends it")
    found = documents(files, sys.stdin.buffer, utc_now())
    first = list(islice(found, MANY))
    workers = settings.language.processes if len(first) == MANY else 1
    code = ENDS["ok"]
    with ExitStack() as opened:
        shown = opened.enter_context(working("loading the English pipeline"))
        opened.enter_context(at_once(""))
        read = opened.enter_context(open_reading(settings.language.model, actors, workers))
        for n, printed in enumerate(_answers(chain(first, found), read), start=1):
            code = worse(code, printed.code)
            _print(printed.line, out, shown)
            shown.update(f"reading: {n} documents done")
    return code


def worse(one: int, other: int) -> int:
    """Return the exit code that tells more: an error of newswatch's own, then a document that cannot be read."""
    return min(one or other, other or one)


def _answers(found: Iterable[Found], read: Read) -> Iterator[Printed]:
    """Yield what is printed of each document, in order."""
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        answers = read([one for one in batch if isinstance(one, Article)])
        for one in batch:
            yield _unread(one.id, one.reason, ENDS["usage"]) if isinstance(one, Unread) else _answer(*next(answers))


def _answer(article: Article, result: Reading | Exception) -> Printed:
    if isinstance(result, Reading):
        return Printed(contract(result))
    if isinstance(result, Rejected):
        return _unread(article.id, str(result), ENDS["usage"])
    say("".join(traceback.format_exception(result)))
    return _unread(article.id, f"an error of newswatch's own: {result!r}", ENDS["bug"])


def _unread(document: str, reason: str, code: int) -> Printed:
    say(f"newswatch: {document}: {reason}")
    empty: dict[str, Any] = {"id": document, "entities": [], "mentions": [], "uncertain": []}
    return Printed(empty | {"statements": [], "events": [], "error": reason}, code)


def _print(line: dict[str, Any], out: TextIO, shown: Working) -> None:
    text = json_line(json.dumps(line, ensure_ascii=False), out.encoding) + "\n"
    if out.isatty():
        with shown.aside():
            out.write(text)
            out.flush()
    else:
        out.write(text)


def contract(reading: Reading) -> dict[str, Any]:
    """Return the reading as `newswatch annotate` prints it; mentions that are not sure stand apart.

    A page's text is printed too: its offsets count in what was extracted.
    """
    found = to_dict(reading)
    for record in (*found["statements"], *found["mentions"], *found["events"]):
        del record["origin"], record["backfilled"]
    given = reading.document.text_from == "given"
    return {
        "id": reading.document.id,
        **({} if given else {"title": reading.document.title, "text": reading.document.text}),
        "entities": found["document"]["entities"],
        "mentions": [m for m in found["mentions"] if m["outcome"] == "mention"],
        "uncertain": [m for m in found["mentions"] if m["outcome"] != "mention"],
        "statements": found["statements"],
        "events": found["events"],
    }
