"""A reading as the index holds it, and a fresh one -> the first, with what the second says of some actors."""

import dataclasses as dc
from collections.abc import Iterable, Sequence

from schemas.documents import Document, Origin
from schemas.events import Event, Participant
from schemas.mentions import Mention
from schemas.records import Reading
from schemas.statements import Statement
from transforms.events.attach import attach as attach_to_events
from transforms.statements.attach import attach as attach_to_statements

Actors = frozenset[str]


def merge(stored: Reading, fresh: Reading, actors: Actors) -> Reading:
    """Return the stored reading with the fresh one's mentions of the actors; what that adds is marked `backfilled`.

    A place that is surely somebody else's stays his: what the index says of other actors is never changed.
    """
    others = [m for m in stored.mentions if m.actor not in actors]
    own = [m for m in fresh.mentions if m.actor in actors and not is_taken(m, others)]
    before = {m.id: m for m in stored.mentions if m.actor in actors}
    mentions = sorted([*others, *(_kept(before.get(m.id), m, stored.document) for m in own)], key=_place)
    return Reading(
        document=_document(stored.document, mentions, actors),
        statements=_statements(stored.statements, fresh.statements, mentions, actors=actors),
        mentions=tuple(mentions),
        events=_events(stored.events, fresh.events, mentions, actors=actors),
    )


NAMES = frozenset({"name", "alias"})


def is_taken(mention: Mention, others: Iterable[Mention]) -> bool:
    """Return whether one of the others surely stands in that place; a role may hold a name: "Trump's envoy"."""
    sure = [m for m in others if m.outcome == "mention"]
    if mention.form in NAMES:
        return any(m.form in NAMES and m.start < mention.end and mention.start < m.end for m in sure)
    return any(m.start <= mention.start and mention.end <= m.end for m in sure)


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.id


def _kept(before: Mention | None, now: Mention, document: Document) -> Mention:
    """Return the mention that was there where the fresh one says the same, else the fresh one, marked."""
    if before is not None and not before.backfilled and _says(before) == _says(now):
        return before
    return dc.replace(now, origin=before.origin if before else _origin(now, document), backfilled=(now.actor,))


def _origin(mention: Mention, document: Document) -> Origin:
    """Return the mention's origin, with the first revision of the document that had its sentence."""
    for earlier in document.earlier:
        if mention.sentence.text in (earlier.text or document.text):
            return dc.replace(mention.origin, revision=earlier.revision, seen=earlier.seen)
    return dc.replace(mention.origin, revision=document.revision, seen=document.revised or document.seen)


def _says(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.outcome


def _document(stored: Document, mentions: Sequence[Mention], actors: Actors) -> Document:
    sure = {m.actor for m in mentions if m.outcome == "mention"} & actors
    return dc.replace(
        stored,
        actors=tuple(sorted({*stored.actors} - actors | sure)),
        backfilled=_marks(stored.backfilled, {*stored.actors} & actors, sure, actors=actors),
    )


def _marks(marked: Iterable[str], before: set[str], now: set[str], *, actors: Actors) -> tuple[str, ...]:
    """Return who is marked: of the actors, those that are there now and were not, or were marked already."""
    return tuple(sorted({*marked} - actors | {a for a in now if a not in before or a in marked}))


def _statements(
    stored: Sequence[Statement], fresh: Sequence[Statement], mentions: Sequence[Mention], *, actors: Actors
) -> tuple[Statement, ...]:
    known = {statement.id: statement for statement in fresh}
    bare = [_bare_statement(s, actors) for s in stored]
    attached = attach_to_statements(bare, mentions)
    both = [_agreed(a, known.get(a.id, a)) for a in attached]
    return tuple(_statement(*three, actors) for three in zip(stored, bare, both, strict=True))


def _agreed(attached: Statement, fresh: Statement) -> Statement:
    """Return the actors on whom both agree: what places that are somebody else's gave, or pronouns, is left out."""
    speaker, other = attached.speaker, fresh.speaker
    if speaker and speaker.actor and (other is None or other.actor != speaker.actor):
        speaker = dc.replace(speaker, actor=None)
    return dc.replace(attached, speaker=speaker, about=tuple(a for a in attached.about if a in fresh.about))


def _bare_statement(statement: Statement, actors: Actors) -> Statement:
    """Return the statement as if nobody had looked for the actors."""
    speaker = statement.speaker
    if speaker is not None and speaker.actor in actors:
        speaker = dc.replace(speaker, actor=None)
    return dc.replace(statement, speaker=speaker, about=tuple(a for a in statement.about if a not in actors))


def _statement(stored: Statement, bare: Statement, attached: Statement, actors: Actors) -> Statement:
    speaker = bare.speaker
    if speaker and speaker.actor is None and attached.speaker and attached.speaker.actor in actors:
        speaker = attached.speaker
    about = tuple(sorted({*bare.about} | {*attached.about} & actors))
    found = dc.replace(stored, speaker=speaker, about=about)
    marked = _marks(stored.backfilled, _in_statement(stored) & actors, _in_statement(found) & actors, actors=actors)
    return dc.replace(found, backfilled=marked)


def _in_statement(statement: Statement) -> set[str]:
    speaker = statement.speaker.actor if statement.speaker else None
    return {*statement.about, *([speaker] if speaker else [])}


def _events(
    stored: Sequence[Event], fresh: Sequence[Event], mentions: Sequence[Mention], *, actors: Actors
) -> tuple[Event, ...]:
    names = {(p.start, p.end): p.name for e in fresh for p in (*e.agents, *e.targets) if p.actor not in actors}
    bare = [_bare_event(e, names, actors) for e in stored]
    attached = attach_to_events(bare, mentions)
    return tuple(_event(*three, actors) for three in zip(stored, bare, attached, strict=True))


def _bare_event(event: Event, names: dict[tuple[int, int], str], actors: Actors) -> Event:
    def bare(participants: Sequence[Participant]) -> tuple[Participant, ...]:
        return tuple(
            p if p.actor not in actors else dc.replace(p, actor=None, name=names.get((p.start, p.end), p.text))
            for p in participants
        )

    return dc.replace(event, agents=bare(event.agents), targets=bare(event.targets))


def _event(stored: Event, bare: Event, attached: Event, actors: Actors) -> Event:
    agents = _participants(bare.agents, attached.agents, actors)
    targets = _participants(bare.targets, attached.targets, actors)
    there = {p.actor for p in (*agents, *targets) if p.actor} & actors
    return dc.replace(
        stored,
        agents=agents,
        targets=targets,
        actors=tuple(sorted({*stored.actors} - actors | there)),
        backfilled=_marks(stored.backfilled, {*stored.actors} & actors, there, actors=actors),
    )


def _participants(
    bare: Sequence[Participant], attached: Sequence[Participant], actors: Actors
) -> tuple[Participant, ...]:
    return tuple(
        new if old.actor is None and new.actor in actors else old for old, new in zip(bare, attached, strict=True)
    )
