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
    limit = min(_reach(one), _reach(other))
    ours, theirs = _below(one, limit), _below(other, limit)
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


def _reach(sketch: Sketch) -> int:
    """Return up to which hash the sketch holds all that its text has."""
    return sketch.marks[-1] if 0 < len(sketch.marks) < sketch.runs else EVERY


def _below(sketch: Sketch, limit: int) -> set[int]:
    return set(sketch.marks[: bisect_right(sketch.marks, limit)])


def _figures_agree(one: Sketch, other: Sketch) -> bool:
    fewest = min(len(one.figures), len(other.figures))
    return fewest < FEW or len({*one.figures} & {*other.figures}) >= FIGURES * fewest
