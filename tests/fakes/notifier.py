"""A channel that keeps what it gets, and fails as it is told."""

import threading
from dataclasses import dataclass, field

from schemas.kept import Notice


@dataclass
class FakeNotifier:
    """Keeps the ids and alerts of what it got; raises the first of `errors` at each call until there are none."""

    got: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    closed: bool = False

    def send(self, notice: Notice) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.got.append(notice.id)
        self.notices.append(notice)

    def close(self) -> None:
        self.closed = True


@dataclass
class HangingNotifier:
    """Does not return before it is released."""

    released: threading.Event = field(default_factory=threading.Event)
    calls: int = 0

    def send(self, notice: Notice) -> None:
        self.calls += 1
        self.released.wait(30)

    def close(self) -> None:
        self.released.set()
