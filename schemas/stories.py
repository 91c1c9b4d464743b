"""What is remembered of an article so that a copy of it is known again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A text in a hundred numbers.

    `outlet` is who published it, `exact` what all exact copies of the text share. `marks` are the smallest hashes of
    its runs of words, sorted, `runs` how many runs it has; a text too short to be told from others has no marks.
    `figures` are the smallest hashes of its `numbers` numbers. `order` says which of several articles comes first.
    """

    article: str
    exact: str
    outlet: str = ""
    order: str = ""
    runs: int = 0
    marks: tuple[int, ...] = ()
    numbers: int = 0
    figures: tuple[int, ...] = ()
