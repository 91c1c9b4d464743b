"""What is read apart from the rest: articles over which newswatch itself was ended before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.ahead import Ahead
from schemas.articles import Entry

PARTS = 4
"""Articles of which one may have ended newswatch are read again in so many parts, until it stands alone."""

NEVER_ENDED = 3
"""An article is given up when reading it began so often and newswatch itself ended before it did."""


@dataclass
class Apart:
    """Parts of passes that wait to be read by themselves.

    `begun` is how often a newswatch that is no more began to read an article and came to no end.
    """

    begun: dict[str, int]
    parts: list[list[Entry]] = field(default_factory=list)

    def next(self, ahead: Ahead[Entry], most: int) -> list[Entry]:
        """Return what is to be read in the next pass: what waits here first."""
        if self.parts:
            return self.parts.pop()
        found = ahead.answered(most)
        self.parts += self._suspected([entry for entry in found if entry.id in self.begun])
        rest = [entry for entry in found if entry.id not in self.begun]
        return rest or (self.parts.pop() if self.parts else [])

    def _suspected(self, entries: Sequence[Entry]) -> list[list[Entry]]:
        """Return those in whose reading newswatch ended: in a few parts where that was once, alone where it was twice.

        The one that ends it is given up as soon as if all were read alone; the others wait for a few passes only.
        """
        once = [entry for entry in entries if self.begun[entry.id] == 1]
        return [*([entry] for entry in entries if self.begun[entry.id] > 1), *_in_parts(once)]

    def hopeless(self, entries: Sequence[Entry]) -> bool:
        """Return whether that is one article, which has never been read to its end."""
        return len(entries) == 1 and self.begun.get(entries[0].id, 0) >= NEVER_ENDED

    def forget(self, entries: Sequence[Entry]) -> None:
        """Treat those like any other again."""
        for entry in entries:
            self.begun.pop(entry.id, None)


def _in_parts(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Return the entries in a few parts, the first of them last: they are taken from the end."""
    size = math.ceil(len(entries) / PARTS)
    return [list(entries[i : i + size]) for i in range(0, len(entries), size)][::-1] if entries else []
