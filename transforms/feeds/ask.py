"""One poll of one feed: asked, judged, parsed; what comes of it is for the ledger to remember."""

import datetime as dt
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from schemas.articles import Entry, Reply
from schemas.failures import Reason, Rejected
from schemas.feeds import Feed, FeedState
from transforms.feeds.discover import announced, is_challenge
from transforms.feeds.moves import address_of, after_move
from transforms.feeds.parse import FeedRead, read_feed
from transforms.feeds.poll import (
    Status,
    after_error,
    after_refusal,
    after_reply,
    is_barred,
    request_headers,
    scheduled,
    without_validators,
)
from transforms.feeds.rhythm import BOUNDS, Bounds, learnt
from transforms.feeds.twins import listing_of
from transforms.feeds.websub import PUSHED, Hub, hub_of
from transforms.protocols import Web, WebError

KINDS: dict[str, tuple[Status, Reason]] = {
    "unreachable": ("unreachable", "feed-unreachable"),
    "too-large": ("too-large", "feed-too-large"),
    "forbidden": ("forbidden", "forbidden-address"),
    "redirects": ("moved-badly", "feed-moved-badly"),
}
"""What the web's errors mean for a feed."""

REFUSALS: dict[str, Reason] = {"gone": "feed-gone", "refused": "feed-refused", "blocked": "feed-blocked"}

BLOCKED = "a bot guard's challenge in the feed's place"


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
    bounds: Bounds = BOUNDS

    def __call__(self, feed: Feed, state: FeedState) -> Asked:
        """Return what the poll found, unasked where the server forbids; never raises for what servers and feeds do."""
        if is_barred(state, self.clock()):  # still gone, still refused: a pass that was killed may not have told it
            return Asked(state, error=Rejected(REFUSALS.get(state.status, "feed-refused"), state.detail))
        try:
            return self._asked(feed, state)
        except WebError as e:
            status, reason = KINDS.get(e.kind, KINDS["unreachable"])
            failed = after_error(state, status, e.detail, self.clock(), bounds=self.bounds)
            return Asked(failed, error=Rejected(reason, e.detail))

    def fetch(self, state: FeedState) -> None:
        """Only ask, unless the server forbids: the web keeps the answer for a call that follows; raises WebError."""
        if not is_barred(state, self.clock()):
            self._reply(address_of(state), state)

    def _asked(self, feed: Feed, state: FeedState) -> Asked:
        reply = self._reply(address_of(state), state)
        found = judged(feed, state, reply, now=self.clock(), bounds=self.bounds)
        named = announced(reply) if found.state.status == "bad-feed" and state.changed is None else ()
        if not named:
            return found
        at_feed = replace(state, address=named[0].url, failures=0)  # a site's own address was given: its first feed
        return judged(feed, at_feed, self._reply(named[0].url, at_feed), now=self.clock(), bounds=self.bounds)

    def _reply(self, address: str, state: FeedState) -> Reply:
        if urlsplit(address).scheme.lower() == "file":
            return from_disk(address, self.max_bytes)
        return self.web.get(address, headers=request_headers(state), max_bytes=self.max_bytes)


def judged(feed: Feed, state: FeedState, reply: Reply, *, now: dt.datetime, bounds: Bounds = BOUNDS) -> Asked:
    """Return what the reply means: the next state, and the entries of a body that is new."""
    after = after_reply(state, reply, now, bounds=bounds)
    if after.status == "refused" and is_challenge(reply):
        return _blocked(after_refusal(state, "blocked", reply, now, bounds=bounds))
    if after.status in REFUSALS:
        return Asked(after, error=Rejected(REFUSALS[after.status], after.detail))
    if after.status != "ok":
        return Asked(after_move(state, after, reply, now))
    headers = dict(reply.headers) | {"content-location": reply.url}
    try:
        found = read_feed(reply.body, headers=headers, feed=feed, seen=now, known_as=state.known_as)
    except Rejected as e:
        if is_challenge(reply):
            return _blocked(after_refusal(state, "blocked", reply, now, bounds=bounds))
        return Asked(after_error(state, "bad-feed", e.detail, now, bounds=bounds), error=e)
    after = scheduled(_read(state, after, found, reply, now), reply, now, bounds=bounds)
    return Asked(after_move(state, after, reply, now), found.entries)


def _blocked(state: FeedState) -> Asked:
    detail = f"{state.detail}: {BLOCKED}"
    return Asked(replace(state, detail=detail), error=Rejected("feed-blocked", detail))


def _read(before: FeedState, after: FeedState, found: FeedRead, reply: Reply, now: dt.datetime) -> FeedState:
    """Return the state with what the feed's entries and channel tell of its rhythm."""
    if reply.header(PUSHED):  # maybe only what is new: it says nothing of the whole
        return replace(without_validators(after, before), pushed=now)
    changed = before.changed if found.is_whole else None  # a feed that always comes cut changes with every poll
    rhythm = learnt(before.rhythm, found.entries, changed=changed, now=now)
    hub = hub_of(reply) or found.hub or Hub("", "")
    after = replace(after, rhythm=replace(rhythm, **found.hints._asdict()), hub=hub.hub, topic=hub.topic, own=found.own)
    if not found.is_whole:
        return replace(without_validators(after, before), cut=now)
    return replace(after, listing=listing_of(found.entries))


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
