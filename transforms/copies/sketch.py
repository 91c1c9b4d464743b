"""Text -> sketch: the smallest hashes of its runs of words, which a copy shares with it however it was cut."""

import re
from itertools import pairwise
from zlib import crc32

from schemas.articles import Article
from schemas.stories import Sketch

RUN = 4
"""Words in a run: two reporters of one event share few runs of four but for what they quote."""

MARKS = 192
"""Hashes that are kept of a text: of a short one all, of a long one enough to know what two share to a twentieth."""

KEYS = 24
"""The first of its marks, under which a text is looked up: two copies have one of these in common, or nearly so always
(one in 400 pairs that share but a fifth has none)."""

LEAST_RUNS = 20
"""A text of fewer runs is too short to be told from others; only its exact copies are its copies."""

MOST_WORDS = 20_000
"""What stands behind them plays no part: a text so long is no wire story."""

FIGURES = 48
"""Numbers that are kept of a text."""

NUMBERS = frozenset({
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "ninety", "hundred", "dozen",
})  # fmt: skip
"""Numbers that English writes as words; "one" is most often none."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+")
"""A word, or one character of those scripts that put no spaces between words."""

_SPACE = re.compile(b" ")


def sketch_of(article: Article) -> Sketch:
    """Return the article's sketch; of two articles with one text, the same but for article and order."""
    words = _WORD.findall(article.text.casefold())[:MOST_WORDS]
    runs, figures = runs_of(words), figures_of(words)
    return Sketch(
        article=article.id,
        exact=article.story,
        outlet=article.outlet,
        order=f"{article.published.isoformat() if article.published else '~'} {article.url} {article.id}",
        runs=len(runs),
        marks=tuple(sorted(runs)[:MARKS]) if len(runs) >= LEAST_RUNS else (),
        numbers=len(figures),
        figures=tuple(sorted(figures)[:FIGURES]),
    )


def keys_of(sketch: Sketch) -> tuple[int, ...]:
    """Return the marks under which the sketch is found, and finds others."""
    return sketch.marks[:KEYS]


def runs_of(words: list[str]) -> set[int]:
    """Return the hash of each run of words."""
    joined = " ".join(words).encode("utf-8", "surrogatepass")
    ends = [*(space.start() for space in _SPACE.finditer(joined)), len(joined)]
    starts = (0, *(end + 1 for end in ends))
    return {crc32(joined[start:end]) for start, end in zip(starts, ends[RUN - 1 :], strict=False)}


def figures_of(words: list[str]) -> set[int]:
    """Return the hash of each number among the words, with the word after it: "23 strikes", "eight strikes"."""
    counted = ((word, what) for word, what in pairwise(words) if _is_number(word))
    return {crc32(f"{word} {what}".encode("utf-8", "surrogatepass")) for word, what in counted}


def _is_number(word: str) -> bool:
    return word in NUMBERS or word[0].isdecimal()
