"""When an article was published: the feed's word against the page's."""

import datetime as dt
from typing import NamedTuple

from schemas.articles import DatePrecision, DateSource, Entry
from transforms.dates import Dated

AHEAD = {"day": dt.timedelta(days=1), "minute": dt.timedelta(hours=1), "second": dt.timedelta(hours=1)}
"""So far may a date be ahead of the time we saw it; as for feeds."""

FUTURE = "future-date"


class Published(NamedTuple):
    """A publication date, where it was read, how precisely, and the flags that it earns."""

    time: dt.datetime | None
    source: DateSource
    precision: DatePrecision
    flags: tuple[str, ...]


def published(entry: Entry, page: Dated | None) -> Published:
    """Return the entry's date: the feed's, unless the page's is better.

    The feed's wins where it tells the time of day: it is there for every entry of an outlet, walls or not, and it is
    what the reader of the feed was shown. The page's wins where the feed gives none, only a day, or one in the future.
    A page dated in the future is capped at the time it was seen, as the feeds' are, and counts as no better.
    """
    told = Published(entry.published, entry.published_from, entry.published_precision, entry.flags)
    if page is None or entry.published_precision in {"second", "minute"}:
        return told
    if _is_ahead(page, entry.seen):
        return told if entry.published else Published(entry.seen, "page", "none", _flagged(entry))
    if entry.published_precision == "day" and page.precision == "day":
        return told
    return Published(page.at, "page", page.precision, entry.flags)


def updated(entry: Entry, page: dt.datetime | None, at: dt.datetime | None) -> dt.datetime | None:
    """Return when the page says it was last changed, unless that was before it was published, or lies ahead."""
    if page is None or page > entry.seen + AHEAD["minute"] or (at is not None and page < at):
        return None
    return page


def _is_ahead(date: Dated, seen: dt.datetime) -> bool:
    return date.at > seen + AHEAD.get(date.precision, dt.timedelta(0))


def _flagged(entry: Entry) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*entry.flags, FUTURE)))
