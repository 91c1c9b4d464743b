"""Counts over time: how a moment falls into a period, and the periods in which there was nothing."""

import datetime as dt
from collections.abc import Iterator, Sequence

from schemas.query import Every, Period
from transforms.index.rows import moment

STEPS: dict[Every, dt.timedelta] = {
    "hour": dt.timedelta(hours=1),
    "day": dt.timedelta(days=1),
    "week": dt.timedelta(days=7),
}

OFFSETS: dict[Every, dt.timedelta] = {"hour": dt.timedelta(), "day": dt.timedelta(), "week": dt.timedelta(days=4)}
"""From 1970-01-01 on, a Thursday, to the first period's beginning."""


def period(millis: int, records: int) -> Period:
    """Return the period that begins so many milliseconds after 1970."""
    return Period(moment(millis), records)


def without_gaps(found: Sequence[Period], every: Every) -> Iterator[Period]:
    """Yield the periods from the first to the last, those without records too."""
    for before, now in zip([*found[:1], *found], found, strict=False):
        empty = before.since + STEPS[every]
        while empty < now.since:
            yield Period(empty, 0)
            empty += STEPS[every]
        yield now
