"""Who said what."""

from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.documents import Origin, Span
from schemas.fields import Nested, Stored, Text

StatementKind = Literal["direct", "mixed", "indirect"]

SourceKind = Literal["named", "anonymous", "organisation", "document", "unknown"]


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
    pronoun, the phrase itself of a name); `count` and `affiliation` are of unnamed sources.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who said what; `content` has several spans where the cue broke one sentence."""

    id: str
    origin: Origin
    kind: StatementKind
    content: Annotated[tuple[Span, ...], Nested()]
    quoted: Annotated[tuple[Span, ...], Nested()] = ()
    text: Annotated[str, Text()]
    cue: Cue | None = None
    speaker: Speaker | None = None
    about: tuple[str, ...] = ()
    confidence: float
    reason: Annotated[str, Stored()] = ""
    sentence: Span
    backfilled: tuple[str, ...] = ()
