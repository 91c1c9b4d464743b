"""Article -> what each watched name in it was taken for, and why; the refused ones too."""

import dataclasses as dc
from typing import Any

from schemas.articles import Article
from schemas.mentions import Mention
from schemas.watchlist import Actor
from transforms.actors.explain import explain, explain_text
from transforms.actors.find import scene_of, scene_of_text
from transforms.actors.nearest import in_title, nearest
from transforms.actors.scene import Scene
from transforms.language.annotate import read_docs
from transforms.language.detect import detect
from transforms.reading.read import Reader, origin_of, read

Candidate = dict[str, Any]
"""A place that may mean a watched actor, as `transforms.actors.explain` tells of it."""


@dc.dataclass(frozen=True, slots=True)
class Explained:
    """The article with its language, and every place in it that may mean a watched actor, in order."""

    article: Article
    candidates: list[Candidate]
    scene: Scene

    def nearest(self, actor: Actor) -> list[Candidate]:
        """Return what comes nearest to an actor whose name is nowhere in the text."""
        return nearest(self.scene, actor)

    def in_title(self, actor: Actor) -> str:
        """Return the actor's name that the title has; empty where it has none."""
        return in_title(self.article.title, actor)


def explain_article(reader: Reader, article: Article) -> Explained:
    """Return the article explained; only an English one is parsed."""
    known = dc.replace(article, language=detect(article.text, hint=article.language))
    origin = origin_of(known)
    if known.language == "en":
        doc = next(read_docs(reader.model.nlp, [known.text]))
        scene, named = scene_of(doc, origin), explain(doc, reader.matcher, origin)
    else:
        scene, named = scene_of_text(known.text, origin), explain_text(known.text, reader.matcher, origin)
    places = {(candidate["start"], candidate["end"]) for candidate in named}
    (reading,) = read(reader, [known])
    referred = [_candidate(m) for m in reading.mentions if (m.start, m.end) not in places]
    return Explained(known, sorted([*named, *referred], key=_place), scene)


def _candidate(mention: Mention) -> Candidate:
    """Return a role or pronoun that means an actor, in the terms of a candidate."""
    return {
        "actor": mention.actor,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "found": mention.form,
        "verdict": mention.outcome,
        "score": mention.score,
        "why": mention.evidence,
        "clues": [],
        "sentence": mention.sentence.text,
        "sentence_start": mention.sentence.start,
    }


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate["start"], candidate["end"]
