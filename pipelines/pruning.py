"""Forgetting, once an hour, what a ledger need not remember."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from transforms.attempt import attempt
from transforms.clock import Clock
from transforms.feeds.due import abandoned
from transforms.protocols import Ledger

EVERY_S, MOST = 3600.0, 1000


@dataclass
class Pruning:
    """Forgets what is old in small steps, which others need not wait for, until it is stopped.

    `listed` gives the URLs of the feeds that are on the list: their states are kept.
    """

    ledger: Ledger
    keep: dt.timedelta
    listed: Callable[[], Collection[str]]
    stop: threading.Event
    clock: Clock
    tell: Callable[..., None]
    monotonic: Callable[[], float] = time.monotonic
    done: float = float("-inf")

    def tend(self) -> None:
        """Forget what is old, if it is time, and tell how much that was, or why it failed."""
        if self.monotonic() - self.done < EVERY_S:
            return
        self.done = self.monotonic()
        found = attempt(_prune, self)
        if isinstance(found, Exception):
            self.tell("error", "prune failed", detail=str(found))
        elif any(found.values()):
            self.tell("info", "pruned", **found)


def _prune(pruning: Pruning) -> dict[str, int]:
    """Return how much was forgotten of what."""
    ledger, before = pruning.ledger, pruning.clock() - pruning.keep
    gone = abandoned(ledger.feeds(), pruning.listed(), before)
    feeds = entries = 0
    while feeds < len(gone) and not pruning.stop.is_set():
        ledger.forget_feeds(gone[feeds : feeds + MOST])
        feeds = min(feeds + MOST, len(gone))
    some = MOST
    while some == MOST and not pruning.stop.is_set():
        some = ledger.prune(before, most=MOST)
        entries += some
    return {"entries": entries, "feeds": feeds}
