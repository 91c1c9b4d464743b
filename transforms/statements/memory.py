"""What a reader of a document has in mind: its people, and who has spoken so far."""

from transforms.language.names import Names
from transforms.statements.drafts import Phrase
from transforms.statements.layout import Layout
from transforms.statements.people import People
from transforms.statements.referents import Referent
from transforms.statements.sources import Source

MOST = 60
"""Speakers that are remembered: more would only be compared."""


class Memory:
    """The document, its people, and its speakers in the order of the text."""

    def __init__(self, layout: Layout, names: Names) -> None:
        self.layout, self.names = layout, names
        self.people = People(layout, names)
        self.spoken: list[Referent] = []

    def add(self, speaker: Referent) -> None:
        """Remember who spoke last, and his gender where a pronoun told it."""
        self.spoken = [*self.spoken[-MOST:], speaker]
        if speaker.source.gender and speaker.source.kind == "named":
            self.people.genders.setdefault(speaker.source.name, speaker.source.gender)

    def paragraphs(self, first: int, last: int) -> int:
        """Return how many paragraphs lie between two tokens."""
        return abs(self.layout.paragraph[last] - self.layout.paragraph[first])

    def gender(self, referent: Referent) -> str:
        """Return what the text tells of a speaker's gender."""
        return self.people.genders.get(referent.source.name, "") or referent.source.gender

    def named(self, name: str, phrase: Phrase, at: int, *, sure: float, why: str) -> Referent | None:
        """Return a name of the document as a speaker, read from its last mention."""
        known = self.names.named(name)
        if known is None:
            return None
        span = next((p for p in reversed(known.places) if p[0] <= at), known.places[0])
        origin = Phrase(span[0], span[1], span[1] - 1, span)
        source = Source(kind="named", name=known.text, gender=self.people.genders.get(known.text, ""))
        return Referent(source, phrase, origin, at, sure, why)
