"""The time, as an argument: what production gives for it."""

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Gives the present, aware, in UTC."""


def utc_now() -> dt.datetime:
    """Return the present, aware, in UTC: the clock of production."""
    return dt.datetime.now(dt.timezone.utc)
