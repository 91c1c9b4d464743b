"""The lane of a watch that does what is to be done now and then: a ledger that is away holds up nothing else by it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from pipelines.pace import Pace

COUNT_EVERY_S = 2.0


@dataclass
class ChoreLane:
    """Counts what waits every few seconds, and forgets what is old when it is time."""

    count: Callable[[], object]
    prune: Callable[[], object]
    counting: Pace = field(default_factory=partial(Pace, COUNT_EVERY_S))
    name: str = "chores"

    def step(self) -> bool:
        """Do what it is time for; nothing else waits for it, so there is never more to do at once."""
        if self.counting.is_due():
            with self.counting.look():
                self.count()
        self.prune()
        return False
