"""Who did what to whom."""

from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.documents import Origin, Span, When
from schemas.fields import Nested, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who takes part in an event: the phrase, its resolved name, and the actor if watched."""

    start: int
    end: int
    text: str
    name: Annotated[str, Text(analyzer="names", raw=True)]
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to whom, where and when; `start`, `end`, `text` are the clause's trigger."""

    id: str
    origin: Origin
    type: str
    mode: Literal["actual", "planned", "denied"] = "actual"
    start: int
    end: int
    text: str
    agents: Annotated[tuple[Participant, ...], Nested(flat=True)] = ()
    targets: Annotated[tuple[Participant, ...], Nested(flat=True)] = ()
    place: Span | None = None
    time: When | None = None
    actors: tuple[str, ...] = ()
    sentence: Span
    backfilled: tuple[str, ...] = ()
