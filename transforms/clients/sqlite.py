"""One SQLite file, used by many threads and processes at once."""

import contextlib
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from schemas.errors import UserError
from transforms.clients.sqlite_asked import WRITTEN, Way, has_log, stamp, way_to_read

BUSY_S = 30.0
"""How long to wait for another process's transaction."""

LITTLE = 200_000
"""Bytes of free space with which no transaction can be written."""

FAULTS = (
    ("is full", "disk full: {path}", True),
    ("locked", "{path}: another process holds it", True),
    ("readonly", "{path}: it may not be written to", True),
    ("unable to open", "{path}: cannot be opened", True),
    ("I/O error", "{path}: the disk fails", True),
    ("not a database", "{path}: is not an SQLite database", False),
    ("malformed", "{path}: the database is damaged", False),
    ("no such module: fts5", "{path}: this Python's SQLite has no full-text search (FTS5)", False),
    ("no such table", "{path}: holds nothing of newswatch yet", False),
)
"""What SQLite's message says, what the user is told, and whether asking again may help."""


class SqliteError(UserError):
    """A file that cannot be read or written; `transient` where the file's content is not to blame."""

    def __init__(self, message: str, *, transient: bool) -> None:
        super().__init__(message, transient=transient)


class Sqlite:
    """A database file; every thread has a connection of its own, opened when it is first needed.

    Of one that is `asking` the file is only read, and may be another user's.
    """

    def __init__(self, path: str, *, busy_s: float = BUSY_S, asking: bool = False) -> None:
        self.path = path
        self.busy_s = busy_s
        self.asking = asking
        self._own = threading.local()
        self._all: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raise SqliteError where the file is there but is no database."""
        if Path(self.path).exists():
            with self.reading() as db:
                db.execute("PRAGMA schema_version").fetchone()

    def prepare(self, part: str, version: int, statements: Sequence[str]) -> None:
        """Make the file and that part's tables where they are missing; raises SqliteError."""
        folder = Path(self.path).parent
        if not folder.is_dir():
            raise SqliteError(f"{self.path}: there is no folder {folder}", transient=False)
        with self._said():
            self._log_ahead(self._connection(create=True))
        with self.writing() as db:
            db.execute("CREATE TABLE IF NOT EXISTS newswatch (part TEXT PRIMARY KEY, version INTEGER NOT NULL)")
            db.execute("INSERT OR IGNORE INTO newswatch VALUES (?, ?)", (part, version))
            (found,) = db.execute("SELECT version FROM newswatch WHERE part = ?", (part,)).fetchone()
            if found != version:
                reason = f"its {part} was made by another version of newswatch (format {found}, here {version})"
                if part == "index" and found < version:
                    reason += "; run `newswatch index upgrade`"
                raise SqliteError(f"{self.path}: {reason}", transient=False)
            for statement in statements:
                db.execute(statement)

    def format(self, part: str) -> int | None:
        """Return the version of that part's tables; None where the file or the part is not there yet."""
        if not Path(self.path).exists():
            return None
        with self.reading() as db:
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'newswatch'").fetchone():
                return None
            found = db.execute("SELECT version FROM newswatch WHERE part = ?", (part,)).fetchone()
            return int(found[0]) if found else None

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection; raises SqliteError."""
        self._forget_old()
        with self._said():
            try:
                yield self._connection()
            finally:
                if self._is_old():
                    raise SqliteError(WRITTEN.format(path=self.path), transient=True)

    @contextlib.contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection in one transaction, all of it or nothing; raises SqliteError.

        Args:
            durable: outlives a power cut as well, for the price of waiting for the disk.
        """
        with self._said():
            db = self._connection()
            if getattr(self._own, "durable", None) is not durable:
                db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._own.durable = durable
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for _, connection in self._all:
                connection.close()
            self._all.clear()
            self._own = threading.local()

    def _connection(self, *, create: bool = False) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if found is None:
            found = self._own.connection = self._connect(create=create)
        return found

    def _connect(self, *, create: bool) -> sqlite3.Connection:
        path = Path(self.path)
        if path.is_dir():
            raise SqliteError(f"{self.path}: a folder, not a file", transient=False)
        if not create and not path.exists():
            raise SqliteError(f"{self.path}: no such file (a first `newswatch run` makes it)", transient=False)
        self._own.way = way_to_read(self.path) if self.asking else None
        place = self._own.way.uri if self._own.way else path
        # closed by whoever closes the file, which may be another thread
        db = sqlite3.connect(place, timeout=self.busy_s, isolation_level=None, check_same_thread=False, uri=self.asking)
        if self.asking:
            db.execute("PRAGMA query_only = 1")
        with self._lock:
            self._close_left()
            self._all.append((threading.current_thread(), db))
        return db

    def _is_old(self) -> bool:
        """Return whether the file was written to since it was opened as one that nobody writes to."""
        way: Way | None = getattr(self._own, "way", None)
        return way is not None and way.still is not None and way.still != stamp(self.path)

    def _forget_old(self) -> None:
        """Let the file be opened anew where somebody has begun to write to what was opened as still."""
        way: Way | None = getattr(self._own, "way", None)
        if way is not None and way.still is not None and (self._is_old() or has_log(self.path)):
            self._own.connection = self._own.way = None

    def _close_left(self) -> None:
        """Close the connections of threads that have ended: what stays open for months would run out of files."""
        for thread, connection in self._all:
            if not thread.is_alive():
                connection.close()
        self._all = [(thread, connection) for thread, connection in self._all if thread.is_alive()]

    def _log_ahead(self, db: sqlite3.Connection) -> None:
        """Turn on the write-ahead log; SQLite does not wait by itself where two processes do it at once."""
        end = time.monotonic() + self.busy_s
        while True:
            try:
                db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as e:
                if "locked" not in str(e) or time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                return

    @contextlib.contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as e:
            raise said(e, self.path) from None


def said(error: sqlite3.Error, path: str) -> SqliteError:
    """Return the error as a line that a user can act upon."""
    told = f"{error}; it is full" if "I/O error" in str(error) and _is_full(path) else str(error)
    for part, message, transient in FAULTS:
        if part in told:
            return SqliteError(message.format(path=path), transient=transient)
    return SqliteError(f"{path}: {error}", transient=False)


def _is_full(path: str) -> bool:
    """SQLite's shared memory calls a full disk an I/O error."""
    try:
        return shutil.disk_usage(Path(path).parent).free < LITTLE
    except OSError:
        return False
