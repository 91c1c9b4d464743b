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


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The ids that an article would have by the other addresses that lead to it."""

    article: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for two items' being one article.

    Both lead to one address; one feed gives both one GUID; their texts are one story. `together` are two that stand in
    one feed at the same time: an address that was changed does not.
    """

    address: bool = False
    guid: bool = False
    story: bool = False
    together: bool = False


@dataclass(frozen=True, slots=True)
class Folded:
    """Which article something turned out to be, and whether its text goes on as that article's next version."""

    article: str
    goes_on: bool = False
