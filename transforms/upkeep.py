"""What is asked of an index besides, by those who keep it: it is upgraded, pruned, copied."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from schemas.query import Kind
from schemas.records import Record
from transforms.protocols import Index

Tell = Callable[[str], None]
"""Shows the user how far something is."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What became of one kind: where its records stood, where they stand, and how many they are."""

    kind: str
    before: str
    after: str
    records: int


class Versioned(Protocol):
    """What later versions of newswatch may have to make anew."""

    def upgrade(self, *, again: bool, tell: Tell) -> Iterator[Upgraded]:
        """Yield what became of each kind; readers see the old records until the new ones are whole."""
        ...

    def remove_old(self) -> list[str]:
        """Remove what upgrades have kept, and return its names."""
        ...

    def close(self) -> None:
        """Give back files and connections."""
        ...


class Keeper(Index, Versioned, Protocol):
    """An Index as its keeper sees it: upgraded, pruned, copied."""

    def kinds(self) -> list[Kind]:
        """Return the kinds that it holds; an index of an older newswatch may lack some, an empty place has none."""
        ...

    def prune(self, kind: Kind, before: dt.datetime) -> int:
        """Remove the kind's records first seen before then, and return how many there were."""
        ...

    def page(self, kind: Kind, *, after: str, size: int) -> list[Record]:
        """Return the next records by id."""
        ...
