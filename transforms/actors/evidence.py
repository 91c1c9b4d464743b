"""What speaks for and against a name being the actor's: clues with weights, added up to a score."""

import math
import re
from typing import NamedTuple

from transforms.actors.matcher import Profile
from transforms.actors.names import is_cyrillic
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.words import (
    BUSINESS,
    COMMON_SURNAMES,
    OF_PLACES,
    PEOPLES,
    PLACE_BEFORE,
    PRODUCTS,
    TITLES,
    TOWN,
    TRADE,
)
from transforms.language.given import GIVEN

MENTION = 1.0
"""From this sum on a name is the actor's (probability .69)."""
UNCERTAIN = -3.2
"""Above this sum a name is kept as uncertain (probability .01)."""
SLOPE, CONSTANT = 1.36, -0.56
"""From the sum of the clues to a probability: learned on the labelled set by tests/quality/actors_fit.py."""

APPOSITION = re.compile(r"(?:['’]s)?[^\S\n]*[,(–—-]\s*([^.;!?\n]{0,90})")
_POSSESSIVE_ALONE = re.compile(r"['’]s[^\S\n]*(?:[.,;!?)]|$)")
_LIKE_A_FIRM = re.compile(
    r",? which (?:makes?|sells?|owns?|employs?|produces?|operates?|has|is|was|reports?|bought|supplies|runs)\b"
    r"| (?:gained|lost|rose|fell|slid|climbed|jumped|dropped|added|shed|up|down) (?:by )?\d"
    r"| (?:recalls?|recalled|shipped|ships) \d"
    r"| (?:unveils?|unveiled|launch(?:es|ed)) (?:[\w-]+ ){0,2}"
    r"(?:kits?|shirts?|range|flavours?|flavors?|logo|store|snacks?|cereals?)\b"
)
_OF_SCIENCE = re.compile(
    r" (?:effects?|equations?|principle|paradox|syndrome|disease|scattering|reaction|hypothesis|conjecture)\b"
)
_IN = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|[Aa]t)[^\S\n]$")
_FROM_A_PLACE = re.compile(r"\b(?:from|in|at|near|of) $")
_IN_A_PLACE = re.compile(r", (?:in|near|on) (?:the )?[A-Z]")
_CAPITAL = re.compile(r"\b[^\W\d_a-z][\w.’'-]*")
PLACE_OF = re.compile(
    r"\b(?:island|isle|town|village|city|district|county|port|hamlet|suburb|river|lake|parish|bay|valley|university|college"
    r"|people|residents|inhabitants|citizens|mayor|duke|duchess|earl|baron|wolf|battle|siege|treaty|kingdom|bishop|borough|coast|shores?|streets?|north|south|east|west"
    r"|outskirts) of $",
    re.IGNORECASE,
)
WORD_BEFORE = re.compile(r"([^\W\d_]+)[^\S\n]+$")
_WORD_AFTER = re.compile(r"(?:['’]s)?[^\S\n]+([^\W\d_]+)")


_LABELS = {"PERSON": 0.1, "GPE": -0.8, "LOC": -0.8, "NORP": -0.8}


class Clue(NamedTuple):
    """One piece of evidence: how much it weighs, and what it says in words a user understands."""

    weight: float
    words: str


def probability(clues: list[Clue]) -> float:
    """Return the score of the clues together, from 0 to 1."""
    return round(1 / (1 + math.exp(-(SLOPE * total(clues) + CONSTANT))), 3)


def total(clues: list[Clue]) -> float:
    """Return the sum of the clues' weights."""
    return sum(clue.weight for clue in clues)


def in_words(clues: list[Clue]) -> str:
    """Return the evidence for, the strongest first, and then what speaks against."""
    ordered = sorted(clues, key=lambda clue: -abs(clue.weight))
    speaking = "; ".join(clue.words for clue in ordered if clue.weight > 0 and clue.words)
    against = ", ".join(clue.words for clue in ordered if clue.weight < 0 and clue.words)
    return "; ".join(part for part in (speaking, against and f"against: {against}") if part)


def found_phrases(phrases: dict[str, str], plain: str) -> list[str]:
    """Return which of the phrases (by plain form) the plain text holds, as the list writes them."""
    return [written for form, written in phrases.items() if form in plain]


