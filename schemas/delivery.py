"""How a channel is told: grouped, in digests, within a limit, and not at night; in Alertmanager's words."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from schemas.durations import Duration, Listed, Wait, Words
from schemas.files import Location

Fault = tuple[Location, str]
"""What is wrong in a file of rules: the place by its keys, and why."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Label = Literal["rule", "actors", "story", "all"]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Day, ...] = get_args(Day)

GROUP_WAIT = dt.timedelta(seconds=30)
GROUP_INTERVAL = dt.timedelta(minutes=5)


class Part(BaseModel):
    """A piece of a file of rules."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _clock_times(value: Any) -> Any:
    time = r"(?:[01]\d|2[0-3]):[0-5]\d|24:00"
    if not isinstance(value, str) or not re.fullmatch(f"(?:{time})-(?:{time})", value):
        raise ValueError("two times of day with a hyphen between, such as 22:00-07:00")
    return value


def _clock_time(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError("a time of day in quotation marks, such as '07:00'")
    return value


def _days(value: Any) -> Any:
    """Return the days that `monday:friday` and single names stand for."""
    found: list[Any] = []
    for part in (value,) if isinstance(value, str) else value:
        first, _, last = str(part).lower().partition(":")
        if first not in DAYS or (last and last not in DAYS):
            raise ValueError("days such as monday, or from one to another: monday:friday")
        a, b = DAYS.index(first), DAYS.index(last or first)
        found += DAYS[a : b + 1] if a <= b else (*DAYS[a:], *DAYS[: b + 1])
    return tuple(dict.fromkeys(found))


def zone(name: str) -> dt.tzinfo:
    """Return the time zone of that place; UTC needs no time zone database."""
    return dt.timezone.utc if name == "UTC" else ZoneInfo(name)


def _zone(value: Any) -> Any:
    try:
        zone(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("a place of the time zone database, such as Europe/Prague") from None
    return value


Zone = Annotated[str, BeforeValidator(_zone)]


class TimeInterval(Part):
    """Times of the week, by the clocks of one place."""

    id: Id
    times: Annotated[tuple[Annotated[str, BeforeValidator(_clock_times)], ...], Listed] = ()
    weekdays: Annotated[tuple[Day, ...], BeforeValidator(_days)] = ()
    location: Zone = "UTC"

    def holds(self, now: dt.datetime) -> bool:
        """Return whether the moment is one of those times; a span over midnight belongs to the day it begins on."""
        local = now.astimezone(zone(self.location))
        minute = local.hour * 60 + local.minute
        today, yesterday = DAYS[local.weekday()], DAYS[local.weekday() - 1]
        for start, end in [_minutes(span) for span in self.times] or [(0, 24 * 60)]:
            if start <= minute < end or (start > end and minute >= start):
                if self._on(today):
                    return True
            elif start > end and minute < end and self._on(yesterday):
                return True
        return False

    def _on(self, day: Day) -> bool:
        return not self.weekdays or day in self.weekdays


def _minutes(span: str) -> tuple[int, int]:
    start, end = (int(time[:2]) * 60 + int(time[3:]) for time in span.split("-"))
    return start, end


class Digest(Part):
    """One notice of all, so often or at that time of day."""

    every: Duration | None = None
    at: Annotated[str, BeforeValidator(_clock_time)] = ""
    location: Zone = "UTC"

    def after(self, moment: dt.datetime) -> dt.datetime:
        """Return when the first digest after that moment is due."""
        if self.every:
            epoch = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
            return epoch + ((moment - epoch) // self.every + 1) * self.every
        there = zone(self.location)
        day = moment.astimezone(there).date()
        time = dt.time.fromisoformat(self.at)
        times = (dt.datetime.combine(day + dt.timedelta(days=n), time, tzinfo=there) for n in range(3))
        return next(found for local in times if (found := local.astimezone(dt.timezone.utc)) > moment)


class Limit(Part):
    """At most so many notices in each stretch of that length."""

    notices: int = Field(ge=1, le=100_000)
    every: Duration = dt.timedelta(hours=1)


class Delivery(Part):
    """The keys of a channel that say when it is told, and of how much at once."""

    group_by: Annotated[tuple[Label, ...], Listed] = ()
    group_wait: Wait = GROUP_WAIT
    group_interval: Duration = GROUP_INTERVAL
    digest: Digest | None = None
    limit: Limit | None = None
    mute_time_intervals: Annotated[tuple[Id, ...], Listed] = ()
    active_time_intervals: Annotated[tuple[Id, ...], Listed] = ()

    def is_mute(self, now: dt.datetime, intervals: Mapping[str, TimeInterval]) -> bool:
        """Return whether the channel is not to be disturbed now."""
        muted = any(intervals[name].holds(now) for name in self.mute_time_intervals)
        active = self.active_time_intervals
        return muted or bool(active and not any(intervals[name].holds(now) for name in active))


class InhibitRule(Part):
    """While a rule of `source` has something to say, alerts of `target` about the same are not sent."""

    source: Words
    target: Words
    equal: Annotated[tuple[Literal["actors", "story"], ...], Listed] = ("actors",)
    within: Duration = dt.timedelta(hours=1)


def delivery_faults(delivery: Delivery) -> Iterator[Fault]:
    """Yield what is wrong between the parts of how a channel is told."""
    if delivery.digest and bool(delivery.digest.every) == bool(delivery.digest.at):
        yield ("digest",), "a digest has one of every (such as 6h) and at (such as '07:00')"
    if delivery.digest and delivery.group_by:
        yield ("group_by",), "a digest is one group: 'group_by' does not belong to it"
    for key in ("group_wait", "group_interval"):
        if key in delivery.model_fields_set and not delivery.group_by:
            yield (key,), f"{key!r} needs 'group_by'"
