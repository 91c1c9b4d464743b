"""Records as rows of tables: which columns a person wants of each kind."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from pipelines import console
from pipelines.console import Row, around, clean
from schemas.alerts import Alert
from schemas.documents import Document
from schemas.events import Event, Participant
from schemas.failures import Failure
from schemas.feeds import FeedHealth
from schemas.mentions import Mention
from schemas.records import Record
from schemas.statements import Statement
from transforms.telling import in_marks, manner

SENTENCE = 240
"""The most of a sentence or a statement that is shown, in characters."""

R = TypeVar("R", bound=Record)

_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.timezone.utc)


class Columns(NamedTuple):
    """The heads of a kind's table, and a record's cells under them."""

    heads: tuple[str, ...]
    row: Callable[[Any], Row]


def table(records: Sequence[Record], kind: type[Record], *, title: str = "") -> None:
    """Print the records as a table, the newest published first, or that there are none."""
    if kind is Document:
        console.blocks([_story(story) for story in stories(records)], title=title)
        return
    heads, row = COLUMNS[kind]
    console.rows(heads, [row(record) for record in newest_first(records)], title=title)


def stories(records: Sequence[Record]) -> list[list[Document]]:
    """Return the documents by their story, each story's first article first; the newest story first."""
    found: dict[str, list[Document]] = {}
    for document in reversed(newest_first(records)):
        if isinstance(document, Document):
            found.setdefault(document.story or document.id, []).append(document)
    return list(found.values())[::-1]


def newest_first(records: Sequence[R]) -> list[R]:
    """Return the records by the publication of their article, undated ones last; else in the order they have."""
    return sorted(records, key=lambda record: published(record) or _LONG_AGO, reverse=True)


def published(record: Record) -> dt.datetime | None:
    """Return when the record's article was published, so far as it tells."""
    if isinstance(record, Alert):
        return record.matches[0].origin.published
    if isinstance(record, Document):
        return record.published
    return record.seen if isinstance(record, (Failure, FeedHealth)) else record.origin.published


def day(record: Record) -> str:
    """Return the date of publication, in UTC."""
    time = published(record)
    return f"{time.astimezone(dt.timezone.utc):%Y-%m-%d}" if time else "undated"


def speaker(statement: Statement) -> str:
    """Return who speaks, in a few words."""
    return clean(statement.speaker.name, 60) if statement.speaker and statement.speaker.name else "(not told)"


def told(statement: Statement) -> str:
    """Return to whom, at what, where and when it was said, so far as the text tells."""
    to, occasion, place, time = statement.addressee, statement.occasion, statement.place, statement.time
    same = to is not None and occasion is not None and to.start == occasion.start
    parts = [
        f"to {clean(to.name, 40)}" if to else "",
        clean(occasion.text, 40) if occasion and not same else "",
        clean(place.text, 30) if place and not (occasion and occasion.start <= place.start < occasion.end) else "",
        (time.date or clean(time.text, 24)) if time else "",
    ]
    return ", ".join(part for part in parts if part)


def said(statement: Statement) -> str:
    """Return what was said, after the word that tells how: who denies a thing has not said it."""
    how, words = manner(statement.cue), in_marks(clean(statement.text, SENTENCE), statement.kind)
    return f"{how}: {words}" if how else words


def sources(alert: Alert) -> str:
    """Return where the alert was found, and how often."""
    if alert.count == 1:
        return clean(alert.matches[0].origin.outlet, 24)
    outlets = len(alert.outlets)
    return f"{alert.count} in {outlets} outlet{'s' if outlets > 1 else ''}"


def _statement(s: Statement) -> Row:
    who = "\n".join(part for part in (speaker(s), told(s)) if part)
    return (day(s), clean(s.origin.outlet, 24), who, said(s), ", ".join(s.about))


def _mention(m: Mention) -> Row:
    actor = m.actor if m.outcome == "mention" else f"{m.actor} (?)"
    sentence = around(m.sentence.text, m.start - m.sentence.start, SENTENCE)
    return (day(m), clean(m.origin.outlet, 24), actor, clean(m.text, 60), sentence, clean(m.evidence, 160))


def _who(participants: Sequence[Participant]) -> str:
    return ", ".join(clean(p.name, 40) for p in participants)


def _event(e: Event) -> Row:
    time = e.time.date or clean(e.time.text, 24) if e.time else ""
    kind = e.type if e.mode == "actual" else f"{e.type} ({e.mode})"
    place = clean(e.place.text, 30) if e.place else ""
    sentence = around(e.sentence.text, e.start - e.sentence.start, SENTENCE)
    return (day(e), clean(e.origin.outlet, 24), kind, _who(e.agents), _who(e.targets), place, time, sentence)


def _alert(a: Alert) -> Row:
    return (day(a), a.rule, "\n".join(a.actors), clean(a.matches[0].sentence, SENTENCE), sources(a))


def _story(story: Sequence[Document]) -> Row:
    """Return the first article of the story, how many outlets have copies of it, and its address in a line of its own.

    An address that is broken over lines, as a column of a table would break it, cannot be copied.
    """
    first, others = story[0], {document.outlet for document in story} - {story[0].outlet}
    outlet = clean(first.outlet, 24) + (f" and {len(others)} more" if others else "")
    actors = sorted({actor for document in story for actor in document.actors})
    title = clean(first.title, 120) + (f" (revision {first.revision})" if first.revision > 1 else "")
    about = " · ".join(part for part in (day(first), outlet, ", ".join(actors)) if part)
    return tuple(part for part in (about, title, clean(first.url)) if part)


def failure_row(f: Failure) -> tuple[str, str, str, str]:
    """Return the stage, the reason, what it hit, and the detail in one line."""
    detail = f.detail.strip().splitlines()[-1] if f.detail.strip() else ""
    return (f.stage, f.reason, clean(f.element, 120), clean(detail, 160))


def _feed(f: FeedHealth) -> Row:
    return (clean(f.outlet, 24), f.status, clean(f.url, 120), clean(f.detail, 160))


COLUMNS: dict[type[Record], Columns] = {
    Statement: Columns(("published", "outlet", "who", "said", "about"), _statement),
    Mention: Columns(("published", "outlet", "actor", "text", "sentence", "why"), _mention),
    Event: Columns(("published", "outlet", "type", "who", "whom", "where", "when", "sentence"), _event),
    Alert: Columns(("published", "rule", "actors", "sentence", "found"), _alert),
    FeedHealth: Columns(("outlet", "state", "feed", "detail"), _feed),
    Failure: Columns(("stage", "reason", "what", "detail"), failure_row),
}
