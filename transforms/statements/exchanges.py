"""Questions and answers: whose a quotation in a paragraph of its own is while two people speak by turns."""

from dataclasses import dataclass

from transforms.language.lists import words
from transforms.statements.drafts import Draft

ASKING = words("ask press inquire enquire quiz demand wonder")


@dataclass(slots=True)
class Exchange:
    """Who asked last, who answered, and whether a question is open; names."""

    asker: str = ""
    answerer: str = ""
    open: bool = False

    def hear(self, draft: Draft, name: str, *, question: bool) -> None:
        """Take note of a statement: one of a third person ends the exchange."""
        if draft.lemma in ASKING:
            self.asker, self.answerer = name, ""
        elif self.asker and not self.answerer and name != self.asker:
            self.answerer = name
        elif name not in {self.asker, self.answerer}:
            self.asker = self.answerer = ""
        self.open = question

    def next(self, last: str, *, question: bool) -> str:
        """Return who speaks after somebody's turn, if the other one now asks or answers; else an empty name."""
        if not self.asker or not self.answerer or last not in {self.asker, self.answerer}:
            return ""
        if last == self.answerer:
            return self.asker if question and not self.open else ""
        return self.answerer if self.open and not question else ""
