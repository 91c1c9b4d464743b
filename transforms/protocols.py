"""What the stages ask of the outside world: each a Protocol with a real class in `clients` and a fake in the tests."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from schemas.alerts import Match
from schemas.articles import Entry, Reply
from schemas.failures import Reason
from schemas.feeds import FeedState
from schemas.kept import Hit, Notice
from schemas.query import Every, Kind, Period, Query
from schemas.records import Reading, Record
from schemas.stories import Claim, Folded
from transforms.keeping import Conclusion, Outbox, Tally
from transforms.recall import SameArticle, Stories


class WebError(Exception):
    """A request that gave no usable reply; `kind` says which way it failed."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind  # unreachable | too-large | forbidden | redirects
        self.detail = detail


class Web(Protocol):
    """Guarded HTTP: only http and https, only public addresses unless allowed, bounded in time and size."""

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        """Return the reply, whatever its status, redirects followed; raises WebError."""
        ...

    def close(self) -> None:
        """Give back the connections."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """The index's answer to one record; `error` is None where it was taken, `transient` where asking again may help."""

    id: str
    error: str | None = None
    transient: bool = False


class Index(Protocol):
    """Where records stand to be queried; writing a record twice is writing it once (same id, last one stays)."""

    def prepare(self) -> None:
        """Make the tables or indices where they are missing."""
        ...

    def write(self, records: Sequence[Record]) -> list[Written]:
        """Return one answer a record, in order; never raises for a refused record or an unreachable server."""
        ...

    def replace(self, readings: Sequence[Reading]) -> list[list[Written]]:
        """Like `write` for all records of the readings, and remove what their documents had before and have no more.

        Returns for each reading one answer a record: the document's, the statements', the mentions', the events'.
        """
        ...

    def remove(self, kind: Kind, ids: Sequence[str]) -> Written:
        """Remove those of the records that are there; returns one answer for all, and never raises."""
        ...

    def held(self, kind: Kind, ids: Sequence[str]) -> dict[str, Record]:
        """Return those of the records that are there."""
        ...

    def find(self, query: Query) -> list[Record]:
        """Return the records that fit, newest first; raises UserError where the index cannot be asked."""
        ...

    def count(self, query: Query) -> int:
        """Return how many records fit, whatever the query's limit."""
        ...

    def over_time(self, query: Query, every: Every) -> list[Period]:
        """Return how many records fit in each period that has any, oldest first; raises UserError."""
        ...

    def close(self) -> None:
        """Give back files and connections."""
        ...


EntryState = Literal["pending", "done", "failed"]
"""How an entry stands in the ledger: to be worked on, in the index, or given up."""


