"""Fresh readings, and what the index holds of their documents -> their next revisions."""

from collections.abc import Sequence

from schemas.documents import Document
from schemas.events import Event
from schemas.mentions import Mention
from schemas.query import Query
from schemas.records import Reading
from schemas.statements import Statement
from transforms.copies.revise import revise
from transforms.index.rows import PARTS
from transforms.protocols import Index

ALL = 1_000_000
"""More than a document has of anything."""


def as_revisions(index: Index, readings: Sequence[Reading]) -> list[Reading]:
    """Return each reading as what it is: the first of its document, a later version, or one that is held already."""
    held = index.held("documents", [reading.document.id for reading in readings])
    return [_revised(index, held.get(reading.document.id), reading) for reading in readings]


def _revised(index: Index, document: object, fresh: Reading) -> Reading:
    return revise(held_reading(index, document), fresh) if isinstance(document, Document) else fresh


def held_reading(index: Index, document: Document) -> Reading:
    """Return the document with all that the index holds of it."""
    asked = (Query(kind=kind, document=document.id, uncertain=True, limit=ALL) for kind in PARTS)
    parts = [part for query in asked for part in index.find(query)]
    return Reading(
        document=document,
        statements=tuple(p for p in parts if isinstance(p, Statement)),
        mentions=tuple(p for p in parts if isinstance(p, Mention)),
        events=tuple(p for p in parts if isinstance(p, Event)),
    )
