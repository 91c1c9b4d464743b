"""Two sketches -> whether they are one story."""

from bisect import bisect_right
from typing import NamedTuple

from schemas.stories import Sketch

COVERED = 0.45
"""Of the shorter text, at least so much must stand in the longer one: two reporters share a quote, copies a text."""

COVERED_AT_HOME = 0.75
"""The same between two articles of one outlet: its own boilerplate stands in both, and it seldom copies itself."""

SHARED = 0.2
"""Of both texts together, so much must be shared: a round-up holds a story, and is not its copy."""

FIGURES = 0.5
"""Of the numbers of the one that has fewer, so many must be the other's: daily reports repeat all words but these."""

FEW = 3
"""Numbers below which nothing follows from them."""

EVERY = 1 << 63
"""Greater than any hash."""


class Likeness(NamedTuple):
    """How much of the shorter text stands in the longer one, and of both together in both."""

    covered: float
    shared: float


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Return how alike the texts are, estimated from the hashes that both sketches would hold."""
    limit = min(_reach(one.marks, one.runs), _reach(other.marks, other.runs))
    ours, theirs = _below(one.marks, limit), _below(other.marks, limit)
    both = len(ours & theirs)
    if not both:
        return Likeness(0.0, 0.0)
    return Likeness(both / min(len(ours), len(theirs)), both / len(ours | theirs))


def same_story(one: Sketch, other: Sketch) -> float:
    """Return how much of the shorter text stands in the longer one, 0 where they are two stories."""
    found = likeness(one, other)
    at_home = one.outlet != "" and one.outlet == other.outlet
    is_same = found.covered >= (COVERED_AT_HOME if at_home else COVERED) and found.shared >= SHARED
    return found.covered if is_same and _figures_agree(one, other) else 0.0


def _reach(kept: tuple[int, ...], all_: int) -> int:
    """Return up to which hash so many are kept as the text has."""
    return kept[-1] if 0 < len(kept) < all_ else EVERY


def _below(hashes: tuple[int, ...], limit: int) -> set[int]:
    return set(hashes[: bisect_right(hashes, limit)])


def _figures_agree(one: Sketch, other: Sketch) -> bool:
    limit = min(_reach(sketch.figures, sketch.numbers) for sketch in (one, other))
    ours, theirs = _below(one.figures, limit), _below(other.figures, limit)
    fewest = min(len(ours), len(theirs))
    return fewest < FEW or len(ours & theirs) >= FIGURES * fewest
