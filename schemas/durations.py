"""What files of rules are made of: durations, words, and lists of which one may stand without brackets."""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def length_of(text: str) -> dt.timedelta | None:
    """Return the duration that a user has written as a number and a unit, or None where it is no such text."""
    found = re.fullmatch(r"(\d{1,6})\s*([smhdw])", text)
    return dt.timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None


def _duration(value: Any) -> Any:
    if _wait(value) == dt.timedelta():
        raise ValueError("longer than nothing, such as 30m, 1h or 1d")
    return _wait(value)


def _wait(value: Any) -> Any:
    length = length_of(value) if isinstance(value, str) else value
    if not isinstance(length, dt.timedelta) or not dt.timedelta() <= length <= dt.timedelta(days=366):
        raise ValueError("a number and a unit up to a year, such as 30m, 1h or 1d")
    return length


def shown(length: dt.timedelta) -> str:
    """Return the duration as a user writes it: 90m, 1d."""
    seconds = int(length.total_seconds())
    for unit, size in (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


Listed = BeforeValidator(_listed)
"""One thing may stand without the brackets of a list."""

Duration = Annotated[dt.timedelta, BeforeValidator(_duration)]
Wait = Annotated[dt.timedelta, BeforeValidator(_wait)]
"""A duration that may be none: 0s."""

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Words = Annotated[tuple[Word, ...], Listed]
