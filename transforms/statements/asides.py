"""What stands before a pronoun and only tells where, to whom or about whom he speaks: nobody named there is "he"."""

from transforms.language.grammar import FINITE
from transforms.language.lists import words
from transforms.statements.layout import Layout

ASKED = words("asked pressed questioned quizzed grilled challenged reminded prodded confronted told")
SPEAKING = words("speaking talking appearing responding reacting referring")
EDGES = frozenset({",", "—", "–"})


def aside_start(layout: Layout, first: int, at: int) -> int:
    """Return where the first aside before a pronoun starts: "**In an interview with Bo Lund**, he said"; else `at`."""
    opens = True
    for k in range(first, at):
        if layout.inside[k] < 0 and opens and _is_aside(layout, k, at):
            return k
        passing = layout.tags[k] in {"CC", "RB"} or layout.words[k].isspace()
        opens = layout.words[k] in EDGES or (opens and passing)
    return at


def _is_aside(layout: Layout, k: int, at: int) -> bool:
    if layout.lower[k] in ASKED:
        return layout.tags[k] in {"VBN", "VBD"}
    if layout.lower[k : k + 2] == ["as", "for"]:  # "As for Bo Lund, he said": that is he
        return False
    if layout.tags[k] not in {"IN", "TO"} and layout.lower[k] not in SPEAKING:
        return False
    end = next((i for i in range(k + 1, at) if layout.words[i] == ","), at)
    return not any(layout.tags[i] in FINITE for i in range(k + 1, end))
