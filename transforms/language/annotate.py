"""Article texts -> spaCy Docs, parsed paragraph by paragraph and joined again with exact offsets.

A parser trained on sentences stumbles over newlines inside its input (speakers right: 78 % with, 89 % without, in the
proof run on GUM's news), so no paragraph ever sees its neighbours, nor the dateline before its first sentence.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from models.engine import use_numpy_products
from transforms.language.datelines import LINE, datelines
from transforms.language.mending import mend
from transforms.language.unparsed import unparsed

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
        yield mend(join(each, islice(parsed, sum(real for _, real in each)), nlp))


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return the text cut into paragraphs (True) and the whitespace and datelines before them (False), nothing lost."""
    found: list[tuple[str, bool]] = []
    done = 0
    for start, end, real in _lines(text):
        if start > done:
            found.append((text[done:start], False))
        found.append((text[start:end], real))
        done = end
    if done < len(text):
        found.append((text[done:], False))
    return found


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    dated = {start: found.end for start, found in datelines(text)}
    for line in LINE.finditer(text):
        start, end = line.span()
        if start in dated:
            yield start, start + dated[start], False
            start += dated[start]
        while end - start > LONGEST:
            space = text.rfind(" ", start + 1, start + LONGEST)
            stop = space if space > start else start + LONGEST
            yield start, stop, True
            start = stop + 1 if space > start else stop
        if end > start:
            yield start, end, True


def join(cut: Sequence[tuple[str, bool]], parsed: Iterable[Doc], nlp: Language) -> Doc:
    """Return the parsed paragraphs, and the whitespace and datelines between them, as one Doc."""
    docs = iter(parsed)
    parts = [next(docs) if real else unparsed(text, nlp) for text, real in cut]
    if not parts:
        return Doc(nlp.vocab)
    whole = Doc.from_docs(parts, ensure_whitespace=False, exclude=["user_data", "tensor", "spans"])
    assert whole is not None  # from_docs gives None only for no docs at all
    return whole
