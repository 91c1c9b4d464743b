"""One poll of one feed: asked, judged, parsed; what comes of it is for the ledger to remember."""

import datetime as dt
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from schemas.records import Entry, Feed, FeedState, Reason, Rejected, Reply
from transforms.feeds.body import is_complete
from transforms.feeds.parse import parse
from transforms.feeds.poll import Status, after_error, after_reply, is_barred, request_headers, without_validators
from transforms.protocols import Web, WebError

KINDS: dict[str, tuple[Status, Reason]] = {
    "unreachable": ("unreachable", "feed-unreachable"),
    "too-large": ("too-large", "feed-too-large"),
    "forbidden": ("forbidden", "forbidden-address"),
    "redirects": ("moved-badly", "feed-moved-badly"),
}
"""What the web's errors mean for a feed."""

REFUSALS: dict[str, Reason] = {"gone": "feed-gone", "refused": "feed-refused"}


class Asked(NamedTuple):
    """What a poll found: the feed's state now, its entries, and why there are none."""

    state: FeedState
    entries: tuple[Entry, ...] = ()
    error: Rejected | None = None


@dataclass(frozen=True)
class Asking:
    """How feeds are asked; called in many threads at once."""

    web: Web
    max_bytes: int
    clock: Callable[[], dt.datetime]

    def __call__(self, feed: Feed, state: FeedState) -> Asked:
        """Return what the poll found, unasked where the server forbids; never raises for what servers and feeds do."""
        if is_barred(state, self.clock()):  # still gone, still refused: a pass that was killed may not have told it
            return Asked(state, error=Rejected(REFUSALS.get(state.status, "feed-refused"), state.detail))
        try:
            reply = self._reply(feed, state)
        except WebError as e:
            status, reason = KINDS.get(e.kind, KINDS["unreachable"])
            return Asked(after_error(state, status, e.detail, self.clock()), error=Rejected(reason, e.detail))
        return judged(feed, state, reply, self.clock())

    def _reply(self, feed: Feed, state: FeedState) -> Reply:
        if urlsplit(feed.url).scheme.lower() == "file":
            return from_disk(feed.url, self.max_bytes)
        return self.web.get(feed.url, headers=request_headers(state), max_bytes=self.max_bytes)


def judged(feed: Feed, state: FeedState, reply: Reply, now: dt.datetime) -> Asked:
    """Return what the reply means: the next state, and the entries of a body that is new."""
    after = after_reply(state, reply, now)
    if after.status in REFUSALS:
        return Asked(after, error=Rejected(REFUSALS[after.status], after.detail))
    if after.status != "ok":
        return Asked(after)
    headers = dict(reply.headers) | {"content-location": reply.url}
    try:
        entries = parse(reply.body, headers=headers, feed=feed, seen=now)
    except Rejected as e:
        return Asked(after_error(state, "bad-feed", e.detail, now), error=e)
    if not is_complete(reply.body, reply.header("content-type")):
        after = without_validators(after, state)
    return Asked(after, tuple(entries))


def from_disk(url: str, max_bytes: int) -> Reply:
    """Return the file as a reply; raises WebError where it cannot be read or is too large."""
    try:
        with Path(urllib.request.url2pathname(urlsplit(url).path)).open("rb") as file:
            body = file.read(max_bytes + 1)
    except (OSError, ValueError) as e:
        raise WebError("unreachable", getattr(e, "strerror", None) or str(e)) from None
    if len(body) > max_bytes:
        raise WebError("too-large", f"more than {max_bytes} bytes")
    return Reply(url=url, status=200, body=body)
