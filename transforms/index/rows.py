"""Record -> what the embedded index keeps of it: JSON, columns to filter by, words to search."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from schemas.query import Kind
from schemas.records import Reading, Record
from transforms.index.facets import EXACT, FACETS, KIND_OF, Paths, values
from transforms.index.words import GAP, folded, marked

COLUMNS = ("document", "outlet", "language", "type", "outcome")
"""The facets that stand in a column, where a record has only one of each; all others are rows of their own."""

PARTS: tuple[Kind, ...] = ("statements", "mentions", "events")
"""The kinds of which a document has its own, replaced with it."""

ORPHANED = "not written: its document was refused"

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
MILLISECOND = dt.timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A record as the embedded index keeps it."""

    id: str
    time: int
    columns: tuple[str | None, ...]
    terms: frozenset[tuple[str, str]]
    text: str
    speakers: str
    names: str
    body: str


def millis(time: dt.datetime) -> int:
    """Return the whole milliseconds since 1970, as Elasticsearch keeps times."""
    return (time - EPOCH) // MILLISECOND


def moment(time: int) -> dt.datetime:
    """Return the time of so many milliseconds since 1970."""
    return EPOCH + time * MILLISECOND


def kind_of(record: Record) -> Kind:
    """Return the plural name of the record's class."""
    return KIND_OF[type(record)]


def records_of(reading: Reading) -> list[Record]:
    """Return all records of a reading, its document first."""
    return [reading.document, *reading.statements, *reading.mentions, *reading.events]


def row_of(record: Record, body: str) -> Row:
    """Return the row of the record, which is that JSON."""
    facets = FACETS[kind_of(record)]
    exact = {facet: values(record, paths) for facet in EXACT if (paths := getattr(facets, facet))}
    return Row(
        id=record.id,
        time=millis(values(record, (facets.time,))[0]),
        columns=tuple(_one(exact.get(name)) if name not in facets.lists else None for name in COLUMNS),
        terms=frozenset((facet, value) for facet in facets.lists for value in exact.get(facet, ())),
        text=folded(GAP.join(values(record, facets.text))),
        speakers=_names(record, facets.speakers),
        names=_names(record, facets.names),
        body=body,
    )


def _one(found: list[Any] | None) -> str | None:
    return found[0] if found else None


def _names(record: Record, paths: Paths) -> str:
    return GAP.join(marked(name) for name in values(record, paths)) if paths else ""