def near(scene: Scene, start: int, end: int, profile: Profile) -> list[Clue]:
    """Return the clues of the name's own sentence: context, roles, and words of business or of a town."""
    first, last = scene.sentence(start, end)
    around = f" {plain_name(scene.text[first:start])} | {plain_name(scene.text[end:last])} "
    clues = []
    context = found_phrases(profile.context, around)
    if context:
        clues.append(Clue(min(2.4, 0.8 + 0.8 * len(context)), f"near {_quoted(context)}"))
    beside = [word for word in found_phrases(profile.context, scene.beside(start, end)) if word not in context]
    if beside:
        clues.append(Clue(min(1.2, 0.4 + 0.4 * len(beside)), f"the next sentences have {_quoted(beside)}"))
    roles = found_phrases(profile.roles, around)
    words = frozenset(around.split())
    offices = sorted(words & profile.role_words & TITLES)
    if roles or offices:
        clues.append(Clue(2.0 if roles else 1.0, f"near {_quoted(roles or offices)}"))
    told = " ".join(plain_name(phrase) for phrase in (*context, *roles)).split()
    others = sorted(w for w in words & profile.role_words - TITLES - frozenset(told) if len(w) > 3)
    if others:
        clues.append(Clue(min(1.0, 0.4 * len(others)), f"near {_quoted(others)}"))
    return clues


def in_document(scene: Scene, profile: Profile) -> list[Clue]:
    """Return the clues of the whole text and its title."""
    plain = scene.plain.text + scene.title_plain
    found = found_phrases(profile.context | profile.roles, plain)
    return [Clue(min(2.0, 0.6 * len(found)), f"the article has {_quoted(found)}")] if found else []


def against_in_document(scene: Scene, profile: Profile) -> list[Clue]:
    """Return what the list's `not` says against the name, wherever it stands."""
    plain = scene.plain.text + scene.title_plain
    against = [w for form, w in profile.against.items() if form in plain and not _is_own_name(form, profile)]
    weight = sum(
        0.3 if plain_name(phrase).split()[0] in GIVEN else 0.6 if _is_a_name(phrase, profile) else 1.2
        for phrase in against
    )
    return [Clue(-min(2.4, weight), f"the article has {_quoted(against)}")] if against else []


def against_near(scene: Scene, start: int, end: int, profile: Profile) -> list[Clue]:
    """Return what the list's `not` says against the bare surname in its own sentence: "The cereal was Kellogg's."."""
    first, last = scene.sentence(start, end)
    around = f" {plain_name(scene.text[first:start])} | {plain_name(scene.text[end:last])} "
    found = [w for w in found_phrases(profile.against, around) if not _is_a_name(w, profile)]
    clues = [Clue(-3.5, f"near {_quoted(found)}")] if found else []
    seen = scene.label(start, end)
    if seen and seen.label in {"GPE", "LOC", "FAC"} and _IN.search(scene.text, max(0, start - 9), start):
        clues.append(Clue(-5.5, "'in' stands before, like a place's"))
    if _IN_A_PLACE.match(scene.text, end) and _FROM_A_PLACE.search(scene.text, max(0, start - 6), start):
        clues.append(Clue(-5.0, "said like a place"))
    if _POSSESSIVE_ALONE.match(scene.text, end):  # a box of Kellogg's: of the brand, where the list knows one
        brand = any(form.endswith(" s ") and _is_own_name(form, profile) for form in profile.against)
        clues.append(Clue(-5.0 if brand else -1.5, "a possessive by itself"))
    if _OF_SCIENCE.match(scene.text, end) and not scene.text[:start].endswith(" a "):  # "a Stoltenberg effect"
        clues.append(Clue(-2.5, "a term of science of that name"))
    if _LIKE_A_FIRM.match(scene.text, end):
        clues.append(Clue(-4.0, "what follows is said of firms"))
    return clues


