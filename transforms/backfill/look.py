"""An index, page by page -> the documents that can hold an actor's name, as articles to be read again."""

import dataclasses as dc
import datetime as dt
from collections.abc import Iterator

from schemas.articles import Article
from schemas.documents import Document
from schemas.watchlist import Watchlist
from transforms.actors.matcher import Matcher
from transforms.actors.normalise import normalise
from transforms.upkeep import Keeper

PAGE = 200
"""Documents that are held in memory at once."""

DOCUMENT_FIELDS = frozenset(field.name for field in dc.fields(Document))
ARTICLE_FIELDS = tuple(field.name for field in dc.fields(Article) if field.name in DOCUMENT_FIELDS)


def pages(index: Keeper, *, after: str, size: int = PAGE) -> Iterator[list[Document]]:
    """Yield all documents by id, those after that one."""
    while records := index.page("documents", after=after, size=size):
        yield [record for record in records if isinstance(record, Document)]
        after = records[-1].id


def matcher_of(watchlist: Watchlist, actors: frozenset[str]) -> Matcher:
    """Return what finds these actors' names, and nobody else's."""
    return Matcher(Watchlist(actors=tuple(actor for actor in watchlist.actors if actor.id in actors)))


def may_hold(document: Document, matcher: Matcher, actors: frozenset[str]) -> bool:
    """Return whether reading the document again may change what the index says of the actors."""
    if not actors.isdisjoint(document.actors):
        return True
    return any(matcher.search(normalise(text)) for text in (document.text, document.title))


def seen_since(document: Document, since: dt.datetime | None) -> bool:
    """Return whether the document was first seen from then on."""
    return since is None or document.seen >= since


def article_of(document: Document) -> Article:
    """Return the article that the document was read from."""
    return Article(**{name: getattr(document, name) for name in ARTICLE_FIELDS})
