"""The Beam steps that write: readings as one unit each, other records one by one, any documents by a Sink."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.pvalue import PCollection, TaggedOutput

from schemas.alerts import Alert
from schemas.errors import UserError
from schemas.failures import Failure, Rejected
from schemas.failures import Stage as StageName
from schemas.feeds import FeedHealth, Polled
from schemas.records import Reading, Record
from transforms.clients.dead_letters import DeadLetters
from transforms.clock import Clock, utc_now
from transforms.index.feeds import Asked, Tells, health_of
from transforms.index.held import as_revisions
from transforms.index.letters import failure_of
from transforms.index.mended import failures_before
from transforms.index.refused import Refused
from transforms.index.sink import Bulk, Sink, write
from transforms.protocols import Index, Ledger, Written
from transforms.stage import Each, Outcome, Results, Stage, Step, Subject

T = TypeVar("T")
R = TypeVar("R", Reading, Record)

RECORDS = 100
"""Alerts, failures or feeds in one write."""

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


def write_feeds(
    *,
    open_index: Callable[[], Index],
    open_ledger: Callable[[], Ledger],
    account: Tells,
    strict: bool = False,
    clock: Clock = utc_now,
) -> Stage[Asked, FeedHealth]:
    """Return the step from a poll, or its failure, to how the feed fares, once that stands in the index."""
    opened = partial(_open_feeds, open_index, open_ledger, account, clock=clock)
    return Stage("index-feeds", opened, _asked_subject, batch=RECORDS, strict=strict, clock=clock)


def replace_readings(index: Index, readings: Sequence[Reading]) -> Results[Reading, Reading]:
    """Yield each reading with the revision of its document that it is, or with why its records are not all there."""
    try:
        revisions = as_revisions(index, readings)
    except UserError as e:
        if not e.transient:
            raise
        yield from ((reading, Rejected("index-unreachable", str(e))) for reading in readings)
        return
    for reading, (_, result) in zip(readings, _mended(index, revisions, index.replace(revisions)), strict=True):
        yield reading, result


def write_each(index: Index, records: Sequence[Record]) -> Results[Record, Record]:
    """Yield each record with itself, or with why it is not in the index."""
    return _mended(index, records, [[answer] for answer in index.write(records)])


def _mended(index: Index, records: Sequence[R], answers: Sequence[Sequence[Written]]) -> Results[R, R]:
    """Take the failures of what stands in the index now from it; yield each record with itself, or with why not.

    Where that fails the record has failed, so that the next pass does both again.
    """
    refused = [refusal(of_one) for of_one in answers]
    mended = [id_ for one, why in zip(records, refused, strict=True) if why is None for id_ in failures_before(one)]
    left = refusal([index.remove("failures", mended)]) if mended else None
    for record, why in zip(records, refused, strict=True):
        yield record, why or (left if left and failures_before(record) else record)


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


@dataclass(frozen=True)
class WriteFeeds:
    """Writes how feeds fare, as the ledger has it by now."""

    write: Step[Record, Record]
    ledger: Ledger
    account: Tells
    clock: Clock

    def __call__(self, batch: Sequence[Asked]) -> Results[Asked, FeedHealth]:
        """Yield each poll with its feed's record, or with why that is not in the index."""
        records = [health_of(asked, self.ledger, self.account, self.clock()) for asked in batch]
        for asked, record, (_, result) in zip(batch, records, self.write(records), strict=True):
            yield asked, result if isinstance(result, Exception) else record


@contextlib.contextmanager
def _open_feeds(
    open_index: Callable[[], Index], open_ledger: Callable[[], Ledger], account: Tells, *, clock: Clock
) -> Iterator[Step[Asked, FeedHealth]]:
    with contextlib.closing(open_ledger()) as ledger, _open(open_index, write_each) as write_:
        yield WriteFeeds(write_, ledger, account, clock)


def _asked_subject(asked: Asked) -> Subject:
    return Subject("", asked.feed.url if isinstance(asked, Polled) else asked.element)


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


@dataclass
class KeepRefused(beam.PTransform):
    """Keep what a sink refused, for `newswatch replay`: `ok` has the failures that stand in the index.

    Each is a line of the file before it goes to the index; where that does not answer either, the line is what is left.

    Args:
        open_index: gives the index whose failures they become (`partial(open_index, settings)`).
        file: the lines of JSON.
        clock: when a document was refused.
    """

    open_index: Callable[[], Index]
    file: str
    clock: Clock = utc_now

    def __post_init__(self) -> None:
        super().__init__()

    def expand(self, refused: PCollection) -> Outcome:
        """Return the outputs `ok` and `failed`."""
        lined: Stage[Refused, Failure] = Stage("settle", partial(_open_lines, self.file, self.clock), _refused_subject)
        lines: Outcome = refused | "Lines" >> lined
        written: Outcome = lines.ok | "Index" >> write_records("index-failures", open_index=self.open_index)
        return Outcome(written.ok, (lines.failed, written.failed) | "Not kept" >> beam.Flatten())


@contextlib.contextmanager
def _open_lines(file: str, clock: Clock) -> Iterator[Step[Refused, Failure]]:
    with contextlib.closing(DeadLetters(file)) as letters:
        yield Each(partial(_lined, letters, clock))


def _lined(letters: DeadLetters, clock: Clock, refused: Refused) -> Failure:
    failure = failure_of(refused, clock())
    letters.append(failure)
    return failure


def _refused_subject(refused: Refused) -> Subject:
    return Subject("", f"{refused.action} {refused.index}/{refused.id}")


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
