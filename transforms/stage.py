"""Pure function -> Beam step with `ok`, `failed` and one count per element."""

import contextlib
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.transforms.util import ReshufflePerKey

from schemas.codec import to_json
from schemas.errors import UserError
from schemas.failures import Failure, Rejected
from schemas.failures import Stage as StageName
from schemas.ids import failure_id
from transforms.attempt import attempt
from transforms.clock import Clock, utc_now
from transforms.hosts import host_of

In = TypeVar("In")
Out = TypeVar("Out")

Results = Iterable[tuple[In, Out | Exception]]
"""Each element of a batch with what became of it; an Exception is a failure, a Rejected one a foreseen failure."""

Step = Callable[[Sequence[In]], Results[In, Out]]


class Outcome(NamedTuple):
    """A stage's two outputs; together they hold every element that went in, once."""

    ok: PCollection
    failed: PCollection


class Subject(NamedTuple):
    """Whose failure it is: the entry's id (empty where there is none) and what a person calls it, mostly a URL."""

    entry: str
    label: str


@dataclass(frozen=True)
class Each(Generic[In, Out]):
    """A function of one element, as a step over batches."""

    function: Callable[[In], Out]

    def __call__(self, batch: Sequence[In]) -> Iterator[tuple[In, Out | Exception]]:
        """Yield each element with its result."""
        for element in batch:
            yield element, attempt(self.function, element)


@dataclass(frozen=True)
class Opened(Generic[In, Out]):
    """A step that needs nothing opened, in the form that a Stage takes."""

    step: Step[In, Out]

    def __call__(self) -> AbstractContextManager[Step[In, Out]]:
        """Return the step as a context of its own."""
        return contextlib.nullcontext(self.step)


@dataclass
class Stage(beam.PTransform, Generic[In, Out]):
    """The Beam step of a subject.

    Args:
        name: the stage's word in failures and metrics.
        open_step: called in a worker's `setup`; gives a context whose value is the step (clients, models and pools
            are opened and closed with it).
        subject: whose failure it is.
        payload: what a failure keeps of its element, as JSON; nothing by default.
        batch: how many elements the step gets at once.
        strict: an exception that is not `Rejected` stops the run (tests) instead of becoming a `bug` failure; a
            UserError stops it always.
        clock: when a failure was seen.
    """

    name: StageName
    open_step: Callable[[], AbstractContextManager[Step[In, Out]]]
    subject: Callable[[In], Subject]
    payload: Callable[[In], object] | None = None
    batch: int = 1
    strict: bool = False
    clock: Clock = utc_now

    def __post_init__(self) -> None:
        super().__init__()

    def default_label(self) -> str:
        return str(self.name)

    def expand(self, elements: PCollection) -> Outcome:
        """Return the outputs `ok` and `failed`."""
        batches = elements | "Batch" >> beam.BatchElements(min_batch_size=self.batch, max_batch_size=self.batch)
        out = batches | "Step" >> beam.ParDo(_StageFn(self)).with_outputs("failed", main="ok")
        return Outcome(out.ok, out.failed)


BUGS_FROM = 20
BUGS_ABOVE = 0.5
"""From so many elements on, a greater share of bugs than that stops the job: a bad deploy must not empty the feeds."""


class TooManyBugs(RuntimeError):
    """Most elements of a stage end in errors of our own: the job stops, and its entries stay unsettled."""


@dataclass
class ByHost(beam.PTransform, Generic[In]):
    """Bring what belongs to one host to one worker, so that it is asked by one, and in one order."""

    url_of: Callable[[In], str]

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, elements: PCollection) -> PCollection:
        """Return the same elements, those of a host together."""
        keyed = elements | "Host of each" >> beam.Map(self._with_host)
        return keyed | "Host by host" >> ReshufflePerKey() | "Without host" >> beam.Map(_second)

    def _with_host(self, element: In) -> tuple[str, In]:
        return host_of(self.url_of(element)), element


def _second(pair: tuple[str, In]) -> In:
    return pair[1]


class _StageFn(beam.DoFn, Generic[In, Out]):
    def __init__(self, stage: Stage[In, Out]) -> None:
        self.name, self.open_step, self.subject = stage.name, stage.open_step, stage.subject
        self.payload, self.strict, self.clock = stage.payload, stage.strict, stage.clock
        self.ok = Metrics.counter(self.name, "ok")
        self.seen = self.bugs = 0

    def setup(self) -> None:
        self.opened = contextlib.ExitStack()
        self.step = self.opened.enter_context(self.open_step())

    def teardown(self) -> None:
        self.opened.close()

    def process(self, batch: Sequence[In]) -> Iterator[Any]:  # an Out, or a TaggedOutput that Beam reads as a hint
        for element, result in self.step(batch):
            self.seen += 1
            if isinstance(result, Exception):
                yield TaggedOutput("failed", self._failure(element, result))
            else:
                self.ok.inc()
                yield result

    def _failure(self, element: In, error: Exception) -> Failure:
        if isinstance(error, UserError) or (self.strict and not isinstance(error, Rejected)):
            raise error  # a full disk is no fault of the element's: the pass stops, and its entries stay unsettled
        if isinstance(error, Rejected):
            reason, detail = error.reason, error.detail
        else:
            reason, detail = "bug", "".join(traceback.format_exception(error))
            self._count_bug(error)
        Metrics.counter(self.name, reason).inc()
        subject = self.subject(element)
        return Failure(
            id=failure_id(self.name, reason, subject.entry or subject.label),
            stage=self.name,
            reason=reason,
            entry=subject.entry,
            element=subject.label,
            detail=detail[-8000:],
            payload=to_json(self.payload(element)) if self.payload else "",
            seen=self.clock(),
        )

    def _count_bug(self, error: Exception) -> None:
        self.bugs += 1
        if self.seen >= BUGS_FROM and self.bugs > BUGS_ABOVE * self.seen:
            message = f"{self.name}: {self.bugs} of {self.seen} elements failed; the last: {error!r}"
            raise TooManyBugs(message) from error
