"""How often to look at something: so often, but less where looking takes more than its share of the time."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

REST = 100.0
"""A look is followed by a rest of so many times its own length at least: looking takes a hundredth of the time."""


@dataclass
class Pace:
    """Tells whether it is time to look again."""

    every_s: float
    clock: Callable[[], float] = time.monotonic
    next: float = float("-inf")

    def is_due(self) -> bool:
        """Return whether it is time."""
        return self.clock() >= self.next

    @contextlib.contextmanager
    def look(self) -> Iterator[None]:
        """Time what is done inside, and rest accordingly."""
        began, took = self.clock(), 0.0
        try:
            yield
            took = self.clock() - began  # a look that failed has waited for somebody else, and is worth another
        finally:
            self.next = began + max(self.every_s, REST * took)
