"""Article -> Reading: the one place where language, actors, statements and events meet over a Doc."""

import dataclasses as dc
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from schemas.articles import Article
from schemas.documents import Document, Entity, Origin
from schemas.mentions import Mention
from schemas.records import Reading
from transforms.actors.find import find as find_mentions
from transforms.actors.find import find_in_text, in_order
from transforms.actors.matcher import Matcher
from transforms.actors.references import by_speaking
from transforms.events.attach import attach as attach_to_events
from transforms.events.find import find as find_events
from transforms.language.annotate import read_docs
from transforms.language.detect import detect
from transforms.language.model import Model
from transforms.statements.attach import attach as attach_to_statements
from transforms.statements.find import find as find_statements

DOCUMENT_FIELDS = frozenset(f.name for f in dc.fields(Document))


@dc.dataclass(frozen=True, slots=True)
class Reader:
    """All that reading needs, loaded once a process."""

    model: Model
    matcher: Matcher


def read(reader: Reader, articles: Sequence[Article]) -> Iterator[Reading]:
    """Yield one reading an article, in order; only English ones are parsed."""
    known = [dc.replace(a, language=detect(a.text, hint=a.language)) for a in articles]
    docs = read_docs(reader.model.nlp, [a.text for a in known if a.language == "en"])
    for article in known:
        yield _english(reader, article, next(docs)) if article.language == "en" else _other(reader, article)


def origin_of(article: Article) -> Origin:
    """Return what a query needs of the article."""
    return Origin(
        document=article.id,
        url=article.url,
        title=article.title,
        outlet=article.outlet,
        language=article.language,
        published=article.published,
        published_precision=article.published_precision,
        seen=article.seen,
        story=article.story,
    )


def _english(reader: Reader, article: Article, doc: Doc) -> Reading:
    origin = origin_of(article)
    mentions = find_mentions(doc, reader.matcher, origin)
    said = attach_to_statements(find_statements(doc, origin), mentions)
    mentions = in_order(mentions, by_speaking(said, mentions))
    happened = attach_to_events(find_events(doc, origin), mentions)
    entities = tuple(Entity(start=e.start_char, end=e.end_char, text=e.text, label=e.label_) for e in doc.ents)
    document = _document(reader, article, mentions, entities=entities, model=reader.model.name)
    return Reading(document=document, statements=said, mentions=mentions, events=happened)


def _other(reader: Reader, article: Article) -> Reading:
    mentions = find_in_text(article.text, reader.matcher, origin_of(article))
    return Reading(document=_document(reader, article, mentions), mentions=mentions)


def _document(
    reader: Reader, article: Article, mentions: Sequence[Mention], *, entities: tuple[Entity, ...] = (), model: str = ""
) -> Document:
    shared = {f.name: getattr(article, f.name) for f in dc.fields(Article) if f.name in DOCUMENT_FIELDS}
    sure = tuple(sorted({m.actor for m in mentions if m.outcome == "mention"}))
    return Document(**shared, entities=entities, actors=sure, model=model, watchlist=reader.matcher.digest)
