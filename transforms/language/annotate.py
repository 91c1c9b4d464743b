"""Article texts -> spaCy Docs, parsed paragraph by paragraph and joined again with exact offsets.

A parser trained on sentences stumbles over newlines inside its input (speakers right: 78 % with, 89 % without, in the
proof run on GUM's news), so no paragraph ever sees its neighbours.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from models.engine import use_numpy_products

PARAGRAPH = re.compile(r"[^\s](?:[^\n]*[^\s])?")
"""A line without its outer whitespace; what stands between two of them becomes a whitespace token."""

BATCH = 64
"""Paragraphs in one batch of the model: larger ones gain nothing on a CPU."""

LONGEST = 20_000
"""A longer line is cut at a space: the parser's memory grows with the longest text of a batch."""


def read_docs(nlp: Language, texts: Sequence[str]) -> Iterator[Doc]:
    """Yield one Doc a text, in order, with `doc.text == text` to the letter."""
    use_numpy_products()  # thinc keeps its choice by thread, and Beam's threads are not the one that loaded
    cut = [pieces(text) for text in texts]
    parsed = iter(nlp.pipe((text for each in cut for text, real in each if real), batch_size=BATCH))
    for each in cut:
        yield join(each, islice(parsed, sum(real for _, real in each)), nlp.vocab)


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return the text cut into paragraphs (True) and the whitespace around them (False), nothing lost."""
    found: list[tuple[str, bool]] = []
    done = 0
    for start, end in _lines(text):
        if start > done:
            found.append((text[done:start], False))
        found.append((text[start:end], True))
        done = end
    if done < len(text):
        found.append((text[done:], False))
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for line in PARAGRAPH.finditer(text):
        start, end = line.span()
        while end - start > LONGEST:
            space = text.rfind(" ", start + 1, start + LONGEST)
            stop = space if space > start else start + LONGEST
            yield start, stop
            start = stop + 1 if space > start else stop
        yield start, end


def join(cut: Sequence[tuple[str, bool]], parsed: Iterable[Doc], vocab: Vocab) -> Doc:
    """Return the parsed paragraphs and the whitespace between them as one Doc."""
    docs = iter(parsed)
    parts = [next(docs) if real else _whitespace(text, vocab) for text, real in cut]
    if not parts:
        return Doc(vocab)
    whole = Doc.from_docs(parts, ensure_whitespace=False, exclude=["user_data", "tensor", "spans"])
    assert whole is not None  # from_docs gives None only for no docs at all
    return whole


def _whitespace(text: str, vocab: Vocab) -> Doc:
    return Doc(
        vocab,
        words=[text],
        spaces=[False],
        tags=["_SP"],
        pos=["SPACE"],
        deps=["dep"],
        lemmas=[text],
        heads=[0],
        ents=["O"],
    )