def trade(scene: Scene, start: int, end: int, profile: Profile) -> list[Clue]:
    """Return what makes a bare surname look like a company's or a town's."""
    first, last = scene.sentence(start, end)
    own = frozenset(word for form in profile.context for word in form.split()) | profile.role_words
    words = frozenset(plain_name(scene.text[first:last]).split())
    clues = []
    business = sorted((words & (BUSINESS | TRADE)) - own)
    everywhere = sorted((scene.words & BUSINESS) - own)
    if business or len(everywhere) > 2:
        weight = min(2.4, 1.2 * len(business) + 0.4 * len(everywhere))
        clues.append(Clue(-weight, f"words of business {_quoted(business or everywhere)}"))
    town = sorted((words & TOWN) - own)
    if town:
        clues.append(Clue(-min(1.6, 0.8 * len(town)), f"words of a town {_quoted(town)}"))
    before = WORD_BEFORE.search(scene.text, max(0, start - 20), start)
    if before and before[1].lower() in PLACE_BEFORE:
        clues.append(Clue(-3.0 if before[1] == "At" else -1.5, f"after '{before[1]}', like a place"))
    return clues


def like_a_place(scene: Scene, start: int, end: int) -> bool:
    """Return whether the words beside a name are said of places: "in Jordan", "the Paris mayor"."""
    before = WORD_BEFORE.search(scene.text, max(0, start - 20), start)
    after = _WORD_AFTER.match(scene.text, end)
    follows = after is not None and after[1].lower() in OF_PLACES
    of = PLACE_OF.search(scene.text, max(0, start - 24), start)
    return follows or bool(of) or (before is not None and before[1].lower() in {"in", "to", "from", "near", "outside"})


def apposition(scene: Scene, end: int, profile: Profile) -> list[Clue]:
    """Return what the words between commas or brackets after the name say its bearer is."""
    match = APPOSITION.match(scene.text, end)
    if match is None:
        return []
    words = frozenset(plain_name(match[1]).split())
    offices = sorted(words & profile.role_words & TITLES)
    if offices:
        return [Clue(2.0, f"followed by {_quoted(offices)}")]
    bracket = plain_name(match[1].split(")")[0]) if "(" in match[0] and ")" in match[1] else ""
    told = found_phrases(profile.context, f" {bracket} ")
    trade = sorted(frozenset(bracket.split()) & (BUSINESS | PRODUCTS))
    clues = [Clue(1.5, f"followed by {_quoted(told)}")] if told else []
    return [*clues, Clue(-3.0, f"followed by {_quoted(trade)}")] if trade else clues


def label(scene: Scene, start: int, end: int, *, person: bool) -> list[Clue]:
    """Return what the model took the name for: weak evidence on bare surnames, strong where it sees a longer name.

    On the labelled set a surname inside a longer entity was the actor's in 4 of 60 places, and one that was taken for
    a place in 16 of 29.
    """
    seen = scene.label(start, end)
    if seen is None or is_cyrillic(scene.text[start:end]) or scene.is_headline(start):
        return []
    whole = scene.text[seen.start : seen.end]
    beside = f"{scene.text[seen.start : start]} {scene.text[end : seen.end]}"
    if not person or " " in scene.text[start:end]:  # "New Horizon programme" is no longer name
        beside = " ".join(_CAPITAL.findall(beside))
    more = frozenset(plain_name(beside).split()) - {"s", "the"}
    if more - TITLES - OF_PLACES - PEOPLES:
        # Prince William Sound, not Archdeacon Thomas Church
        other = seen.label not in {"PERSON", "NORP"} and " " in scene.text[start:end] and seen.end > end + 2
        return [Clue(-5.0 if other else -3.2, f"inside '{whole}'")]
    return [Clue(_LABELS.get(seen.label, -0.3), "")]


def common(surname: str) -> list[Clue]:
    """Return the doubt that a very common surname carries."""
    return [Clue(-1.0, "a very common surname")] if surname in COMMON_SURNAMES else []


def _quoted(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words[:4])


def _is_a_name(phrase: str, profile: Profile) -> bool:
    """Return whether the phrase names a person or thing of that surname, which speaks only where it stands itself."""
    words = plain_name(phrase).split()
    return words[0] in GIVEN or profile.surname in words


def _is_own_name(form: str, profile: Profile) -> bool:
    """Return whether the phrase is no more than the surname or its possessive."""
    return form.strip().removesuffix(" s") in profile.short
