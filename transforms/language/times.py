"""Time phrases -> dates, counted from the article's own date; plain text, no parse."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import Literal, NamedTuple

Precision = Literal["day", "week", "month", "year", "none"]

DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAY = "|".join(DAYS)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

TIME = re.compile(
    rf"""\b(?:
      (?:(?P<which>last|next|this|on|by|late|early)\s+)?(?P<weekday>{_DAY})
    | (?P<near>today|yesterday|tomorrow|tonight)
    | (?P<shift>last|next|this|earlier\s+this|later\s+this)\s+(?P<unit>week|month|year|weekend)
    | (?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?
    | (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH})\.?(?:\s+(?P<year2>\d{{4}}))?
    | in\s+(?P<month3>{_MONTH})(?:\s+(?P<year3>\d{{4}}))?
    | (?P<ago>\d{{1,2}}|two|three|four|five|six)\s+(?P<ago_unit>days?|weeks?|months?)\s+ago
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
UNITS = frozenset({"week", "month", "year", "weekend"})
"""What "last", "this" and "next" stand before."""

NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
UNIT_DAYS = {"day": 1, "week": 7, "month": 30}


class Anchor(NamedTuple):
    """What a phrase is counted from: the article's date, and whether its clause looks ahead."""

    published: dt.date
    future: bool


class Resolved(NamedTuple):
    """An ISO 8601 date down to its precision, or an empty one."""

    date: str
    precision: Precision


UNKNOWN = Resolved("", "none")


def resolve(phrase: re.Match[str], published: dt.date | None, *, future: bool) -> Resolved:
    """Return the date that a match of TIME means; weekdays look back, or ahead where the clause does."""
    found = phrase.groupdict()
    if published is None:
        return _without_anchor(found)
    anchor = Anchor(published, future)
    return next((reader(found, anchor) for key, reader in READERS.items() if found[key]), UNKNOWN)


def _without_anchor(found: dict[str, str]) -> Resolved:
    """Return a date that is told in full, year included."""
    if found["year"] or found["year2"]:
        return _date(found, Anchor(dt.date.min, future=False))
    if found["year3"]:
        return Resolved(f"{found['year3']}-{MONTHS[found['month3'].lower()]:02}", "month")
    return UNKNOWN


def _weekday(found: dict[str, str], anchor: Anchor) -> Resolved:
    which = (found["which"] or "").lower()
    day, today = DAYS[found["weekday"].lower()], anchor.published.weekday()
    if which == "next" or (anchor.future and which != "last"):
        return _day(anchor.published + dt.timedelta(days=(day - today) % 7 or 7))
    back = (today - day) % 7
    return _day(anchor.published - dt.timedelta(days=back or (7 if which == "last" else 0)))


def _near(found: dict[str, str], anchor: Anchor) -> Resolved:
    return _day(anchor.published + dt.timedelta(days=NEAR[found["near"].lower()]))


def _shift(found: dict[str, str], anchor: Anchor) -> Resolved:
    unit = found["unit"].lower()
    step = {"last": -1, "next": 1}.get(found["shift"].lower(), 0)
    if unit in {"week", "weekend"}:
        year, week, _ = (anchor.published + dt.timedelta(weeks=step)).isocalendar()
        return Resolved(f"{year}-W{week:02}", "week")
    if unit == "year":
        return Resolved(f"{anchor.published.year + step}", "year")
    months = anchor.published.year * 12 + anchor.published.month - 1 + step
    return Resolved(f"{months // 12}-{months % 12 + 1:02}", "month")


def _date(found: dict[str, str], anchor: Anchor) -> Resolved:
    day, month = int(found["day"] or found["day2"]), MONTHS[(found["month"] or found["month2"]).lower()]
    year = found["year"] or found["year2"]
    try:
        if year:
            return _day(dt.date(int(year), month, day))
        return _day(_nearest(dt.date(anchor.published.year, month, day), anchor))
    except ValueError:  # 30 February, or the 29th in a year without one
        return UNKNOWN


def _nearest(day: dt.date, anchor: Anchor) -> dt.date:
    if day > anchor.published + dt.timedelta(days=180) and not anchor.future:
        return day.replace(year=day.year - 1)
    if day < anchor.published - dt.timedelta(days=180) and anchor.future:
        return day.replace(year=day.year + 1)
    return day


def _month(found: dict[str, str], anchor: Anchor) -> Resolved:
    month, year = MONTHS[found["month3"].lower()], anchor.published.year
    if found["year3"]:
        year = int(found["year3"])
    elif anchor.future and month < anchor.published.month:
        year += 1
    elif not anchor.future and month > anchor.published.month:
        year -= 1
    return Resolved(f"{year}-{month:02}", "month")


def _ago(found: dict[str, str], anchor: Anchor) -> Resolved:
    unit = found["ago_unit"].lower().rstrip("s")
    number = NUMBERS.get(found["ago"].lower()) or int(found["ago"])
    then = anchor.published - dt.timedelta(days=number * UNIT_DAYS[unit])
    return Resolved(f"{then:%Y-%m}", "month") if unit == "month" else _day(then)


def _day(day: dt.date) -> Resolved:
    return Resolved(day.isoformat(), "day")


READERS: dict[str, Callable[[dict[str, str], Anchor], Resolved]] = {
    "weekday": _weekday,
    "near": _near,
    "shift": _shift,
    "day": _date,
    "day2": _date,
    "month3": _month,
    "ago": _ago,
}
