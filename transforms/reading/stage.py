"""The Beam step that reads: Article -> Reading."""

from functools import partial

from schemas.records import Article, Reading
from transforms.reading.pool import ReadingPlan, open_reading
from transforms.stage import Clock, Stage, Subject, utc_now

BATCH = 256
"""Articles in one batch: its end is waited for, so it is many chunks long, and few enough to hold in memory."""


def read(
    *, plan: ReadingPlan, processes: int = 0, strict: bool = False, clock: Clock = utc_now
) -> Stage[Article, Reading]:
    """Return the step from article to reading, in as many processes as asked for."""
    return Stage(
        "read",
        open_step=partial(open_reading, plan, processes),
        subject=_subject,
        batch=BATCH,
        strict=strict,
        clock=clock,
    )


def _subject(article: Article) -> Subject:
    return Subject(article.id, article.url or article.title)
