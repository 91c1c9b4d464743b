"""The text around a name: its sentence, its line, the words before and after, the entities found there."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from transforms.actors.normalise import Plain, plain_name
from transforms.actors.words import word_set

_ENDS = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[^\W\d_a-z])|\n+")
_RULE = re.compile(r"^[^\S\n]*(?:[-–—*_=~#•·.][^\S\n]*){2,}$", re.MULTILINE)
_HEAD = re.compile(r"(?:\A|(?<=\n\n))[A-Z][A-Z\d’'\",:;. -]{7,90}(?=\n)")
"""A headline in capitals, with an empty line before it and text after it."""
_SHOUTED = re.compile(r"\b[A-Z]{3,}(?:['’]S)?(?:[ ,:-]+(?:[A-Z]{2,}|A|\d+)(?:['’]S)?\b){2,}")
"""Three words in capitals and more: a headline within a line."""
_STOP = re.compile(r"[^\W\d_]{3}[.!?](?:\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]|\b(?:Gen|Lt|Col|Maj|Capt|Sgt|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Prof|Rev|Hon|St|No|vs))\.$"
)
_WORD_BEFORE = re.compile(r"([^\s,;:!?\"“”„()\[\]{}<>«»…—–/|]+)([^\S\n]+|[^\S\n]*\n[^\S\n]*)$")
_INITIAL = re.compile(r"(?:[^\W\d_]\.-?)+|[^\W\d_]{1,2}")
_STOPPED = word_set("""
adm ald amb brig capt cllr cmdr col cpl cpt det dir dr fr gen gov hon insp lt maj messrs mr mrs ms msgr pres prof pvt
rep rev sec sen sgt sr ssgt st supt tsgt
""")
"""Titles that are written with a stop, which ends no sentence."""
_NO_INITIALS = word_set(
    "I A US UK EU UN MP PM AG TV AP FM VP IN OF TO AT ON BY AS IS HE IT NO SO MR MS DR LT VS OR IF WE MY"
)


class Sighting(NamedTuple):
    """A named entity of the document: where, and of which kind."""

    start: int
    end: int
    label: str


class Word(NamedTuple):
    """A word before a name: its plain form, as written, where it begins, and whether it opens its sentence."""

    plain: str
    written: str
    start: int
    opens: bool

    @property
    def is_initial(self) -> bool:
        """Whether the word is one or more initials: K. or W.K. or JD."""
        if "." not in self.written and not self.written.isascii():  # С and В are Russian prepositions
            return False
        initial = self.written.isupper() and _INITIAL.fullmatch(self.written)
        return bool(initial) and self.written not in _NO_INITIALS

    @property
    def is_capital(self) -> bool:
        """Whether the word begins with a capital letter."""
        return self.written[:1].isupper()


def _no_tag(_: int) -> str:
    return ""


@dataclass
class Scene:
    """One text in which names are judged."""

    plain: Plain
    title: str = ""
    english: bool = True
    sentences: Sequence[int] = ()
    entities: Sequence[Sighting] = field(default_factory=tuple)
    tag: Callable[[int], str] = _no_tag
    """The part of speech of the word that begins there, where the text was parsed."""
    part: Callable[[int], str] = _no_tag
    """What the name that the word is of does in its sentence, where the text was parsed: nsubj, pobj, poss."""

    @property
    def text(self) -> str:
        """The text as it was given."""
        return self.plain.original

    @cached_property
    def starts(self) -> list[int]:
        """Where sentences begin: as the parse has them, else by stops and lines."""
        if self.sentences:
            return sorted({0, *self.sentences})
        ends = [m.end() for m in _ENDS.finditer(self.text) if not _ABBREVIATION.search(self.text, 0, m.end())]
        return [0, *ends]

    @cached_property
    def _rules(self) -> list[int]:
        """Where parts begin: after lines and asterisks, and at headlines in capitals where there are several."""
        heads = [match.start() for match in _HEAD.finditer(self.text)]
        return sorted([match.end() for match in _RULE.finditer(self.text)] + (heads if len(heads) > 1 else []))

    def segment(self, start: int) -> int:
        """Return the number of the part that the place is in, where lines or asterisks part the text."""
        return bisect_right(self._rules, start)

    @cached_property
    def title_plain(self) -> str:
        """The title in plain form, with blanks around it."""
        return f" {plain_name(self.title)} "

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the text and the title in plain form."""
        return frozenset((self.plain.text + self.title_plain).split())

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the text also writes with a small letter."""
        return frozenset(word for word in re.findall(r"\b[^\W\d_]+\b", self.text) if word[0].islower())

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence of that place begins and ends, without the blanks around it."""
        i = bisect_right(self.starts, start)
        first = self.starts[i - 1]
        last = next((s for s in self.starts[i:] if s >= end), len(self.text))
        piece = self.text[first:last]
        return first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip())

    def beside(self, start: int, end: int) -> str:
        """Return the sentences before and after that of the place, in plain form with blanks around."""
        first, last = self.sentence(start, end)
        before = self.sentence(max(0, first - 2), max(0, first - 1))[0] if first else 0
        after = self.sentence(min(last + 2, len(self.text)), min(last + 2, len(self.text)))[1]
        here = self.segment(start)
        near = [
            plain_name(self.text[a:b]) if self.segment(a) == here else "" for a, b in ((before, first), (last, after))
        ]
        return f" {near[0]} | {near[1]} "

    def line(self, start: int) -> str:
        """Return the line that the place is in."""
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", start)
        return self.text[first : last if last >= 0 else len(self.text)]

    def is_headline(self, start: int) -> bool:
        """Return whether the line is set in capitals, so that a capital letter tells nothing."""
        if any(first <= start < last for first, last in self._shouted):
            return True
        line = self.line(start)
        long = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
        if len(line) > 200 or len(long) < 3 or _STOP.search(line):
            return line.isupper()
        capitals = sum(1 for word in long if word[0].isupper())
        return capitals >= 0.75 * len(long)

    @cached_property
    def _shouted(self) -> list[tuple[int, int]]:
        return [match.span() for match in _SHOUTED.finditer(self.text)]

    def opens(self, start: int) -> bool:
        """Return whether the place begins a sentence, a line or a quotation, so that its capital tells nothing."""
        ahead = self.text[max(0, start - 12) : start].rstrip(" \t\u00a0")
        return not ahead or ahead[-1] in "\n\"“„«‘'([" or (ahead[-1] in ".!?:;" and not _ABBREVIATION.search(ahead))

    def begins(self, start: int) -> bool:
        """Return whether the place begins a sentence that is no quotation."""
        return self.opens(start) and self.text[max(0, start - 1) : start] not in set("\"“„«‘'")

    def before(self, start: int, most: int = 5) -> list[Word]:
        """Return the words that may belong to the name in front of it, the nearest first."""
        found: list[Word] = []
        floor = max(0, start - 80)
        while len(found) < most:
            match = _WORD_BEFORE.search(self.text[floor:start])
            if match is None or ("\n" in match[2] and found):
                break
            word = self._word(match[1], floor + match.start())
            if not _may_belong(word, first="\n" in match[2]):
                break
            found.append(word)
            start = word.start
            if word.opens:
                break
        return found

    def label(self, start: int, end: int) -> Sighting | None:
        """Return the entity that the place lies in."""
        return next((e for e in self.entities if e.start <= start and end <= e.end), None)

    def touching(self, start: int, end: int) -> Sighting | None:
        """Return the entity that shares a part of the place."""
        return next((e for e in self.entities if e.start < end and start < e.end), None)

    def _word(self, written: str, start: int) -> Word:
        opens = self.opens(start)
        quoted = written.lstrip("'‘’`")
        return Word(plain_name(quoted), quoted, start + len(written) - len(quoted), opens or quoted != written)


def _may_belong(word: Word, *, first: bool) -> bool:
    if not word.plain or first:
        return False
    if word.written.endswith(("'s", "’s")):
        return False
    return not word.written.endswith(".") or word.is_initial or word.plain in _STOPPED
