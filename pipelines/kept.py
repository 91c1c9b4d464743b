"""What a watching process holds open from pass to pass: Beam pickles each step, so a step finds it by its name."""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from apache_beam.runners.runner import PipelineResult

from schemas.articles import Article
from schemas.records import Reading
from transforms.protocols import Index
from transforms.stage import Step

PREPARED_S = 60.0
"""So long a server that was prepared is taken to be so still; an index that somebody removes comes back."""

_KEPT: dict[str, Any] = {}


def keep(name: str, thing: object) -> None:
    """Hold the thing under that name, which no other watch in this process has."""
    _KEPT[name] = thing


def kept(name: str) -> Any:
    """Return what is held under the name."""
    return _KEPT[name]


def kept_now(_impulse: bytes, name: str) -> Any:
    """Return what is held under the name, as a source's elements."""
    return _KEPT[name]


def let_go(name: str) -> None:
    """Hold nothing under the name any more."""
    _KEPT.pop(name, None)


class Repeated(FnApiRunner):
    """A runner that keeps what it ran, as the runner takes it: to build and pickle it is most of a small pass."""

    def run_via_runner_api(self, pipeline_proto: Any, options: PipelineOptions) -> Any:
        self.kept = (pipeline_proto.SerializeToString(), type(pipeline_proto), options)
        return super().run_via_runner_api(pipeline_proto, options)

    def again(self) -> PipelineResult:
        """Run once more what was run before; its sources give what they have by now."""
        body, kind, options = self.kept
        return FnApiRunner().run_via_runner_api(kind.FromString(body), options)


@contextlib.contextmanager
def kept_reading(name: str, spool: str) -> Iterator[Step[Article, Reading]]:
    """Give the step that reads by that watchlist, in the processes held under the name."""
    yield partial(kept(name).read, spool)


@dataclass
class KeptIndex:
    """An Index that stays open when a stage is done with it, and is prepared once a minute; the rest it hands on."""

    open_index: Callable[[], Index]
    clock: Callable[[], float] = time.monotonic
    inner: Index | None = None
    prepared: float = field(default=float("-inf"))

    def prepare(self) -> None:
        """Make the tables or indices where they are missing, unless that was done just now."""
        if self.clock() - self.prepared >= PREPARED_S:
            self._index().prepare()
            self.prepared = self.clock()

    def __getattr__(self, name: str) -> Any:
        """Return what the index beneath has of that name."""
        return getattr(self._index(), name)

    def close(self) -> None:
        """Stay open: the next pass needs it."""

    def end(self) -> None:
        """Give back files and connections."""
        if self.inner is not None:
            self.inner.close()

    def _index(self) -> Index:
        if self.inner is None:  # a server that does not answer at first may answer later
            self.inner = self.open_index()
        return self.inner
