"""What a question's fields mean for each kind of record: one truth for the embedded index and Elasticsearch."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from schemas.query import Kind
from schemas.records import KINDS, Record

Paths = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Where each part of a question looks in a record, as dotted paths; no path: no record of the kind fits.

    `text` is English, `speakers` and `names` are people's names (not stemmed); the others are taken as they stand.
    `about_words` is where `about` looks when it is asked by words: the text, where nothing else is said.
    `lists` names those of which a record may have several.
    """

    text: Paths = ()
    speakers: Paths = ()
    names: Paths = ()
    by: Paths = ()
    about: Paths = ()
    about_words: Paths = ()
    actor: Paths = ()
    document: Paths = ("origin.document",)
    outlet: Paths = ("origin.outlet",)
    language: Paths = ("origin.language",)
    type: Paths = ()
    outcome: Paths = ()
    time: str = "origin.seen"
    lists: frozenset[str] = frozenset({"by", "about", "actor"})


FACETS: dict[Kind, Facets] = {
    "documents": Facets(
        text=("title", "text"),
        about=("actors",),
        actor=("actors",),
        document=("id",),
        outlet=("outlet",),
        language=("language",),
        type=("text_from",),
        time="seen",
    ),
    "statements": Facets(
        text=("text",),
        speakers=("speaker.name",),
        by=("speaker.actor",),
        about=("about",),
        actor=("speaker.actor", "about"),
        type=("kind",),
    ),
    "mentions": Facets(
        text=("sentence.text",),
        names=("name",),
        about=("actor",),
        actor=("actor",),
        type=("form",),
        outcome=("outcome",),
    ),
    "events": Facets(
        text=("sentence.text",),
        speakers=("agents.name",),
        names=("targets.name",),
        by=("agents.actor",),
        about=("targets.actor",),
        about_words=("targets.name",),
        actor=("actors",),
        type=("type",),
    ),
    "alerts": Facets(
        text=("title", "summary", "matches.sentence", "matches.words"),
        about=("actors",),
        actor=("actors",),
        document=("matches.origin.document",),
        outlet=("outlets",),
        language=("matches.origin.language",),
        type=("rule",),
        time="last_seen",
        lists=frozenset({"by", "about", "actor", "document", "outlet", "language"}),
    ),
    "failures": Facets(document=("entry",), outlet=(), language=(), type=("reason",), time="seen"),
    "feeds": Facets(document=(), outlet=("outlet",), language=("language",), type=("status",), time="seen"),
}

KIND_OF: dict[type[Record], Kind] = {KINDS[kind]: kind for kind in FACETS}
"""The plural name of a record's class."""

EXACT = ("by", "about", "actor", "document", "outlet", "language", "type", "outcome")
"""The facets that hold words taken as they stand."""

ACTORS = ("by", "about", "actor")
"""The facets that hold actors' ids, and may be asked by name too."""


def worded(facets: Facets, facet: str) -> Paths:
    """Return where a facet of actors looks when it is asked by words instead of an id."""
    if facet == "by":
        return facets.speakers
    if facet == "about":
        return facets.about_words or facets.text
    return (*facets.speakers, *facets.names)  # a text that has the words need not be about the actor


def values(record: object, paths: Paths) -> list[Any]:
    """Return what stands in those paths of a record, in order; nothing where a part is missing or empty."""
    return [value for walk in _walks(paths) for value in _walk(record, walk)]


@cache
def _walks(paths: Paths) -> list[Paths]:
    return [tuple(path.split(".")) for path in paths]


def _walk(value: Any, walk: Paths) -> list[Any]:
    for at, name in enumerate(walk):
        if value is None:
            return []
        if isinstance(value, tuple):
            return [found for item in value for found in _walk(item, walk[at:])]
        value = getattr(value, name)
    if isinstance(value, tuple):
        return list(value)
    return [] if value is None or value == "" else [value]
