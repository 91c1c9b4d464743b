"""The noun phrase that a reporting word has for its speaker: before it, behind it, or as an owner."""

from transforms.language.names import Names
from transforms.statements.appositions import is_somebody, may_speak, other_name
from transforms.statements.drafts import Phrase, Range
from transforms.statements.heads import beside_participle, main_subject, parsed_subject, tagged_subject
from transforms.statements.layout import Layout
from transforms.statements.naming import name_in
from transforms.statements.phrases import (
    BEFORE,
    DAYS,
    STOPS,
    apposition_end,
    first_head,
    inverted_head,
    left_edge,
    phrase_end,
    right_edge,
)


def preverbal(layout: Layout, names: Names, verb: int, lo: int, *, parsed: bool = False) -> Phrase | None:
    """Return the subject that stands between lo and the verb; `parsed` takes the parse's word only."""
    head = beside_participle(layout, verb, lo)
    if head is None:
        head = parsed_subject(layout, verb, lo)
    if head is None and not parsed and layout.lower[verb - 1] not in {"while", "whilst", "when", "after", "before"}:
        head = tagged_subject(layout, verb, lo)
    if head is None:
        return None
    if layout.tags[verb] == "VBG" and (layout.words[verb - 1] == "," or not may_speak(layout, names, head)):
        head = next((k for k in range(lo, verb) if main_subject(layout, names, k)), head)
        verb = next((k for k in range(head + 1, verb) if layout.tags[k] in {"VBD", "VBZ", "VBP", "MD"}), verb)
    first = left_edge(layout, head, lo)
    last = right_edge(layout, head, verb)
    place = names.place(head)
    if place is not None and layout.lower[last - 1] in DAYS:  # "Anna Berg on Thursday said"
        last = max(head + 1, place[1])
    return _phrase(layout, names, (first, last), head, verb)


def subject_at(layout: Layout, names: Names, head: int, lo: int, verb: int) -> Phrase:
    """Return the phrase around a noun that is a subject, bounded by lo and its verb."""
    last = right_edge(layout, head, max(verb, head + 1))
    return _phrase(layout, names, (left_edge(layout, head, lo), last), head, max(verb, last))


def _phrase(layout: Layout, names: Names, place: Range, head: int, verb: int, *, turned: bool = False) -> Phrase:
    """Return the phrase with the name in it, or the one that an apposition before the verb gives it."""
    first, last = place
    name = name_in(layout, names, (first, apposition_end(layout, last, verb)))
    other = None if name else other_name(layout, place, head, verb, turned=turned)
    if other is not None and is_somebody(layout, head, other):
        name, other = other, None
    return Phrase(first, last, head, name, other)


def inverted(layout: Layout, names: Names, verb: int, hi: int) -> Phrase | None:
    """Return the subject that stands right after the verb: "said Anna Berg, the minister"."""
    start = verb + 1
    while start < hi and (layout.tags[start] in {"RB", "RBR", "RP"} or layout.lower[start] in DAYS):
        start += 1
    if start >= hi or layout.tags[start] not in BEFORE | {"PRP"} or layout.lower[start] in STOPS - {"this", "last"}:
        return None
    if layout.tags[start] == "VBG" and layout.tags[start + 1 : start + 2] not in (["NN"], ["NNP"], ["JJ"]):
        return None  # "recommends closing six stations"
    head = inverted_head(layout, verb, start, hi)
    last = phrase_end(layout, head, hi)
    if last < hi and layout.tags[last] in {"VBD", "VBZ", "VBP", "MD"}:  # "Berg, a minister, said it was late"
        return None
    return _phrase(layout, names, (start, last), head, hi, turned=True)


def noun_phrase(layout: Layout, names: Names, start: int, hi: int) -> Phrase | None:
    """Return the noun phrase that starts at a token: the source after "according to"."""
    if start >= hi or layout.tags[start] not in BEFORE | {"PRP"}:
        return None
    head = first_head(layout, start, hi)
    last = phrase_end(layout, head, hi)
    return Phrase(start, last, head, name_in(layout, names, (start, apposition_end(layout, last, hi))))


def possessor(layout: Layout, names: Names, noun: int, lo: int) -> Phrase | None:
    """Return the owner that stands before a noun: "the minister's claim"."""
    at = noun - 1
    while at >= lo and layout.tags[at] in {"JJ", "NN", "RB"}:
        at -= 1
    if at < lo:
        return None
    if layout.tags[at] == "PRP$":
        return Phrase(at, at + 1, at)
    if layout.tags[at] != "POS" or at - 1 < lo:
        return None
    head = at - 1
    first = left_edge(layout, head, lo)
    return Phrase(first, at, head, name_in(layout, names, (first, at)))
