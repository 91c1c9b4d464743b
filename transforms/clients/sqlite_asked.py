"""How an SQLite file is opened by somebody who only asks: it may be another user's, and nothing is left beside it."""

import os
from pathlib import Path
from typing import NamedTuple

from schemas.errors import UserError

UNREADABLE = "{path}: may not be read; its owner can let you (a file and its folder, and {path}-wal and {path}-shm)"
LOG_ALONE = (
    "{path}: cannot be read here, for what was last written stands in {path}-wal, and to take it in is to write:"
    " ask as a user who may write there, or copy the files to a folder of your own"
)
WRITTEN = "{path}: was written to while it was asked; ask again"


class Stamp(NamedTuple):
    """What changes of a file when it is written to."""

    inode: int
    size: int
    changed_ns: int


class Way(NamedTuple):
    """The URI to open; `still` is the file as it was, where it is opened as one that nobody writes to."""

    uri: str
    still: Stamp | None = None


def way_to_read(path: str) -> Way:
    """Return how to open the file; raises UserError where it cannot be read.

    Who may write there opens it as its writers do. SQLite's plain reader would make a log and its index beside the
    file, as this user's, and leave them there: the service that owns the file could then write no more. So where no
    log is, nobody writes, and the file is taken as it stands.
    """
    uri = Path(os.path.realpath(path)).as_uri()
    if not _may(path, os.R_OK):
        raise UserError(UNREADABLE.format(path=path), transient=True)
    if _may_write(path):
        return Way(f"{uri}?mode=rw")
    if not has_log(path):
        return Way(f"{uri}?immutable=1", stamp(path))
    if not _beside(path, "-shm").exists():
        raise UserError(LOG_ALONE.format(path=path), transient=True)
    if not all(_may(_beside(path, end), os.R_OK) for end in ("-wal", "-shm")):
        raise UserError(UNREADABLE.format(path=path), transient=True)
    return Way(f"{uri}?mode=ro")


def stamp(path: str) -> Stamp:
    """Return the file as it is now."""
    found = Path(path).stat()
    return Stamp(found.st_ino, found.st_size, found.st_mtime_ns)


def has_log(path: str) -> bool:
    """Return whether something stands in the file's write-ahead log."""
    log = _beside(path, "-wal")
    return log.exists() and log.stat().st_size > 0


def _may_write(path: str) -> bool:
    real = os.path.realpath(path)
    return _may(real, os.W_OK) and _may(Path(real).parent, os.W_OK)


def _may(path: str | Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _beside(path: str, end: str) -> Path:
    return Path(os.path.realpath(path) + end)
