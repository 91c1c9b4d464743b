"""Words and phrases in a text, whatever their case, accents and spacing."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00ad": ""}


class _Fold(dict[int, str]):
    """What each character is compared as; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        parts = unicodedata.normalize("NFKD", character.casefold())
        kept = "".join(c for c in parts if unicodedata.category(c) not in {"Mn", "Cf"})
        self[code] = _PLAIN.get(character, kept)
        return self[code]


_FOLD = _Fold()


def find_words(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each place where one of the words or phrases stands whole; "sanction*" takes endings."""
    hits = [found.span() for found in _pattern(tuple(words)).finditer(text.translate(_FOLD))]
    if hits:
        # a folded character may be none, one or several: the place where each begins leads back to the text
        starts = [0, *accumulate(len(_FOLD[ord(character)]) for character in text)]
        for start, end in hits:
            yield bisect_right(starts, start) - 1, _end(starts, end)


def _end(starts: Sequence[int], folded: int) -> int:
    after = bisect_right(starts, folded) - 1
    # accents that fold to nothing belong to the letter before them; half a ligature takes the whole
    return after if starts[after] == folded else after + 1


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted({word.translate(_FOLD) for word in words}, key=lambda word: (-len(word), word))
    return re.compile("|".join(_alternative(word) for word in longest_first))


def _alternative(word: str) -> str:
    stem = word.rstrip("*")
    spaced = r"\s+".join(re.escape(part) for part in stem.split())
    return rf"(?<!\w){spaced}" + (r"\w*" if stem != word else r"(?!\w)")


_ENDS = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\n+")
_LONGEST = 600


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that the place stands in, as far as full stops and line ends tell."""
    left = max(0, start - _LONGEST // 2)
    for found in _ENDS.finditer(text, left, start):
        left = found.end()
    ending = _ENDS.search(text, end, end + _LONGEST // 2)
    right = ending.start() if ending else min(len(text), end + _LONGEST // 2)
    return text[left:right].strip()


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the longer words of a text: what two statements about one thing have in common."""
    plain = text.translate(_FOLD)
    return frozenset(word[:6] for word in re.findall(r"\w{4,}", plain) if word not in _COMMON)


_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
    that this these those with from have been will would could should shall might must about there their they them
    were what when where which while whom whose into over under after before again also only very more most some any
    such than then here just said says told saying asked added never always does done
    """,
    )
)
