"""The Beam step that settles failures: into the dead letters, and off the ledger's list of work."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from schemas.failures import TRANSIENT, WAITING, Failure
from transforms.clients.dead_letters import DeadLetters
from transforms.clock import Clock, utc_now
from transforms.protocols import Ledger
from transforms.stage import Each, Stage, Step, Subject


def settle(
    *, open_ledger: Callable[[], Ledger], file: str, strict: bool = False, clock: Clock = utc_now
) -> Stage[Failure, Failure]:
    """Return the step that writes each failure to the file and counts it against its entry."""
    opened = partial(_open, open_ledger, file)
    return Stage("settle", open_step=opened, subject=_subject, strict=strict, clock=clock)


@dataclass(frozen=True)
class Settle:
    """A failure's end: a line in the file, and its entry failed or due for another try."""

    ledger: Ledger
    letters: DeadLetters

    def __call__(self, failure: Failure) -> Failure:
        """Return the failure, written and settled."""
        self.letters.append(failure)
        if failure.entry and failure.reason not in WAITING:
            self.ledger.fail(failure.entry, failure.reason, final=failure.reason not in TRANSIENT)
        return failure


@contextlib.contextmanager
def _open(open_ledger: Callable[[], Ledger], file: str) -> Iterator[Step[Failure, Failure]]:
    with contextlib.closing(DeadLetters(file)) as letters, contextlib.closing(open_ledger()) as ledger:
        yield Each(Settle(ledger, letters))


def _subject(failure: Failure) -> Subject:
    return Subject(failure.entry, failure.element)
