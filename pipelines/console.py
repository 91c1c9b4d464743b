"""All that newswatch prints for people: tables, progress, the report; nothing from the web reaches the terminal raw."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.records import Alert, Document, Event, Failure, Mention, Participant, Record, Statement

out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)

Row = tuple[str | Text, ...]
Update = Callable[[str], None]


def clean(text: str, limit: int = 0) -> str:
    """Return the text on one line, without control and direction characters, cut to the limit."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if not limit or len(line) <= limit else line[: limit - 1] + "…"


def when(time: dt.datetime | None) -> str:
    """Return the time to the minute, in UTC."""
    return f"{time:%Y-%m-%d %H:%M}" if time else "undated"


def _statement(s: Statement) -> Row:
    return (
        when(s.origin.published),
        clean(s.origin.outlet, 22),
        Text(
            clean(s.speaker.name, 34) if s.speaker else "(not told)",
            style="bold" if s.speaker and s.speaker.actor else "",
        ),
        s.kind,
        clean(s.text, 220),
        ", ".join(s.about),
    )


def _mention(m: Mention) -> Row:
    found = m.text if m.outcome == "mention" else f"{m.text} (?)"
    return (
        when(m.origin.published),
        clean(m.origin.outlet, 22),
        m.actor,
        found,
        clean(m.sentence.text, 160),
        clean(m.evidence, 90),
    )


def _who(participants: Sequence[Participant]) -> str:
    return ", ".join(clean(p.name, 40) for p in participants)


def _event(e: Event) -> Row:
    time = e.time.date or e.time.text if e.time else ""
    kind = e.type if e.mode == "actual" else f"{e.type} ({e.mode})"
    return (
        kind,
        _who(e.agents),
        _who(e.targets),
        clean(e.place.text, 30) if e.place else "",
        time,
        clean(e.sentence.text, 120),
    )


def _alert(a: Alert) -> Row:
    first = a.matches[0]
    return (
        when(first.origin.published),
        a.rule,
        ", ".join(a.actors),
        clean(first.speaker, 30),
        clean(first.sentence, 200),
        clean(", ".join(a.outlets), 60),
        str(a.count),
    )


def _document(d: Document) -> Row:
    return (when(d.published), clean(d.outlet, 22), clean(d.title, 90), ", ".join(d.actors), clean(d.url, 80))


def _failure(f: Failure) -> Row:
    return (
        f.stage,
        f.reason,
        clean(f.element, 70),
        clean(f.detail.strip().splitlines()[-1] if f.detail.strip() else "", 90),
    )


COLUMNS: dict[type[Record], tuple[tuple[str, ...], Callable[[Any], Row]]] = {
    Statement: (("published", "outlet", "who", "kind", "said", "about"), _statement),
    Mention: (("published", "outlet", "actor", "text", "sentence", "why"), _mention),
    Event: (("type", "who", "whom", "where", "when", "sentence"), _event),
    Alert: (("published", "rule", "actors", "speaker", "sentence", "outlets", "n"), _alert),
    Document: (("published", "outlet", "title", "actors", "link"), _document),
    Failure: (("stage", "reason", "what", "detail"), _failure),
}


def table(records: Sequence[Record], kind: type[Record], *, title: str = "") -> None:
    """Print the records as a table, or that there are none."""
    heads, row = COLUMNS[kind]
    rows(heads, [row(record) for record in records], title=title)


def rows(heads: Sequence[str], lines: Sequence[Row], *, title: str = "") -> None:
    """Print a table, or that there is nothing to show."""
    if not lines:
        out.print(f"{title}: none" if title else "Nothing found.")
        return
    shown = Table(title=title or None, title_justify="left", title_style="bold", header_style="dim", show_lines=False)
    for head in heads:
        shown.add_column(head, overflow="fold")
    for line in lines:
        shown.add_row(*line)
    out.print(shown)


def say(text: str) -> None:
    """Print a line to the user, beside the results."""
    err.print(text)


@contextlib.contextmanager
def working(text: str) -> Iterator[Update]:
    """Show on a terminal that something goes on; gives a function that changes what is shown."""
    if not err.is_terminal:
        yield lambda _: None
        return
    with err.status(text) as status:
        yield status.update
