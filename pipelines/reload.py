"""Feeds, watchlist and rules as they stand in their files: checked before they are in force, again when they change."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

import samples
from pipelines.commands import rules_of, watchlist_of
from pipelines.run import Job
from schemas.errors import UserError
from schemas.settings import Settings
from schemas.watchlist import Watchlist
from transforms.attempt import attempt
from transforms.feeds.sources import feeds_from

AGAIN_S = 10.0
"""After so long files are tried again that were refused for a reason that does not lie in them."""

State = tuple[tuple[int, int, int] | None, ...]
"""What tells one state of files from another: time, size and number of each."""


@dataclass(frozen=True, kw_only=True)
class Files:
    """What the user named on the command line."""

    feeds: str
    watchlist: tuple[Path, ...] = ()
    rules: Path | None = None

    def names(self) -> list[Path]:
        """Return every file there is to look at; an address of one feed is none."""
        lists = self.watchlist or (samples.WATCHLIST,)
        return [Path(self.feeds).expanduser(), *lists, *([self.rules] if self.rules else [])]


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What is in force: the checked files, and where the reading processes find the watchlist."""

    job: Job
    spool: str
    since: dt.datetime


def state_of(paths: Sequence[Path]) -> State:
    """Return what the files look like from outside; None for one that is not there."""
    return tuple(_state(path) for path in paths)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):  # an address has no file, and may be no file's name at all
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@dataclass
class Reloading:
    """Keeps what is in force, and puts in its place what the files have become, once that is whole and sound."""

    files: Files
    settings: Settings
    hand_out: Callable[[Watchlist], str]
    forget: Callable[[str], None]
    clock: Callable[[], dt.datetime]
    monotonic: Callable[[], float] = time.monotonic
    fault: str = ""
    again_at: float = inf
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.tried = self.looked = state_of(self.files.names())
        self.lists: tuple[State, Watchlist, str] | None = None
        self.old_spools: list[str] = []
        self.ruling = self._load()

    def in_force(self) -> Ruling:
        """Return what a pass goes by that begins now."""
        with self.lock:
            return self.ruling

    def check(self) -> bool | None:
        """Look at the files: True where new ones are now in force, False where they are bad, None where all is as was.

        A file is taken up when two looks find it alike: an editor may be at it.
        """
        before, self.looked = self.looked, state_of(self.files.names())
        if self.looked != before or (self.looked == self.tried and self.monotonic() < self.again_at):
            return None
        self.tried = self.looked
        found = attempt(Reloading._load, self)
        if isinstance(found, Exception):
            self._refused(found)
            return False
        self.fault, self.again_at = "", inf
        with self.lock:
            self.ruling = found
        return True

    def _refused(self, error: Exception) -> None:
        self.fault = str(error) if isinstance(error, UserError) else repr(error)
        # a full disk, a reading process that was killed: nobody would touch the files again because of it
        self.again_at = self.monotonic() + AGAIN_S if isinstance(error, UserError) and error.transient else inf

    def _load(self) -> Ruling:
        watchlist, spool = self._watchlist()
        job = Job(
            feeds=feeds_from(self.files.feeds),
            watchlist=watchlist,
            rules=rules_of(self.files.rules, watchlist),
            settings=self.settings,
        )
        return Ruling(job=job, spool=spool, since=self.clock())

    def _watchlist(self) -> tuple[Watchlist, str]:
        """Return the list, read again only where its own files have changed."""
        state = state_of(self.files.watchlist)
        if self.lists is None or self.lists[0] != state:
            watchlist = watchlist_of(self.files.watchlist)
            known = self.lists[1:] if self.lists and self.lists[1].digest == watchlist.digest else None
            self.lists = (state, *(known or (watchlist, self._handed_out(watchlist))))
        return self.lists[1:]

    def _handed_out(self, watchlist: Watchlist) -> str:
        spool = self.hand_out(watchlist)
        self.old_spools.append(spool)
        for old in self.old_spools[:-3]:  # a pass that goes on may still read by the one before
            self.forget(old)
        del self.old_spools[:-3]
        return spool
