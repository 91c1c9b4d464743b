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
def only_pass(ledger: str) -> Iterator[None]:
    """Hold the ledger for this pass; raises UserError where another one has it.

    The lock is the kernel's: it goes with the process, however that ends, and the file beside the ledger may stay.
    """
    with _opened(f"{os.path.realpath(ledger)}.lock") as file:
        _lock(file, ledger)
        yield


def _opened(path: str) -> BinaryIO:
    try:
        return Path(path).open("ab")
    except OSError as e:
        raise UserError(f"{path}: {e.strerror}", transient=True) from None


def _lock(file: BinaryIO, ledger: str) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UserError(f"another pass is at work on {ledger}", transient=True) from None
    except OSError as e:
        raise UserError(f"{ledger}: cannot be locked: {e.strerror}", transient=True) from None
