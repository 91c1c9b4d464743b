"""A lane, done again and again in a thread of its own; a pass that fails is told and tried again, never the end."""

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from schemas.errors import UserError
from transforms.attempt import attempt

IDLE_S = 0.2
"""A lane with nothing to do looks again after so long."""

PAUSES_S = (1.0, 30.0)
"""After a pass that failed a lane waits: at first, and at most."""

STUCK_S = 900.0
"""A lane that has not come round for so long is taken to hang: the supervisor shall start the process anew."""

Failed = Callable[[str, str, float], None]
"""Is told of a pass that failed: its lane, why, and after how many seconds it is tried again."""


class Lane(Protocol):
    """Something that is done again and again."""

    name: str

    def step(self) -> bool:
        """Do one pass, if there is anything to do, and return whether there was; raises what stops the pass."""
        ...


@dataclass
class Loop:
    """A lane, done again and again in a thread of its own."""

    lane: Lane
    stop: threading.Event
    failed: Failed
    beat: float = 0.0
    passes: int = 0
    pause: float = 0.0
    took: float = 0.0
    last: str = ""
    fault: str = ""

    def __post_init__(self) -> None:
        self.beat = time.monotonic()
        self.thread = threading.Thread(target=self._run, name=self.lane.name, daemon=True)

    def _run(self) -> None:
        while not self.stop.is_set():
            found = attempt(_step, self.lane)
            self.beat = time.monotonic()
            if isinstance(found, Exception):
                self._failed(found)
            else:
                self.fault, self.pause = "", 0.0
            self.stop.wait(self.pause if self.fault else 0.0 if found else IDLE_S)

    def _failed(self, error: Exception) -> None:
        self.pause = min(PAUSES_S[1], max(PAUSES_S[0], 2 * self.pause))
        known = isinstance(error, UserError)
        self.fault = str(error) if known else repr(error)
        if not self.stop.is_set():
            detail = self.fault if known else "".join(traceback.format_exception(error))
            self.failed(self.lane.name, detail, self.pause)

    def is_well(self) -> bool:
        """Return whether the lane comes round."""
        not_begun = self.thread.ident is None
        return not_begun or (self.thread.is_alive() and time.monotonic() - self.beat < STUCK_S)


def _step(lane: Lane) -> bool:
    return lane.step()
