"""Readings written by hand, short enough to read in a test."""

import datetime as dt
from typing import Any

from schemas.documents import Document, Origin, Span
from schemas.events import Event, Participant
from schemas.ids import stable_id
from schemas.mentions import Mention
from schemas.records import Reading
from schemas.statements import SourceKind, Speaker, Statement

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)


def make_document(**fields: Any) -> Document:
    """Return a document of the name `id`, about nothing in particular."""
    name = fields.get("id", "d1")
    base: dict[str, Any] = {
        "id": name,
        "url": f"https://post.example/{name}",
        "title": "Talks at Port Ellery",
        "text": "Nothing happened.",
        "text_from": "page",
        "outlet": "The Post",
        "language": "en",
        "story": f"story of {name}",
        "seen": NOON,
    }
    return Document(**(base | fields))


def origin_of(document: Document) -> Origin:
    """Return the origin that the document's records carry."""
    return Origin(
        document=document.id,
        url=document.url,
        title=document.title,
        outlet=document.outlet,
        language=document.language,
        published=document.published,
        seen=document.seen,
        story=document.story,
    )


def make_span(text: str, start: int = 0) -> Span:
    """Return a span of that text."""
    return Span(start=start, end=start + len(text), text=text)


def make_mention(document: Document, actor: str, **fields: Any) -> Mention:
    """Return a sure mention of the actor; `sentence` is a Span or its text."""
    start = fields.get("start", 0)
    sentence = fields.pop("sentence", f"{actor} came.")
    base: dict[str, Any] = {
        "id": stable_id("mention", document.id, actor, str(start)),
        "origin": origin_of(document),
        "actor": actor,
        "name": actor,
        "start": start,
        "end": start + len(actor),
        "text": actor,
        "form": "name",
        "score": 0.9,
        "sentence": make_span(sentence) if isinstance(sentence, str) else sentence,
    }
    return Mention(**(base | fields))


def make_speaker(name: str, actor: str | None = None, source: SourceKind = "named") -> Speaker:
    """Return who speaks."""
    return Speaker(
        start=0, end=len(name), text=name, name=name, source=source, actor=actor, name_start=0, name_end=len(name)
    )


def make_statement(document: Document, words: str, speaker: Speaker | None = None, **fields: Any) -> Statement:
    """Return a direct statement."""
    start = fields.pop("start", 0)
    base: dict[str, Any] = {
        "id": stable_id("statement", document.id, words, str(start)),
        "origin": origin_of(document),
        "kind": "direct",
        "content": (make_span(words, start),),
        "text": words,
        "speaker": speaker,
        "confidence": 0.9,
        "sentence": make_span(f"“{words}” {speaker.text if speaker else 'someone'} said.", start),
    }
    return Statement(**(base | fields))


def make_participant(name: str, actor: str | None = None) -> Participant:
    """Return one who takes part in an event."""
    return Participant(start=0, end=len(name), text=name, name=name, actor=actor)


def make_event(document: Document, kind: str, *, agents: tuple[str, ...] = (), **fields: Any) -> Event:
    """Return an event of that type with those actors as agents."""
    base: dict[str, Any] = {
        "id": stable_id("event", document.id, kind, *agents),
        "origin": origin_of(document),
        "type": kind,
        "start": 0,
        "end": 3,
        "text": "met",
        "agents": tuple(make_participant(actor, actor) for actor in agents),
        "actors": agents,
        "sentence": make_span("They met."),
    }
    return Event(**(base | fields))


def make_reading(document: Document | None = None, **fields: Any) -> Reading:
    """Return what was read in the document."""
    return Reading(document=document or make_document(), **fields)
