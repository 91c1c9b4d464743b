"""Reading a batch so that an article that cannot be read costs only itself."""

from collections.abc import Iterator, Sequence
from functools import partial

from schemas.articles import Article
from schemas.records import Reading
from transforms.attempt import attempt
from transforms.reading.limit import BASE_S, allowed, within
from transforms.reading.outlived import Answer
from transforms.reading.read import Reader, read


def read_each(reader: Reader, articles: Sequence[Article], *, base_s: float = BASE_S) -> Iterator[Answer]:
    """Yield each article with its reading; if the batch as a whole fails, each is tried alone."""
    readings = attempt(partial(_read_in_time, reader, base_s), articles)
    if not isinstance(readings, Exception):
        yield from zip(articles, readings, strict=True)
    elif len(articles) == 1:
        yield articles[0], readings
    else:
        for article in articles:
            yield from read_each(reader, [article], base_s=base_s)


def _read_in_time(reader: Reader, base_s: float, articles: Sequence[Article]) -> list[Reading]:
    with within(allowed(articles, base_s)):
        return list(read(reader, articles))
