"""A channel that keeps what it gets, and fails as it is told."""

import threading
from dataclasses import dataclass, field

from schemas.records import Alert


@dataclass
class FakeNotifier:
    """Keeps the ids of what it got; raises the first of `errors` at each call until there are none."""

    got: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    closed: bool = False

    def send(self, alert: Alert) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.got.append(alert.id)

    def close(self) -> None:
        self.closed = True


@dataclass
class HangingNotifier:
    """Does not return before it is released."""

    released: threading.Event = field(default_factory=threading.Event)
    calls: int = 0

    def send(self, alert: Alert) -> None:
        self.calls += 1
        self.released.wait(30)

    def close(self) -> None:
        self.released.set()
