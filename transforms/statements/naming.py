"""Whose name is the head of a phrase: "Berg said", not "Berg's aide" or "a spokesman for Berg"."""

from transforms.language.names import Names
from transforms.language.titles import TAILS
from transforms.statements.drafts import Range
from transforms.statements.layout import Layout

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
BLOCKING = frozenset({"IN", "TO", "WP", "WDT", "WP$", "WRB", "VBD", "VBZ", "VBP", "VBN", "VBG", "VB", "MD"})
HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "prof"})


def name_in(layout: Layout, names: Names, region: Range) -> Range | None:
    """Return the person's name that is the head of the region; not one that only owns or describes it."""
    at, last = region
    blocked = False
    while at < last:
        place = names.place(at)
        name = names.at(at)
        if (
            place
            and name
            and name.label in {"PERSON", ""}
            and _person(layout, place, name.label)
            and not (blocked and not _resumes(layout, names, place[0], region[0]))
        ):
            end = place[1]
            if _joined(layout, end, last) or (at > region[0] and layout.lower[at - 1] in {"and", "or", "&"}):
                return None
            if not _modifies(layout, end, last):
                return max(place[0], region[0]), end
            at = end
            continue
        if layout.words[at] == ",":
            blocked = False
        elif _blocks(layout, at):
            blocked = True
        at += 1
    return None


def _blocks(layout: Layout, at: int) -> bool:
    """Return whether a name behind the word is not the head: "accused by Berg"; "retired judge Anna Berg" is Berg."""
    named = layout.lower[at] in {"named", "called"} or layout.words[at - 1] == "-" or layout.doc[at].dep_ == "amod"
    return layout.tags[at] in BLOCKING and not named


def _joined(layout: Layout, end: int, last: int) -> bool:
    """Return whether a second name follows: two people speak, and neither alone."""
    return end + 1 < last and layout.lower[end] in {"and", "or", "&"} and layout.tags[end + 1] in NOUNS | {"DT", "PRP$"}


def _resumes(layout: Layout, names: Names, start: int, lo: int) -> bool:
    """Return whether a name after a prepositional phrase takes up its role: "Ambassador to Chile Anna Berg"."""
    if layout.tags[lo] not in NOUNS | {"JJ"} or start - 1 <= lo:
        return False
    before = names.at(start - 1)
    if before is not None and before.label in {"GPE", "ORG", "LOC"}:
        return True
    return layout.lower[start - 1].rstrip(".") in HONORIFICS and layout.tags[start - 2] in NOUNS


def _person(layout: Layout, place: Range, label: str) -> bool:
    single = place[1] - place[0] == 1
    article = place[0] > 0 and layout.lower[place[0] - 1] in {"the", "a", "an"}
    if single and (article or layout.lower[place[0] - 1] in {"elder", "younger"}):
        return False
    return label == "PERSON" or (layout.tags[place[0]] == "NNP" and not article)


def _modifies(layout: Layout, end: int, last: int) -> bool:
    """Return whether what follows makes the name a possessor or a modifier: "Berg's aide", "Berg officials"."""
    if end >= len(layout.words):
        return False
    compound = layout.words[end] == "-" and layout.offsets[end] == layout.ends[end - 1]  # "a London-based manager"
    return (
        compound
        or layout.lower[end] in TAILS
        or layout.tags[end] == "POS"
        or (end < last and layout.tags[end] in NOUNS)
        or (
            end + 1 < last and layout.tags[end] == "JJ" and layout.tags[end + 1] in NOUNS
        )  # "the Kyran political expert"
    )
