"""The channel that is a file: one alert a line, each alert once."""

import contextlib
import errno
import json
import os
import stat
from io import FileIO
from pathlib import Path

from schemas.alerts import Alert
from schemas.codec import to_json
from schemas.kept import Notice
from transforms.protocols import NotifyError


class Jsonl:
    """A file of alerts; one that it holds is not written again, even if a kill came before the ledger knew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.held: set[str] | None = None

    def send(self, notice: Notice) -> None:
        """Append the alerts' records; raises NotifyError where the disk does not take them."""
        try:
            for alert in notice.alerts:
                self._send(alert)
        except OSError as e:
            raise NotifyError(f"{self.path}: {e.strerror}", transient=True) from e

    def _send(self, alert: Alert) -> None:
        if self.held is None:
            self.held = held_ids(self.path)
        if alert.id not in self.held:
            append_line(self.path, to_json(alert).encode())
            self.held.add(alert.id)

    def close(self) -> None:
        """Nothing is held open."""


def held_ids(path: Path) -> set[str]:
    """Return the ids of the alerts in the file; a last line that a kill has torn is taken off."""
    if not path.is_file():
        return set()
    found: set[str] = set()
    line, whole = b"\n", set[str]()
    with path.open("r+b") as file:
        for line in file:
            whole = _id_of(line)
            found |= whole
        end = file.seek(0, os.SEEK_END)
        if not line.endswith(b"\n") and whole:
            file.write(b"\n")
        elif not line.endswith(b"\n"):
            file.truncate(end - len(line))
    return found


def _id_of(line: bytes) -> set[str]:
    with contextlib.suppress(ValueError):
        record = json.loads(line)
        if isinstance(record, dict) and isinstance(record.get("id"), str):
            return {record["id"]}
    return set()


def append_line(path: Path, line: bytes) -> None:
    """Add the line to the file as `write_line` does."""
    with path.open("ab", buffering=0) as file:
        write_line(file, line)


def write_line(file: FileIO, line: bytes) -> None:
    """Add the line in one piece, on the disk when this returns; a half-written one is taken back. Raises OSError."""
    written = file.write(line + b"\n") or 0
    status = os.fstat(file.fileno())
    if written <= len(line):
        if status.st_size == file.tell():  # nobody has written after it
            file.truncate(status.st_size - written)
        raise OSError(errno.ENOSPC, "the disk took only a part")
    if stat.S_ISREG(status.st_mode):  # not a pipe
        os.fsync(file.fileno())
