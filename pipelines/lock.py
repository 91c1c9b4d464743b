"""One pass at a time on one ledger: two at once would read everything twice and send every alert twice."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from schemas.errors import UserError
from schemas.settings import Settings
from transforms.clients.opening import ledger_name, ledger_path, ledger_server, open_index, open_ledger

if sys.platform != "win32":
    import fcntl


@contextlib.contextmanager
def ready(settings: Settings) -> Iterator[None]:
    """Hold the ledger for this pass, the index prepared; raises UserError where something must be mended first."""
    with contextlib.ExitStack() as held:
        with contextlib.closing(open_index(settings)) as index:
            open_ledger(settings).close()  # before its lock: it tells best what is wrong with the place
            held.enter_context(alone(settings))
            index.prepare()
        yield


@contextlib.contextmanager
def alone(settings: Settings, *, work: str = "pass") -> Iterator[None]:
    """Hold the settings' ledger for this pass, or another sort of work; raises UserError where the like of it has it.

    On a server it is a lease, which others may have a minute after a process of another machine was killed.
    """
    server = ledger_server(settings)
    if server is None:
        with only_pass(ledger_path(settings), work=work):
            yield
        return
    from transforms.clients.elastic_shared import held_alone  # noqa: PLC0415  (0.7 s of imports)

    with held_alone(server, work) as other:
        if other:
            raise UserError(f"another {work} is at work on {ledger_name(settings)}: {other}", transient=True)
        yield


@contextlib.contextmanager
def only_pass(ledger: str, *, work: str = "pass") -> Iterator[None]:
    """Hold the ledger's file for this pass, or for another sort of work; raises UserError where the like of it has it.

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
