"""What no model reads -> Docs: the whitespace between paragraphs, and datelines, whose form tells what they name."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from transforms.language.datelines import Dateline, reread

LABELS = {"NNP": "PROPN", "CD": "NUM", ":": "PUNCT", "_SP": "SPACE"}
"""The tags of such a Doc, and the parts of speech that they are of."""


def unparsed(text: str, nlp: Language) -> Doc:
    """Return the Doc of whitespace or of a dateline: its own sentence, with places, date and agency as entities."""
    return _whitespace(text, nlp.vocab) if text.isspace() else _dated(text, reread(text), nlp)


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


def _dated(text: str, found: Dateline, nlp: Language) -> Doc:
    """Return a Doc in which nothing is a subject or a verb: all hangs on the first token."""
    words: list[str] = []
    spaces: list[bool] = []
    entities: list[str] = []
    for piece, label in _pieces(text, found):
        inside = "B-"
        for token in nlp.tokenizer(piece):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            entities.append(inside + label if label else "O")
            inside = "I-"
    tags = [_tag(word) for word in words]
    return Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=[LABELS[tag] for tag in tags],
        deps=["ROOT", *("dep" for _ in words[1:])],
        lemmas=words,
        heads=[0] * len(words),
        ents=entities,
    )


def _pieces(text: str, found: Dateline) -> Iterator[tuple[str, str]]:
    """Yield the dateline cut where its named parts begin and end, each with its label; a space stays with its word."""
    named = [*((place, "GPE") for place in found.places), (found.date, "DATE"), (found.agency, "ORG")]
    done = 0
    for (start, stop), label in sorted(n for n in named if n[0][1]):
        end = stop + text.startswith(" ", stop)
        if start > done:
            yield text[done:start], ""
        yield text[start:end], label
        done = end
    if done < len(text):
        yield text[done:], ""


def _tag(word: str) -> str:
    if word.isspace():
        return "_SP"
    return "NNP" if word[0].isalpha() else "CD" if word[0].isdigit() else ":"
