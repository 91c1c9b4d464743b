"""Datelines: where a report was written, when, and for whom, before its first sentence: "KYIV, Feb 16 (Reuters) - …".

A parser reads them as the subject of what follows, so they are found in the plain text and kept from it. Nothing else
may pass for one: a label before a speaker's words, a heading, an organisation with an aside behind it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from transforms.language.agencies import KNOWN_AGENCY, NAMES
from transforms.language.given import GIVEN
from transforms.language.lists import words
from transforms.language.places import NO_PLACES, SMALL
from transforms.patterns import one_of

HEAD = 120
"""Characters of a line in which its dateline ends."""

FIRST = 3
"""Lines of a text among which a place may first stand with a dash alone: later ones are headings and speakers."""

SPEAKERS = 3
"""Words with a dash that begin lines again and again are those who speak by turns, if they are no more than these."""

PROSE = 25
"""Characters after such a place, at least: fewer are a headline's."""

LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
"""A line without its outer whitespace."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^\W\d_]{0,6}\.?"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[^\W\d_]{0,6}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATES = one_of(rf"""
    (?:{_WEEKDAY},?[ ])?{_MONTH}[ ]{_DAY}(?:,?[ ]\d{{4}})?
    (?:{_WEEKDAY},?[ ])?{_DAY}[ ]{_MONTH}(?:,?[ ]\d{{4}})?
    \d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}
    \d{{4}}-\d{{2}}-\d{{2}}
    """)
_DATE = rf"(?i:{_DATES}(?!\w))"
_UPPER = r"(?![a-zß-öø-ÿа-яё])[^\W\d_]"
_WORD = rf"(?!{_DATE})(?:(?:{'|'.join(sorted(SMALL))}) )?{_UPPER}[^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_WORDS = rf"{_WORD}(?: {_WORD}){{0,4}}"
_PLACE = re.compile(rf"{_WORDS}(?:(?: ?[/&] ?| and ){_WORDS}){{0,2}}")
_REGION = re.compile(rf", ?(?P<region>{_WORDS})")
_WHEN = re.compile(rf"(?:[.,]{{0,2}}\s{{1,2}})?(?P<date>{_DATE})[.,]?")
_WHOSE = re.compile(r"[.,]?\s{0,2}(?:--|[–—])?\s?(?:\((?P<round>[^()\n]{2,45})\)|/(?P<slashed>[^/\n]{2,40})/\.?)")
_DASH = re.compile(r"(?P<before>\s{0,2})(?P<mark>[-–—―−]{1,3}|:)(?P<after>\s*)")
_ALONE = re.compile(r"(?P<agency>AP|AFP|dpa|UPI|EFE|ANSA|TASS|Reuters|Xinhua|Interfax|Ukrinform|PTI|IANS)"
                    r"(?:\s{0,2}[-–—―−]{1,3}\s+|/)(?=[^\W\d_]|[\d“\"‘'(\[])")  # fmt: skip
"""An agency and nothing else: "AP — …", "AFP/…"."""

_OWN = re.compile(r"(?:[A-Z][\w-]* ){0,3}(?:\w*[Ww]ire|News|Press|Agency|Service|Presse|Agentur)")
"""An agency that nobody has told us of, by a word that agencies call themselves."""

_PICTURE = re.compile(r"\b(?:photo|picture|image|video|file)s?\b", re.IGNORECASE)
_JOINED = re.compile(r" ?[/&,] ?| and ")

Place = tuple[int, int]


ACRONYM = re.compile(r"[A-Z]{2,5}")
PARTIES = words("AFD CDU CON CSU DEM DUP FDP GOP IND LAB LD LIB PP PSOE PVV REP SNP SPD UKIP UUP VVD")
"""What else than an unknown agency may stand so behind a name in capitals."""


class Dateline(NamedTuple):
    """A dateline: where the report begins behind it, and its named parts in characters; each may be empty."""

    end: int
    places: tuple[Place, ...]
    date: Place
    agency: Place


class _Parts(NamedTuple):
    """What stands in a dateline's order at the start of a line, dateline or not."""

    place: str
    regions: tuple[re.Match[str], ...]
    when: re.Match[str] | None
    whose: re.Match[str] | None
    dash: re.Match[str] | None
    gap: int
    end: int

    @property
    def agency(self) -> str:
        """Return what stands in brackets or slashes."""
        return (self.whose["round"] or self.whose["slashed"]) if self.whose else ""

    @property
    def shouted(self) -> bool:
        """Return whether the place stands in capitals: "FORT McCOY"."""
        plain = "".join(w for w in re.split(r"\W+", self.place) if w not in SMALL).replace("Mc", "")
        return plain.isupper() and len(plain) > 1


def datelines(text: str) -> list[tuple[int, Dateline]]:
    """Return where lines begin and the datelines they begin with, through a whole text."""
    found: list[tuple[int, Dateline, str]] = []
    for n, line in enumerate(LINE.finditer(text)):
        dated = dateline(line[0], bare=n < FIRST or bool(found))
        if dated is not None:
            alone = not (dated.date[1] or dated.agency[1])
            found.append((line.start(), dated, line[0][: dated.end] if alone else ""))
    turns = Counter(label for *_, label in found if label)
    taken = len(turns) <= SPEAKERS
    return [(start, dated) for start, dated, label in found if not (taken and turns[label] > 1)]


