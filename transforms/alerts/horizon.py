"""How far rules can see: up to when all that was seen has been read, and when newswatch was watching at all.

Nobody was silent while nobody listened. So quiet is measured in watched time, which a clock that is set forward or
back, or a night switched off, does not add to.
"""

import dataclasses as dc
import datetime as dt
from collections.abc import Sequence

Span = tuple[dt.datetime, dt.datetime]

LEAST_GAP = dt.timedelta(minutes=10)
NONE = dt.timedelta()


@dc.dataclass(frozen=True)
class Horizon:
    """What is known: everything seen by `until` has been read, and newswatch was at work in `spans`.

    The rule counts from `since` on; what happened before `start` has been decided.
    """

    until: dt.datetime
    spans: Sequence[Span] = ()
    since: dt.datetime | None = None
    start: dt.datetime | None = None

    def is_open(self, moment: dt.datetime) -> bool:
        """Return whether what happened then is still to be decided."""
        return self.start is None or moment >= self.start


def joined(watched: Sequence[Span], length: dt.timedelta, since: dt.datetime) -> list[Span]:
    """Return the watched spans from then on as a rule of that timeframe takes them: a pause of a quarter is none."""
    gap = max(length / 4, LEAST_GAP)
    found: list[Span] = []
    for start, end in sorted(watched):
        begins = max(start, since)
        if begins > end:
            continue
        if found and begins - found[-1][1] <= gap:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((begins, end))
    return found


def covered(spans: Sequence[Span], start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """Return how much of the time between the two was watched."""
    return sum((max(min(b, end) - max(a, start), NONE) for a, b in spans), NONE)


def after(spans: Sequence[Span], moment: dt.datetime, length: dt.timedelta) -> dt.datetime | None:
    """Return when that much time has been watched after the moment, or None where it has not yet."""
    left = length
    for start, end in spans:
        begins = max(start, moment)
        if begins >= end:
            continue
        if end - begins >= left:
            return begins + left
        left -= end - begins
    return None


def back(spans: Sequence[Span], moment: dt.datetime, length: dt.timedelta) -> dt.datetime | None:
    """Return the moment from which on that much time was watched, or None where there is not so much."""
    left = length
    for start, end in reversed(spans):
        ends = min(end, moment)
        if ends <= start:
            continue
        if ends - start >= left:
            return ends - left
        left -= ends - start
    return None
