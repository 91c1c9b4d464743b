"""Clauses of speaking, put together from short phrases that bring their own trees."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from models.tokens import Text, Token
from models.wordlists import block, lines

Name = tuple[str, ...]

POS = {
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "NNS": "NOUN", "NN": "NOUN", "NNP": "PROPN", "DT": "DET", "CD": "NUM",
    "POS": "PART", "IN": "ADP", "JJ": "ADJ", "VBD": "VERB", "VBZ": "VERB", "VBN": "VERB", "VBG": "VERB", "RB": "ADV",
    ",": "PUNCT", ".": "PUNCT", ":": "PUNCT", "``": "PUNCT", "''": "PUNCT",
}  # fmt: skip
MORPHS = {"NN": "Number=Sing", "NNS": "Number=Plur", "JJ": "Degree=Pos"}


def token(word: str, tag: str, dep: str, head: Token | None = None, *, space: bool = True) -> Token:
    """Return a token whose part of speech and features follow from its tag."""
    return Token(word, space, tag, POS[tag], MORPHS.get(tag, ""), dep, head)


def phrase(notation: str, name: Name = ()) -> Text:
    """Return the tokens of a phrase in the notation of the word lists; its head hangs on nothing yet."""
    parts = [item.rsplit("/", 3) for item in notation.split(" ")]
    tokens = [token(word, tag, dep) for word, tag, dep, _ in parts]
    made: Text = []
    for current, (_, _, _, head) in zip(tokens, parts, strict=True):
        current.head = tokens[int(head) - 1] if head != "0" else None
        made.append(current)
        if current.word == "@":
            current.word = name[0]
            made.extend(token(word, "NNP", "flat", current) for word in name[1:])
    return with_commas(made)


def with_commas(text: Text) -> Text:
    """Write commas close to the word before, and close an apposition with a comma of its own."""
    for before, after in pairwise(text):
        if after.tag in {",", "POS"}:
            before.space = False
    comma = next((t for t in text if t.word == ","), None)
    if comma is not None:
        text[-1].space = False
        text.append(token(",", ",", "punct", comma.head))
    return text


def without_end_comma(text: Text) -> Text:
    """Return a phrase without the comma that closes its apposition: a full stop does that work."""
    if text[-1].word != ",":
        return text
    text[-2].space = True
    return text[:-1]


def hung(text: Text, head: Token, dep: str = "") -> Token:
    """Hang a phrase on a head, and return the token by which it hangs."""
    loose = next(t for t in text if t.head is None)
    loose.head = head
    loose.dep = dep or loose.dep
    return loose


def speaker(rng: Random, names: list[Name], *, pronouns: bool = True) -> Text:
    """Return somebody who speaks."""
    fit = [line for line in lines("speakers") if pronouns or "PRP/" not in line]
    return phrase(rng.choice(fit), rng.choice(names))


def clause(rng: Random, names: list[Name], *, final: bool) -> tuple[Text, Token]:
    """Return a clause of speaking and its verb: he said, said one of the officials, X told reporters on Monday."""
    word = rng.choice(block("cues").split())
    verb = token(word, "VBZ" if word == "says" else "VBD", "ROOT")
    who = speaker(rng, names)
    hung(who, verb, "nsubj")
    hearer = phrase(rng.choice(lines("hearers"))) if word == "told" else []
    if hearer:
        hung(hearer, verb, "iobj")
    tail = phrase(rng.choice(lines("tails"))) if rng.random() < 0.3 else []
    if tail:
        hung(tail, verb)
    if final and word != "told" and who[0].tag != "PRP" and rng.random() < 0.55:
        return [verb, *(who if tail else without_end_comma(who)), *tail], verb
    return [*who, verb, *hearer, *tail], verb
