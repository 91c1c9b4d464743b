"""What the text tells of a source without a name: how many, of whom, how high, how close, and why without a name."""

from dataclasses import dataclass, fields

from transforms.language.lists import words
from transforms.language.names import Names
from transforms.language.nations import nation_of
from transforms.language.roles import PERSONS, singular
from transforms.statements.closeness import anonymity, closeness, near_in
from transforms.statements.drafts import Draft, Phrase, Range
from transforms.statements.layout import Layout
from transforms.statements.sources import DETERMINERS, NUMBERS, noun_of
from transforms.statements.words import ORGANISATIONS

HOUSES = frozenset({"ORG", "FAC"})
LANDS = frozenset({"GPE", "LOC"})
OF = frozenset({"of", "from", "at", "in", "for", "within", "inside", "with"})
"""What stands between a source and its house."""

PARTS = words(
    "western eastern european arab african asian european nato eu un regional federal local northern southern"
)
"""Words for a source's side that are no nation."""

RANKS = words("""
    senior junior top former ex retired serving current outgoing high ranking level mid highly placed leading veteran
    high-ranking high-level mid-level top-level ex- longtime long-time then-
    """)

PLURAL = frozenset({"NNS", "NNPS"})
COLLECTIVE = {"dozen": 12, "couple": 2, "pair": 2, "trio": 3, "quartet": 4, "duo": 2, "both": 2}
TENS = {"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What is told of an unnamed source; the last two in characters."""

    count: int | None = None
    affiliation: str | None = None
    nationalities: tuple[str, ...] = ()
    seniority: str | None = None
    closeness: Range | None = None
    anonymity: Range | None = None

    def or_else(self, other: "Unnamed") -> "Unnamed":
        """Return what this one tells, and the other's word where this one is silent."""
        return Unnamed(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


def unnamed(layout: Layout, names: Names, phrase: Phrase, draft: Draft) -> Unnamed:
    """Return what a phrase and its sentence tell of a source that has no name."""
    members = _members(layout, phrase)
    before = range(phrase.first, members[0][1] + 1)
    nations = _nations(layout, range(phrase.first, members[-1][1] + 1))
    house = _affiliation(layout, names, before, _edge(layout, phrase))
    return Unnamed(
        count=_counted(layout, members),
        affiliation=house or (nations[0] if nations else None) or _side(layout, before),
        nationalities=nations,
        seniority=_seniority(layout, before),
        closeness=closeness(layout, phrase, draft),
        anonymity=anonymity(layout, phrase, draft),
    )


def _members(layout: Layout, phrase: Phrase) -> list[Range]:
    """Return those who speak together, each from its first word to its noun: "two officials and a diplomat"."""
    edge, first = _edge(layout, phrase), phrase.first
    found: list[Range] = []
    for end in [*(k for k in range(first, edge) if layout.lower[k] == "and"), edge]:
        noun = noun_of(layout, phrase) if first <= phrase.head < end else _person(layout, first, end)
        if noun is not None:  # else it goes on: "a dozen current and former officials"
            found.append((first, noun))
            first = end + 1
    return found or [(phrase.first, phrase.head)]


def _person(layout: Layout, first: int, end: int) -> int | None:
    near = (k for k in range(first, end) if layout.tags[k] in {"NN", "NNS"})
    return next((k for k in near if singular(layout.lower[k]) in PERSONS), None)


def _counted(layout: Layout, members: list[Range]) -> int | None:
    """Return how many speak: the sum of what is joined, None where a part of it is not told."""
    numbers = [_number(layout, first, noun + 1, plural=layout.tags[noun] in PLURAL) for first, noun in members]
    return None if None in numbers else sum(number or 0 for number in numbers)


def _number(layout: Layout, first: int, end: int, *, plural: bool) -> int | None:
    told = 0
    for k in range(first, min(end, first + 6)):
        word = layout.lower[k]
        number = NUMBERS.get(word) or COLLECTIVE.get(word) or TENS.get(word) or _digits(word)
        following = "".join(layout.lower[k + 1 : k + 2])
        if not number or (word in {"a", "an", "one", "another"} and plural and following != "of"):
            continue
        if word == "dozen" and layout.lower[max(0, k - 2) : k] == ["half", "a"]:
            return 6
        told = told * number if told and word in {"dozen", "hundred"} else number
        if word not in {"a", "an"} and following not in {"dozen", "hundred"}:
            return told
    return told or (None if plural else 1)


def _digits(word: str) -> int:
    plain = word.replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 7 else 0


def _affiliation(layout: Layout, names: Names, before: range, edge: int) -> str | None:
    """Return the house or the place that the source belongs to, as the phrase has it."""
    return (
        _labelled(layout, names, before, HOUSES)
        or _house(layout, before)
        or _behind(layout, names, before.stop, edge)
        or _labelled(layout, names, before, LANDS)
    )


def _edge(layout: Layout, phrase: Phrase) -> int:
    """Return where the phrase begins to tell how close the source is: no house is told there."""
    near = near_in(layout, phrase.head, phrase.last)
    return layout.token_at(near.start()) if near else phrase.last


def _labelled(layout: Layout, names: Names, where: range, labels: frozenset[str]) -> str | None:
    for k in where:
        name, place = names.at(k), names.place(k)
        if name is not None and place is not None and name.label in labels and not _compound(layout, place[1]):
            start, end = layout.span(place[0], min(place[1], where.stop))
            text = layout.text[start:end]
            return None if nation_of(text) else text
    return None


def _compound(layout: Layout, end: int) -> bool:
    """Return whether the name is half a word: "a London-based diplomat"."""
    return layout.words[end : end + 1] == ["-"] and layout.offsets[end] == layout.ends[end - 1]


def _house(layout: Layout, where: range) -> str | None:
    """Return a house told by common nouns: "a defence ministry official"."""
    at = next((k for k in reversed(where) if layout.lower[k] in ORGANISATIONS and layout.tags[k][:2] == "NN"), None)
    if at is None:
        return None
    first = at
    while first > where.start and layout.tags[first - 1] in {"NN", "NNP"} and not nation_of(layout.words[first - 1]):
        first -= 1
    start, end = layout.span(first, at + 1)
    return layout.text[start:end]


def _behind(layout: Layout, names: Names, at: int, edge: int) -> str | None:
    """Return the house after the noun: "a spokesman for the foreign ministry", "an official in Halvik"."""
    first = at + 1
    if first >= edge or layout.lower[at] not in OF:
        return None
    while first < edge and layout.lower[first] in DETERMINERS:
        first += 1
    last = first
    while last < edge and layout.tags[last] in {"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "POS"}:
        last += 1
    known = {name.label for name in map(names.at, range(first, last)) if name is not None}
    house = any(singular(layout.lower[k]) in ORGANISATIONS for k in range(first, last))
    if last == first or not (house or known & (HOUSES | LANDS)):
        return None
    start, end = layout.span(first, last)
    return layout.text[start:end]


def _nations(layout: Layout, where: range) -> tuple[str, ...]:
    found = (nation_of(layout.words[k]) for k in where)
    return tuple(dict.fromkeys(nation for nation in found if nation))


def _side(layout: Layout, where: range) -> str | None:
    return next((layout.words[k] for k in where if layout.lower[k] in PARTS and layout.words[k][:1].isupper()), None)


def _seniority(layout: Layout, where: range) -> str | None:
    """Return the words of rank before the noun: "former senior"."""
    told = [k for k in where if layout.lower[k] in RANKS]
    if not told:
        return None
    between = range(told[0], told[-1] + 1)
    ranks = [k for k in between if layout.lower[k] in RANKS or layout.lower[k] in {"-", "and", ","}]
    start, end = layout.span(ranks[0], ranks[-1] + 1)
    whole = ranks[-1] - ranks[0] + 1 == len(ranks)
    return (layout.text[start:end] if whole else " ".join(layout.words[k] for k in ranks)).lower()
