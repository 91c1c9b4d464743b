"""What a poll gave -> how its feed fares, as a record of the index."""

import datetime as dt

from schemas.codec import from_json
from schemas.failures import Failure
from schemas.feeds import Feed, FeedHealth, FeedState, Polled
from schemas.ids import stable_id
from transforms.protocols import Ledger

Asked = Polled | Failure
"""A feed that was read, or why it could not be; the failure's payload is the feed."""


def health_of(asked: Asked, ledger: Ledger, now: dt.datetime) -> FeedHealth:
    """Return how the feed fares after its poll; of one that failed, the ledger remembers the state."""
    if isinstance(asked, Polled):
        return _health(asked.feed, asked.state, None, now)
    feed = from_json(Feed, asked.payload)
    return _health(feed, ledger.feed(feed.url) or FeedState(url=feed.url), asked, now)


def _health(feed: Feed, state: FeedState, failed: Failure | None, now: dt.datetime) -> FeedHealth:
    return FeedHealth(
        id=stable_id("feed", feed.url),
        url=feed.url,
        outlet=feed.outlet,
        language=feed.language,
        groups=feed.groups,
        status=state.status,
        reason=failed.reason if failed else None,
        detail=failed.detail if failed else state.detail,
        failures=state.failures,
        quiet=state.quiet,
        polled=state.polled,
        changed=state.changed,
        due=state.due,
        barred=state.barred,
        seen=now,
    )
