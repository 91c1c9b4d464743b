"""What an index holds of the articles of a time -> their readings, as they were written."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from schemas.query import Kind, Query
from schemas.records import Document, Event, Mention, Reading, Statement
from transforms.protocols import Index

SLICE = dt.timedelta(hours=6)
"""So much is held in memory at once."""

MOST = 10_000_000


def readings(index: Index, since: dt.datetime, until: dt.datetime) -> Iterator[list[Reading]]:
    """Yield the readings of all articles first seen in that time, a slice of it after the other, each in order."""
    start = since
    while start < until:
        end = min(start + SLICE, until)
        yield of_slice(index, start, end)
        start = end


def of_slice(index: Index, since: dt.datetime, until: dt.datetime) -> list[Reading]:
    """Return the readings of the articles first seen in that time, by then and by id."""
    documents = [d for d in index.find(_asked("documents", since, until)) if isinstance(d, Document)]
    if not documents:
        return []
    statements: dict[str, list[Statement]] = defaultdict(list)
    mentions: dict[str, list[Mention]] = defaultdict(list)
    events: dict[str, list[Event]] = defaultdict(list)
    for kind in ("statements", "mentions", "events"):
        for record in index.find(_asked(kind, since, until)):
            if isinstance(record, Statement):
                statements[record.origin.document].append(record)
            elif isinstance(record, Mention):
                mentions[record.origin.document].append(record)
            elif isinstance(record, Event):
                events[record.origin.document].append(record)
    return [
        Reading(
            document=one,
            statements=tuple(sorted(statements[one.id], key=_place)),
            mentions=tuple(sorted(mentions[one.id], key=_place)),
            events=tuple(sorted(events[one.id], key=_place)),
        )
        for one in sorted(documents, key=_seen)
    ]


def _asked(kind: Kind, since: dt.datetime, until: dt.datetime) -> Query:
    return Query(kind=kind, since=since, until=until, uncertain=True, limit=MOST)


def _place(record: Statement | Mention | Event) -> tuple[int, str]:
    return record.sentence.start, record.id


def _seen(document: Document) -> tuple[dt.datetime, str]:
    return document.seen, document.id
