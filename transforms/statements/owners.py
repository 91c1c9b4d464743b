"""Whose a quotation is that no verb reports: "Her answer: “…”", "a version denied by her staff: “…”", "“…” — Berg"."""

from transforms.language.grammar import FINITE
from transforms.language.names import Names
from transforms.language.roles import PERSONS, singular
from transforms.language.titles import TITLES
from transforms.statements.drafts import Phrase, Range
from transforms.statements.layout import DASHES, Layout, Quote
from transforms.statements.speakers import noun_phrase, possessor, preverbal
from transforms.statements.words import FORMS, SPEECH, UTTERANCES

POINTING = frozenset({"that", "those", "so", "thus", "this"})
BEING = frozenset({"was", "is", "were", "are", "'s", "’s"})

LINE = 12
"""More words than this in a sentence that leads to a quotation, and its first nouns do not tell who speaks."""


def opinion(layout: Layout, names: Names, sentence: Range) -> Phrase | None:
    """Return whose answer, verdict or message a sentence announces: "Her verdict on the deal? “…”"."""
    lo, at = sentence
    noun = next((k for k in range(lo, min(at, lo + LINE)) if layout.lower[k] in UTTERANCES), None)
    if noun is None or layout.tags[noun][:2] != "NN":
        return None
    if layout.lower[noun + 1 : noun + 2] == ["from"]:
        return noun_phrase(layout, names, noun + 2, at)
    return possessor(layout, names, noun, lo)


def for_whom_it_is(layout: Layout, names: Names, lo: int, at: int) -> Phrase | None:
    """Return who thinks so: "For Anna Berg, that is not enough. “…”"."""
    if layout.lower[lo] not in {"for", "to"}:
        return None
    phrase = noun_phrase(layout, names, lo + 1, at)
    person = phrase is not None and phrase.name is not None and layout.words[phrase.last : phrase.last + 1] == [","]
    return phrase if person else None


def signature(layout: Layout, names: Names, quote: Quote) -> Phrase | None:
    """Return the name under a quotation: "“…” — Anna Berg"."""
    dash = quote.right
    if layout.words[dash : dash + 1] == ["\n"]:
        dash += 1
    if layout.words[dash : dash + 1] == [] or layout.words[dash] not in DASHES:
        return None
    end = next((k for k in range(dash + 1, min(dash + 9, len(layout.words))) if "\n" in layout.words[k]), None)
    end = len(layout.words) if end is None and len(layout.words) - dash < 9 else end
    phrase = noun_phrase(layout, names, dash + 1, end) if end is not None else None
    return phrase if phrase is not None and phrase.name is not None and phrase.first == dash + 1 else None


def said_after(layout: Layout, names: Names, quote: Quote) -> Phrase | None:
    """Return whom the next sentence gives the words to: "“…” That was Anna Berg on Sunday.", "So said Anna Berg"."""
    at = quote.right
    while at < len(layout.words) - 1 and layout.words[at].isspace():
        at += 1
    if at >= len(layout.words) - 3 or layout.lower[at] not in POINTING or layout.inside[at] >= 0:
        return None
    lo, hi = layout.sentence(at)
    phrase = _pointed(layout, names, lo, hi) if lo == at else None
    return phrase if phrase is not None and phrase.name is not None else None


def _pointed(layout: Layout, names: Names, lo: int, hi: int) -> Phrase | None:
    """Return whom a sentence names that points back at words: "That's how Berg put it", "Those words, from Berg"."""
    word, at = layout.lower[lo + 1], lo + 2
    if layout.lower[lo] in {"so", "thus"}:
        return noun_phrase(layout, names, at, hi) if word in {"said", "says", "spoke"} else None
    if layout.lower[at] in {"how", "what"} and word in BEING:
        verb = next((k for k in range(at + 1, min(hi, at + LINE)) if layout.tags[k] in FINITE), at)
        told = FORMS.get(layout.lower[verb]) in SPEECH | {"describe", "characterize"}
        return preverbal(layout, names, verb, at + 1) if told else None
    of = next((k for k in range(lo + 1, min(hi - 1, lo + LINE)) if layout.lower[k] in {"of", "from", "by"}), None)
    if of is not None and set(layout.lower[lo + 1 : of]) & (UTTERANCES | {"view", "remarks"}):
        return noun_phrase(layout, names, of + 1, hi)
    return noun_phrase(layout, names, at, hi) if word in BEING else None


def agent(layout: Layout, names: Names, lo: int, colon: int) -> Phrase | None:
    """Return who is named with "by" before a colon: "A version denied by her staff: “…”"."""
    start = next((k + 1 for k in range(lo, colon) if layout.lower[k] == "by" and layout.tags[k - 1] == "VBN"), None)
    doer = noun_phrase(layout, names, start, colon) if start is not None else None
    return doer if doer is not None and doer.last == colon else None


def label(layout: Layout, names: Names, lo: int, colon: int) -> Phrase | None:
    """Return who stands before a colon: "Anna Berg: “…”", "Berg's spokeswoman: “…”"."""
    named = signed(layout, names, lo, colon)
    if named is not None:
        return named
    phrase = noun_phrase(layout, names, lo, colon) if colon - lo < 2 * LINE else None
    aside = phrase is not None and phrase.name is not None and layout.words[phrase.last] == ","
    if phrase is None or (colon - lo > 8 and not aside):  # "Berg, in a memo with the numbers: “…”"
        return None
    person = phrase.name or singular(layout.lower[phrase.head]) in PERSONS or layout.tags[phrase.head] == "NNP"
    return phrase if person else None


def signed(layout: Layout, names: Names, lo: int, colon: int) -> Phrase | None:
    """Return the person right before a colon, if a sentence begins with him: "… at 6 a.m. Pollster Anna Berg: “…”"."""
    place, name = names.place(colon - 1), names.at(colon - 1)
    if layout.words[colon] != ":" or place is None or name is None or not name.is_person or place[1] != colon:
        return None
    start = place[0]
    while start > lo and (singular(layout.lower[start - 1]) in PERSONS or layout.lower[start - 1] in TITLES):
        start -= 1
    alone = start == lo or layout.lower[start - 1] in {"a.m.", "p.m."}
    return Phrase(start, colon, colon - 1, place) if alone else None
