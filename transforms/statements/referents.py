"""A speaker resolved, one less sure, and one that nobody is found for."""

from dataclasses import dataclass, replace

from transforms.statements.drafts import Phrase
from transforms.statements.sources import Source

SINGULAR = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
PLURAL = frozenset({"they", "their", "them"})
UNSETTLED = "not settled"
SAME_TURN = "same turn"


@dataclass(frozen=True, slots=True)
class Referent:
    """A speaker resolved: the source, the phrase that its name was read from, where it last stood, how sure."""

    source: Source
    phrase: Phrase
    origin: Phrase
    at: int
    sure: float
    why: str


def doubted(found: Referent | None, others: list[set[str]]) -> Referent | None:
    """Return a pronoun's speaker less sure for others named since; None for one in its own sentence, or for three."""
    if found is None or not any(others):
        return found
    unnamed = found.source.kind != "named"
    if others[0] or unnamed or len(set().union(*others)) > 2:
        return None
    return replace(found, sure=min(found.sure, 0.62), why=f"{found.why}, others named since")


def nobody(phrase: Phrase, word: str, at: int) -> Referent:
    """Return the speaker whom the text has a pronoun for and does not settle: no name, and nobody's guess."""
    source = Source(kind="unknown", name="", gender=SINGULAR.get(word, ""), plural=word in PLURAL)
    return Referent(source, phrase, phrase, at, 0.7, UNSETTLED)
