"""Text -> a plain form in which all ways of writing one name are the same, with the exact way back."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_ASCII = "".join(chr(i).lower() if chr(i).isalnum() else " " for i in range(128))
_RUNS = re.compile(r"\s\s")
_COMMON = "’“”‘–—…»«"
_PAIRS = ("  ", "\n\n", " \n", "\n ", "\t", "\r")
_ODD = re.compile(r"[^\x00-\x7f]+")  # twice as fast as the next, and enough for most texts
_ODD_OR_RUN = re.compile(r"\s{2,}|[^\x00-\x7f\s]+|[^\x00-\x7f]")
_NO_BREAK = frozenset(range(0x300, 0x370)) | frozenset(range(0x591, 0x5C8)) | frozenset(range(0x64B, 0x660)) | {0x670}
"""Marks that are written or left out at will: Latin, Greek and Cyrillic accents, Hebrew and Arabic vowel points."""

_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n",
    "ŧ": "t", "ς": "σ", "ґ": "г",
}  # fmt: skip


class _Plain(dict[int, str]):
    """Each character's plain form, found when it is first met."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        self.seen.add(chr(code))
        if len(plain) != 1:
            self.uneven.add(chr(code))
        return plain


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain text with one blank around it; from `at[i]` on, the original stands `shift[i]` further along."""

    text: str
    original: str
    at: tuple[int, ...]
    shift: tuple[int, ...]

    def start(self, i: int) -> int:
        """Return where the original character stands that the plain one at `i` came from."""
        return i + self.shift[bisect_right(self.at, i) - 1]

    def end(self, i: int) -> int:
        """Return where the original ends that the plain text before `i` came from, accents and all."""
        end = self.start(i - 1) + 1
        while end < len(self.original) and ord(self.original[end]) in _NO_BREAK:
            end += 1
        return end


def normalise(text: str) -> Plain:
    """Return the plain form: small letters without accents, a blank for each other character.

    Only a run of white space becomes one blank: "Keith, Kellogg" keeps two, and is not "Keith Kellogg".
    """
    lowered = text.replace("İ", "I").lower()  # the one letter whose small form is longer than itself
    if not lowered.isascii():
        for mark in _COMMON:  # most English texts hold no others, and are plain when these are gone
            lowered = lowered.replace(mark, "'")
        lowered = lowered.replace("\u00a0", " ")
    runs = any(pair in lowered for pair in _PAIRS) and _RUNS.search(lowered)
    if not runs and lowered.isascii():
        return Plain(f" {lowered.translate(_ASCII)} ", text, (0,), (-1,))
    parts, at, shift = [" "], [0], [-1]
    done, length = 0, 1
    for match in (_ODD_OR_RUN if runs else _ODD).finditer(lowered):
        before = lowered[done : match.start()].translate(_ASCII)
        length += len(before)
        plain = _run(match, length, at, shift)
        parts += before, plain
        length += len(plain)
        done = match.end()
        _step(length, done, at, shift)
    parts += lowered[done:].translate(_ASCII), " "
    return Plain("".join(parts), text, tuple(at), tuple(shift))


def plain_name(name: str) -> str:
    """Return the name in the same plain form, for comparing; without blanks around it."""
    if name.isascii() and "  " not in name and name.isprintable():  # most names, without the way back
        return name.lower().translate(_ASCII).strip()
    return normalise(name).text.strip()


def _step(plain: int, original: int, at: list[int], shift: list[int]) -> None:
    """Remember that from `plain` on the offsets have drifted further apart."""
    if shift[-1] != original - plain:
        at.append(plain)
        shift.append(original - plain)


def _run(match: re.Match[str], place: int, at: list[int], shift: list[int]) -> str:
    """Return the plain form of a run of unusual characters, which begins at `place` of the plain text."""
    run = match.group()
    if len(run) > 1 and run.isspace():
        return " "
    if _CHARACTERS.uneven.isdisjoint(run) and _CHARACTERS.seen.issuperset(run):
        return run.translate(_CHARACTERS)
    parts: list[str] = []
    for i, character in enumerate(run, match.start()):
        plain = _CHARACTERS[ord(character)]
        for _ in plain:
            _step(place, i, at, shift)
            place += 1
        parts.append(plain)
    return "".join(parts)


def _plain(character: str) -> str:
    if ord(character) in _NO_BREAK or unicodedata.category(character) == "Cf":
        return ""
    if character in _LETTERS:
        return _LETTERS[character]
    if ord(character) < 0x80:
        return _ASCII[ord(character)]
    forms = unicodedata.normalize("NFKD", character).casefold()
    kept = "".join(c for c in forms if ord(c) not in _NO_BREAK)
    # scripts other than Latin, Greek and Cyrillic keep their letters whole: their marks are not ornaments
    letters = "".join(_LETTERS.get(c, c) for c in kept if c.isalnum())
    if letters and ord(letters[0]) < 0x590:
        return letters
    return character if _is_letter(character) else " "


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


_CHARACTERS = _Plain()
