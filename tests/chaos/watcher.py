"""A `newswatch watch` in a process of its own, and what may befall it."""

import contextlib
import dataclasses as dc
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

from tests.conftest import ROOT
from tests.fakes.newsroom import WATCHLIST, Newsroom, Office

START_S = 600
"""A start may take so long on a machine that has more to do."""


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
        self.starts += 1
        command = [sys.executable, "-m", "pipelines.cli", "watch", *self.arguments, "--log=json"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([*command, "--listen=127.0.0.1:0"], cwd=ROOT, stderr=log)
        until(lambda: len(self.said("watching")) == self.starts, START_S)
        self.address = self.said("watching")[-1]["health"]

    def said(self, event: str) -> list[dict[str, Any]]:
        """What its log has of such events."""
        with contextlib.suppress(FileNotFoundError):
            whole = self.log.read_text("utf-8").rpartition("\n")[0]  # it may be writing its next line
            lines = whole.splitlines()
            return [found for line in lines if line.startswith("{") and (found := json.loads(line))["event"] == event]
        return []

    def health(self) -> dict[str, Any]:
        """What /healthz tells, whatever its status."""
        with urllib.request.urlopen(f"{self.address}/healthz", timeout=10) as answer:
            return dict(json.load(answer))

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
        until(lambda: len(self.said("reload refused")) > before, 60)
        file.write_text(WATCHLIST, "utf-8")

    def kill_a_reader(self) -> None:
        """Kill a reading process, as the kernel does where memory is short."""
        assert self.process is not None
        started = children(self.process.pid)
        readers = [int(child) for child in started if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
        for reader in readers[:1]:
            os.kill(reader, signal.SIGKILL)


def children(pid: int) -> list[str]:
    """The processes that any of its threads has started: a reader that took another's place was started by a lane."""
    return [child for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text("ascii").split()]


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
