"""Dates as publishers write them, in feeds and on pages: aware, UTC, with the smallest unit really given."""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateutil import parser, tz

from schemas.articles import DatePrecision

OLDEST, LATEST = 1990, 9000
"""Years before the first are clocks that were never set; after the last, zones lead out of the calendar."""

# Names without an offset. Those that several countries share mean the one whose press writes them most.
HOURS = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "MSD": 4, "TRT": 3, "SAST": 2, "WAT": 1, "CAT": 2, "EAT": 3, "GST": 4, "PKT": 5, "IST": 5.5, "HKT": 8,
    "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5,
    "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AST": -4, "ADT": -3, "BRT": -3,
    "ART": -3, "MEZ": 1, "MET": 1, "MESZ": 2, "MEST": 2, "SAMT": 4, "YEKT": 5, "NPT": 5.75, "WIB": 7, "ICT": 7,
    "PHT": 8, "CLT": -4, "NST": -3.5, "NDT": -2.5, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
PLACES = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""Names that leave open whether it is summer time."""

# What the string leaves out comes from these two; where the results differ, it was left out.
_LOW, _HIGH = dt.datetime.fromisoformat("1904-01-01"), dt.datetime.fromisoformat("1909-12-28T23:59:59")
_EPOCH = re.compile(r"1\d{9}(\d{3})?")
_EIGHT = re.compile(r"(?:19|20)\d{6}")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/\d{2,4}\b")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})\b")
_NOISE = re.compile(r"^(?:published|updated|posted|date)\b[\s:]*|\s+(?:at|um|kl\.?)\s+|[|•·]", re.IGNORECASE)
_BEFORE_OFFSET = re.compile(r"\b(?:GMT|UTC)(?=\s*[+-]\d)")  # dateutil takes GMT+3 as POSIX does: west

# Nine in ten dates of feeds are written in one of two ways: these take a tenth of dateutil's time.
_MAIL = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})"
    r" (\d\d):(\d\d):(\d\d) (GMT|UTC|Z|[+-]\d{4})",
    re.ASCII,
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Dated(NamedTuple):
    """A time in UTC and how precisely it is known; of a date alone, or a time of unknown zone, only the day."""

    at: dt.datetime
    precision: DatePrecision


def read_date(value: str) -> Dated | None:
    """Return the date that the string gives, or None where it gives none that can be trusted."""
    common = _common(value)
    if common:
        return Dated(common, "second")
    text = " ".join(_BEFORE_OFFSET.sub("", _NOISE.sub(" ", value[:100])).split())
    if _EPOCH.fullmatch(text):
        return Dated(dt.datetime.fromtimestamp(int(text[:10]), dt.timezone.utc), "second")
    if _is_ambiguous(text) or not any(c.isdigit() for c in text):
        return None
    low, high = _parsed(text, _LOW), _parsed(text, _HIGH)
    if low is None or high is None or low.date() != high.date() or not OLDEST <= low.year < LATEST:
        return None
    return _dated(low, high)


def _common(value: str) -> dt.datetime | None:
    """Return the time of a date written as mail and RSS have it, or in ISO 8601 with seconds and an offset."""
    mail = _MAIL.fullmatch(value)
    if mail:
        day, month, year, *clock, zone = mail.groups()
        return _in_utc([int(year), _MONTHS.index(month) + 1, int(day), *map(int, clock)], "", zone)
    iso = _ISO.fullmatch(value)
    if iso:
        *written, part, zone = iso.groups()
        return _in_utc([int(number) for number in written], part or "", zone)
    return None


def _in_utc(numbers: Sequence[int], part: str, zone: str) -> dt.datetime | None:
    """Return the time of year, month, day, hour, minute, second and part of a second at that offset; None for none."""
    minutes = int(zone[1:3]) * 60 + int(zone[-2:]) if zone[0] in "+-" else 0
    year, month, day, hour, minute, second = numbers
    try:
        at = dt.datetime(year, month, day, hour, minute, second, int(f"{part:0<6}"[:6]), tzinfo=dt.timezone.utc)
        at -= dt.timedelta(minutes=-minutes if zone[0] == "-" else minutes)
    except (ValueError, OverflowError):
        return None
    return at if OLDEST <= year < LATEST and minutes < 24 * 60 else None


def from_tuple(parts: object) -> Dated | None:
    """Return the time of the nine numbers, in UTC, that feedparser makes of a date it understands."""
    if not isinstance(parts, tuple) or len(parts) != 9:
        return None
    try:
        return Dated(dt.datetime.fromtimestamp(calendar.timegm(parts), dt.timezone.utc), "second")
    except (OverflowError, ValueError, OSError, TypeError):
        return None


def _is_ambiguous(text: str) -> bool:
    # 03/04/2025 is March in one country and April in another: no date is better than a wrong one
    slashed = _SLASHED.match(text)
    if slashed is None:
        return False
    first, second = int(slashed[1]), int(slashed[2])
    return first <= 12 and second <= 12 and first != second


def _parsed(text: str, default: dt.datetime) -> dt.datetime | None:
    if _EIGHT.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        return parser.parse(text, default=default, tzinfos=_zone, dayfirst=bool(_DOTTED.match(text)))
    except (ValueError, OverflowError, TypeError, ArithmeticError, AttributeError):
        return None  # dateutil's own slips on strings that are no dates


def _zone(name: str | None, offset: int | None) -> dt.tzinfo | None:
    if offset is not None:
        return dt.timezone(dt.timedelta(seconds=offset)) if abs(offset) < 86_400 else None
    key = (name or "").upper()
    if key in PLACES:
        return tz.gettz(PLACES[key])
    return dt.timezone(dt.timedelta(hours=HOURS[key])) if key in HOURS else None


def _dated(low: dt.datetime, high: dt.datetime) -> Dated:
    if low.hour != high.hour or low.tzinfo is None:
        return Dated(dt.datetime.combine(low.date(), dt.time(), dt.timezone.utc), "day")
    precision: DatePrecision = "minute" if low.second != high.second else "second"
    return Dated(low.astimezone(dt.timezone.utc), precision)
