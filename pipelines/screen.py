"""What a watch shows of itself: a line of log an event, as text or JSON, and on a terminal a screen that changes."""

import contextlib
import datetime as dt
import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, Protocol

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from transforms.printable import one_line

Log = Literal["auto", "plain", "json"]
Level = Literal["info", "warning", "error"]
Status = Callable[[], Mapping[str, Any]]


class Show(Protocol):
    """Where a watch tells what happens."""

    def tell(self, level: Level, event: str, **fields: Any) -> None:
        """Tell of one thing that happened; for several threads to call."""
        ...


class Lines:
    """Each event as one line on standard error."""

    def __init__(self, clock: Callable[[], dt.datetime], *, as_json: bool) -> None:
        self.clock, self.as_json = clock, as_json
        self.lock = threading.Lock()

    def tell(self, level: Level, event: str, **fields: Any) -> None:
        """Write the line."""
        line = self._json(level, event, fields) if self.as_json else self._plain(level, event, fields)
        with self.lock, contextlib.suppress(OSError):  # a log that nobody takes stops nothing
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    def _json(self, level: Level, event: str, fields: Mapping[str, Any]) -> str:
        time = self.clock().isoformat(timespec="milliseconds")
        return json.dumps({"time": time, "level": level, "event": event, **fields}, default=str)

    def _plain(self, level: Level, event: str, fields: Mapping[str, Any]) -> str:
        said = " ".join(_word(key, value) for key, value in fields.items() if value not in ("", None))
        mark = "" if level == "info" else f"{level.upper()} "
        return one_line(f"{self.clock():%Y-%m-%d %H:%M:%S} {mark}{event} {said}").rstrip()


def _word(key: str, value: Any) -> str:
    if key == "counts":
        return "; ".join(f"{stage} {_outcomes(outcomes)}" for stage, outcomes in value.items())
    return str(value) if key in {"lane", "detail"} else f"{key}={value}"


def _outcomes(outcomes: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {outcome}" for outcome, n in sorted(outcomes.items(), key=lambda pair: pair[0] != "ok"))


@contextlib.contextmanager
def shown(log: Log, clock: Callable[[], dt.datetime], status: Status) -> Iterator[Show]:
    """Give what tells of events; `auto` on a terminal is a screen, with warnings and notices above it."""
    if log != "auto" or not sys.stderr.isatty():
        yield Lines(clock, as_json=log == "json")
        return
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    with Live(console=console, refresh_per_second=2, redirect_stdout=False, get_renderable=lambda: screen(status())):
        yield Loud(Lines(clock, as_json=False))


class Loud:
    """Tells only of trouble, and of what somebody has just done: the screen shows the rest."""

    def __init__(self, inner: Show) -> None:
        self.inner = inner

    def tell(self, level: Level, event: str, **fields: Any) -> None:
        """Tell of it, unless all goes on as it should."""
        if level != "info" or event == "reloaded":
            self.inner.tell(level, event, **fields)


def screen(status: Mapping[str, Any]) -> Group:
    """Return the status as a person sees it."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for key, value in status.items():
        if key != "lanes":
            table.add_row(Text(key.replace("_", " "), style="bold"), Text(_cell(value)))
    lanes = Table("lane", "passes", "last", "seconds", "trouble", box=None, pad_edge=False)
    for name, lane in status.get("lanes", {}).items():
        lanes.add_row(*(Text(one_line(str(cell))) for cell in (name, *lane.values())))
    return Group(table, Text(), lanes)


def _cell(value: Any) -> str:
    if isinstance(value, Mapping):
        return one_line(", ".join(f"{key} {inner}" for key, inner in value.items()))
    return one_line(str(value))
