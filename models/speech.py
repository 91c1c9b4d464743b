"""Whether the parser finds who said what in sentences of our own (`speech.yaml`)."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml
from spacy.language import Language
from spacy.tokens import Doc, Token


class Case(NamedTuple):
    """A text, its verb of speaking, the head of the speaker's name, a word of what was said, and how many sentences."""

    text: str
    cue: str
    speaker: str
    said: str
    sentences: int


def cases() -> list[Case]:
    """Return the sentences with what must be found in them."""
    rows: list[list[str]] = yaml.safe_load(Path(__file__).with_name("speech.yaml").read_text("utf-8"))
    return [Case(row[0], row[1], row[2], row[3], int(row[4])) for row in rows]


def found(doc: Doc, case: Case) -> bool:
    """Return whether speaker, content and sentence boundaries are all as they should be."""
    cue = next((t for t in reversed(doc) if t.text == case.cue), doc[0])
    said = next(t for t in doc if t.text == case.said)
    spoken = any(subject.text == case.speaker for subject in subjects(cue))
    hung = cue.is_ancestor(said) or (cue.dep_ == "parataxis" and said == cue.head)
    return spoken and hung and len(list(doc.sents)) == case.sentences


def subjects(verb: Token) -> list[Token]:
    """Return the subjects of a verb, or of the verb it is joined to."""
    own = [child for child in verb.children if child.dep_.startswith("nsubj")]
    return own if own or verb.dep_ != "conj" else subjects(verb.head)


def share(nlp: Language) -> dict[str, float]:
    """Return the share of the sentences in which everything was found."""
    wanted = cases()
    right = [found(doc, case) for doc, case in zip(nlp.pipe([c.text for c in wanted]), wanted, strict=True)]
    return {"found": sum(right) / len(right), "sentences": float(len(right))}
