"""The part of a ledger that alerts need, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.records import Match


@dataclass
class MatchLedger:
    """Keeps matches, who has had which alert, and which alerts are done; every write is create-if-absent."""

    settled: set[str] = field(default_factory=set)
    kept: dict[tuple[str, str], Match] = field(default_factory=dict)
    had: set[tuple[str, str]] = field(default_factory=set)
    finished: set[str] = field(default_factory=set)

    def conclude(self, entry: str, matches: Sequence[Match]) -> None:
        self.settled.add(entry)
        for match in matches:
            self.kept.setdefault((match.alert, match.record), match)

    def matches(self, alert: str) -> list[Match]:
        return [match for match in self.kept.values() if match.alert == alert]

    def undelivered(self) -> list[str]:
        return sorted({match.alert for match in self.kept.values()} - self.finished)

    def delivered(self, alert: str, channel: str) -> bool:
        return (alert, channel) in self.had

    def deliver(self, alert: str, channel: str) -> None:
        self.had.add((alert, channel))

    def finish(self, alert: str) -> None:
        self.finished.add(alert)

    def close(self) -> None:
        pass


_LEDGERS: dict[str, MatchLedger] = {}


def ledger_named(name: str) -> MatchLedger:
    """Return the one ledger of that name: what a Beam step, which is pickled, can be told to open."""
    return _LEDGERS.setdefault(name, MatchLedger())
