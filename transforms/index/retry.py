"""How long to wait before asking again: longer each time, and never two workers alike."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """At most so many attempts within so many seconds; pauses double from the first to the longest."""

    attempts: int = 6
    total_s: float = 120.0
    first_s: float = 0.5
    most_s: float = 30.0

    def pauses(self, chance: Callable[[], float]) -> Iterator[float]:
        """Yield the pause after each attempt but the last: between half of it and all."""
        for n in range(self.attempts - 1):
            yield min(self.most_s, self.first_s * 2**n) * (0.5 + chance() / 2)


ONCE = Retry(attempts=1)
"""Who asks once, and is told at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The time and the chance that a sender goes by."""

    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
