"""The Beam steps that write: readings as one unit each, alerts and failures one by one, any documents by a Sink."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.pvalue import PCollection, TaggedOutput

from schemas.records import Alert, Failure, Reading, Record, Rejected
from schemas.records import Stage as StageName
from transforms.index.sink import Bulk, Sink, write
from transforms.protocols import Index, Written
from transforms.stage import Clock, Outcome, Results, Stage, Step, Subject, utc_now

T = TypeVar("T")

RECORDS = 100
"""Alerts or failures in one write."""

ROUNDS = 4
"""Requests of each sender in one batch of a sink: more keep the server busier, and hold more documents in memory."""

SHOWN = 5
"""Refused records that a failure tells of, with the server's reason."""


def write_readings(
    *, open_index: Callable[[], Index], batch: int, strict: bool = False, clock: Clock = utc_now
) -> Stage[Reading, Reading]:
    """Return the step from reading to the same reading, once all its records stand in the index."""
    opened = partial(_open, open_index, replace_readings)
    return Stage("index", opened, _reading_subject, batch=batch, strict=strict, clock=clock)


def write_records(
    name: StageName,
    *,
    open_index: Callable[[], Index],
    batch: int = RECORDS,
    strict: bool = False,
    clock: Clock = utc_now,
) -> Stage[Record, Record]:
    """Return the step from record to the same record, once it stands in the index."""
    opened = partial(_open, open_index, write_each)
    return Stage(name, opened, _record_subject, batch=batch, strict=strict, clock=clock)


def replace_readings(index: Index, readings: Sequence[Reading]) -> Results[Reading, Reading]:
    """Yield each reading with itself, or with why its records are not all in the index."""
    for reading, answers in zip(readings, index.replace(readings), strict=True):
        yield reading, refusal(answers) or reading


def write_each(index: Index, records: Sequence[Record]) -> Results[Record, Record]:
    """Yield each record with itself, or with why it is not in the index."""
    for record, answer in zip(records, index.write(records), strict=True):
        yield record, refusal([answer]) or record


def refusal(answers: Sequence[Written]) -> Rejected | None:
    """Return why not all were taken; while any may still be taken, that is the index's fault and not the record's."""
    refused = [answer for answer in answers if answer.error is not None]
    if not refused:
        return None
    told = [f"{answer.id}: {answer.error}" for answer in refused[:SHOWN]]
    more = [f"and {len(refused) - SHOWN} more"] if len(refused) > SHOWN else []
    transient = any(answer.transient for answer in refused)
    return Rejected("index-unreachable" if transient else "index-refused", "\n".join([*told, *more]))


@contextlib.contextmanager
def _open(
    open_index: Callable[[], Index], write: Callable[[Index, Sequence[T]], Results[T, T]]
) -> Iterator[Step[T, T]]:
    with contextlib.closing(open_index()) as index:
        index.prepare()
        yield partial(write, index)


def _reading_subject(reading: Reading) -> Subject:
    return Subject(reading.document.id, reading.document.url)


def _record_subject(record: Record) -> Subject:
    if isinstance(record, Failure):
        return Subject(record.entry, record.element)
    if isinstance(record, Alert):
        return Subject("", record.id)
    return Subject("", f"{type(record).__name__} {record.id}")


@dataclass
class WriteDocuments(beam.PTransform, Generic[T]):
    """Write each element's document to Elasticsearch: `ok` has the elements taken, `failed` a `Refused` for the others.

    Args:
        open_bulk: called in a worker's `setup`; gives what sends bulk requests (`partial(open_bulk, settings.index)`).
        sink: how elements become documents.
        wait_s: the longest that a document waits for its batch, on runners with state and timers; by default a batch
            ends with its bundle.
    """

    open_bulk: Callable[[], Bulk]
    sink: Sink[T]
    wait_s: float | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, elements: PCollection) -> Outcome:
        """Return the outputs `ok` and `failed`."""
        most = self.sink.limits.most * self.sink.limits.in_flight * ROUNDS
        batched = beam.BatchElements(min_batch_size=most, max_batch_size=most, max_batch_duration_secs=self.wait_s)
        written = beam.ParDo(_WriteFn(self.open_bulk, self.sink)).with_outputs("failed", main="ok")
        out = elements | "Batch" >> batched | "Write" >> written
        return Outcome(out.ok, out.failed)


class _WriteFn(beam.DoFn, Generic[T]):
    def __init__(self, open_bulk: Callable[[], Bulk], sink: Sink[T]) -> None:
        self.open_bulk, self.sink = open_bulk, sink
        self.written = Metrics.counter("write-documents", "ok")
        self.refused = Metrics.counter("write-documents", "refused")

    def setup(self) -> None:
        self.bulk = self.open_bulk()

    def teardown(self) -> None:
        self.bulk.close()

    def process(self, batch: Sequence[Any]) -> Iterator[Any]:  # Beam takes a union with its TaggedOutput for the output
        refusals = 0
        for element, refused in write(self.sink, self.bulk.post, batch):
            if refused:
                refusals += 1
                yield TaggedOutput("failed", refused)
            else:
                yield element
        self.refused.inc(refusals)
        self.written.inc(len(batch) - refusals)
