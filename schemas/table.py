"""A table of people as spreadsheets write it (CSV) -> a watchlist: any delimiter, common heads, ids made of names."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from schemas.errors import BadFile, Problem
from schemas.files import Lines, checked, read_text
from schemas.names import slug
from schemas.watchlist import LISTS, Actor, Watchlist

HEADS = {
    "actor": "name",
    "full name": "name",
    "label": "name",
    "person": "name",
    "key": "id",
    "slug": "id",
    "alias": "aliases",
    "also known as": "aliases",
    "other names": "aliases",
    "type": "kind",
    "role": "roles",
    "title": "roles",
    "position": "roles",
    "qid": "wikidata",
    "wikidata id": "wikidata",
    "item": "wikidata",
    "tag": "tags",
    "group": "tags",
    "note": "description",
    "notes": "description",
    "surname alone": "surname_alone",
}
"""What other tables call our columns."""

KINDS = {
    "people": "person",
    "human": "person",
    "organization": "organisation",
    "company": "organisation",
    "org": "organisation",
    "location": "place",
}
ENTITY = "http://www.wikidata.org/entity/"
"""What Wikidata's own tables write before an item's id."""

DELIMITERS = (",", ";", "\t")
KEYS = tuple(field.alias or name for name, field in Actor.model_fields.items())


class Table(NamedTuple):
    """The watchlist of a table, and the columns that were left out."""

    watchlist: Watchlist
    unknown: tuple[str, ...]


def load_table(path: Path) -> Table:
    """Return the table's rows as actors; raises BadFile with file, line and reason."""
    text, name = read_text(path), str(path)
    heads, rows, lines = _rows(text, name)
    columns = [_key(head) for head in heads]
    twice = sorted({c for c in columns if c in KEYS and columns.count(c) > 1})
    if "name" not in columns or twice:
        wrong = f"two columns are {twice[0]!r}" if twice else f"no column is called 'name' (there are {_shown(heads)})"
        raise BadFile([Problem(name, 1, wrong)])
    actors = list(_named([_actor(dict(zip(columns, row, strict=False))) for row in rows]))
    read = checked({"actors": actors}, lines, name, Watchlist)
    if read.model is None:
        raise BadFile(read.problems)
    return Table(read.model, tuple(h for h, c in zip(heads, columns, strict=True) if c not in KEYS))


def _shown(heads: Sequence[str]) -> str:
    return ", ".join(repr(head) for head in heads[:9]) or "none"


def _rows(text: str, name: str) -> tuple[list[str], list[list[str]], Lines]:
    """Return the heads, the rows that hold anything, and the line of each."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    lines: Lines = {(): 1, ("actors",): 1}
    rows: list[list[str]] = []
    try:
        heads = next(reader, [])
        start = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                lines["actors", len(rows)] = start
                rows.append(row)
            start = reader.line_num + 1
    except csv.Error as e:
        raise BadFile([Problem(name, reader.line_num, f"not CSV: {e}")]) from None
    return heads, rows, lines


def _key(head: str) -> str:
    plain = " ".join(head.strip().casefold().replace("_", " ").split())
    return HEADS.get(plain, plain.replace(" ", "_"))


def _actor(cells: dict[str, str]) -> dict[str, Any]:
    """Return the row's known and filled cells, in the watchlist's own words."""
    found: dict[str, Any] = {}
    for key in KEYS:
        cell = cells.get(key, "").strip()
        if cell:
            found[key] = _split(cell) if key in LISTS else cell
    if "kind" in found:
        found["kind"] = KINDS.get(found["kind"].casefold(), found["kind"].casefold())
    if "wikidata" in found:
        found["wikidata"] = found["wikidata"].removeprefix(ENTITY)
    return found


def _split(cell: str) -> tuple[str, ...]:
    mark = "|" if "|" in cell else ";"
    return tuple(dict.fromkeys(part.strip() for line in cell.split("\n") for part in line.split(mark) if part.strip()))


def _named(actors: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the actors, those without an id with one made of the name, or of the Wikidata item."""
    taken = {actor["id"] for actor in actors if "id" in actor}
    for n, actor in enumerate(actors, start=1):
        if "id" not in actor:
            item = actor.get("wikidata", "").lower()
            made = slug(actor.get("name", "")) or item or f"actor-{n}"
            actor["id"] = made if made not in taken else f"{made}-{item or n}"
            taken.add(actor["id"])
        yield actor
