"""All that newswatch prints for people, as text and tables; nothing from the web reaches the terminal raw."""

import json
import re
import sys
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from schemas.codec import escaped
from transforms.printable import one_line

PIPED = 120
"""The width of tables that go into a file or a pipe, in characters."""

LEAST = 28
"""A table in which its long columns would get less than that folds its columns into two: what is short, and what is
long."""

BESIDE = 3
"""The characters between two columns."""

LONG = ("said", "sentence", "title", "link", "what", "detail", "why")
"""Columns that share what width the others leave; when a table is folded they stand one under the other."""

WIDEST = {"outlet": 16, "who": 20, "about": 18, "whom": 18, "found": 16}
"""The most that some columns take, in characters."""

WHOLE = {"published", "stage", "reason", "type"}
"""Columns that are not broken into lines."""

Row = Sequence[str]

out = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else PIPED)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)

_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON allows in a string though a terminal obeys it, or a reader takes it for the end of the line."""


def clean(text: str, limit: int = 0) -> str:
    """Return the text on one line, without control, format and direction characters, cut to the limit."""
    line = one_line(text)
    return line if not limit or len(line) <= limit else line[: limit - 1].rstrip() + "…"


def around(text: str, start: int, limit: int) -> str:
    """Return the text on one line; where it is longer than the limit, the part of it that `start` is in."""
    first = max(0, min(start - limit // 3, len(text) - limit))
    cut = clean(text[first:])
    return clean(f"…{cut.partition(' ')[2] or cut}" if first else cut, limit)


def rows(heads: Sequence[str], lines: Sequence[Row], *, title: str = "") -> None:
    """Print a table without its empty columns, or that there is nothing to show."""
    if not lines:
        out.print(f"{clean(title)}: none" if title else "Nothing found.")
        return
    heads, lines = _without_empty(heads, lines)
    folds = len(heads) > 4 and _left_for_long(heads, lines) < LEAST
    if folds:
        heads, lines = _folded(heads, lines)
    shown = Table(
        title=Text(clean(title)) if title else None, title_justify="left", title_style="bold", box=SIMPLE_HEAD
    )
    shown.header_style = "dim"
    shown.leading = 1 if folds and not title else 0  # a blank line between records, but for a page of many tables
    for head in heads:
        long = any(name in LONG for name in head.split("\n"))
        widest = WIDEST.get(head)
        shown.add_column(head, overflow="fold", ratio=1 if long else None, max_width=widest, no_wrap=head in WHOLE)
    for line in lines:
        shown.add_row(*(Text("\n".join(map(clean, cell.split("\n")))) for cell in line))
    out.print(shown)


def blocks(lines: Sequence[Row], *, title: str = "") -> None:
    """Print each row's cells one under the other, none of them broken, or that there is nothing to show."""
    if title or not lines:
        out.print(Text(f"{clean(title)}: none" if title and not lines else clean(title) or "Nothing found."))
    for n, (first, *others) in enumerate(lines):
        out.print(Text("\n".join([*([""] if n or title else []), clean(first)]), style="dim"), soft_wrap=True)
        out.print(Text("\n".join(f"  {clean(cell)}" for cell in others)), soft_wrap=True)


def _without_empty(heads: Sequence[str], lines: Sequence[Row]) -> tuple[Sequence[str], Sequence[Row]]:
    full = [n for n in range(len(heads)) if any(line[n] for line in lines)]
    return [heads[n] for n in full], [[line[n] for n in full] for line in lines]


def _left_for_long(heads: Sequence[str], lines: Sequence[Row]) -> int:
    """Return how wide each long column can be."""
    short = [n for n, head in enumerate(heads) if head not in LONG]
    taken = sum(
        min(_widest([head_and_cells[n] for head_and_cells in (heads, *lines)]), WIDEST.get(heads[n], PIPED))
        for n in short
    )
    return (out.width - taken - BESIDE * len(heads)) // max(1, len(heads) - len(short))


def _widest(cells: Iterable[str]) -> int:
    return max(cell_len(line) for cell in cells for line in cell.split("\n"))


def _folded(heads: Sequence[str], lines: Sequence[Row]) -> tuple[Sequence[str], Sequence[Row]]:
    """Return two columns: what is short, one under the other, and what is long."""
    long = [n for n, head in enumerate(heads) if head in LONG]
    short = [n for n in range(len(heads)) if n not in long]

    def joined(cells: Row, numbers: Iterable[int]) -> str:
        return "\n".join(cells[n] for n in numbers if cells[n])

    return [joined(heads, part) for part in (short, long)], [
        [joined(line, short), joined(line, long)] for line in lines
    ]


def say(text: str) -> None:
    """Print lines to the user, beside the results."""
    err.print("\n".join(map(clean_line, text.split("\n"))), soft_wrap=True)


def clean_line(line: str) -> str:
    """Return the line cleaned, its indentation kept."""
    return " " * (len(line) - len(line.lstrip(" "))) + clean(line)


def json_line(text: str, encoding: str = "") -> str:
    """Return the line of JSON as a file or terminal of that encoding takes it; its meaning stays."""
    if (encoding or sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8":
        return json.dumps(json.loads(text))
    return _UNSAFE.sub(escaped, text)
