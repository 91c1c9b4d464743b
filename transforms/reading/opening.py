"""Opening what reads: this process, or several; nothing is loaded before there is something to read."""

import contextlib
import gc
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from schemas.articles import Article
from schemas.watchlist import Watchlist
from transforms.actors.matcher import Matcher
from transforms.language.model import load
from transforms.reading.each import read_each
from transforms.reading.kept import KeptReading
from transforms.reading.outlived import Answer, Read
from transforms.reading.read import Reader


@contextlib.contextmanager
def open_reading(model: str, watchlist: Watchlist, wanted: int) -> Iterator[Read]:
    """Give the step that reads a batch of articles; what it needs is loaded with the first one, and lasts till the end.

    One process reads in this one: there is no time limit where that is not its main thread, and what kills it, kills
    the pass. The step raises UserError where the model cannot be had.
    """
    workers = processes(wanted)
    with contextlib.ExitStack() as held:
        open_ = partial(_here, model) if workers == 1 else partial(_elsewhere, model, workers, held)
        yield Late(partial(open_, watchlist))


def processes(wanted: int) -> int:
    """Return how many reading processes to use; 0 asks for one a core that this process may use."""
    if wanted:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Late:
    """Reads; opened with the first batch, for many a pass has none."""

    open: Callable[[], Read]
    read: Read | None = None

    def __call__(self, batch: Sequence[Article]) -> Iterator[Answer]:
        """Return the answers as they come."""
        if self.read is None:
            self.read = self.open()
        return self.read(batch)


def _here(model: str, watchlist: Watchlist) -> Read:
    reader = Reader(load(model), Matcher(watchlist))
    gc.freeze()  # what is loaded stays: the collector need not walk it again and again
    return partial(read_each, reader)


def _elsewhere(model: str, workers: int, held: contextlib.ExitStack, watchlist: Watchlist) -> Read:
    reading = held.enter_context(contextlib.closing(KeptReading(model, workers)))
    return partial(reading.read, reading.hand_out(watchlist))
