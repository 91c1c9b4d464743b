"""A clause that stands before its cue: where it begins, after the label of its sentence, and whether it is one."""

from transforms.language.grammar import FINITE
from transforms.language.lists import words
from transforms.statements.contents import has_clause
from transforms.statements.drafts import Range
from transforms.statements.layout import Layout

DEPENDENT = words("while when as if although though after before since because whereas until")


def fronted(layout: Layout, phrase_first: int, lo: int, *, after: Range, turned: bool = False) -> Range | None:
    """Return the clause before ", officials said": from the sentence's start to the comma, if it or its rest is one."""
    comma = phrase_first - 1
    if comma <= lo or layout.words[comma] not in {",", "—", "–"} or layout.inside[comma] >= 0:
        return None
    if layout.lower[lo] in {"asked", "pressed", "questioned"}:  # "Asked whether he would go, Berg answered with a joke"
        return None
    first, last = after
    broken = first < last and layout.words[first] == "," and has_clause(layout, first, last)
    if layout.lower[lo] in DEPENDENT and not broken and "," not in layout.words[lo:comma]:
        return None  # "While some object, Berg responds": no report, but two clauses
    command = turned and layout.tags[lo] == "VB"
    loose = FINITE if layout.tags[lo] in {"VBN", "VBG", "IN"} else FINITE | {"VBN"}  # "fired on" is taken for VBN
    verb = any(layout.tags[k] in loose for k in range(lo, comma)) or _subordinate(layout, lo, comma)
    return (after_label(layout, lo, comma), comma) if broken or command or verb else None


def _subordinate(layout: Layout, lo: int, comma: int) -> bool:
    """Return whether the parse hangs a clause on a word behind it, whatever its verb was taken for."""
    near = layout.doc[max(lo, comma - 40) : comma]
    return comma - lo > 3 and any(t.dep_ in {"ccomp", "parataxis"} and t.head.i > comma for t in near)


def after_label(layout: Layout, lo: int, hi: int) -> int:
    """Return where a sentence begins after the label before it: "Sport: **Berg** is out, his club said"."""
    colon = next((k for k in range(lo + 1, min(lo + 4, hi)) if layout.words[k] == ":"), lo)
    label = colon > lo and all(layout.tags[k][:2] in {"NN", "JJ"} for k in range(lo, colon))
    return colon + 1 if label else lo
