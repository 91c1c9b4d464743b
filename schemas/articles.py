"""From an item of a feed to the text of its page."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from schemas.failures import Reason

DateSource = Literal["feed", "page", "given", "none"]
"""Where a publication date was read: the feed, the page, the caller, or nowhere."""

DatePrecision = Literal["second", "minute", "day", "none"]
"""The smallest unit of a publication date that its publisher really gave."""

TextSource = Literal["page", "feed", "given"]
"""Where an article's text came from: its page, the feed's own content, or the caller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, as first seen, or as it was when it had changed; `updated` is its own word on that."""

    id: str
    feed: str
    outlet: str
    url: str
    link: str = ""
    guid: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: dt.datetime | None = None
    published_from: DateSource = "none"
    published_precision: DatePrecision = "none"
    updated: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    seen: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered: final URL after redirects, lower-cased headers, raw body."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    permanent_url: str = ""

    def header(self, name: str) -> str:
        """Return the first header of that lower-case name, or an empty string."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An entry with its page, or with why there is none."""

    entry: Entry
    reply: Reply | None = None
    reason: Reason | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The text of one entry's page, or of the feed where the page failed.

    `updated` and `section` are the page's own words: when it was last changed, and the part of the paper it stands in.
    `story` is the same for all copies of it (docs/copies.md), `agency` the wire agency that it names as its origin.
    `landed` is where its address led to, if elsewhere.
    """

    id: str
    url: str
    landed: str = ""
    title: str = ""
    text: str
    text_from: TextSource
    outlet: str = ""
    feed: str = ""
    authors: tuple[str, ...] = ()
    published: dt.datetime | None = None
    published_from: DateSource = "none"
    published_precision: DatePrecision = "none"
    updated: dt.datetime | None = None
    section: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    story: str = ""
    agency: str = ""
    seen: dt.datetime
