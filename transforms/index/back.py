"""What an index holds of the articles of a time -> their readings, as they were written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TypeVar

from schemas.documents import Document
from schemas.events import Event
from schemas.mentions import Mention
from schemas.query import Kind, Query
from schemas.records import Reading, Record
from schemas.statements import Statement
from transforms.upkeep import Keeper

SLICE = dt.timedelta(hours=6)
"""So much is held in memory at once."""

MOST = 10_000_000

Part = TypeVar("Part", Statement, Mention, Event)


def readings(index: Keeper, since: dt.datetime, until: dt.datetime) -> Iterator[list[Reading]]:
    """Yield what was first seen in that time, a slice of it after the other, each article in order of its own time."""
    start = since
    while start < until:
        end = min(start + SLICE, until)
        yield of_slice(index, start, end)
        start = end


def of_slice(index: Keeper, since: dt.datetime, until: dt.datetime) -> list[Reading]:
    """Return the readings of what was first seen in that time; of an article seen before, what a revision added."""
    found: dict[Kind, list[Record]] = {kind: _found(index, kind, since, until) for kind in KINDS}
    statements = _by_document(found["statements"], Statement)
    mentions = _by_document(found["mentions"], Mention)
    events = _by_document(found["events"], Event)
    documents = {one.id: one for one in found["documents"] if isinstance(one, Document)}
    older = sorted({*statements, *mentions, *events} - documents.keys())
    documents |= {name: one for name, one in index.held("documents", older).items() if isinstance(one, Document)}
    return [
        Reading(
            document=one,
            statements=tuple(statements.get(one.id, ())),
            mentions=tuple(mentions.get(one.id, ())),
            events=tuple(events.get(one.id, ())),
        )
        for one in sorted(documents.values(), key=_seen)
    ]


KINDS: tuple[Kind, ...] = ("documents", "statements", "mentions", "events")


def _found(index: Keeper, kind: Kind, since: dt.datetime, until: dt.datetime) -> list[Record]:
    return index.find(Query(kind=kind, since=since, until=until, uncertain=True, limit=MOST))


def _by_document(records: Sequence[Record], of: type[Part]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = defaultdict(list)
    for record in sorted((one for one in records if isinstance(one, of)), key=_place):
        found[record.origin.document].append(record)
    return found


def _place(record: Statement | Mention | Event) -> tuple[int, str]:
    return record.sentence.start, record.id


def _seen(document: Document) -> tuple[dt.datetime, str]:
    return document.seen, document.id
