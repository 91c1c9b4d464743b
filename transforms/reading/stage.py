"""The Beam step that reads: Article -> Reading."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from schemas.articles import Article
from schemas.records import Reading
from transforms.clock import Clock, utc_now
from transforms.stage import Stage, Step, Subject

BATCH = 512
"""Articles in one batch: its end is waited for, so it is many chunks long, and few enough to hold in memory."""

OpenReading = Callable[[], AbstractContextManager[Step[Article, Reading]]]
"""Gives what reads a batch: `pool.open_reading` with its plan, or processes that stay from pass to pass."""


def read(*, open_reading: OpenReading, strict: bool = False, clock: Clock = utc_now) -> Stage[Article, Reading]:
    """Return the step from article to reading, in as many processes as are opened."""
    return Stage("read", open_step=open_reading, subject=_subject, batch=BATCH, strict=strict, clock=clock)


def _subject(article: Article) -> Subject:
    return Subject(article.id, article.url or article.title)
