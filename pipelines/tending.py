"""What is done beside a job that runs elsewhere: it is told to end, and ended; what is old is forgotten."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass

from apache_beam.runners.runner import PipelineResult

from pipelines.pruning import Pruning
from pipelines.screen import Show
from pipelines.ticking import DRAINED, STREAM, goes_on
from transforms.attempt import attempt
from transforms.clock import Clock
from transforms.protocols import Ledger

EVERY_S = 0.5

PATIENCE = dt.timedelta(minutes=10)
"""So long an earlier job that nobody tends any more may take to come to its end."""


@dataclass
class Tending:
    """Looks after one job, in a thread of its own: ends it when `stop` is set, or when it has lasted long enough.

    `before` names a job that was left alone: its source ends once another has the ledger, and it is cancelled then.
    """

    run: str
    job: PipelineResult
    ledger: Ledger
    show: Show
    stop: threading.Event
    pruning: Pruning
    clock: Clock
    until: dt.datetime
    cancel: Callable[[str], None]
    before: str = ""
    told: bool = False
    drained: bool = False

    def __post_init__(self) -> None:
        self.over = threading.Event()
        self.began = self.clock()
        self.thread = threading.Thread(target=self._go_on, name="tending", daemon=True)

    def start(self) -> None:
        """Begin to look after it."""
        self.thread.start()

    def end(self) -> None:
        """Look after it no longer."""
        self.over.set()
        self.thread.join()

    def _go_on(self) -> None:
        while not self.drained and not self.over.wait(EVERY_S):
            found = attempt(Tending.look, self)
            if isinstance(found, Exception):  # the ledger may be back at the next look
                self.show.tell("error", "job not tended", detail=str(found))

    def look(self) -> None:
        """Do what is to be done now."""
        if self.before:
            self._cancel_earlier()
        if self.told:
            self._cancel_when_drained()
        elif self.stop.is_set() or self.clock() >= self.until:
            self._tell()
        else:
            self.pruning.tend()

    def _tell(self) -> None:
        """Let the job's source end; of another stream's that has begun meanwhile the name stays."""
        if goes_on(self.ledger, self.run):
            self.ledger.keep_bookmark(STREAM, "")
        self.told = True
        self.show.tell("info", "job is to end", run=self.run)

    def _cancel_when_drained(self) -> None:
        if self.ledger.bookmark(DRAINED) == self.run:
            self.cancel(self.run)
            self.drained = True
            self.job.cancel()

    def _cancel_earlier(self) -> None:
        if self.ledger.bookmark(DRAINED) == self.before or self.clock() - self.began >= PATIENCE:
            self.cancel(self.before)
            self.before = ""
