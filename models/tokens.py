"""One token of a training text, and its way into and out of spaCy."""

from __future__ import annotations

import dataclasses as dc
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

NO_ENTITY = "O"
UNKNOWN_ENTITY = "-"


@dc.dataclass(slots=True, eq=False)
class Token:
    """A word with its gold annotation; `head` is another token of the same text, or none for a root."""

    word: str
    space: bool = True
    tag: str = ""
    pos: str = ""
    morph: str = ""
    dep: str = ""
    head: Token | None = None
    starts: bool = False
    ent: str = NO_ENTITY


Text = list[Token]


def copied(text: Sequence[Token]) -> Text:
    """Return a deep copy whose heads point into the copy."""
    twins = {id(token): dc.replace(token) for token in text}
    for twin in twins.values():
        twin.head = twins[id(twin.head)] if twin.head is not None else None
    return list(twins.values())


def joined(texts: Iterable[Sequence[Token]]) -> Text:
    """Return one text made of several, with a space between them."""
    together: Text = []
    for text in texts:
        if together:
            together[-1].space = True
        together.extend(text)
    return together


def bare(words: Sequence[str], spaces: Sequence[bool], ents: Sequence[str]) -> Text:
    """Return a text that carries entities only."""
    return [Token(w, s, ent=e) for w, s, e in zip(words, spaces, ents, strict=True)]


def to_doc(text: Sequence[Token], vocab: Vocab, *, tree: bool) -> Doc:
    """Return the gold Doc: with tags, and a tree where the text has one, or with entities."""
    words, spaces = [t.word for t in text], [t.space for t in text]
    if not tree:
        return Doc(vocab, words=words, spaces=spaces, ents=["" if t.ent == UNKNOWN_ENTITY else t.ent for t in text])
    if not any(t.dep for t in text):
        return Doc(vocab, words=words, spaces=spaces, tags=[t.tag for t in text])
    places = {id(token): i for i, token in enumerate(text)}
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=[t.tag for t in text],
        pos=[t.pos for t in text],
        morphs=[t.morph for t in text],
        deps=[t.dep for t in text],
        heads=[places[id(t.head or t)] for t in text],
        sent_starts=None,
    )


def to_example(text: Sequence[Token], vocab: Vocab, *, tree: bool) -> Example:
    """Return the pair of bare and gold Doc that spaCy trains on."""
    gold = to_doc(text, vocab, tree=tree)
    return Example(Doc(vocab, words=[t.word for t in text], spaces=[t.space for t in text]), gold)
