"""What a poll gave -> how its feed fares, as a record of the index."""

import datetime as dt
from collections.abc import Callable

from schemas.codec import from_json
from schemas.failures import Failure
from schemas.feeds import Account, Feed, FeedHealth, FeedState, Polled
from schemas.ids import stable_id
from transforms.printable import one_line
from transforms.protocols import Ledger

Asked = Polled | Failure
"""A feed that was read, or why it could not be; the failure's payload is the feed."""


Tells = Callable[[Feed, FeedState, dt.datetime], Account]
"""Tells how a feed fares."""


def health_of(asked: Asked, ledger: Ledger, account: Tells, now: dt.datetime) -> FeedHealth:
    """Return how the feed fares after its poll; of one that failed, the ledger remembers the state."""
    if isinstance(asked, Polled):
        feed, state, failed = asked.feed, asked.state, None
    else:
        feed, failed = from_json(Feed, asked.payload), asked
        state = ledger.feed(feed.url) or FeedState(url=feed.url)
    return _health(feed, state, failed, told=account(feed, state, now), now=now)


def _health(feed: Feed, state: FeedState, failed: Failure | None, *, told: Account, now: dt.datetime) -> FeedHealth:
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
        a_day=told.items_a_day,
        address=told.address,
        why=one_line(told.why),
        seen=now,
    )
