"""Reading in this process, or in several that each load the model once."""

import contextlib
import gc
import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial

from schemas.articles import Article
from schemas.errors import UserError
from schemas.records import Reading
from schemas.watchlist import Watchlist
from transforms.actors.matcher import Matcher
from transforms.attempt import attempt
from transforms.language.model import load
from transforms.reading.limit import BASE_S, allowed, within
from transforms.reading.outlived import LOST, Answer, Read, outlived
from transforms.reading.read import Reader, read

CHUNK = 16
"""Articles that one process takes at a time: few enough to end together; at 8, freed memory goes back and forth."""


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """What a reading process loads: the model's name and the watchlist."""

    model: str
    watchlist: Watchlist

    def reader(self) -> Reader:
        """Return the loaded reader; raises UserError where the model cannot be had."""
        reader = Reader(load(self.model), Matcher(self.watchlist))
        gc.freeze()  # what is loaded stays: the collector need not walk it again and again
        return reader


_READERS: list[Reader | UserError] = []  # a reading process holds one, made by its initializer


def _start(plan: ReadingPlan) -> None:
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        _READERS[:] = [plan.reader()]
    except UserError as e:  # raised here it would break the pool, and nobody would know why
        _READERS[:] = [e]


def end_with_parent() -> None:
    """End this process when its parent has ended: it would wait for articles for ever, model and all."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_chunk(articles: Sequence[Article]) -> list[Answer]:
    reader = _READERS[0]
    if isinstance(reader, UserError):
        raise reader
    return list(read_each(reader, articles))


def read_each(reader: Reader, articles: Sequence[Article], *, base_s: float = BASE_S) -> Iterator[Answer]:
    """Yield each article with its reading; if the batch as a whole fails, each is tried alone."""
    readings = attempt(partial(_read_in_time, reader, base_s), articles)
    if not isinstance(readings, Exception):
        yield from zip(articles, readings, strict=True)
    elif len(articles) == 1:
        yield articles[0], readings
    else:
        for article in articles:
            yield from read_each(reader, [article], base_s=base_s)


def _read_in_time(reader: Reader, base_s: float, articles: Sequence[Article]) -> list[Reading]:
    with within(allowed(articles, base_s)):
        return list(read(reader, articles))


def chunks(articles: Sequence[Article], size: int) -> list[Sequence[Article]]:
    """Return the articles in parts of that size, in order."""
    return [articles[i : i + size] for i in range(0, len(articles), size)]


def processes(wanted: int) -> int:
    """Return how many reading processes to use; 0 asks for one a core that this process may use."""
    if wanted:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def open_reading(plan: ReadingPlan, wanted: int) -> Iterator[Read]:
    """Give the step that reads a batch of articles, with its processes running until the context ends."""
    workers = processes(wanted)
    if workers == 1:
        yield partial(read_each, plan.reader())
        return
    with contextlib.closing(Pool(workers, partial(_start, plan), _read_chunk)) as pool:
        yield partial(outlived, pool.read)


@contextlib.contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """Block the signal, as a process started meanwhile inherits: a terminal sends it to all, but the parent decides."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass
class Pool:
    """Processes that read, started anew where one was killed."""

    workers: int
    start: Callable[[], None]
    read_chunk: Callable[[Sequence[Article]], list[Answer]]
    running: ProcessPoolExecutor | None = None

    def read(self, batch: Sequence[Article]) -> Iterator[Answer]:
        """Yield each article with its reading, or with why there is none; raises UserError where a process is gone."""
        size = max(1, min(CHUNK, math.ceil(len(batch) / self.workers)))  # a small batch is for all of them too
        try:
            with deaf_to_ctrl_c():  # submitting starts the processes
                futures = [self._pool().submit(self.read_chunk, part) for part in chunks(batch, size)]
            for future in futures:
                yield from future.result()
        except BrokenProcessPool:
            self.close()
            raise UserError(LOST, transient=True) from None

    def close(self) -> None:
        """Let the processes end."""
        running, self.running = self.running, None
        if running is not None:
            running.shutdown()

    def _pool(self) -> ProcessPoolExecutor:
        if self.running is None:
            spawn = multiprocessing.get_context("spawn")  # a fork would copy gRPC's threads in an unknown state
            self.running = ProcessPoolExecutor(self.workers, mp_context=spawn, initializer=self.start)
        return self.running
