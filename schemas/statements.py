"""Who said what."""

from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.documents import Origin, Span, When
from schemas.fields import Nested, Stored, Text

StatementKind = Literal["direct", "mixed", "indirect"]

SourceKind = Literal["named", "anonymous", "organisation", "document", "unknown"]

OccasionType = Literal["interview", "briefing", "speech", "remarks", "event", "broadcast", "call", "post", "written"]
"""What somebody spoke at or wrote in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The words that report: "said", "according to"."""

    start: int
    end: int
    text: str
    lemma: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks: the noun phrase in the text, and whom it resolves to.

    `name_start` and `name_end` are the offsets of the phrase that `name` was resolved from (the antecedent of a
    pronoun, the phrase itself of a name): of one unnamed source they are the same throughout the document. What
    follows `name_end` is told of unnamed sources, wherever the document tells it: how many, of what house or nation,
    how high, how close to the matter, why without a name.
    """

    start: int
    end: int
    text: str
    name: Annotated[str, Text(analyzer="names", raw=True)]
    source: SourceKind
    actor: str | None = None
    name_start: int
    name_end: int
    count: int | None = None
    affiliation: str | None = None
    nationalities: tuple[str, ...] = ()
    seniority: str | None = None
    closeness: Span | None = None
    anonymity: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom the speaker told it: the noun phrase in the text, and the longest form of its name."""

    start: int
    end: int
    text: str
    name: Annotated[str, Text(analyzer="names", raw=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What it was said at or written in: "an interview with the Courier", "the security conference", "X"."""

    start: int
    end: int
    text: Annotated[str, Text()]
    type: OccasionType


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who said what; `content` has several spans where the cue broke one sentence.

    `addressee`, `occasion`, `place` and `time` are those of the speaking, where the reporting clause tells them.
    """

    id: str
    origin: Origin
    kind: StatementKind
    content: Annotated[tuple[Span, ...], Nested()]
    quoted: Annotated[tuple[Span, ...], Nested()] = ()
    text: Annotated[str, Text()]
    cue: Cue | None = None
    speaker: Speaker | None = None
    addressee: Addressee | None = None
    occasion: Occasion | None = None
    place: Span | None = None
    time: When | None = None
    about: tuple[str, ...] = ()
    confidence: float
    reason: Annotated[str, Stored()] = ""
    sentence: Span
    backfilled: tuple[str, ...] = ()
