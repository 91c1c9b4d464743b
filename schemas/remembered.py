"""What the ledger remembers, as Elasticsearch keeps it: one kind of document for all of it, told apart by `kind`."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.fields import Stored

Sort = Literal[
    "feed",
    "entry",
    "read",  # of an entry, begun and not ended
    "match",
    "alert",
    "item",  # of the outbox
    "hit",
    "series",
    "story",  # of one article
    "leader",  # the sketch that a story began with
    "same",  # which article an id by another address leads to
    "guid",  # of one feed, and the last article that had it
    "silence",
    "note",  # bookmarks, when rules began, when newswatch was at work
    "lease",  # who works alone
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """One thing that the ledger remembers: what it is found by stands in fields, the record itself in `body`.

    `time` is when an entry was first seen, a hit seen, a story begun, an alert last grown. `listed` is what a feed
    listed when it last had items, `listing` what it has in common with feeds that list the same; `records` are an
    alert's matches, `forgotten` those that are still to be removed, and `size` the number of both; `items` are those of
    the outbox. A hit is `fresh`
    until its series knows of it; `changes`, `waits` and `gone` are as in the tally; of a read, `changes` is how often
    it began. `record` is the article that an id or a GUID leads to.
    """

    kind: Sort
    key: str
    body: Annotated[str, Stored()] = ""
    time: dt.datetime | None = None
    place: int | None = None
    state: str | None = None
    # entries
    feed: str | None = None
    taken: str | None = None
    inherited: bool | None = None
    tries: int | None = None
    tried: str | None = None
    reason: str | None = None
    words: Annotated[str, Stored()] | None = None
    updated: Annotated[str, Stored()] | None = None
    looks: int | None = None
    listed: tuple[str, ...] = ()
    listing: str | None = None
    # alerts, their matches, what is sent
    alert: str | None = None
    record: str | None = None
    records: Annotated[tuple[str, ...], Stored()] = ()
    forgotten: Annotated[tuple[str, ...], Stored()] = ()
    size: int | None = None
    items: Annotated[tuple[str, ...], Stored()] = ()
    finished: bool | None = None
    rule: str | None = None
    channel: str | None = None
    round: str | None = None
    since: dt.datetime | None = None
    due: dt.datetime | None = None
    sent: dt.datetime | None = None
    bundle: str | None = None
    group: str | None = None
    # what is counted
    series: str | None = None
    term: str | None = None
    fresh: bool | None = None
    dirty: dt.datetime | None = None
    through: dt.datetime | None = None
    changes: int | None = None
    waits: bool | None = None
    gone: dt.datetime | None = None
    # stories
    story: str | None = None
    exact: str | None = None
    keys: tuple[str, ...] = ()
    # leases
    until: dt.datetime | None = None
