"""How often a feed is asked: by its own rhythm, between bounds, and as its server and its own words have it."""

import datetime as dt
import email.utils
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from schemas.articles import Entry, Reply
from schemas.feeds import Rhythm
from schemas.settings import Feeds

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
NO_WAIT = dt.timedelta(0)
EVERY = dt.timedelta(minutes=15)
"""As often is a feed asked of which nothing is known yet."""

SILENCE = 8
"""A feed that has been silent is asked again after this part of its silence."""

JITTER = 0.1
"""By this part at most a feed's wait is longer than its neighbours', so that they are not all due at once."""

NEW_WEIGHT = 0.3
"""How much one gap between two changes says of a feed whose items have no dates."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"\bno-(?:store|cache)\b", re.IGNORECASE)


class Bounds(NamedTuple):
    """The least and the most time between two polls of a feed that answers."""

    shortest: dt.timedelta = dt.timedelta(minutes=5)
    longest: dt.timedelta = dt.timedelta(hours=4)

    def within(self, wait: dt.timedelta) -> dt.timedelta:
        """Return the wait, made longer or shorter where it must be."""
        return max(self.shortest, min(wait, max(self.longest, self.shortest)))


BOUNDS = Bounds()


def bounds_of(settings: Feeds) -> Bounds:
    """Return how often the settings let a feed be asked."""
    return Bounds(dt.timedelta(seconds=settings.shortest_s), dt.timedelta(seconds=settings.longest_s))


def learnt(rhythm: Rhythm, entries: Sequence[Entry], *, changed: dt.datetime | None, now: dt.datetime) -> Rhythm:
    """Return the rhythm after a changed body with these entries; `changed` is when the one before had come."""
    dates = sorted({e.published for e in entries if e.published and e.published <= now and not e.flags})
    if len(dates) > 1:  # one date for all items is when the feed was built
        return replace(rhythm, a_day=round(_frequency(dates, now), 2), newest=dates[-1])
    if changed is None or changed >= now:
        return replace(rhythm, newest=now)
    found = DAY / (now - changed)
    known = found if rhythm.a_day is None else rhythm.a_day * (1 - NEW_WEIGHT) + found * NEW_WEIGHT
    return replace(rhythm, a_day=round(known, 2), newest=now)


def _frequency(dates: Sequence[dt.datetime], now: dt.datetime) -> float:
    """Return the items a day of the last week; of the whole feed where it reaches less far, or has none so new."""
    recent = [date for date in dates if now - date <= WEEK]
    if len(recent) in {0, len(dates)}:
        return len(dates) / max((now - dates[0]) / DAY, HOUR / DAY)
    return len(recent) / (WEEK / DAY)


def interval(rhythm: Rhythm, now: dt.datetime, bounds: Bounds = BOUNDS) -> dt.timedelta:
    """Return the wait that the feed's rhythm asks for: half the mean gap between items, longer as it falls silent."""
    if not rhythm.a_day:
        return bounds.within(EVERY)
    silence = (now - rhythm.newest) / SILENCE if rhythm.newest else NO_WAIT
    return bounds.within(max(DAY / max(rhythm.a_day, 0.01) / 2, silence))


def next_due(url: str, rhythm: Rhythm, reply: Reply, now: dt.datetime, *, bounds: Bounds = BOUNDS) -> dt.datetime:
    """Return when a feed that answered is due again: no sooner than it, its server and its jitter ask."""
    asked_for = min(max(lifetime(reply, now), dt.timedelta(seconds=rhythm.ttl_s)), bounds.longest)
    wait = jittered(url, max(interval(rhythm, now, bounds), asked_for))
    return outside(now + max(wait, retry_after(reply, now)), rhythm)


def jittered(url: str, wait: dt.timedelta) -> dt.timedelta:
    """Return the wait, longer by a part that is the feed's own and always the same."""
    share = int.from_bytes(hashlib.sha256(url.encode("utf-8", "replace")).digest()[:4], "big") / 2**32
    return wait * (1 + JITTER * share)


def outside(at: dt.datetime, rhythm: Rhythm) -> dt.datetime:
    """Return the time, or the first hour after it in which the feed does not ask to be left alone (RSS skipHours)."""
    start = at.replace(minute=0, second=0, microsecond=0)
    hours = (start + n * HOUR for n in range(8 * 24))
    first = next((hour for hour in hours if not _is_skipped(hour, rhythm)), start)  # all hours skipped: none is
    return max(at, first)


def _is_skipped(hour: dt.datetime, rhythm: Rhythm) -> bool:
    return hour.hour in rhythm.skip_hours or DAYS[hour.weekday()] in rhythm.skip_days


def lifetime(reply: Reply, now: dt.datetime) -> dt.timedelta:
    """Return how long the reply is fresh, by Cache-Control, or else by Expires (RFC 9111, 4.2.1)."""
    told = reply.header("cache-control")
    if _NOT_KEPT.search(told):
        return NO_WAIT
    found = _MAX_AGE.search(told)
    if found:
        age = reply.header("age").strip()
        spent = int(age[:9]) if age.isascii() and age.isdecimal() else 0
        return dt.timedelta(seconds=max(0, int(found[1]) - spent))
    return _until(reply.header("expires"), now)


def retry_after(reply: Reply, now: dt.datetime) -> dt.timedelta:
    """Return how long the server asks to be left alone: seconds or a date, a week at most."""
    value = reply.header("retry-after").strip()
    if value.isdecimal():
        return dt.timedelta(seconds=min(int(value[:9]), WEEK.total_seconds()))
    return min(_until(value, now), WEEK)


def _until(value: str, now: dt.datetime) -> dt.timedelta:
    """Return the time until the date of an HTTP header; none where it is past, or no date."""
    try:
        at = email.utils.parsedate_to_datetime(value)
        wait = (at if at.tzinfo else at.replace(tzinfo=dt.timezone.utc)) - now
    except (ValueError, TypeError, OverflowError, IndexError):
        return NO_WAIT
    return max(wait, NO_WAIT)
