"""What a stream takes up again: entries that nobody has in hand, alerts that have not been written."""

import datetime as dt
from dataclasses import dataclass, field
from operator import attrgetter

from schemas.articles import Entry
from transforms.clock import Clock
from transforms.hosts import turns
from transforms.protocols import Ledger

MOST = 2000
"""Entries in one look."""

A_HOST = 16
"""Entries of one host in one look: no worker is held up by one host for long."""

UNDER_WAY = dt.timedelta(minutes=5)
"""So long an entry may be under way since it was first seen."""

RESTS = tuple(dt.timedelta(seconds=seconds) for seconds in (300, 900, 3600))
"""How long an entry is left alone once it has been given the first, second, … time."""

TURN = dt.timedelta(seconds=30)
"""What is beyond its host's share rests so long for each turn that it has to wait."""


@dataclass
class LeftEntries:
    """The unsettled entries of before the start, and those that have been under way for too long.

    What is remembered here may be lost: an entry that is given twice is read twice, and written once.
    """

    ledger: Ledger
    clock: Clock
    run: str
    rests: dict[str, tuple[int, dt.datetime]] = field(default_factory=dict)
    claims: int = 0

    def __post_init__(self) -> None:
        self.started = self.clock()

    def __call__(self) -> list[Entry]:
        """Return those to be worked on now, oldest first, claimed."""
        now = self.clock()
        self._forget(now)
        resting = {entry for entry, (_, until) in self.rests.items() if until > now}
        before = max(self.started, now - UNDER_WAY)
        old = [entry for entry in self.ledger.waiting(MOST, but_not=resting) if entry.seen < before]
        given = [entry for entry, turn in turns(old, attrgetter("url"), A_HOST) if self._is_given(entry.id, turn, now)]
        if given:
            self.ledger.claim([entry.id for entry in given], run=f"{self.run}-{self.claims}")
            self.claims += 1
        return given

    def _is_given(self, entry: str, turn: int, now: dt.datetime) -> bool:
        """Return whether it is the entry's turn, and let it rest either way."""
        tried, _ = self.rests.get(entry, (0, now))
        rest = TURN * turn if turn else RESTS[min(tried, len(RESTS) - 1)]
        self.rests[entry] = (tried if turn else tried + 1, now + rest)
        return turn == 0

    def _forget(self, now: dt.datetime) -> None:
        """Forget what has rested for so long that it must have been settled."""
        self.rests = {entry: rest for entry, rest in self.rests.items() if rest[1] > now - RESTS[-1]}


@dataclass
class LeftAlerts:
    """Alerts that have grown and have not been written; those that are only just under way are not among them."""

    ledger: Ledger
    before: frozenset[str] | None = None

    def __call__(self) -> list[str]:
        """Return those that were due at the last look too; at the first look, all."""
        due = self.ledger.undelivered()
        found = due if self.before is None else [alert for alert in due if alert in self.before]
        self.before = frozenset(due)
        return found
