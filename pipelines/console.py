"""All that newswatch prints for people: tables, progress, the report; nothing from the web reaches the terminal raw."""

import contextlib
import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.records import Alert, Document, Event, Failure, Mention, Participant, Record, Statement

PIPED = 120
"""The width of tables that go into a file or a pipe, in characters."""

out = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else PIPED)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)

Row = tuple[str | Text, ...]
Update = Callable[[str], None]


def clean(text: str, limit: int = 0) -> str:
    """Return the text on one line, without control and direction characters, cut to the limit."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if not limit or len(line) <= limit else line[: limit - 1] + "…"


def day(time: dt.datetime | None) -> str:
    """Return the date, in UTC."""
    return f"{time:%Y-%m-%d}" if time else "undated"


def _statement(s: Statement) -> Row:
    who = clean(s.speaker.name, 40) if s.speaker else "(not told)"
    said = clean(s.text, 260)
    return (
        day(s.origin.published),
        clean(s.origin.outlet, 24),
        Text(who, style="bold" if s.speaker and s.speaker.actor else ""),
        f"“{said}”" if s.kind == "direct" else said,
        ", ".join(s.about),
    )


def _mention(m: Mention) -> Row:
    found = m.text if m.outcome == "mention" else f"{m.text} (?)"
    sentence, why = clean(m.sentence.text, 160), clean(m.evidence, 90)
    return (day(m.origin.published), clean(m.origin.outlet, 24), m.actor, found, sentence, why)


def _who(participants: Sequence[Participant]) -> str:
    return ", ".join(clean(p.name, 40) for p in participants)


def _event(e: Event) -> Row:
    time = e.time.date or e.time.text if e.time else ""
    kind = e.type if e.mode == "actual" else f"{e.type} ({e.mode})"
    place = clean(e.place.text, 30) if e.place else ""
    return (kind, _who(e.agents), _who(e.targets), place, time, clean(e.sentence.text, 160))


def _alert(a: Alert) -> Row:
    first = a.matches[0]
    sources = f"{a.count} in {len(a.outlets)} outlets" if a.count > 1 else clean(first.origin.outlet, 24)
    return (day(first.origin.published), a.rule, "\n".join(a.actors), clean(first.sentence, 220), sources)


def _document(d: Document) -> Row:
    return (day(d.published), clean(d.outlet, 24), clean(d.title, 90), "\n".join(d.actors), clean(d.url, 80))


def _failure(f: Failure) -> Row:
    detail = f.detail.strip().splitlines()[-1] if f.detail.strip() else ""
    return (f.stage, f.reason, clean(f.element, 70), clean(detail, 90))


COLUMNS: dict[type[Record], tuple[tuple[str, ...], Callable[[Any], Row]]] = {
    Statement: (("published", "outlet", "who", "said", "about"), _statement),
    Mention: (("published", "outlet", "actor", "text", "sentence", "why"), _mention),
    Event: (("type", "who", "whom", "where", "when", "sentence"), _event),
    Alert: (("published", "rule", "actors", "sentence", "found"), _alert),
    Document: (("published", "outlet", "title", "actors", "link"), _document),
    Failure: (("stage", "reason", "what", "detail"), _failure),
}

WIDE = {"said", "sentence", "title", "link", "detail"}
"""Columns that share what width the others leave."""

NARROW = {"outlet": 16, "who": 20, "about": 18, "why": 30, "whom": 18, "found": 16}
"""The most that some columns take, in characters."""


def table(records: Sequence[Record], kind: type[Record], *, title: str = "") -> None:
    """Print the records as a table, or that there are none."""
    heads, row = COLUMNS[kind]
    rows(heads, [row(record) for record in records], title=title)


def rows(heads: Sequence[str], lines: Sequence[Row], *, title: str = "") -> None:
    """Print a table, or that there is nothing to show."""
    if not lines:
        out.print(f"{title}: none" if title else "Nothing found.")
        return
    shown = Table(title=title or None, title_justify="left", title_style="bold", header_style="dim", box=SIMPLE_HEAD)
    for head in heads:
        wide = head in WIDE
        shown.add_column(
            head, overflow="fold", ratio=1 if wide else None, no_wrap=head == "published", max_width=NARROW.get(head)
        )
    for line in lines:
        shown.add_row(*line)
    out.print(shown)


def say(text: str) -> None:
    """Print a line to the user, beside the results."""
    err.print(text, soft_wrap=True)


@contextlib.contextmanager
def working(text: str) -> Iterator[Update]:
    """Show on a terminal that something goes on; gives a function that changes what is shown."""
    if not err.is_terminal:
        yield lambda _: None
        return
    with err.status(text) as status:
        yield status.update
