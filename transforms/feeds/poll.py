"""What of a poll's reply to remember, and how to ask the next time: pure decisions over a feed's state."""

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Literal

from schemas.articles import Reply
from schemas.feeds import FeedState
from transforms.feeds.moves import is_unproven
from transforms.feeds.rhythm import BOUNDS, DAY, NO_WAIT, WEEK, Bounds, jittered, next_due, retry_after

Status = Literal[
    "new",  # never asked
    "ok",  # the last poll gave a changed feed
    "unchanged",  # the last poll gave what was known: a 304, or the same body
    "unreachable",  # no answer: name, connection, time
    "refused",  # an answer that is no feed: 4xx, 5xx
    "blocked",  # a bot guard's challenge in its place
    "too-large",
    "gone",  # 410: not asked again for a week
    "moved-badly",  # redirects without end
    "bad-feed",  # the bytes are not a feed
    "forbidden",  # the address guard refused it
    "same",  # another feed of the list is this one, and is asked in its place
]
"""What a feed's state can be; docs/reference.md explains each."""

BUSY = frozenset({429, 503})
"""Statuses whose Retry-After is obeyed; an ordinary failure bars nobody who runs again from another try."""

TRUST = 5
"""After so many 304s in a row the feed is asked without its validators, to see whether they hide a change."""

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


def request_headers(state: FeedState) -> dict[str, str]:
    """Return the headers of the next request: conditional, unless the feed's validators are under suspicion."""
    headers = {"Accept": ACCEPT}
    if not state.trusted or _is_probe(state) or is_unproven(state):
        return headers
    known = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return headers | {name: value for name, value in known.items() if value.isascii() and value.isprintable() and value}


def after_reply(state: FeedState, reply: Reply, now: dt.datetime, *, bounds: Bounds = BOUNDS) -> FeedState:
    """Return the state after the reply; its status `ok` says that the body is new and to be parsed."""
    if reply.status == 410:
        return after_error(state, "gone", "HTTP 410: the publisher has ended it", now, wait=WEEK)
    known = reply.status == 304 and state.body_hash != ""
    if not known and not 200 <= reply.status < 300:
        return after_refusal(state, "refused", reply, now, bounds=bounds)
    seen = replace(state, polled=now, barred=None, failures=0, detail="")
    return scheduled(_not_modified(seen, reply) if known else _answered(seen, reply, now), reply, now, bounds=bounds)


def after_refusal(
    state: FeedState, status: Status, reply: Reply, now: dt.datetime, *, bounds: Bounds = BOUNDS
) -> FeedState:
    """Return the state after an answer that is no feed; where the server is busy, its Retry-After is obeyed."""
    detail = f"HTTP {reply.status}" + (", unasked" if reply.status == 304 else "")
    wait = retry_after(reply, now) if reply.status in BUSY else NO_WAIT
    return after_error(state, status, detail, now, bounds=bounds, wait=wait)


def after_error(
    state: FeedState,
    status: Status,
    detail: str,
    now: dt.datetime,
    *,
    bounds: Bounds = BOUNDS,
    wait: dt.timedelta = NO_WAIT,
) -> FeedState:
    """Return the state after a failed poll: its validators are kept, it is due later each time, barred for `wait`."""
    failures = state.failures + 1
    due = now + max(jittered(state.url, back_off(failures, bounds)), wait)
    barred = now + wait if wait else None
    return replace(state, polled=now, due=due, barred=barred, failures=failures, status=status, detail=detail)


def scheduled(state: FeedState, reply: Reply, now: dt.datetime, *, bounds: Bounds = BOUNDS) -> FeedState:
    """Return the state of a feed that answered, due again when its rhythm and its server say."""
    due = next_due(state.url, state.rhythm, reply, now, bounds=bounds)
    if state.pushed and now - state.pushed < DAY:  # its hub tells what is new
        due = max(due, now + jittered(state.url, bounds.longest))
    wait = retry_after(reply, now)
    return replace(state, due=due, barred=now + wait if wait > bounds.longest else None)


def is_barred(state: FeedState, now: dt.datetime) -> bool:
    """Return whether the feed may not be asked yet: its server said so, by Retry-After with 429 or 503, or by 410.

    Nobody is barred for more than a week: where it looks so, the clock has been set back since.
    """
    return state.barred is not None and now < state.barred <= now + WEEK


def back_off(failures: int, bounds: Bounds = BOUNDS) -> dt.timedelta:
    """Return how long to wait after so many failures in a row: twice as long each time, a day at most."""
    return min(bounds.shortest * (1 << min(failures, 12)), max(DAY, bounds.longest))


def without_validators(state: FeedState, before: FeedState) -> FeedState:
    """Return the state with what was known before of the body: the feed came in part, and is asked for again."""
    return replace(state, etag=before.etag, modified=before.modified, body_hash=before.body_hash)


def _is_probe(state: FeedState) -> bool:
    return state.quiet >= TRUST


def _not_modified(seen: FeedState, reply: Reply) -> FeedState:
    etag, modified = reply.header("etag") or seen.etag, reply.header("last-modified") or seen.modified
    return replace(seen, status="unchanged", quiet=seen.quiet + 1, etag=etag, modified=modified)


def _answered(seen: FeedState, reply: Reply, now: dt.datetime) -> FeedState:
    etag, modified = reply.header("etag"), reply.header("last-modified")
    found = hashlib.sha256(reply.body).hexdigest()
    is_new = found != seen.body_hash
    same_validators = (etag or modified) and (etag, modified) == (seen.etag, seen.modified)
    lied = is_new and same_validators and _is_probe(seen)
    now_known = replace(seen, etag=etag, modified=modified, body_hash=found, quiet=0, trusted=seen.trusted and not lied)
    return replace(now_known, status="ok", changed=now) if is_new else replace(now_known, status="unchanged")
