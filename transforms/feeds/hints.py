"""What an RSS feed asks of those who poll it: its ttl, and the hours and days to skip."""

import re
from typing import NamedTuple

from transforms.feeds.rhythm import DAYS

HEAD = 20_000
"""Channel elements stand before the items; nothing is looked for after so many characters."""

_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_SKIPPED = re.compile(r"<skip(?:hours|days)>.{0,2000}?</skip(?:hours|days)>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(r"<day>\s*(\w{6,9})\s*</day>", re.IGNORECASE)


class Hints(NamedTuple):
    """Seconds, hours in GMT, English names of days."""

    ttl_s: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


def hints_of(text: str) -> Hints:
    """Return what the feed's channel says before its first item."""
    head = text[:HEAD]
    item = _ITEM.search(head)
    head = head[: item.start()] if item else head
    ttl = _TTL.search(head)
    skipped = " ".join(_SKIPPED.findall(head))
    hours = {int(hour) % 24 for hour in _HOUR.findall(skipped) if int(hour) <= 24}  # 24 is another name of 0
    days = {day.capitalize() for day in _DAY.findall(skipped)} & set(DAYS)
    return Hints(int(ttl[1]) * 60 if ttl else 0, tuple(sorted(hours)), tuple(sorted(days)))
