"""What the ledger's rules are, whatever it is kept in."""

import datetime as dt

from schemas.alerts import Match
from transforms.keeping import moment_of

TRIES = 5
"""Runs in which an entry may fail before it is settled as failed."""


def order(match: Match) -> tuple[dt.datetime, str]:
    """Return what an alert's matches are ordered by: the article's date (else when it was seen), then the record."""
    return moment_of(match), match.record
