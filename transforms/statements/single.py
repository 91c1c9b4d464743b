"""Single quotation marks: told apart from apostrophes, possessives and elisions."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from transforms.statements.spoken import SAID_NEXT

OPENS = re.compile(r"(?<![\w’'‘`])(?:[‘‚](?![\s'’])|'(?=[\w\[“\"]))(?!\d0s\b|\d\d\b(?!\d))")
ELISION = re.compile(r"(?:em|tis|twas|til|till|cause|bout|round|n|cos|im|er)\b", re.IGNORECASE)
CLOSES = re.compile(r"(?<=[^\s(\[“‘'’])['’](?!['\w])")
AFTER = re.compile(r" (?:after|and|as|at|because|before|but|by|for|in|on|that|to|when|while|who|with)\b")
"""What follows a quotation, and seldom a possessive."""

LONGEST = 3000
"""No quotation in single marks is longer; an opener without a partner must not cost more than this."""


def single_quotations(text: str, lo: int, hi: int) -> list[tuple[int, int]]:
    """Return the (start, end) of what stands in single marks in this paragraph, marks left out."""
    if not any(mark in text[lo:hi] for mark in "'‘‚"):
        return []
    closers = [(m.start(), _strong(text, m.start(), hi)) for m in CLOSES.finditer(text, lo, hi)]
    return list(_pairs(text, (lo, hi), closers))


def _pairs(text: str, bounds: tuple[int, int], closers: list[tuple[int, bool]]) -> Iterator[tuple[int, int]]:
    positions = [at for at, _ in closers]
    done = bounds[0]
    for opener in OPENS.finditer(text, *bounds):
        start = opener.end()
        if opener.start() < done or ELISION.match(text, start):
            continue
        end = _partner(text, start, closers[(near := bisect_left(positions, start)) : near + 40])
        if end is not None:
            yield start, end
            done = end + 1


def _partner(text: str, start: int, closers: list[tuple[int, bool]]) -> int | None:
    """Return the first mark that ends speech; failing that the first of all, if it may end a few words."""
    near = [(at, strong) for at, strong in closers if at - start < LONGEST]
    ending = next((at for at, strong in near if strong), None)
    if ending is not None and (text[start - 1] != "'" or ending - start < LONGEST // 2):
        short = next((at for at, _ in near if at < ending), None)
        return ending if short is None or not _phrase(text, start, short) else short
    return next((at for at, _ in near if _phrase(text, start, at)), None)


def _phrase(text: str, start: int, end: int) -> bool:
    """Return whether the words up to a weak mark can stand alone: a few, and the last one no plural's possessive."""
    words = text[start:end]
    possessive = words.endswith("s") and not (text[start - 1] == "‘" and AFTER.match(text, end + 1))
    return words.count(" ") < 8 and not possessive and "." not in words


def _strong(text: str, at: int, hi: int) -> bool:
    """Return whether the mark ends speech: punctuation beside it, or the reporting clause after it."""
    if text[at - 1] in ".,!?…":
        return True
    after = text[at + 1 : at + 2]
    return after in {"", ",", ".", ";", ":", ")", "?", "!", "”", '"'} or bool(
        SAID_NEXT.match(text, at + 1, min(hi, at + 90))
    )
