"""The parts of a person's name, and when two ways of writing it may be one."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transforms.actors.nicknames import NICKNAMES
from transforms.actors.normalise import plain_name
from transforms.actors.words import FAMILY_FIRST, FEMALE_TITLES, MALE_TITLES, PARTICLES, SUFFIXES, TITLES, word_set

NUMERALS = word_set("ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii")
"""What stands after a king's or pope's name."""
LONG = 7
"""Names of fewer letters are never taken for one another's misspelling."""

_PET = 5
_SHORT = word_set("james john david peter petr petro pyotr henry mark marc marko maxim susan anna anne ann josef")
"""Names of no more letters that are no pet forms."""
_VOWELS = frozenset("aeiou")
_RUNS = re.compile(r"(.)\1+")
_NICKNAMES: dict[str, set[str]] = defaultdict(set)
for _group in NICKNAMES:
    for _name in _group:
        _NICKNAMES[_name] |= _group

# the ending of a surname in Russian and Ukrainian that gives way, and what may stand in its place
_CASES = (
    (("скии", "цкии", "ськии", "цькии"), 2, word_set("ии ыи ого ему ому им ым ом ім")),
    (("ныи", "тыи", "лыи", "рыи", "выи", "дыи", "мыи", "гии", "хии", "кии"), 2, word_set("ыи ии ого ому ым им ом ому")),
    (("ко",), 1, word_set("о а у ом ові і")),
    (("ная", "кая", "тая", "лая"), 2, word_set("ая ои ую")),
    (("ова", "ева", "ина", "іна"), 1, word_set("а ои у ою")),
    (("еса", "сса", "ква", "лта", "жжя", "аза"), 1, word_set("а и і ы у ои ою е")),
)
_HALVES = re.compile(r"([^\W\d_]{2,})-([^\W\d_]{2,})(?:,? (?:Jr|Sr|II|III|IV)\.?)?$")
_PLAIN_CASES = word_set("а у ом ем е ым им ю я ою ові еві") | {""}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in plain form: given names in order, surname, and Jr or III."""

    given: tuple[str, ...]
    surname: str
    suffix: str = ""


def person_name(name: str) -> PersonName:
    """Return the name's parts; titles in front are left out, particles stay with the surname."""
    words = plain_name(name).split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    halves = _HALVES.search(name) if "-" in name else None
    suffix = words.pop() if len(words) > 1 and words[-1] in SUFFIXES | NUMERALS else ""
    if len(words) > 1 and words[0] in FAMILY_FIRST and words[-1] not in FAMILY_FIRST:
        return PersonName(tuple(words[1:]), words[0], suffix)
    if halves and not halves[2][0].isupper() and len(words) > 2:  # Lee Jae-myung
        return PersonName(tuple(words[1:]), words[0], suffix)
    cut = len(words) - (2 if halves and len(words) > 2 else 1)  # Sam Bankman-Fried
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    return PersonName(tuple(words[:cut]), " ".join(words[cut:]), suffix)


def sex_told(words: frozenset[str]) -> str:
    """Return m or f where the words (titles, roles) are one sex's only."""
    man, woman = bool(words & MALE_TITLES), bool(words & FEMALE_TITLES)
    return "" if man == woman else "m" if man else "f"


def same_given(one: str, other: str) -> bool:
    """Return whether the two plain given names may be one person's: equal, a pet form, or a spelling of it."""
    if one == other or other in _NICKNAMES.get(one, ()):
        return not _two_pets(one, other)
    if min(len(one), len(other)) >= 5 and _canonical(one) == _canonical(other):  # Valery, Valerii
        return True
    return min(len(one), len(other)) >= 6 and one[-1:] == other[-1:] and distance(one, other, 1) <= 1


def _two_pets(one: str, other: str) -> bool:
    """Return whether the two are different pet forms of one name, as nobody has both of: Mike and Mick."""
    pets = max(len(one), len(other)) <= _PET and not {one, other} & _SHORT
    return (
        pets
        and distance(one, other, 1) > 1
        and one[:3] != other[:3]
        and not one.startswith(other)
        and not other.startswith(one)
    )


def fits_initials(initials: Sequence[str], given: Sequence[str]) -> bool:
    """Return whether the initials can be those of the given names: "K." and "J. K." of Joseph Keith, not "W. K."."""
    letters = [name[0] for name in given]
    if len(initials) == 1:
        return initials[0] in letters
    return all(a == b for a, b in zip(initials, letters, strict=False))


def is_cyrillic(word: str) -> bool:
    """Return whether the word is written in Cyrillic letters."""
    return not word.isascii() and any("\u0400" <= letter <= "\u052f" for letter in word)


def cases(surname: str) -> tuple[str, frozenset[str]]:
    """Return the part of a Cyrillic surname that stays through its cases, and what may follow it."""
    for endings, cut, forms in _CASES:
        if surname.endswith(endings) and len(surname) > cut + 3:
            return surname[:-cut], forms
    return surname, _PLAIN_CASES


def is_case_of(word: str, given: str) -> bool:
    """Return whether the Cyrillic word may be the given name in one of its cases: Кита, Дональдом, Сергея."""
    kept = max(2, len(given) - 1)
    return word[:kept] == given[:kept] and len(word) - len(given) in range(3)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """Return the key that misspellings of a long name share: its first letter and its other consonants, sorted."""
    canon = _canonical(word)
    return canon[:1] + "".join(sorted({c for c in canon[1:] if c not in _VOWELS}))


def is_variant(word: str, name: str) -> bool:
    """Return whether the word may be a spelling of the long name: Zelensky, Zelenskyy; never Zelenska."""
    if min(len(word), len(name)) < LONG - 1 or max(len(word), len(name)) < LONG:
        return False
    if word.endswith("a") and not name.endswith(("a", "o")):  # a wife or daughter, not a misspelling
        return False
    one, other = _canonical(word), _canonical(name)
    if one == other:
        return True
    changed = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    if changed:  # Petersen is not Peterson; Lukashenka is Lukashenko
        return one[-1] + other[-1] in {"ao", "oa"}
    longest = max(len(one), len(other))
    return longest >= LONG and distance(one, other, 1) <= 1


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be added, dropped, changed or swapped with their neighbour, up to `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return min(row[-1], most + 1)


def _canonical(word: str) -> str:
    """Return the word with the letters alike that transliterations disagree about."""
    for written, kept in (
        ("x", "ks"),
        ("kh", "h"),
        ("ph", "f"),
        ("ck", "k"),
        ("w", "v"),
        ("y", "i"),
        ("j", "i"),
        ("c", "k"),
    ):
        word = word.replace(written, kept)
    word = _RUNS.sub(r"\1", word)
    return word[:-1] if word.endswith("i") and len(word) > LONG else word