def dateline(line: str, *, bare: bool = True) -> Dateline | None:
    """Return the dateline that a line begins with; `bare` says whether a place and a dash may be all of it."""
    head = line[:HEAD]
    alone = _ALONE.match(head)
    if alone is not None and not line[alone.end()].islower():
        return Dateline(alone.end(), (), (0, 0), alone.span("agency"))
    parts = _read(head)
    rest = line[parts.end :]
    if _is_sure(parts, rest) or (bare and _is_bare(parts, rest)):
        return _made(parts)
    return None


def reread(found: str) -> Dateline:
    """Return the parts of a text that is a dateline and nothing else."""
    alone = _ALONE.match(found + "A")
    return Dateline(len(found), (), (0, 0), alone.span("agency")) if alone else _made(_read(found))


def agency(line: str) -> str:
    """Return the agency of the line's dateline, as newswatch calls it; empty where it has none, or none known."""
    found = dateline(line)
    return "" if found is None else _agency(line[slice(*found.agency)])


def _agency(text: str) -> str:
    known = (KNOWN_AGENCY.fullmatch(part) for part in _JOINED.split(text))
    name = next((m["name"].casefold() for m in known if m and m["name"].casefold() in NAMES), "")
    return NAMES[name] if name else text if _OWN.fullmatch(text) else ""


def _read(head: str) -> _Parts:
    place = _PLACE.match(head)
    at = place.end() if place else 0
    regions: list[re.Match[str]] = []
    while place and len(regions) < 2 and (region := _REGION.match(head, at)):
        regions.append(region)
        at = region.end()
    when = _WHEN.match(head, at)
    at = when.end() if when else at
    whose = _WHOSE.match(head, at)
    at = whose.end() if whose else at
    dash = _DASH.match(head, at)
    at = dash.end() if dash else at
    gap = len(head) - len(head[at:].lstrip()) - at
    return _Parts(place[0] if place else "", tuple(regions), when, whose, dash, gap, at + gap)


def _is_sure(parts: _Parts, rest: str) -> bool:
    """Return whether date or agency make it a dateline, wherever it stands."""
    goes_on = rest[:1].islower()
    if parts.whose is None:
        return parts.when is not None and _is_dated(parts, goes_on=goes_on)
    if _PICTURE.search(parts.agency) or (goes_on and not parts.shouted):
        return False
    told = parts.when is not None
    if any(KNOWN_AGENCY.fullmatch(part) for part in _JOINED.split(parts.agency)):
        return parts.dash is not None or (parts.shouted or told) or (not parts.gap and rest[:1].isupper())
    if parts.dash is None or _is_labelled(parts):
        return False
    return (parts.shouted and told) or (bool(_OWN.fullmatch(parts.agency)) and (parts.shouted or told))


def _is_dated(parts: _Parts, *, goes_on: bool) -> bool:
    """Return whether it is a place and a date: "BERLIN, 16 Feb -", "Paris, March 3 – The"."""
    if parts.dash is None or not parts.place or _is_labelled(parts):
        return False
    return parts.shouted or (parts.dash["mark"] != ":" and _is_set_off(parts.dash) and not goes_on)


def _is_bare(parts: _Parts, rest: str) -> bool:
    """Return whether it is a place in capitals, a dash, and a sentence of prose: "WASHINGTON — The senate …"."""
    if parts.when or parts.dash is None or not parts.shouted or _is_labelled(parts):
        return False
    if parts.whose and (not parts.agency.isupper() or not ACRONYM.fullmatch(parts.agency) or parts.agency in PARTIES):
        return False
    marked = parts.dash["mark"] != ":" and (_is_set_off(parts.dash) or parts.dash["mark"] in {"—", "--"})
    names = parts.place.lower().split()
    person = len(names) > 1 and names[0] in GIVEN and not parts.regions
    prose = len(rest) > PROSE and rest.rstrip()[-1] in '.!?…”"’)' and not rest.isupper()
    return marked and prose and not person and len(parts.place) > 3 and not rest[0].islower()


def _is_set_off(dash: re.Match[str]) -> bool:
    return bool(dash["before"] and dash["after"])


def _is_labelled(parts: _Parts) -> bool:
    """Return whether a word before the dash names no place: "UPDATE — …", "VELDEN, Foreign Minister — …"."""
    named = " ".join([parts.place, *(region["region"] for region in parts.regions)])
    return not NO_PLACES.isdisjoint(re.split(r"\W+", named.lower()))


def _made(parts: _Parts) -> Dateline:
    regions = (region.span("region") for region in parts.regions)
    when = parts.when.span("date") if parts.when else (0, 0)
    whose = parts.whose.span("round" if parts.whose["round"] else "slashed") if parts.whose else (0, 0)
    return Dateline(parts.end, (*_places(parts.place), *regions), when, whose)


def _places(place: str) -> Iterator[Place]:
    """Yield each place of "WASHINGTON/KYIV", without the full stop of "MOSCOW. Feb 16"."""
    at = 0
    for name in re.split(r"( ?[/&] ?| and )", place):
        if not _JOINED.fullmatch(name) and name:
            last = name.split()[-1]
            yield at, at + len(name) - (last.endswith(".") and len(last) > 4 and "." not in last[:-1])
        at += len(name)
