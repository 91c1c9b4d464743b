"""Progress on a terminal: one line on stderr that changes, above which notices and results appear whole."""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TextIO, cast

AFTER_S = 0.7
"""What is done before shows no progress: a line that flashes up is worse than none."""

EVERY_S = 0.125
ERASE = "\r\x1b[K"
DOTS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
PLAIN = "|/-\\"


class Working(Protocol):
    """What goes on, as the user sees it."""

    def update(self, text: str) -> None:
        """Show other words."""
        ...

    def aside(self) -> contextlib.AbstractContextManager[None]:
        """Take the line away for as long as something else is written to the terminal."""
        ...


class Silent:
    """No terminal, no progress."""

    def update(self, text: str) -> None:
        """Show nothing."""

    def aside(self) -> contextlib.AbstractContextManager[None]:
        """Do nothing."""
        return contextlib.nullcontext()


class Line:
    """The line that changes; while it is shown it stands for stderr, and what is written there appears above it."""

    def __init__(self, text: str, file: TextIO, after_s: float) -> None:
        self.text, self.file, self.after_s = text, file, after_s
        self.frames = DOTS if "utf" in (file.encoding or "").lower() else PLAIN
        self.began = time.monotonic()
        self.begun = ""  # of a line that is being written
        self.shown = False
        self.lock = threading.RLock()
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def update(self, text: str) -> None:
        """Show other words from now on."""
        self.text = text

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Take the line away for as long as something else is written to the terminal."""
        with self.lock:
            self._erase()
            yield

    def write(self, text: str) -> int:
        """Write the lines that are whole by now above this one."""
        with self.lock:
            lines, newline, rest = text.rpartition("\n")
            if newline:
                self._erase()
                self.file.write(self.begun + lines + newline)
                self.begun = ""
            self.begun += rest
            self.file.flush()
        return len(text)

    def __getattr__(self, name: str) -> Any:
        """Return what the terminal beneath has of that name."""
        return getattr(self.file, name)

    def end(self) -> None:
        """Take the line away for good; what was begun stands there instead."""
        self.done.set()
        self.thread.join()
        with self.lock:
            self._erase()
            self.file.write(self.begun)
            self.file.flush()

    def _run(self) -> None:
        wait = self.after_s
        while not self.done.wait(wait):
            wait = EVERY_S
            with self.lock:
                self._draw()

    def _draw(self) -> None:
        taken = time.monotonic() - self.began
        frame = self.frames[int(taken / EVERY_S) % len(self.frames)]
        self.file.write(ERASE + f"{frame} {self.text} ({taken:.0f} s)"[: _columns(self.file) - 1])
        self.file.flush()
        self.shown = True

    def _erase(self) -> None:
        if self.shown:
            self.file.write(ERASE)
            self.file.flush()
        self.shown = False


@contextlib.contextmanager
def working(text: str, *, at_once: bool = False) -> Iterator[Working]:
    """Show on a terminal that something goes on, once it has taken a while; gives what changes the words."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb" or isinstance(sys.stderr, Line):
        yield Silent()
        return
    line = Line(text, sys.stderr, 0 if at_once else AFTER_S)
    with contextlib.redirect_stderr(cast("TextIO", line)):
        line.thread.start()
        try:
            yield line
        finally:
            line.end()


@contextlib.contextmanager
def followed(text: str, follow: Callable[[threading.Event, Working], None]) -> Iterator[None]:
    """Show how far something is while it goes on: in a thread, `follow` tells until the event is set."""
    with working(text, at_once=True) as shown:
        if isinstance(shown, Silent):  # nobody looks: what is followed is not asked how far it is
            yield
            return
        done = threading.Event()
        follower = threading.Thread(target=follow, args=(done, shown), daemon=True)
        follower.start()
        try:
            yield
        finally:
            done.set()
            follower.join(timeout=2)


def _columns(file: TextIO) -> int:
    try:
        return os.get_terminal_size(file.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
