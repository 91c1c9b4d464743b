"""How long a channel that did not take a notice is left alone, and when the notice is given up."""

import datetime as dt

WAITS_S = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""Seconds between two tries, as Standard Webhooks recommend: three days in all."""

TRIES = len(WAITS_S) + 1


def wait(tries: int) -> dt.timedelta | None:
    """Return how long to wait after so many tries that failed, or None where it is given up."""
    return dt.timedelta(seconds=WAITS_S[tries - 1]) if tries <= len(WAITS_S) else None
