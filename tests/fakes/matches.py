"""Ledgers in memory by name: what a Beam step, which is pickled, can be told to open."""

from tests.fakes.ledger import MemoryLedger

_LEDGERS: dict[str, MemoryLedger] = {}


def ledger_named(name: str) -> MemoryLedger:
    """Return the one ledger of that name."""
    return _LEDGERS.setdefault(name, MemoryLedger())
