"""What copies ask of the ledger besides: which story an article belongs to."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Protocol

from schemas.articles import Entry
from schemas.stories import Evidence, Sketch

Same = Callable[[Sketch, Sketch], float]
"""How sure it is that two texts are one story; 0 where they are two."""

SameArticle = Callable[[Entry, Entry, Evidence], bool]
"""Whether a known entry and a new one are one article, by what speaks for it."""

CANDIDATES = 6
"""Stories that an article is compared with: those with which it has most keys in common."""

COMMON = 64
"""Stories that are found under one key; what more begin with is a phrase that everybody writes, and tells nothing."""


class Stories(Protocol):
    """Articles and the stories that they belong to; of each story the sketch of the article that it began with."""

    def place(self, sketches: Sequence[Sketch], same: Same, *, now: dt.datetime, keep: dt.timedelta) -> None:
        """Give each article a story, in order and in one transaction; one that has a story keeps it.

        It is that of an exact copy, else the one begun within `keep` that `same` is surest of, else its own: `exact`.
        """
        ...

    def stories(self, articles: Sequence[str]) -> dict[str, str]:
        """Return the story of each article that has one."""
        ...