class Ledger(Protocol):
    """What must be remembered; every write is create-if-absent or by key, so that repeating it changes nothing.

    `tally` and `outbox` are the parts of it that alerts keep, `copies` that in which stories are remembered.
    """

    @property
    def copies(self) -> Stories:
        """Which story an article belongs to."""
        ...

    @property
    def tally(self) -> Tally:
        """What rules have counted."""
        ...

    @property
    def outbox(self) -> Outbox:
        """What is to be sent to which channel."""
        ...

    def feed(self, url: str) -> FeedState | None:
        """Return what is remembered of the feed."""
        ...

    def feeds(self) -> list[FeedState]:
        """Return every remembered feed, by URL."""
        ...

    def known(self, urls: Collection[str]) -> dict[str, FeedState]:
        """Return what is remembered of those of the feeds that are known."""
        ...

    def listing(self, listing: str) -> list[str]:
        """Return the URLs of the feeds that listed just this when they last listed anything, sorted."""
        ...

    def take(self, state: FeedState, entries: Sequence[Entry], *, run: str) -> list[Entry]:
        """Remember the feed's state and its new entries in one transaction.

        Returns the entries that this run has to work on: those that were new, and, if the same poll is repeated in
        the same run, those it took before and that are not settled yet. An entry keeps its first form, and belongs to
        the feed that brought it first. One that was folded comes back as what it was folded into.
        """
        ...

    def fold(self, claims: Sequence[Claim], same: SameArticle) -> None:
        """Settle entries that are known articles under other addresses, in one transaction; stories must be placed.

        Each is compared with the article that has one of its addresses, and with the last one of its feed that had
        its GUID. What brings its own feed's article in new words goes on as that: it takes its place in the ledger,
        unsettled. Another feed's new words make the article unsettled as it is.
        """
        ...

    def folded(self, articles: Sequence[str]) -> dict[str, Folded]:
        """Return what those of the entries that were folded were folded into."""
        ...

    def left_over(self, *, run: str) -> list[Entry]:
        """Return the unsettled entries of earlier runs, oldest first, and make them this run's."""
        ...

    def waiting(self, limit: int, *, but_not: Collection[str] = ()) -> list[Entry]:
        """Return at most so many unsettled entries, oldest first, without those that are named."""
        ...

    def claim(self, entries: Sequence[str], *, run: str) -> None:
        """Make unsettled entries this run's, as `left_over` does with all of them; work on them has begun."""
        ...

    def ended(self, entries: Sequence[str]) -> None:
        """Remember that work on those that were claimed came to an end, whatever became of them."""
        ...

    def begun(self) -> dict[str, int]:
        """Return how often work on an entry began and came to no end: the process was ended over it."""
        ...

    def standing(self, entries: Sequence[str]) -> dict[str, EntryState]:
        """Return how those of the entries stand that are known."""
        ...

    def conclude(self, entry: str, matches: Sequence[Match], hits: Sequence[Hit] = ()) -> None:
        """Record an article's matches and hits and settle its entry, in one transaction.

        An alert that has a new match is due again, and a series that has a new hit has to be counted.
        """
        ...

    def conclude_all(self, found: Sequence[Conclusion]) -> None:
        """Do so for several articles, in one transaction."""
        ...

    def fail(self, entry: str, reason: Reason, *, final: bool) -> None:
        """Settle an entry as failed, or count one more try; after five tries it is settled as failed."""
        ...

    def progress(self) -> tuple[int, int]:
        """Return how many entries are unsettled, and how many are settled."""
        ...

    def reopen(self, entries: Sequence[str]) -> int:
        """Make failed entries unsettled again and return how many there were: replay."""
        ...

    def matches(self, alert: str) -> Iterator[Match]:
        """Yield every match of the alert, by the record's id; there may be more of them than memory should hold."""
        ...

    def oldest_unsettled(self) -> dt.datetime | None:
        """Return when the oldest unsettled entry was first seen, or None where all are settled."""
        ...

    def undelivered(self) -> list[str]:
        """Return the ids of the alerts that have grown since they were last written, sorted."""
        ...

    def finish(self, alert: str, count: int) -> None:
        """Remember that the alert stands in the index and the outbox with so many matches.

        Nothing where it has more by now.
        """
        ...

    def prune(self, before: dt.datetime, *, most: int) -> int:
        """Forget at most so many settled entries first seen before then, and as many alerts and silences that are over.

        What a feed listed when it last had items is kept: it would be read again. An alert is kept for a year more,
        whole, since it last grew; one that is still to be sent is not forgotten at all. Returns the largest number.
        """
        ...

    def forget_feeds(self, urls: Collection[str]) -> None:
        """Forget the states of those feeds, and what they list: their settled entries are kept as long as any other."""
        ...

    def bookmark(self, task: str) -> str:
        """Return the place that a long task has reached; empty where it has not begun."""
        ...

    def keep_bookmark(self, task: str, place: str) -> None:
        """Remember the place that the task has reached; an empty one forgets the task."""
        ...

    def close(self) -> None:
        """Give back files and connections."""
        ...


class NotifyError(Exception):
    """A channel that did not take an alert; `transient` where trying again may help."""

    def __init__(self, detail: str, *, transient: bool) -> None:
        super().__init__(detail)
        self.detail = detail
        self.transient = transient


class Notifier(Protocol):
    """A channel that alerts go to."""

    def send(self, notice: Notice) -> None:
        """Deliver the notice, with its id as idempotency key; raises NotifyError."""
        ...

    def close(self) -> None:
        """Flush and give back."""
        ...
