"""Reading processes that stay from pass to pass: the model is loaded once, the watchlist may change between passes."""

import contextlib
import gc
import math
import multiprocessing
import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from schemas.articles import Article
from schemas.collector import uncollected
from schemas.errors import UserError
from schemas.watchlist import Watchlist
from transforms.actors.matcher import Matcher
from transforms.language.model import Model, load
from transforms.reading.each import read_each
from transforms.reading.outlived import LOST, Answer, outlived
from transforms.reading.read import Reader

CHUNK = 16
"""Articles that one process takes at a time: few enough to end together; at 8, freed memory goes back and forth."""

RENEWED_AFTER = 20_000
"""Articles after which the processes are replaced: spaCy keeps every word that it has ever seen."""

LISTS = 2
"""Watchlists that a process keeps ready: the one in force, and the one before it, for a pass that still reads by it."""

AHEAD = 2
"""Chunks a process that are submitted at a time: none waits for work, and a new watchlist not for long."""

Spool = str
"""The file in which the reading processes find a watchlist, whole and checked."""

_MODELS: list[Model | UserError] = []  # a reading process holds one, made by its initializer
_READERS: dict[Spool, Reader] = {}


Result = TypeVar("Result")


def _start(model: str) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _MODELS[:] = [load(model)]
        gc.freeze()  # it stays: the collector need not walk it again and again
    except UserError as e:  # raised here it would break the pool, and nobody would know why
        _MODELS[:] = [e]


def _end_with_parent() -> None:
    """End this process when its parent has ended: it would wait for articles for ever, model and all."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _reader(spool: Spool) -> Reader:
    model = _MODELS[0]
    if isinstance(model, UserError):
        raise model
    if spool not in _READERS:
        _READERS[spool] = Reader(model, _matcher(Path(spool)))
        for old in list(_READERS)[:-LISTS]:
            del _READERS[old]
    return _READERS[spool]


def _matcher(spool: Path) -> Matcher:
    """Return the list made ready; of one that differs little from the last, only what differs."""
    with uncollected():
        watchlist = Watchlist.model_validate_json(spool.read_bytes())
    former = next(reversed(_READERS.values()), None)
    return Matcher(watchlist, former.matcher if former else None)


def _make_ready(spool: Spool) -> str:
    return _reader(spool).model.name


def _read_chunk(spool: Spool, articles: Sequence[Article]) -> list[Answer]:
    return list(read_each(_reader(spool), articles))


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="newswatch-")


@dataclass
class KeptReading:
    """The processes, and the folder in which they find watchlists; for several threads to share.

    `name` is what the model calls itself.
    """

    model: str
    processes: int
    renewed_after: int = RENEWED_AFTER
    folder: tempfile.TemporaryDirectory[str] = field(default_factory=_folder)
    lock: threading.Lock = field(default_factory=threading.Lock)
    lists: dict[Spool, str] = field(default_factory=dict)
    spools: int = 0
    articles: int = 0
    name: str = ""
    pool: ProcessPoolExecutor | None = None

    def hand_out(self, watchlist: Watchlist) -> Spool:
        """Return where the processes find the list, once one of them has it ready; raises what stands against it."""
        with self.lock:
            self.spools += 1
            spool = Path(self.folder.name, f"{self.spools}.json")
        # half the time that pickle takes, and the digest is the same
        self.lists[str(spool)] = watchlist.model_dump_json(exclude_defaults=True, by_alias=True)
        self._write(str(spool))
        with self._told():
            ready = [self._submit(_make_ready, str(spool)) for _ in range(self.processes)]
            done, _ = wait(ready, return_when=FIRST_COMPLETED)  # the others go on reading, and get ready one by one
            self.name = next(iter(done)).result()
        return str(spool)

    def forget(self, spool: Spool) -> None:
        """Remove a list that is in force no more."""
        self.lists.pop(spool, None)
        Path(spool).unlink(missing_ok=True)

    def read(self, spool: Spool, batch: Sequence[Article]) -> Iterator[Answer]:
        """Yield each article with its reading by that list, or with why there is none, in order.

        Where a process is killed, new ones are started, and only the article that it was killed over is lost.
        """
        yield from outlived(partial(self._read, spool), batch)

    def _read(self, spool: Spool, batch: Sequence[Article]) -> Iterator[Answer]:
        if not Path(spool).exists():  # some systems sweep their folder for temporary files
            self._write(spool)
        size = min(CHUNK, math.ceil(len(batch) / self.processes))  # a small batch is for all of them too
        chunks = [batch[i : i + size] for i in range(0, len(batch), size)]
        with self._told():
            yield from self._in_turn(partial(self._submit, _read_chunk, spool), chunks)
        self._count(len(batch))

    def close(self) -> None:
        """Let the processes end, each after its present chunk, and forget the lists."""
        with self.lock:
            if self.pool is not None:
                self.pool.shutdown(wait=False, cancel_futures=True)
            self.pool = None
        self.folder.cleanup()

    def _in_turn(
        self, submit: Callable[[Sequence[Article]], Future[list[Answer]]], parts: Sequence[Sequence[Article]]
    ) -> Iterator[Answer]:
        """Yield the parts' answers in order; few are submitted at a time, so that a new watchlist waits for few."""
        under_way: deque[Future[list[Answer]]] = deque()
        for part in parts:
            while len(busy := [future for future in under_way if not future.done()]) >= AHEAD * self.processes:
                wait(busy, return_when=FIRST_COMPLETED)
            under_way.append(submit(part))
            while under_way and under_way[0].done():
                yield from under_way.popleft().result()
        for future in under_way:
            yield from future.result()

    def _write(self, spool: Spool) -> None:
        try:
            Path(spool).parent.mkdir(exist_ok=True)
            Path(spool).write_text(self.lists[spool], "utf-8")
        except OSError as e:
            raise UserError(f"{spool}: {e.strerror}", transient=True) from None

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Raise UserError where a process is gone; the next call starts new ones."""
        pool = self.pool
        try:
            yield
        except BrokenProcessPool:
            with self.lock:
                if self.pool is pool or pool is None:
                    self.pool = None
            raise UserError(LOST, transient=True) from None

    def _count(self, articles: int) -> None:
        with self.lock:
            self.articles += articles
            if self.articles < self.renewed_after or self.pool is None:
                return
            old, self.pool, self.articles = self.pool, None, 0
        old.shutdown(wait=False)  # what other threads have submitted is still read

    def _submit(self, function: Callable[..., Result], *args: object) -> Future[Result]:
        with self.lock, _deaf_to_ctrl_c():  # submitting starts the processes
            if self.pool is None:
                spawn = multiprocessing.get_context("spawn")  # a fork would copy gRPC's threads in an unknown state
                self.pool = ProcessPoolExecutor(
                    self.processes, mp_context=spawn, initializer=_start, initargs=(self.model,)
                )
            return self.pool.submit(function, *args)


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Block the signal, as a process started meanwhile inherits: a terminal sends it to all, but the parent decides."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
