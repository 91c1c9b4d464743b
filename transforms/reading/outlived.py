"""Articles of which one ends the process that reads it: each is read alone, and only that one is lost."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from schemas.articles import Article
from schemas.errors import UserError
from schemas.records import Reading
from transforms.attempt import attempt

Answer = tuple[Article, Reading | Exception]
Read = Callable[[Sequence[Article]], Iterator[Answer]]

LOST = "a reading process was killed: was there too little memory? Fewer processes take less (language.processes)"

TRIES = 2
"""An article is read so often before it is held to have ended its reading process: that may have been dead before."""


def outlived(read: Read, batch: Sequence[Article]) -> Iterator[Answer]:
    """Yield what reading gives, as it comes; where a reading process is killed meanwhile, find who ends it."""
    done = 0
    try:
        for answer in read(batch):
            yield answer
            done += 1
    except UserError as e:
        if not is_lost(e):
            raise
        for article in batch[done:]:
            yield article, _alone(read, article)


def _alone(read: Read, article: Article) -> Reading | Exception:
    for _ in range(TRIES):
        found = attempt(partial(_all, read), [article])
        if not isinstance(found, Exception):
            return found[0][1]
        if not is_lost(found):
            raise found
    return RuntimeError("its reading process was killed over it: was there too little memory?")


def _all(read: Read, batch: Sequence[Article]) -> list[Answer]:
    return list(read(batch))


def is_lost(error: Exception) -> bool:
    """Return whether a reading process was killed."""
    return isinstance(error, UserError) and str(error) == LOST
