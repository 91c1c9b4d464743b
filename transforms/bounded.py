"""What is remembered by name within a bound of memory: where there is too much of it, the oldest goes first."""

import threading
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

LEAST = 500
"""Bytes that a thing takes, however small it is: its name, and its place."""


@dataclass
class Bounded(Generic[T]):
    """Things by their names, `most` bytes of them; the newest one stays whatever its size; for threads to share."""

    most: int
    bytes: int = 0
    known: dict[str, tuple[T, int]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, name: str) -> T | None:
        """Return the thing of that name, if it is still remembered."""
        found = self.known.get(name)
        return found[0] if found else None

    def put(self, name: str, thing: T, size: int) -> None:
        """Remember the thing, in place of an earlier one of that name."""
        with self.lock:
            self._drop(name)
            self.known[name] = (thing, size + LEAST)
            self.bytes += size + LEAST
            while self.bytes > self.most and len(self.known) > 1:
                self._drop(next(iter(self.known)))

    def _drop(self, name: str) -> None:
        _, size = self.known.pop(name, (None, 0))
        self.bytes -= size
