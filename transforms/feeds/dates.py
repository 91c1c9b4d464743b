"""The date that a feed prints -> a time in UTC, and how much of it was really told."""

import calendar
import datetime as dt
import re
from typing import NamedTuple

from dateutil import parser, tz

from schemas.records import DatePrecision

UTC = dt.timezone.utc
MAX_CHARS = 100

ZONES: dict[str, float] = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "MET": 1, "CEST": 2,
    "MESZ": 2, "MEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "MSD": 4, "SAMT": 4, "GST": 4, "YEKT": 5, "PKT": 5, "IST": 5.5,
    "NPT": 5.75, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "CAT": 2, "SAST": 2, "WAT": 1, "EAT": 3, "TRT": 3, "BRT": -3,
    "ART": -3, "CLT": -4, "NST": -3.5, "NDT": -2.5, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "ET": -5, "CST": -6,
    "CDT": -5, "CT": -6, "MST": -7, "MDT": -6, "MT": -7, "PST": -8, "PDT": -7, "PT": -8, "AKST": -9, "AKDT": -8,
    "HST": -10,
}  # fmt: skip
"""Hours east of Greenwich of the names that feeds use."""

_SHORT_YEAR = re.compile(r"(\b\d{1,2}[ -][A-Za-z]{3,9}\.?[ -])(\d\d)\b(?!:)")
_NUMBERS = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d\d)\b")
_SIGNED_NAME = re.compile(
    r"\b(?:GMT|UTC|UT)\s*(?=[+-]\d)"
)  # "GMT+3" means east, and POSIX, which dateutil follows, west


class Dated(NamedTuple):
    """A time in UTC and its precision; of a date alone, or a time in an unknown zone, only the day."""

    at: dt.datetime
    precision: DatePrecision


def read_date(text: str) -> Dated | None:
    """Return the date that the text gives; None where it gives no day, or one that can be read in two ways."""
    text = _SIGNED_NAME.sub("", _long_year(" ".join(text.split())))
    if not text or len(text) > MAX_CHARS or _is_ambiguous(text):
        return None
    if text.isdecimal() and len(text) not in {8, 14}:
        return _counted(text)
    early, late = _parsed(text, dt.datetime(1904, 1, 1, 0, 0, 0)), _parsed(text, dt.datetime(1996, 12, 28, 23, 59, 59))  # noqa: DTZ001
    if early is None or late is None or early.date() != late.date():
        return None  # what differs was not told but taken from the default
    return _dated(early, _precision(early, late))


def _counted(text: str) -> Dated | None:
    """Return the time of a number of seconds or milliseconds since 1970."""
    seconds = {10: 1, 13: 1000}.get(len(text))
    return Dated(dt.datetime.fromtimestamp(int(text) // seconds, UTC), "second") if seconds else None


def _dated(at: dt.datetime, precision: DatePrecision) -> Dated | None:
    if precision == "day":
        return Dated(dt.datetime(at.year, at.month, at.day, tzinfo=UTC), "day")
    try:
        return Dated(at.astimezone(UTC), precision)
    except (OverflowError, ValueError):  # the first or last day of all time, in another zone
        return None


def from_tuple(parts: object) -> Dated | None:
    """Return the time of the nine numbers, in UTC, that feedparser makes of a date it understands."""
    if not isinstance(parts, tuple) or len(parts) != 9:
        return None
    try:
        return Dated(dt.datetime.fromtimestamp(calendar.timegm(parts), UTC), "second")
    except (OverflowError, ValueError, OSError, TypeError):
        return None


def _parsed(text: str, default: dt.datetime) -> dt.datetime | None:
    try:
        found = parser.parse(text, default=default, tzinfos=_zone)
        found.utcoffset()  # a zone of more than a day is found out only here
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
        return None
    return found if isinstance(found, dt.datetime) else None


def _zone(name: str | None, offset: int | None) -> dt.tzinfo | None:
    if offset is None and name in ZONES:
        offset = int(ZONES[name] * 3600)
    return None if offset is None else tz.tzoffset(None, offset)


def _precision(early: dt.datetime, late: dt.datetime) -> DatePrecision:
    if early.tzinfo is None or early.hour != late.hour or early.minute != late.minute:
        return "day"
    return "minute" if early.second != late.second else "second"


def _long_year(text: str) -> str:
    def long(found: re.Match[str]) -> str:
        return f"{found[1]}{'19' if int(found[2]) >= 70 else '20'}{found[2]}"

    return _SHORT_YEAR.sub(long, text)


def _is_ambiguous(text: str) -> bool:
    found = _NUMBERS.search(text)
    return found is not None and found[1] != found[2] and int(found[1]) <= 12 and int(found[2]) <= 12
