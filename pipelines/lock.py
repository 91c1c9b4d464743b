"""One pass at a time on one ledger: two at once would read everything twice and send every alert twice."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from schemas.errors import UserError

if sys.platform != "win32":
    import fcntl


@contextlib.contextmanager
def only_pass(ledger: str, *, work: str = "pass") -> Iterator[None]:
    """Hold the ledger for this pass, or for another sort of work; raises UserError where the like of it has it.

    The lock is the kernel's: it goes with the process, however that ends, and the file beside the ledger may stay.
    """
    of_work = "" if work == "pass" else f".{work}"
    with _opened(f"{os.path.realpath(ledger)}{of_work}.lock") as file:
        _lock(file, ledger, work)
        yield


def _opened(path: str) -> BinaryIO:
    try:
        return Path(path).open("ab")
    except OSError as e:
        raise UserError(f"{path}: {e.strerror}", transient=True) from None


def _lock(file: BinaryIO, ledger: str, work: str) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UserError(f"another {work} is at work on {ledger}", transient=True) from None
    except OSError as e:
        raise UserError(f"{ledger}: cannot be locked: {e.strerror}", transient=True) from None
