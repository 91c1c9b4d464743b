"""Article -> what each watched name in it was taken for, and why; the refused ones too."""

import dataclasses as dc
from typing import Any

from schemas.records import Article
from transforms.actors.explain import explain, explain_text
from transforms.language.annotate import read_docs
from transforms.language.detect import detect
from transforms.reading.read import Reader, origin_of

Candidate = dict[str, Any]
"""A watched name in the text, as `transforms.actors.explain` tells of it."""


def explain_article(reader: Reader, article: Article) -> tuple[Article, list[Candidate]]:
    """Return the article with its language, and every watched name in it, in order; only an English one is parsed."""
    known = dc.replace(article, language=detect(article.text, hint=article.language))
    if known.language != "en":
        return known, explain_text(known.text, reader.matcher, origin_of(known))
    doc = next(read_docs(reader.model.nlp, [known.text]))
    return known, explain(doc, reader.matcher, origin_of(known))
