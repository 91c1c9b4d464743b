"""A speaker resolved -> its record, with all that the document tells of it where it has no name."""

from collections.abc import Iterable

from schemas.documents import Span
from schemas.statements import Speaker
from transforms.language.names import Names
from transforms.statements.drafts import Draft, Phrase, Range, shown_end
from transforms.statements.layout import Layout
from transforms.statements.referents import Referent
from transforms.statements.unnamed import Unnamed, unnamed

Sources = dict[int, Unnamed]
"""What is told of each unnamed source, by the token that is the head of its first description."""


def unnamed_sources(layout: Layout, names: Names, found: Iterable[tuple[Draft, Referent | None]]) -> Sources:
    """Return what the document tells of each unnamed source; what it tells later holds for all its statements."""
    told: Sources = {}
    for draft, referent in found:
        if referent is None or referent.source.kind != "anonymous" or draft.phrase is None:
            continue
        key = referent.origin.head
        described = [referent.origin] if key not in told else []
        if referent.phrase.head != key and layout.tags[referent.phrase.head] != "PRP":
            described.append(referent.phrase)
        for phrase in described:
            told[key] = told.get(key, Unnamed()).or_else(unnamed(layout, names, phrase, draft))
    return told


def speaker_of(layout: Layout, referent: Referent, sources: Sources) -> Speaker:
    """Return the record of a speaker."""
    source, phrase = referent.source, referent.phrase
    start, end = layout.span(phrase.first, shown_end(phrase))
    name_start, name_end = layout.span(*_head(referent.origin))
    told = sources.get(referent.origin.head, Unnamed()) if source.kind == "anonymous" else Unnamed()
    return Speaker(
        start=start,
        end=end,
        text=layout.text[start:end],
        name=source.name,
        source=source.kind,
        name_start=name_start,
        name_end=name_end,
        count=told.count,
        affiliation=told.affiliation,
        nationalities=told.nationalities,
        seniority=told.seniority,
        closeness=_span(layout, told.closeness),
        anonymity=_span(layout, told.anonymity),
    )


def _head(phrase: Phrase) -> Range:
    """Return what the name was read from: the person's name, else the head noun alone, never whom it belongs to."""
    return phrase.name or phrase.alias or (phrase.head, phrase.head + 1)


def _span(layout: Layout, characters: Range | None) -> Span | None:
    if characters is None:
        return None
    start, end = characters
    return Span(start=start, end=end, text=layout.text[start:end])
