"""Which feeds a watch asks now."""

import datetime as dt

from schemas.feeds import FeedState
from transforms.feeds.poll import is_barred

SKEW = dt.timedelta(minutes=1)
"""Clocks that are set right by less move nothing."""


def is_due(state: FeedState | None, now: dt.datetime) -> bool:
    """Return whether the feed is to be asked: it is new, its time has come, or the clock has been set back since."""
    if state is None or state.due is None or now >= state.due:
        return True
    set_back = state.polled is not None and state.polled > now + SKEW
    return set_back and not is_barred(state, now)
