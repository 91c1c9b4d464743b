"""Where a text means a watched actor."""

from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.documents import Origin, Span
from schemas.fields import Stored, Text

MentionForm = Literal["name", "alias", "role", "pronoun"]

Outcome = Literal["mention", "uncertain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where the text means a watched actor, with the evidence in words."""

    id: str
    origin: Origin
    actor: str
    name: Annotated[str, Text(analyzer="names", raw=True)]
    start: int
    end: int
    text: str
    form: MentionForm
    score: float
    outcome: Outcome = "mention"
    evidence: Annotated[str, Stored()] = ""
    sentence: Span
    watchlist: str = ""
    backfilled: tuple[str, ...] = ()
