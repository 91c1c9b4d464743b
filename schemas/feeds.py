"""A feed, what is remembered of it between polls, and how it fares."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from schemas.articles import Entry
from schemas.failures import Reason
from schemas.fields import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One line of the feed list."""

    url: str
    outlet: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often a feed brings something, and what it asks of those who poll it.

    `a_day` is its items a day, None where nothing tells; `newest` when its latest item was dated, or its last change
    seen. `ttl_s`, `skip_hours` (in GMT) and `skip_days` are the feed's own words.
    """

    a_day: float | None = None
    newest: dt.datetime | None = None
    ttl_s: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a feed's server says it has moved for good, since when, in how many polls, and whether a feed is there."""

    to: str
    since: dt.datetime
    polls: int = 1
    is_feed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between polls.

    `quiet` counts its 304s in a row; `trusted` is false once its validators have hidden a change. `due` is when it
    would be polite to ask again; before `barred` it is not asked, for its server has said so. `address` is where it is
    asked, if not at its URL; `known_as` the URL under which its history began, if another. `hub` and `topic` are its
    own words (WebSub), `pushed` when the hub last pushed, `cut` when it last came without its end. `formerly` are the
    URLs of the list under which its articles came before, or besides; `own` is the address that it calls its own,
    `listing` what feeds with the same items have in common, `same_as` the feed of the list that is asked in its place.
    """

    url: str
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    polled: dt.datetime | None = None
    changed: dt.datetime | None = None
    due: dt.datetime | None = None
    barred: dt.datetime | None = None
    failures: int = 0
    quiet: int = 0
    trusted: bool = True
    status: str = "new"
    detail: str = ""
    address: str = ""
    move: Move | None = None
    known_as: str = ""
    rhythm: Rhythm = Rhythm()
    hub: str = ""
    topic: str = ""
    pushed: dt.datetime | None = None
    cut: dt.datetime | None = None
    formerly: tuple[str, ...] = ()
    own: str = ""
    listing: str = ""
    same_as: str = ""


FINE = frozenset({"new", "ok", "unchanged", "same"})
"""States of which nothing but the feed itself is the reason that little comes; all others are dark."""


class Account(NamedTuple):
    """One line of `newswatch feeds`; times are UTC, `items_a_day` None where nothing tells."""

    url: str
    outlet: str
    state: str
    changed: dt.datetime | None
    polled: dt.datetime | None
    due: dt.datetime | None
    items_a_day: float | None
    failures: int
    address: str
    why: str

    @property
    def is_dark(self) -> bool:
        """Return whether nothing can come of the feed as it is."""
        return self.state not in FINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll of a feed gave: its state now, and the entries that were new."""

    feed: Feed
    state: FeedState
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How a feed fares: what the feed list says of it, and its state after the last pass that had it on its list.

    `status` is one of a closed list (docs/reference.md), `reason` why that pass could not read it, `failures` how many
    in a row could not; `a_day` is its items a day, `address` where it is asked, `why` what stands against it in words,
    as `newswatch feeds` tells it; `seen` is when that pass was.
    """

    id: str
    url: str
    outlet: str = ""
    language: str = ""
    groups: tuple[str, ...] = ()
    status: str
    reason: Reason | None = None
    detail: Annotated[str, Stored()] = ""
    failures: int = 0
    quiet: int = 0
    polled: dt.datetime | None = None
    changed: dt.datetime | None = None
    due: dt.datetime | None = None
    barred: dt.datetime | None = None
    a_day: float | None = None
    address: str = ""
    why: Annotated[str, Stored()] = ""
    seen: dt.datetime
