"""What the text says further of a speaker: another name after a comma, a clause that tells which one is meant."""

from transforms.language.grammar import FINITE
from transforms.language.lists import words
from transforms.language.names import Names
from transforms.language.roles import PERSONS, singular
from transforms.statements.drafts import Range
from transforms.statements.layout import Layout
from transforms.statements.words import DOCUMENTS, ORGANISATIONS

RELATIVE = frozenset({"who", "which", "that"})
LINKS = frozenset({"of", "the", "and", "&", "for", "in", "de", "-", "'s", "’s"})
CALENDAR = words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """)


def restricted(layout: Layout, first: int, verb: int) -> int | None:
    """Return where a clause that tells which one is meant ends: "a woman who lives there said"; None if none does."""
    if layout.lower[first] not in RELATIVE or layout.words[first - 1] == ",":
        return None
    clause = range(first, verb)
    if any(layout.words[k] in {",", ";", ":", "—"} or layout.inside[k] >= 0 for k in clause):
        return None
    return verb if any(layout.tags[k] in FINITE for k in clause) else None


def other_name(layout: Layout, phrase: Range, head: int, verb: int, *, turned: bool = False) -> Range | None:
    """Return the fuller name in the apposition after a description: "The auditors, Pell & Marsh, rejected it"."""
    first, last = phrase
    if last + 1 >= verb or layout.words[last] != "," or layout.inside[last] >= 0:
        return None
    end = next((k for k in range(last + 1, min(verb, last + 12)) if layout.words[k] == ","), verb if turned else None)
    if end is None or end - last < 2 or any(layout.inside[k] >= 0 for k in range(last + 1, end)):
        return None
    if layout.tags[first] == "PRP$" and layout.lower[last + 1] in {"the", "a", "an"}:
        heads = {singular(layout.lower[k]) for k in range(last + 2, end)}
        return (last + 1, end) if heads & (PERSONS | ORGANISATIONS) else None
    return (
        (last + 1, end)
        if (head == last - 1 or layout.lower[head + 1] == "of")
        and layout.tags[head] in {"NN", "NNS"}
        and _proper(layout, last + 1, end)
        else None
    )


def may_speak(layout: Layout, names: Names, at: int) -> bool:
    """Return whether a noun can say something: a person, a body, a document, a name."""
    known = singular(layout.lower[at]) in PERSONS | ORGANISATIONS | DOCUMENTS
    return known or layout.tags[at] in {"PRP", "WP"} or names.at(at) is not None


def is_somebody(layout: Layout, head: int, other: Range) -> bool:
    """Return whether the fuller name is one person's: that of "Halden's captain, Mads Krog"."""
    single = layout.tags[head] == "NN" and layout.lower[head] in PERSONS
    plain = all(layout.words[k].isalpha() and layout.lower[k] not in LINKS for k in range(*other))
    return single and plain and 1 < other[1] - other[0] < 4


def _proper(layout: Layout, first: int, end: int) -> bool:
    """Return whether the words are one proper name: capitals throughout, small words between them, no day or month."""
    if layout.lower[first] in CALENDAR or not (layout.words[end - 1][:1].isupper() or layout.words[end - 1][:1] == "@"):
        return False
    return all(
        layout.words[k][:1].isupper() or layout.words[k][:1] == "@" or layout.lower[k] in LINKS
        for k in range(first, end)
    )
