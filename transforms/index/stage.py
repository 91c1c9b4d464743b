"""The Beam steps that write: readings as one unit each, alerts and failures one by one."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from schemas.records import Alert, Failure, Reading, Record, Rejected
from schemas.records import Stage as StageName
from transforms.protocols import Index, Written
from transforms.stage import Clock, Results, Stage, Step, Subject, utc_now

T = TypeVar("T")

RECORDS = 100
"""Alerts or failures in one write."""

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
