"""One name in a text and one actor whom it may mean, with all that speaks for and against."""

from dataclasses import dataclass, field
from typing import Literal

from transforms.actors import evidence
from transforms.actors.automaton import Hit
from transforms.actors.evidence import Clue
from transforms.actors.matcher import Profile

STRANGERS = frozenset({"other", "stranger", "opening", "firm"})
Verdict = Literal["mention", "uncertain", "not"]


@dataclass(slots=True)
class Case:
    """One name in the text and one actor whom it may mean, with all that speaks for and against."""

    hit: Hit
    profile: Profile
    start: int
    end: int
    full: bool
    written: str = ""
    refused: str = ""
    stranger: str = ""
    thing: str = ""
    title: str = ""
    initials: str = ""
    passing: bool = False
    unknown: bool = False
    own_title: bool = False
    contested: bool = False
    apart: bool = False
    trust: float = 1.0
    clues: list[Clue] = field(default_factory=list)
    verdict: Verdict = "uncertain"

    def add(self, weight: float, words: str) -> None:
        """Add one clue."""
        self.clues.append(Clue(weight, words))

    def conclude(self) -> None:
        """Settle the verdict by the sum of the clues."""
        self.verdict = "mention" if self.score >= evidence.MENTION else "uncertain"
        if self.refused or self.score < evidence.UNCERTAIN:
            self.verdict = "not"

    @property
    def score(self) -> float:
        """The sum of the clues."""
        return evidence.total(self.clues)
