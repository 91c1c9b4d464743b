"""What stops a pass half-way, in the words that its author wrote: Beam wraps every error in a story of its own."""

import contextlib
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from functools import partial
from typing import NoReturn

from pipelines.options import ENDS
from schemas.errors import UserError

STEP = r" \[while running '[^']*'\]"
SAID = re.compile(rf"^(?:[\w.]+\.)?(?:UserError|SqliteError|ElasticError): (.+?)(?:{STEP})?$", re.MULTILINE)
"""The last line of such an error's traceback."""


@contextlib.contextmanager
def in_our_words() -> Iterator[None]:
    """Raise what the user must mend as UserError, however Beam tells of it."""
    try:
        yield
    except UserError as e:
        raise UserError(re.sub(f"{STEP}$", "", str(e)), transient=True) from None
    except RuntimeError as e:
        said = SAID.findall(str(e))
        if not said:
            raise
        raise UserError(said[-1], transient=True) from None


@contextlib.contextmanager
def at_once(last_words: str) -> Iterator[None]:
    """Let Ctrl-C end the process at once: an address that hangs, or a long text, would hold it."""
    if threading.current_thread() is not threading.main_thread():  # only that one may
        yield
        return
    before = signal.signal(signal.SIGINT, partial(_end, last_words))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def until_told(stop: threading.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT set the event; a second one ends the process at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def told(_number: int, _frame: object) -> None:
        if stop.is_set():
            os._exit(ENDS["stopped"])
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave(code: int) -> None:
    """End the process now: a host that hangs in some thread is not waited for."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _end(last_words: str, _number: int, _frame: object) -> NoReturn:
    sys.stderr.write(f"newswatch: stopped{last_words}\n")
    for stream in (sys.stderr, sys.stdout):
        with contextlib.suppress(OSError, RuntimeError):  # it may be the very flush that was interrupted
            stream.flush()
    os._exit(ENDS["stopped"])
