"""The failures that stood in a record's way: once it is in the index, they are mended and leave it."""

from typing import get_args

from schemas.alerts import Alert
from schemas.failures import Reason, Stage
from schemas.feeds import FeedHealth
from schemas.ids import failure_id
from schemas.records import Reading, Record

OF_READINGS: tuple[Stage, ...] = ("fetch", "extract", "sketch", "place", "tell-story", "read", "index", "judge")
OF_ALERTS: tuple[Stage, ...] = ("alert", "index-alerts", "post", "notify")
OF_FEEDS: tuple[Stage, ...] = ("poll", "index-feeds")
"""The stages that a record's subject has to pass, or to pass again, when it is written anew."""


def failures_before(record: Reading | Record) -> list[str]:
    """Return the ids of all failures that can have stood in the record's way; a feed keeps that of its last poll.

    What a stage after the writing fails at is written after it, so it is never taken away too soon.
    """
    if isinstance(record, Reading):
        return _ids(OF_READINGS, record.document.id)
    if isinstance(record, Alert):
        return _ids(OF_ALERTS, record.id)
    if isinstance(record, FeedHealth):
        now = record.reason and failure_id("poll", record.reason, record.url)
        return [old for old in _ids(OF_FEEDS, record.url) if old != now]
    return []


def _ids(stages: tuple[Stage, ...], subject: str) -> list[str]:
    return [failure_id(stage, reason, subject) for stage in stages for reason in get_args(Reason)]
