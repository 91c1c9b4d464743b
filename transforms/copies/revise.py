"""What the index holds of an article, and a fresh reading of it -> its next revision, or the one it is."""

import dataclasses as dc
import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from schemas.documents import Document, Earlier, Origin
from schemas.events import Event
from schemas.mentions import Mention
from schemas.records import Reading
from schemas.statements import Statement

KEPT = 10
"""Earlier versions that a document holds; of more, the first and the latest."""

NEARLY = 0.8
"""A statement that shares so many of its words with an earlier one is that one, mended."""

_WORD = re.compile(r"\w+")

R = TypeVar("R", Statement, Mention, Event)


class Place(NamedTuple):
    """In which revision something first stood, and when that was first seen."""

    revision: int
    seen: dt.datetime


def revise(held: Reading, fresh: Reading) -> Reading:
    """Return the fresh reading as a revision of what is held; of an unchanged text, as the same revision.

    What stood in an earlier revision keeps its place there: only what is new can be news.
    """
    document = _revised(held, fresh)
    now = Place(document.revision, document.revised or document.seen)
    return Reading(
        document=document,
        statements=_placed(fresh.statements, held.statements, now, _said_before),
        mentions=_placed(fresh.mentions, held.mentions, now, _named_before),
        events=_placed(fresh.events, held.events, now, _told_before),
    )


def _revised(held: Reading, fresh: Reading) -> Document:
    old = held.document
    new = dc.replace(fresh.document, backfilled=tuple(a for a in old.backfilled if a in fresh.document.actors))
    if (old.title, old.text) == (new.title, new.text):
        return dc.replace(new, seen=old.seen, revision=old.revision, revised=old.revised, earlier=old.earlier)
    earlier = Earlier(
        revision=old.revision,
        title=old.title,
        text=old.text if old.text != new.text else "",
        seen=old.revised or old.seen,
        added=_only(fresh.statements, held.statements),
        removed=_only(held.statements, fresh.statements),
    )
    all_ = (*old.earlier, earlier)
    kept = all_ if len(all_) <= KEPT else (all_[0], *all_[-KEPT + 1 :])
    return dc.replace(new, seen=old.seen, revision=old.revision + 1, revised=new.seen, earlier=kept)


def _only(ours: Sequence[Statement], theirs: Sequence[Statement]) -> tuple[str, ...]:
    """Return the words of our statements that are not among theirs, in the order of their text."""
    known = {statement.id for statement in theirs}
    return tuple(statement.text for statement in sorted(ours, key=_place_in_text) if statement.id not in known)


def _place_in_text(statement: Statement) -> tuple[int, str]:
    return statement.sentence.start, statement.id


def _placed(
    fresh: Sequence[R], held: Sequence[R], now: Place, before: Callable[[R, Sequence[R]], Origin | None]
) -> tuple[R, ...]:
    known = {record.id: record for record in held}
    same = ((record, known.get(record.id)) for record in fresh)
    return tuple(_at(record, old, old.origin if old else before(record, held), now) for record, old in same)


def _at(record: R, same: R | None, first: Origin | None, now: Place) -> R:
    """Return the record where it, or what is as good as it, first stood."""
    revision, seen = (first.revision, first.seen) if first else now
    origin = dc.replace(record.origin, revision=revision, seen=seen)
    return dc.replace(record, origin=origin, backfilled=same.backfilled if same else ())


def _said_before(statement: Statement, held: Sequence[Statement]) -> Origin | None:
    """Return where the same was said, but for a word that was mended."""
    words = _words(statement)
    for other in held:
        theirs = _words(other)
        if len(words & theirs) >= NEARLY * len(words | theirs) and _speaker(statement) == _speaker(other):
            return other.origin
    return None


def _words(statement: Statement) -> set[str]:
    return set(_WORD.findall(statement.text.casefold()))


def _speaker(statement: Statement) -> str:
    return statement.speaker.name if statement.speaker else ""


def _named_before(mention: Mention, held: Sequence[Mention]) -> Origin | None:
    """Return where the actor was first named as surely as now: named once more is no news."""
    sure = [other.origin for other in held if other.actor == mention.actor and other.outcome == mention.outcome]
    return min(sure, key=_first, default=None)


def _told_before(event: Event, held: Sequence[Event]) -> Origin | None:
    """Return where the same actors did the same."""
    same = [o.origin for o in held if (o.type, o.mode, o.actors) == (event.type, event.mode, event.actors)]
    return min(same, key=_first, default=None) if event.actors else None


def _first(origin: Origin) -> tuple[int, dt.datetime]:
    return origin.revision, origin.seen
