"""Records of invented people to write and ask for, and an index that refuses."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.alerts import Alert, Match
from schemas.documents import Document, Entity, Origin, Span
from schemas.events import Event, Participant
from schemas.failures import Failure, Reason
from schemas.feeds import FeedHealth
from schemas.ids import stable_id
from schemas.mentions import Mention
from schemas.query import Every, Kind, Period, Query
from schemas.records import Reading, Record
from schemas.statements import Cue, Speaker, Statement
from transforms.index.rows import records_of
from transforms.protocols import Written

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)


def span(text: str, start: int = 0) -> Span:
    return Span(start=start, end=start + len(text), text=text)


def origin(document: str, *, outlet: str = "The Courier", seen: dt.datetime = NOON, language: str = "en") -> Origin:
    url = f"https://courier.test/{document}"
    return Origin(document=document, url=url, title="Talks resume", outlet=outlet, language=language, seen=seen)


def document(
    id_: str = "d1",
    text: str = "Envoys met in Velden.",
    *,
    title: str = "Talks resume",
    actors: tuple[str, ...] = (),
    outlet: str = "The Courier",
    seen: dt.datetime = NOON,
) -> Document:
    return Document(
        id=id_,
        url=f"https://courier.test/{id_}",
        title=title,
        text=text,
        text_from="page",
        outlet=outlet,
        language="en",
        actors=actors,
        seen=seen,
    )


def statement(
    id_: str,
    text: str,
    *,
    of: Origin,
    speaker: str | None = "Mara Lindqvist",
    actor: str | None = None,
    about: tuple[str, ...] = (),
) -> Statement:
    who = speaker and Speaker(
        start=0, end=len(speaker), text=speaker, name=speaker, source="named", actor=actor, name_start=0, name_end=4
    )
    return Statement(
        id=id_,
        origin=of,
        kind="direct",
        content=(span(text),),
        text=text,
        cue=Cue(start=0, end=4, text="said", lemma="say"),
        speaker=who or None,
        about=about,
        confidence=0.9,
        sentence=span(text),
    )


def mention(id_: str, actor: str, *, of: Origin, name: str = "Mara Lindqvist", sentence: str = "She spoke.") -> Mention:
    return Mention(
        id=id_,
        origin=of,
        actor=actor,
        name=name,
        start=0,
        end=len(name),
        text=name,
        form="name",
        score=0.99,
        evidence="the full name",
        sentence=span(sentence),
    )


def participant(name: str, actor: str | None = None) -> Participant:
    return Participant(start=0, end=len(name), text=name, name=name, actor=actor)


def event(id_: str, *, of: Origin, agents: tuple[Participant, ...], targets: tuple[Participant, ...] = ()) -> Event:
    actors = tuple(sorted({p.actor for p in (*agents, *targets) if p.actor}))
    return Event(
        id=id_,
        origin=of,
        type="meet",
        start=0,
        end=3,
        text="met",
        agents=agents,
        targets=targets,
        actors=actors,
        sentence=span("They met in Velden on Sunday."),
    )


def alert(id_: str = "a1", *, outlets: tuple[str, ...] = ("The Courier",), last: dt.datetime = NOON) -> Alert:
    match = Match(
        alert=id_,
        rule="velden",
        record="s1",
        kind="statement",
        actors=("mara-lindqvist",),
        sentence="The bridge will open again.",
        confidence=0.9,
        origin=origin("d1"),
    )
    return Alert(
        id=id_,
        rule="velden",
        title="Mara Lindqvist on the bridge",
        actors=("mara-lindqvist",),
        matches=(match,),
        outlets=outlets,
        count=1,
        first_seen=NOON,
        last_seen=last,
    )


def failure(id_: str = "f1", *, detail: str = "no answer", payload: str = "") -> Failure:
    return Failure(
        id=id_,
        stage="fetch",
        reason="page-unreachable",
        entry="e1",
        element="https://courier.test/e1",
        detail=detail,
        payload=payload,
        seen=NOON,
    )


def health(
    id_: str = "h1",
    *,
    status: str = "ok",
    reason: Reason | None = None,
    outlet: str = "The Courier",
    seen: dt.datetime = NOON,
) -> FeedHealth:
    url = f"https://courier.test/{id_}/rss"
    return FeedHealth(id=id_, url=url, outlet=outlet, groups=("ports",), status=status, reason=reason,
                      failures=1 if reason else 0, polled=seen, changed=NOON, seen=seen)  # fmt: skip


SENTENCE = "The minister’s envoy said on Tuesday that talks over the Velden bridge {i} would resume “within days”. "


def big_reading(number: int) -> Reading:
    """Return a reading as large as a real one: 4 kB of text, 10 statements, 10 mentions, 5 events, 30 entities."""
    id_ = stable_id("document", str(number))
    of = origin(id_, seen=NOON + dt.timedelta(seconds=number))
    text = "".join(SENTENCE.format(i=number * 40 + i) for i in range(40))
    ids = [stable_id(id_, str(i)) for i in range(25)]
    entities = tuple(Entity(start=i * 90, end=i * 90 + 6, text="Velden", label="GPE") for i in range(30))
    told = document(id_, text, seen=of.seen, actors=("mara-lindqvist",))
    fields = {name: getattr(told, name) for name in told.__dataclass_fields__}
    said = [statement(i, SENTENCE.format(i=i), of=of, actor="mara-lindqvist", about=("bridge",)) for i in ids[:10]]
    named = [mention(i, "mara-lindqvist", of=of, sentence=SENTENCE.format(i=i)) for i in ids[10:20]]
    met = [event(i, of=of, agents=(participant("Mara Lindqvist"),), targets=(participant("Jo"),)) for i in ids[20:]]
    return Reading(
        document=Document(**{**fields, "entities": entities}),
        statements=tuple(said),
        mentions=tuple(named),
        events=tuple(met),
    )


@dataclass
class RefusingIndex:
    """An index that takes every record but those whose ids it is told to refuse."""

    refused: dict[str, Written] = field(default_factory=dict)
    taken: list[Record] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    prepared: int = 0
    closed: bool = False

    def prepare(self) -> None:
        self.prepared += 1

    def write(self, records: Sequence[Record]) -> list[Written]:
        self.taken += [record for record in records if record.id not in self.refused]
        return [self.refused.get(record.id, Written(record.id)) for record in records]

    def replace(self, readings: Sequence[Reading]) -> list[list[Written]]:
        return [self.write(records_of(reading)) for reading in readings]

    def remove(self, kind: Kind, ids: Sequence[str]) -> Written:
        self.removed += ids
        return self.refused.get(kind, Written(kind))

    def held(self, kind: Kind, ids: Sequence[str]) -> dict[str, Record]:
        return {}

    def find(self, query: Query) -> list[Record]:
        return self.taken[: query.limit]

    def count(self, query: Query) -> int:
        return len(self.taken)

    def over_time(self, query: Query, every: Every) -> list[Period]:
        return []

    def close(self) -> None:
        self.closed = True
