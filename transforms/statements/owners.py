"""Whose a quotation is that no verb reports: "Her answer: “…”", "a version denied by her staff: “…”", "“…” — Berg"."""

from transforms.language.names import Names
from transforms.language.roles import PERSONS, singular
from transforms.statements.drafts import Phrase, Range
from transforms.statements.layout import DASHES, Layout, Quote
from transforms.statements.speakers import noun_phrase, possessor
from transforms.statements.words import UTTERANCES

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


def agent(layout: Layout, names: Names, lo: int, colon: int) -> Phrase | None:
    """Return who is named with "by" before a colon: "A version denied by her staff: “…”"."""
    start = next((k + 1 for k in range(lo, colon) if layout.lower[k] == "by" and layout.tags[k - 1] == "VBN"), None)
    doer = noun_phrase(layout, names, start, colon) if start is not None else None
    return doer if doer is not None and doer.last == colon else None


def label(layout: Layout, names: Names, lo: int, colon: int) -> Phrase | None:
    """Return who stands before a colon: "Anna Berg: “…”", "Berg's spokeswoman: “…”"."""
    if colon - lo > 8:
        return None
    phrase = noun_phrase(layout, names, lo, colon)
    if phrase is None:
        return None
    person = phrase.name or singular(layout.lower[phrase.head]) in PERSONS or layout.tags[phrase.head] == "NNP"
    return phrase if person else None
