"""What news feeds really bring: odd quotation marks, lost capitals and full stops, stray whitespace."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

from models.tokens import NO_ENTITY, UNKNOWN_ENTITY, Text, Token, copied

OPENING, CLOSING = "``", "''"
MARKS = (
    ("“", "”"),
    ("“", "”"),
    ('"', '"'),
    ('"', '"'),
    ("‘", "’"),
    ("'", "'"),
    ("«", "»"),
    ("„", "“"),
    ("``", "''"),
    ("''", "''"),
    ("“", "“"),
    ("”", "”"),
)

Change = Callable[[Text, Random], Text]


def is_mark(tag: str) -> bool:
    """Return whether a Penn tag is a quotation mark's."""
    return tag in {OPENING, CLOSING}


def other_marks(text: Text, rng: Random) -> Text:
    """Write all quotation marks in another style; without tags, go by the mark itself."""
    opening, closing = rng.choice(MARKS)
    inside = False
    for token in text:
        if is_mark(token.tag) or token.word in {'"', "“", "”", "``", "''"}:
            known = is_mark(token.tag)
            opens = token.tag == OPENING if known else not inside
            token.word = opening if opens else closing
            inside = opens
    return text


def curly_apostrophes(text: Text, _: Random) -> Text:
    """Write n't and 's with a typographer's apostrophe."""
    for token in text:
        if not is_mark(token.tag):
            token.word = token.word.replace("'", "’")
    return text


POINTLESS = {
    "Mr.": "Mr", "Mrs.": "Mrs", "Ms.": "Ms", "Dr.": "Dr", "Gen.": "Gen", "Sen.": "Sen", "St.": "St",
    "U.S.": "US", "U.N.": "UN", "U.K.": "UK", "E.U.": "EU", "D.C.": "DC",
}  # fmt: skip


def british(text: Text, _: Random) -> Text:
    """Write abbreviations without their points."""
    for token in text:
        token.word = POINTLESS.get(token.word, token.word)
    return text


def lower_all(text: Text, _: Random) -> Text:
    """Write everything in lower case."""
    for token in text:
        token.word = token.word.lower()
    return text


def lower_names(text: Text, rng: Random) -> Text:
    """Write some of the names in lower case."""
    for token in text:
        if (token.tag.startswith("NNP") or token.ent not in {NO_ENTITY, UNKNOWN_ENTITY}) and rng.random() < 0.6:
            token.word = token.word.lower()
    return text


def capitals(text: Text, rng: Random) -> Text:
    """Write one sentence, or all of a short text, in capitals."""
    chosen = rng.random() < 0.5
    for token in text:
        if token.starts:
            chosen = rng.random() < 0.5
        if chosen:
            token.word = token.word.upper()
    return text


def capitals_all(text: Text, _: Random) -> Text:
    """Write everything in capitals."""
    for token in text:
        token.word = token.word.upper()
    return text


def title_case(text: Text, _: Random) -> Text:
    """Write a text as headlines are written."""
    for token in text:
        if len(token.word) > 3 and token.word.isalpha():
            token.word = token.word[0].upper() + token.word[1:]
    return text


def _removable(token: Token, text: Text) -> bool:
    return token.dep != "ROOT" and not any(t.head is token for t in text)


def without(text: Text, token: Token) -> Text:
    """Return the text less one token that nothing hangs on; its space and start go to its neighbours."""
    place = next(i for i, t in enumerate(text) if t is token)
    if place:
        text[place - 1].space = text[place - 1].space or token.space
    if token.starts and place + 1 < len(text):
        text[place + 1].starts = True
    if token.ent.startswith("B-") and place + 1 < len(text) and text[place + 1].ent.startswith("I-"):
        text[place + 1].ent = "B" + text[place + 1].ent[1:]
    return text[:place] + text[place + 1 :]


def no_stop(text: Text, _: Random) -> Text:
    """Lose the last full stop."""
    if len(text) > 3 and text[-1].word in {".", "!", "?"} and _removable(text[-1], text):
        return without(text, text[-1])
    return text


def lost_mark(text: Text, rng: Random) -> Text:
    """Lose one quotation mark."""
    marks = [t for t in text if is_mark(t.tag) and _removable(t, text)]
    return without(text, rng.choice(marks)) if marks else text


def swapped_mark(text: Text, _: Random) -> Text:
    """Exchange a closing quotation mark with the comma or stop before it."""
    for first, second in pairwise(text):
        if second.tag == CLOSING and first.word in {",", "."} and not first.space:
            for name in ("word", "tag", "pos", "dep", "head"):
                one, other = getattr(first, name), getattr(second, name)
                setattr(first, name, other)
                setattr(second, name, one)
    return text


def inserted(text: Text, place: int, token: Token) -> Text:
    """Return the text with a token before `place`."""
    return [*text[:place], token, *text[place:]]


def whitespace(text: Text, rng: Random) -> Text:
    """Put newlines or double spaces between sentences, and now and then between words."""
    grown: Text = []
    for place, token in enumerate(text):
        between = token.starts and place > 0
        if place and rng.random() < (0.6 if between else 0.004) and not token.ent.startswith("I-"):
            word = rng.choice(["\n", "\n\n", " ", "\n "]) if between else rng.choice([" ", "  ", "\n"])
            before = grown[-1]
            if word.startswith("\n"):
                before.space = False
            grown.append(Token(word, space=False, tag="_SP", pos="SPACE", dep="dep", head=before))
        grown.append(token)
    return grown


def newlines(text: Text, _: Random) -> Text:
    """Put a newline between all sentences."""
    grown: Text = []
    for place, token in enumerate(text):
        if token.starts and place:
            grown[-1].space = False
            grown.append(Token("\n", space=False, tag="_SP", pos="SPACE", dep="dep", head=grown[-1]))
        grown.append(token)
    return grown


def glued(text: Text, rng: Random) -> Text:
    """Lose a space after a sentence's end; the tokens stay apart, only the space goes."""
    for token, after in pairwise(text):
        if after.starts and rng.random() < 0.3:
            token.space = False
    return text


def bracketed(text: Text, rng: Random) -> Text:
    """Put an editor's brackets around a pronoun or a short subject."""
    for place, token in enumerate(text):
        if token.tag == "PRP" and token.ent == NO_ENTITY and token.space and rng.random() < 0.5:
            left = Token("[", space=False, tag="-LRB-", pos="PUNCT", dep="punct", head=token, starts=token.starts)
            right = Token("]", tag="-RRB-", pos="PUNCT", dep="punct", head=token)
            token.space, token.starts = False, False
            return [*text[:place], left, token, right, *text[place + 1 :]]
    return text


CHANGES: tuple[tuple[float, Change], ...] = (
    (0.5, other_marks),
    (0.25, curly_apostrophes),
    (0.3, british),
    (0.05, lower_all),
    (0.06, lower_names),
    (0.06, capitals),
    (0.04, title_case),
    (0.06, no_stop),
    (0.04, lost_mark),
    (0.06, swapped_mark),
    (0.08, whitespace),
    (0.03, glued),
    (0.03, bracketed),
)


def varied(text: Text, rng: Random) -> Text:
    """Return a copy with some of the changes applied."""
    made = copied(text)
    for chance, change in CHANGES:
        if rng.random() < chance:
            made = change(made, rng)
    return made
