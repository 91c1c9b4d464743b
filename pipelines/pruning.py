"""Forgetting, once an hour, what a ledger need not remember."""

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from transforms.attempt import attempt
from transforms.clock import Clock
from transforms.protocols import Ledger

EVERY_S, MOST = 3600.0, 1000


@dataclass
class Pruning:
    """Forgets old entries in small steps, which others need not wait for, until it is stopped."""

    ledger: Ledger
    keep: dt.timedelta
    stop: threading.Event
    clock: Clock
    monotonic: Callable[[], float] = time.monotonic
    done: float = float("-inf")

    def __call__(self) -> int | Exception:
        """Return how many entries were forgotten, or why that failed; 0 where it is not time yet."""
        if self.monotonic() - self.done < EVERY_S:
            return 0
        self.done = self.monotonic()
        return attempt(partial(_prune, stop=self.stop, before=self.clock() - self.keep), self.ledger)


def _prune(ledger: Ledger, *, before: dt.datetime, stop: threading.Event) -> int:
    total = 0
    while not stop.is_set():
        some = ledger.prune(before, most=MOST)
        total += some
        if some < MOST:
            break
    return total
