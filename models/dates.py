"""Dates by rule: the entity corpora disagree on them, so all get the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan\.?|feb\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)"
)
NUMBER = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|several|a few|a couple of|many)"
UNIT = r"(?:day|week|weekend|month|year|decade|century|quarter|summer|winter|spring|autumn|fall)"
YEAR = r"(?:1[5-9]\d\d|20[0-3]\d)"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
PART = r"(?:morning|afternoon|evening|night)"

DATE = re.compile(
    rf"""(?<![\w-])(?:
    (?:(?:last|next|this|late|early)\ )?{WEEKDAY}s?(?:,?\ {MONTH}\ {DAY}(?:\ ?,\ {YEAR})?)?(?!\ (?:{PART}))
  | {MONTH}\ {DAY}(?:\ ?,\ {YEAR})?(?!\w)
  | {DAY}\ {MONTH}(?:\ {YEAR})?(?!\w)
  | (?:(?:last|next|this|late|early|mid)\ )?(?!may\b|march\b){MONTH}(?:\ (?:of\ )?{YEAR})?(?!\w)
  | (?:last|next|this|late|early)\ (?:may|march)(?:\ {YEAR})?
  | (?:(?<=in\ )|(?<=since\ )|(?<=until\ )|(?<=by\ ))(?:may|march)(?:\ {YEAR})?(?=\s[,.]|\ when|\ after|\ to)
  | (?:the\ )?(?:last|past|next|previous|coming)\ (?:{NUMBER}\ )?{UNIT}s?
  | (?:earlier\ |later\ )?this\ {UNIT}
  | {NUMBER}\ {UNIT}s\ (?:ago|earlier|later)
  | a\ {UNIT}\ (?:ago|earlier|later)
  | (?:today|yesterday|tomorrow)(?!\w)
  | the\ (?:early\ |late\ |mid\ ?-\ ?)?(?:1[5-9]|20)\d0s
  | (?:1[5-9]|20)\d0s
  | (?:the\ )?\d{{1,2}}(?:st|th|nd|rd)\ century
  | (?<=in\ ){YEAR}(?!\w|,\d|\ people|\ troops|\ soldiers) | (?<=since\ ){YEAR}(?!\w) | (?<=by\ ){YEAR}(?=\ [,.])
  | (?<=\(\ ){YEAR} | (?<=of\ ){YEAR}(?=\ [,.]|\ and) | (?<=until\ ){YEAR} | (?<=from\ ){YEAR} | (?<=\ the\ ){YEAR}
  | (?<=early\ ){YEAR} | (?<=late\ ){YEAR}
    )(?![\w])""",
    re.IGNORECASE | re.VERBOSE,
)
TIME = re.compile(
    rf"""(?<![\w-])(?:
    \d{{1,2}}(?::\d\d)?\ ?(?:a\.m\.|p\.m\.|am|pm)(?:\ (?:local\ time|gmt|et|est|edt|utc))?
  | \d{{1,2}}:\d\d(?:\ (?:local\ time|gmt|et|est|edt|utc))?
  | \d{{4}}\ gmt
  | (?:early\ |late\ )?(?:{WEEKDAY}|yesterday|tomorrow|this|last)\ {PART} | tonight | midnight
    )(?![\w])""",
    re.IGNORECASE | re.VERBOSE,
)


def spans(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return (first, past last, label) of the dates and times in a list of words."""
    text = " ".join(words)
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    place = 0
    for i, word in enumerate(words):
        starts[place], ends[place + len(word)] = i, i + 1
        place += len(word) + 1
    return [
        (starts[hit.start()], ends[hit.end()], label)
        for label, pattern in (("TIME", TIME), ("DATE", DATE))
        for hit in pattern.finditer(text)
        if hit.start() in starts and hit.end() in ends
    ]
