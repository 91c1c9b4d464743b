"""What passes between the steps: a phrase that may be a speaker, and a statement in the making."""

from dataclasses import dataclass

from schemas.statements import StatementKind

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase in tokens; `name` is the person's name that is its head, `alias` another name after a comma."""

    first: int
    last: int
    head: int
    name: Range | None = None
    alias: Range | None = None


def shown_end(phrase: Phrase) -> int:
    """Return where the speaker's phrase ends: with the name, if that stands in an apposition after it."""
    name = phrase.name or phrase.alias
    return max(phrase.last, name[1]) if name else phrase.last


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its speaker is resolved; `content` and `quoted` in characters, the rest in tokens.

    `ahead` is who speaks right after a quotation without a cue, in the next paragraph.
    """

    kind: StatementKind
    content: tuple[Range, ...]
    quoted: tuple[Range, ...]
    cue: Range | None
    lemma: str
    phrase: Phrase | None
    rule: str
    score: float
    floating: bool = False
    ahead: Phrase | None = None

    @property
    def start(self) -> int:
        """Return where the content starts, in characters."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """Return where the content ends, in characters."""
        return self.content[-1][1]
