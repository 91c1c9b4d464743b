"""A `newswatch watch` in a process of its own, and what may befall it."""

import contextlib
import dataclasses as dc
import datetime as dt
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from schemas.settings import Settings, load
from tests.conftest import ROOT
from tests.fakes.newsroom import WATCHLIST, Newsroom, Office
from transforms.clients.opening import ledger_path
from transforms.clients.sqlite_ledger import SqliteLedger
from transforms.clock import utc_now
from transforms.protocols import Ledger

START_S = 600
"""A start may take so long on a machine that has more to do."""

SOON_S = 300
"""What is done within seconds may take so long there."""

STALLED = dt.timedelta(minutes=20)
"""So long nothing may change while something is unsettled: more than the pause after an article's third try."""

END_S, END_BUSY_S = 10, 25
"""So soon it ends when it is told to; a machine that has much more to do than it can measures others' work."""

Standing = tuple[tuple[int, int], tuple[str, ...], tuple[tuple[str, int, str], ...]]
"""Entries unsettled and settled, alerts that are not written, and notices that are not sent."""


@dc.dataclass
class Watcher:
    """The process, started again after each end; its log goes on in one file."""

    office: Office
    arguments: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    starts: int = 0
    address: str = ""

    @property
    def log(self) -> Path:
        return self.office.folder / "log.jsonl"

    def start(self) -> None:
        """Start it, and return once it watches."""
        before = len(self.said("watching"))
        self.starts += 1
        command = [sys.executable, "-m", "pipelines.cli", "watch", *self.arguments, "--log=json"]
        with self.log.open("ab") as log:
            log.write(b"\n")  # the one before may have been killed within a line
            log.flush()
            process = self.process = subprocess.Popen([*command, "--listen=127.0.0.1:0"], cwd=ROOT, stderr=log)
        until(lambda: len(self.said("watching")) > before or process.poll() is not None, START_S)
        assert process.poll() is None, self.story()
        self.address = self.said("watching")[-1]["health"]

    def said(self, event: str) -> list[dict[str, Any]]:
        """What its log has of such events."""
        lines = (line for line in self.lines() if f'"event": "{event}"' in line)
        return [found for line in lines if (found := event_of(line)).get("event") == event]

    def lines(self) -> list[str]:
        """The whole lines of its log."""
        with contextlib.suppress(FileNotFoundError):
            return self.log.read_text("utf-8").rpartition("\n")[0].splitlines()  # it may be writing its next line
        return []

    def story(self) -> str:
        """What there is to be told of one that does not do as it should."""
        lines = self.lines()
        wrong = [line[:1000] for line in lines if '"event": "pass"' not in line]
        with contextlib.suppress(OSError):
            wrong.append(json.dumps(self.health(), default=str))
        return "\n".join([f"{self.starts} starts, load {os.getloadavg()}", *wrong[-40:], "", *lines[-10:]])

    def health(self) -> dict[str, Any]:
        """What /healthz tells, whatever its status."""
        with urllib.request.urlopen(f"{self.address}/healthz", timeout=10) as answer:
            return dict(json.load(answer))

    def settings(self) -> Settings:
        """Its settings."""
        return load(self.office.folder / "c.toml")

    def kill(self) -> None:
        """End it as a power cut would, and start it again."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.start()

    def stop(self, number: int = signal.SIGTERM) -> float:
        """End it politely; returns the seconds that took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(number)
        assert self.process.wait(30) == 0
        return time.monotonic() - began

    def stop_soon(self) -> None:
        """End it politely; it must not take long."""
        busy = os.getloadavg()[0] > 4 * (os.cpu_count() or 1)
        took = self.stop()
        assert took < (END_BUSY_S if busy else END_S), f"it took {took:.1f} s to end\n{self.story()}"

    def end(self) -> None:
        """End it, whatever it does."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    @contextlib.contextmanager
    def failing_disk(self) -> Iterator[None]:
        """Let every write to a file fail, as on a disk that is full."""
        assert self.process is not None
        _, most = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (1, most))
        yield
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (most, most))

    @contextlib.contextmanager
    def locked_index(self) -> Iterator[None]:
        """Let index and ledger refuse every write, as a server does that has too much to do."""
        with contextlib.closing(sqlite3.connect(self.office.folder / "x.db", timeout=30, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            yield
            db.execute("ROLLBACK")

    @contextlib.contextmanager
    def broken_watchlist(self) -> Iterator[None]:
        """Let the watchlist be half a file for a while."""
        file, before = self.office.folder / "actors.yaml", len(self.said("reload refused"))
        file.write_text("actors:\n  - {id: ann-ash, na", "utf-8")
        yield
        until(lambda: len(self.said("reload refused")) > before, SOON_S)
        file.write_text(WATCHLIST, "utf-8")

    def kill_a_reader(self) -> None:
        """Kill a reading process, as the kernel does where memory is short."""
        assert self.process is not None
        readers = [child for child in children(self.process.pid) if b"spawn_main" in told(f"/proc/{child}/cmdline")]
        for reader in readers[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(reader), signal.SIGKILL)


def children(pid: int) -> list[str]:
    """The processes that any of its threads has started: a reader that took another's place was started by a lane."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [child for task in tasks for child in told(task).decode("ascii").split()]


def told(file: Path | str) -> bytes:
    """What stands in a file of /proc; nothing where its process or thread has ended meanwhile."""
    try:
        return Path(file).read_bytes()
    except OSError:
        return b""


def event_of(line: str) -> dict[str, Any]:
    """The event that a line of the log tells of; none where the line is torn, or a traceback's."""
    with contextlib.suppress(ValueError):
        found = json.loads(line)
        if isinstance(found, dict):
            return found
    return {}


def standing(ledger: Ledger) -> Standing:
    """How far the work is, by the ledger."""
    items = ledger.outbox.waiting(utc_now())
    sending = tuple((item.alert, item.tries, f"{item.due:%H:%M:%S} {item.detail}") for item in items)
    return ledger.progress(), tuple(ledger.undelivered()), sending


def until_settled(watcher: Watcher, articles: int) -> None:
    """Wait until so many articles are settled and told, for as long as anything goes on or is put off until a time."""
    with contextlib.closing(SqliteLedger(ledger_path(watcher.settings()))) as ledger:
        now, changed = standing(ledger), utc_now()
        while now != ((0, articles), (), ()):
            before, now = now, standing(ledger)
            changed = utc_now() if now != before else changed
            put_off = [item.due for item in ledger.outbox.waiting(utc_now())]
            assert utc_now() < max([changed, *put_off]) + STALLED, stalled(ledger, articles, watcher)
            time.sleep(1)


def stalled(ledger: Ledger, articles: int, watcher: Watcher) -> str:
    """What is left when nothing changes any more."""
    progress, alerts, sending = standing(ledger)
    entries = [f"{entry.url} seen {entry.seen}" for entry in ledger.waiting(5)]
    left = f"{progress} of {articles}, alerts {alerts[:5]}, notices {sending[:5]}, entries {entries}"
    return f"nothing changes, and not all is settled: {left}\n{watcher.story()}"


@contextlib.contextmanager
def troubled(room: Newsroom, outlet: int, fault: Any) -> Iterator[None]:
    """Let the outlet fail in that way for a while."""
    room.faults[outlet] = fault
    yield
    room.faults.pop(outlet, None)


def until(reached: Callable[[], object], seconds: float) -> None:
    """Wait until that is so."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)
