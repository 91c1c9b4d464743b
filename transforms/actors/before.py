"""What stands right before a name, and what it makes of it: the actor, a namesake, a thing."""

import re
from typing import Literal, NamedTuple

from transforms.actors.evidence import PLACE_OF
from transforms.actors.initials import after_initials, further_initial
from transforms.actors.matcher import Profile
from transforms.actors.names import is_case_of, is_cyrillic, same_given
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene, Word
from transforms.actors.words import (
    CYRILLIC_TITLES,
    CYRILLIC_WOMEN,
    FEMALE_TITLES,
    FOREIGN_TITLES,
    MALE_TITLES,
    NOT_GIVEN,
    PLACES_BEFORE,
    THINGS_BEFORE,
    TITLES,
    word_set,
)
from transforms.language.given import ALSO_WORDS, GIVEN

Relation = Literal[
    "none", "same", "initial", "title", "other", "stranger", "opening", "unsure", "thing", "firm", "joined", "called"
]
"""What the words before say: nothing, the actor's given name or initial, a title, another given name, a word that is
likely one, one that opens the sentence, one that only may be one, a thing, "the firm,", half of a double name."""

_THINGS = frozenset({"FAC", "LOC", "ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})
_NO_NAMES = ("ing", "ed", "ly", "ful", "ous", "ive", "ish", "less", "able")
"""Endings of English words that open sentences and headlines, and of hardly any given name."""
_MODALS = frozenset({"may", "will"})
MONTHS = frozenset({"april", "may", "june", "august"})
BEFORE_MONTHS = word_set(
    "in last since next this until by early late from of mid during for and to every each that one"
)
_FAMILY_MARKS = frozenset(
    {"another", "other", "younger", "elder", "older", "different", "each", "every", "fellow", "only"}
)
_FOREIGN_PARTICLES = frozenset({"van", "von", "bin", "ibn", "ben", "der", "ten", "ter"})
_HYPHEN_BEFORE = re.compile(r"([^\W\d_]+)[-‐‑–]$")
_FIRM_NAMED = re.compile(r"\b(firm|company|brand|group|maker|business|corporation|retailer|manufacturer), $")
_CALLED = re.compile(
    r"\b(?:(?:an?|another|other|no|any|some|one|two|three|four|\d+|every|each|several|many) (?:[\w-]+ ){1,3}?"
    r"(?:named|called)|(?:is|are|was|were|been) (?:all |both |also )?called|surnamed|surname|the name|name of)[^\S\n]$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_AND_CO = re.compile(r"[^\W\d_] ?& ?$")
_NICKNAMED = re.compile(r"\b([^\W\d_]+)[^\S\n](?:[\"“'‘][^\W\d_]+[\"”'’]|\([^\W\d_]+\))[^\S\n]$")
_SHIP = re.compile(r"\b(USS|HMS|HMCS|HMAS|RMS|SS|MV|MS|MY|RV|SV|FC|AC|AFC|VfL|SV|SC|RC|KV|Stade|Hotel|Villa)[^\S\n]$")


_OBLIQUE = ("ом", "ого", "ому", "ем", "ым", "ах", "ую")
"""Endings of Cyrillic words that no given name beside a surname in its first case has."""


class Before(NamedTuple):
    """What the words before a name say; `start` is where the whole name begins."""

    relation: Relation
    start: int
    words: str = ""
    title: str = ""


def read_before(scene: Scene, start: int, profile: Profile) -> Before:
    """Return what the words before the surname say about whose it is."""
    words = scene.before(start)
    told = _told_by_signs(scene, start, profile)
    if told:
        return told
    if not words:
        return _marked(scene.text[max(0, start - 30) : start], start)
    if words[0].is_initial and (scene.english or words[0].written != "M."):  # Monsieur
        return _from_initials(words, start, profile)
    if is_given(words[0].plain, profile) and words[0].is_capital:
        return _whole_name(words, profile)
    if len(words) > 1 and _has_middle_name(words, profile):
        return Before("same", words[1].start, f"{words[1].written} {words[0].written}")
    return _after_another_word(scene, words, start, profile)


def _told_by_signs(scene: Scene, start: int, profile: Profile) -> Before | None:
    """Return what a nickname, a place, a ship, or "a man called" before the surname say."""
    nicknamed = _NICKNAMED.search(scene.text, max(0, start - 50), start)
    if nicknamed and is_given(plain_name(nicknamed[1]), profile):  # Jose "Pepe" Mujica
        return Before("same", nicknamed.start(), nicknamed[0].strip())
    sign = (
        PLACE_OF.search(scene.text, max(0, start - 24), start)
        or _SHIP.search(scene.text, max(0, start - 8), start)
        or _AND_CO.search(scene.text, max(0, start - 4), start)
    )
    if sign:
        return Before("thing", start, sign[0].strip())
    called = _CALLED.search(scene.text, max(0, start - 40), start)
    return Before("called", start, called[0].strip()) if called else None


def read_before_full(scene: Scene, start: int, profile: Profile, *, one_word: bool) -> Before:
    """Return what stands before a whole name: a further given name or initial makes it another's."""
    words = scene.before(start)
    ship = _SHIP.search(scene.text, max(0, start - 8), start)
    if ship or not words:
        return Before("thing", start, ship[1]) if ship else Before("none", start)
    nearest = words[0]
    if nearest.is_initial:
        fits = further_initial(nearest, profile)
        return Before(fits, nearest.start if fits == "same" else start, nearest.written)
    if nearest.plain in TITLES:
        return _after_title(scene, nearest, start, profile)
    if one_word and nearest.is_capital and nearest.plain not in profile.own_words:  # Asia Bibi, Bernie the alias
        return Before(_stranger(scene, nearest, start, profile), start, nearest.written)
    return _further_given(scene, nearest, start, profile)


def is_given(word: str, profile: Profile) -> bool:
    """Return whether the word may be a given name of the actor, in whatever spelling or case."""
    if is_cyrillic(word):
        return any(is_case_of(word, name) for given in profile.given for name in given)
    return any(same_given(word, name) for given in profile.given for name in given)


def _from_initials(words: list[Word], start: int, profile: Profile) -> Before:
    known = next((w for w in words if not w.is_initial), None)
    own = known is not None and known.is_capital and is_given(known.plain, profile)
    relation, at, written = after_initials(words, profile, own_given=own)
    return Before(relation, words[at].start if relation in {"same", "initial"} else start, written)


def _has_middle_name(words: list[Word], profile: Profile) -> bool:
    """Return whether the actor's first name and some other stand before: Donald John Trump."""
    middle, first = words[:2]
    known = middle.plain in TITLES or middle.plain in NOT_GIVEN - GIVEN
    return middle.is_capital and not known and any(first.plain == given[0] for given in profile.given)


def _after_another_word(scene: Scene, words: list[Word], start: int, profile: Profile) -> Before:
    nearest = words[0]
    if nearest.plain in TITLES or nearest.plain in profile.role_words:
        return _after_title(scene, nearest, start, profile)
    relation = _stranger(scene, nearest, start, profile)
    near = words[1:2] if relation == "none" and nearest.is_capital else words[1:] if relation == "stranger" else []
    given = next((w for w in near if w.is_capital and w.plain in GIVEN - ALSO_WORDS), None)
    if given is not None and not scene.is_headline(start):  # John Ajvide Lindqvist
        return Before("other", start, f"{given.written} {nearest.written}")
    return Before(relation, start, nearest.written)


def _further_given(scene: Scene, word: Word, start: int, profile: Profile) -> Before:
    if not word.is_capital or word.plain not in GIVEN:
        return Before("none", start)
    if is_given(word.plain, profile):
        return Before("same", word.start, word.written)
    plain = word.plain in ALSO_WORDS | MONTHS and _is_plain_word(scene, word, start)
    return Before("none" if plain else "other", start, word.written)


def _marked(ahead: str, start: int) -> Before:
    """Return what a hyphen or a comma before the surname says: "Parker-Kellogg", "the firm, Kellogg"."""
    joined, named = _HYPHEN_BEFORE.search(ahead), _FIRM_NAMED.search(ahead)
    if named:
        return Before("firm", start, named[1])
    return _joined(joined[1], start) if joined else Before("none", start)


def _joined(half: str, start: int) -> Before:
    if half[:1].islower() or plain_name(half) in NOT_GIVEN:
        return Before("none", start)
    return Before("joined", start, half)


def _whole_name(words: list[Word], profile: Profile) -> Before:
    """The actor's given name stands before: one more that is not the actor's makes it another person."""
    first, written = words[0], [words[0].written]
    for word in words[1:]:
        if word.plain in TITLES or not word.is_capital:
            break
        if word.is_initial:
            if not any(name[0] == word.plain[0] for given in profile.given for name in given):
                return Before("other", first.start, f"{word.written} {' '.join(written)}")
        elif not is_given(word.plain, profile):
            strange = word.plain in GIVEN and not (word.opens and word.plain in ALSO_WORDS)
            if strange:
                return Before("other", first.start, f"{word.written} {' '.join(written)}")
            break
        first = word
        written.insert(0, word.written)
    return Before("same", first.start, " ".join(written))


def _after_title(scene: Scene, word: Word, start: int, profile: Profile) -> Before:
    """A title tells the bearer's sex, and so whose it cannot be: Lady Starmer, where the text has Sir Keir."""
    sex = profile.sex
    if not sex and word.plain in FEMALE_TITLES:
        man = re.search(
            rf"\b(?:Sir|Mr\.?|Lord|Prince|King) (?:[^\W\d_]+ )?{re.escape(profile.last_word)}\b", scene.text
        )
        sex = "m" if man else ""
    other = (word.plain in FEMALE_TITLES and sex == "m") or (word.plain in MALE_TITLES and sex == "f")
    if other and word.plain not in profile.role_words:
        return Before("other", start, word.written)
    return Before("title", start, word.written, word.plain)


def _stranger(scene: Scene, word: Word, start: int, profile: Profile) -> Relation:
    """Return what a word before the surname is that is neither the actor's given name nor a title."""
    if word.plain in _FAMILY_MARKS:
        return "other"
    if word.plain in (PLACES_BEFORE if word.is_capital else THINGS_BEFORE):
        return "thing"
    if not word.is_capital:
        return "other" if scene.english and word.plain in _FOREIGN_PARTICLES else "none"
    if word.plain in ALSO_WORDS or word.plain in MONTHS:
        return "none" if _is_plain_word(scene, word, start) else "other"
    if word.plain in NOT_GIVEN:
        return "none"
    return "other" if word.plain in GIVEN else _unknown(scene, word, start, profile)


def _is_plain_word(scene: Scene, word: Word, start: int) -> bool:
    """Return whether a word that may be a given name is none here: "Will Marsh go?", "in May Marsh went"."""
    if word.opens:
        first, last = scene.sentence(start, start)
        return word.plain in _MODALS and scene.text[first:last].rstrip("\"'”’").endswith("?")
    ahead = scene.before(word.start, most=1)
    return word.plain in MONTHS and bool(ahead) and ahead[0].plain in BEFORE_MONTHS


def _unknown(scene: Scene, word: Word, start: int, profile: Profile) -> Relation:
    """Return what a word with a capital letter is that no list knows."""
    if is_cyrillic(word.plain):
        return _cyrillic(scene, word, start, profile)
    seen = scene.touching(word.start, word.start + len(word.written))
    if seen and seen.end > start:
        return "other" if seen.label == "PERSON" else "thing" if seen.label in _THINGS else "stranger"
    if seen and seen.end <= start and seen.label not in {"PERSON", "ORG"}:
        return "none"
    known = word.plain in scene.small_words or word.plain.endswith(_NO_NAMES)
    if known or scene.is_headline(start) or word.plain.endswith(FOREIGN_TITLES):
        return "none"
    if not scene.english:
        return "unsure" if word.opens else "stranger"
    return "opening" if word.opens else "stranger"


def _cyrillic(scene: Scene, word: Word, start: int, profile: Profile) -> Relation:
    """A surname in another case than the first is no woman's, its noun no given name: План Трампа, Мелания Трамп."""
    if word.plain in CYRILLIC_WOMEN:
        return "other"
    if word.plain in CYRILLIC_TITLES or word.plain in scene.small_words or scene.is_headline(start):
        return "none"
    surname = _LETTERS.match(scene.text, start)
    inflected = surname is not None and plain_name(surname[0]) not in profile.short
    if not inflected and word.plain.endswith(_OBLIQUE):  # О Навальном Песков молчит
        return "none"
    return "none" if word.opens and inflected else "stranger"
