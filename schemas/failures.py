"""Why an element failed: the stages, the reasons, and the record that is kept."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.fields import Stored

Stage = Literal[
    "poll",
    "index-feeds",
    "fetch",
    "extract",
    "sketch",
    "place",
    "tell-story",
    "read",
    "index",
    "judge",
    "count",
    "alert",
    "index-alerts",
    "post",
    "notify",
    "settle",
    "index-failures",
    "write-documents",
]
"""The steps of the graph, and the sink of other pipelines, as they stand in failures and in metrics."""

Reason = Literal[
    "feed-unreachable",  # no answer: name, connection, time
    "feed-refused",  # an answer that is no feed: 4xx, 5xx
    "feed-too-large",
    "feed-gone",  # 410
    "feed-moved-badly",  # redirects without end, or to no address
    "feed-blocked",  # a challenge of a bot guard in the feed's place
    "bad-feed",  # the bytes are not a feed
    "bad-entry",  # an item with neither link nor text
    "forbidden-address",  # the address guard refused it
    "page-unreachable",
    "page-refused",
    "page-too-large",
    "page-not-html",
    "page-blocked",  # a challenge, consent or pay wall in the page's place
    "no-text",  # neither page nor feed gave any text
    "too-long",  # more text than the reader takes
    "unreadable",  # no reading of it came to an end
    "index-refused",  # the index took the others but not this record
    "index-unreachable",
    "notify-refused",  # the channel will never take it
    "notify-unreachable",
    "notify-given-up",  # no answer for three days
    "bug",  # an error of our own; the traceback is kept
]
"""Why an element failed: a closed list; docs/reference.md explains each."""

TRANSIENT: frozenset[Reason] = frozenset({"page-unreachable", "bug"})
"""Reasons that another try may cure: such an entry is tried in a few more runs."""

WAITING: frozenset[Reason] = frozenset({"index-unreachable", "notify-unreachable"})
"""Reasons that lie with a server: what they hit waits, however long it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An element that could not pass a stage; `newswatch replay` takes its `entry` up again from the ledger.

    `element` is what a person calls it (a URL), `payload` what the stage kept of it, as JSON.
    """

    id: str
    stage: Stage
    reason: Reason
    entry: str = ""
    element: str
    detail: Annotated[str, Stored()] = ""
    payload: Annotated[str, Stored()] = ""
    seen: dt.datetime


class Rejected(Exception):
    """Data that can never pass a stage: becomes a `Failure` with that reason."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type["Rejected"], tuple[Reason, str]]:
        return type(self), (self.reason, self.detail)
