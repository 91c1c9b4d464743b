"""Who did what to whom."""

from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.documents import Origin, Span
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
class When:
    """A time phrase resolved against the article's date; `date` is ISO 8601 down to its precision, or empty."""

    start: int
    end: int
    text: str
    date: str = ""
    precision: Literal["day", "week", "month", "year", "none"] = "none"


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
