"""Entity spans: out of columns, onto spaCy's own tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokenizer import Tokenizer

from models.tokens import NO_ENTITY, UNKNOWN_ENTITY, Text, bare

UNKNOWN = "?"


class Span(NamedTuple):
    """A labelled run of words."""

    first: int
    end: int
    label: str


def from_columns(tags: Sequence[str]) -> list[Span]:
    """Return the spans of B-/I-/O tags; an I- after another label opens a span too."""
    found: list[Span] = []
    for place, tag in enumerate(tags):
        if tag in {"O", "-", ""}:
            continue
        label = tag[2:]
        goes_on = tag[0] == "I" and found and found[-1].end == place and found[-1].label == label
        if goes_on:
            found[-1] = found[-1]._replace(end=place + 1)
        else:
            found.append(Span(place, place + 1, label))
    return found


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, less those that overlap an earlier-listed one."""
    taken: set[int] = set()
    kept: list[Span] = []
    for span in spans:
        if span.end > span.first and taken.isdisjoint(range(span.first, span.end)):
            taken.update(range(span.first, span.end))
            kept.append(span)
    return sorted(kept)


NO_SPACE_BEFORE = re.compile(r"^(?:[.,;:!?%)\]}’”]|'s|'S|n't|N'T|'re|'ve|'ll|'d|'m|''|\.\.\.)$")
NO_SPACE_AFTER = re.compile(r"^(?:[(\[{$£€“‘]|``)$")


def spaced(words: Sequence[str]) -> list[bool]:
    """Return whether a space follows each word, as print has it."""
    spaces: list[bool] = []
    inside = False
    for word, after in zip(words, [*words[1:], ""], strict=True):
        space = not (NO_SPACE_BEFORE.match(after) or NO_SPACE_AFTER.match(word))
        if word == '"':
            inside = not inside
            space = space and not inside
        if after == '"' and inside:
            space = False
        spaces.append(space)
    return spaces


class Columns(NamedTuple):
    """A text as the corpora hold it: words, whether a space follows, and Penn tags where known."""

    words: Sequence[str]
    spaces: Sequence[bool]
    tags: Sequence[str] = ()

    def places(self) -> list[int]:
        """Return where each word starts in the text."""
        found, place = [], 0
        for word, space in zip(self.words, self.spaces, strict=True):
            found.append(place)
            place += len(word) + space
        return found


def retokenized(columns: Columns, spans: Iterable[Span], tokenizer: Tokenizer) -> Text:
    """Return the text in spaCy's tokens with entities and tags carried over; a span that ends inside a token widens."""
    places = columns.places()
    doc = tokenizer("".join(w + " " * s for w, s in zip(columns.words, columns.spaces, strict=True)))
    ents = [NO_ENTITY] * len(doc)
    for span in spans:
        last = places[span.end - 1] + len(columns.words[span.end - 1])
        piece = doc.char_span(places[span.first], last, alignment_mode="expand")
        if piece is not None and all(ents[t.i] == NO_ENTITY for t in piece):
            ents[piece.start : piece.end] = written(span.label, len(piece))
    made = bare([t.text for t in doc], [bool(t.whitespace_) for t in doc], ents)
    tags = dict(zip(zip(places, columns.words, strict=True), columns.tags, strict=False))
    for token, current in zip(made, doc, strict=True):
        token.tag = tags.get((current.idx, current.text), "")
    if made:
        made[0].starts = True
    return made


def written(label: str, size: int) -> list[str]:
    """Return the B- and I- tags of a span."""
    if label == UNKNOWN:
        return [UNKNOWN_ENTITY] * size
    return [f"B-{label}", *[f"I-{label}"] * (size - 1)]
