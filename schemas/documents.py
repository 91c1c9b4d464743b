"""An article as read, and what every record read in it says of it; offsets count code points, times are UTC."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.articles import DatePrecision, DateSource, TextSource
from schemas.fields import Nested, Stored, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a statement, mention or event was read: what a query needs of the article, without a join.

    `revision` is that in which it first stood there, `seen` when that was first seen.
    """

    document: str
    url: str
    title: Annotated[str, Text(raw=True)] = ""
    outlet: str = ""
    language: str = ""
    published: dt.datetime | None = None
    published_precision: DatePrecision = "none"
    seen: dt.datetime
    story: str = ""
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of the document's text: `text == document.text[start:end]`."""

    start: int
    end: int
    text: Annotated[str, Text()]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time phrase resolved against the article's date; `date` is ISO 8601 down to its precision, or empty."""

    start: int
    end: int
    text: str
    date: str = ""
    precision: Literal["day", "week", "month", "year", "none"] = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named entity of the document, with spaCy's label."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A version of an article that another has taken the place of, and the statements that this one added and removed.

    `text` is empty where only the title changed; `seen` is when the version was first seen.
    """

    revision: int
    title: Annotated[str, Stored()] = ""
    text: Annotated[str, Stored()] = ""
    seen: dt.datetime
    added: Annotated[tuple[str, ...], Stored()] = ()
    removed: Annotated[tuple[str, ...], Stored()] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as read: its text with entities, and which actors it names.

    `backfilled` are those that `newswatch backfill` found in it, later than it was read; so in statements, mentions
    and events. An article that changed is the same document in its next `revision`, first seen when it was `revised`;
    `earlier` has what stood before, oldest first.
    """

    id: str
    url: str
    title: Annotated[str, Text(raw=True)] = ""
    text: Annotated[str, Text()]
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
    entities: Annotated[tuple[Entity, ...], Nested()] = ()
    actors: tuple[str, ...] = ()
    model: str = ""
    watchlist: str = ""
    backfilled: tuple[str, ...] = ()
    revision: int = 1
    revised: dt.datetime | None = None
    earlier: tuple[Earlier, ...] = ()
