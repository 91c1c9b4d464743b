"""What stands right before and after a surname, and what it makes of it: the actor, a namesake, a thing."""

import re
from typing import Literal, NamedTuple

from transforms.actors.given import GIVEN, WOMEN
from transforms.actors.matcher import Profile
from transforms.actors.names import fits_initials, is_case_of, is_cyrillic, same_given
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene, Word
from transforms.actors.words import (
    CYRILLIC_TITLES,
    FEMALE_TITLES,
    LOWER_THINGS,
    NOT_GIVEN,
    OFFICE,
    ORGANISATION,
    PRODUCTS,
    REGIONS,
    THINGS_BEFORE,
    TITLES,
    word_set,
)

Relation = Literal[
    "none", "same", "initial", "title", "other", "stranger", "opening", "unsure", "thing", "firm", "joined"
]
"""What the words before say: nothing, the actor's given name or initial, a title, another given name, a word that is
likely one, one that opens the sentence, one that only may be one, a thing, "the firm,", half of a double name."""

_ALSO_WORDS = word_set("""
amber april art bill carol chase chuck dawn dean dick drew earl eve faith frank gene grace grant guy heather holly hope
iris ivy jack joy june lance mark max may pat penny ray rob rose ruby sue victor will
""")
_NO_NAMES = ("ing", "ed", "ly", "ful", "ous", "ive", "ish", "less", "able")
"""Endings of English words that open sentences and headlines, and of hardly any given name."""
_MODALS = frozenset({"may", "will"})
_MONTHS = frozenset({"april", "may", "june", "august"})
_BEFORE_MONTHS = word_set("in last since next this until by early late from of mid during for and to")
_FAMILY_MARKS = frozenset({"another", "other", "younger", "elder", "older", "different", "each", "every", "fellow"})
_FOREIGN_PARTICLES = frozenset({"van", "von", "bin", "ibn", "ben", "der", "ten", "ter"})
_SUFFIX = re.compile(r",?[^\S\n]+(Jr|Sr|Junior|II|III|IV)\b")
_POSSESSIVE = re.compile(r"['’ʼ`´]s\b")
_NEXT = re.compile(r"[^\S\n]+([^\W\d_][\w’'-]*|&)")
_HYPHEN_BEFORE = re.compile(r"([^\W\d_]+)[-‐‑–]$")
_FIRM_NAMED = re.compile(r"\b(firm|company|brand|group|maker|business|corporation|retailer|manufacturer), $")
_LETTERS = re.compile(r"[^\W\d_]+")
_HYPHEN_AFTER = re.compile(r"[-‐‑–]([^\W\d_][^\W\d_]+)")
_REGION = re.compile(r",[^\S\n]+([^\W\d_a-z][^\W\d_]*)\.?(?:[^\S\n]+([^\W\d_a-z][^\W\d_]*))?")
_PARTNERS = re.compile(
    r"[^\S\n]+(?:&|and)[^\S\n]+(?:Sons?|Co|Company|Root|Partners|Associates|Brothers)\b|[^\S\n]*&[^\S\n]*[A-Z]"
)
_NO_RELATION = re.compile(r"[\s,(–—-]*\b(?:no relation|not related|unrelated)\b")


class Before(NamedTuple):
    """What the words before a name say; `start` is where the whole name begins."""

    relation: Relation
    start: int
    words: str = ""
    title: str = ""


class After(NamedTuple):
    """What follows a name: a thing that carries it, products of it, or nothing that matters."""

    thing: str = ""
    suffix: str = ""
    product: str = ""
    name: str = ""
    joined: bool = False


def read_before(scene: Scene, start: int, profile: Profile) -> Before:
    """Return what the words before the surname say about whose it is."""
    words = scene.before(start)
    if not words:
        return _marked(scene.text[max(0, start - 30) : start], start)
    if words[0].is_initial and (scene.english or words[0].written != "M."):  # Monsieur
        return _after_initials(words, start, profile)
    if _is_given(words[0].plain, profile) and words[0].is_capital:
        return _whole_name(words, profile)
    if len(words) > 1 and _has_middle_name(words, profile):
        return Before("same", words[1].start, f"{words[1].written} {words[0].written}")
    return _after_another_word(scene, words, start, profile)


def _has_middle_name(words: list[Word], profile: Profile) -> bool:
    """Return whether the actor's first name and some other stand before: Donald John Trump."""
    middle, first = words[:2]
    known = middle.plain in TITLES or middle.plain in NOT_GIVEN - GIVEN
    return middle.is_capital and not known and any(first.plain == given[0] for given in profile.given)


def _after_another_word(scene: Scene, words: list[Word], start: int, profile: Profile) -> Before:
    nearest = words[0]
    if nearest.plain in TITLES or nearest.plain in profile.role_words:
        return _after_title(nearest, start, profile)
    relation = _stranger(scene, nearest, start, profile)
    given = next((w for w in words[1:] if w.is_capital and w.plain in GIVEN - _ALSO_WORDS), None)
    if relation == "stranger" and given is not None:  # John Ajvide Lindqvist
        return Before("other", start, f"{given.written} {nearest.written}")
    return Before(relation, start, nearest.written)


def read_before_full(scene: Scene, start: int, profile: Profile) -> Before:
    """Return what stands before a whole name: a further given name or initial makes it another's."""
    words = scene.before(start)
    if not words:
        return Before("none", start)
    nearest = words[0]
    if nearest.is_initial:
        return _further_initial(nearest, start, profile)
    if nearest.plain in TITLES:
        return _after_title(nearest, start, profile)
    return _further_given(scene, nearest, start, profile)


def _further_initial(word: Word, start: int, profile: Profile) -> Before:
    """J. Keith Kellogg is Joseph Keith where the list says so; where it knows one given name only, he may be."""
    told = [given for given in profile.given if len(given) > 1]
    fits = any(fits_initials(_letters(word), given) for given in told)
    if fits or not told:
        return Before("same" if fits else "unsure", word.start if fits else start, word.written)
    return Before("other", start, word.written)


def _further_given(scene: Scene, word: Word, start: int, profile: Profile) -> Before:
    if not word.is_capital or word.plain not in GIVEN:
        return Before("none", start)
    if _is_given(word.plain, profile):
        return Before("same", word.start, word.written)
    plain = word.plain in _ALSO_WORDS | _MONTHS and _is_plain_word(scene, word, start)
    return Before("none" if plain else "other", start, word.written)


def read_after(scene: Scene, end: int, *, headline: bool) -> After:
    """Return what follows the name and makes it a thing's, a place's or a relative's."""
    text = scene.text[end : end + 120]
    suffix = _SUFFIX.match(text)
    if suffix:
        return After(suffix=plain_name(suffix[1]), thing="")
    if _NO_RELATION.match(text):
        return After(thing="no relation")
    possessive = _POSSESSIVE.match(text)
    rest = text[possessive.end() :] if possessive else text
    region = _REGION.match(rest)
    if region and not possessive and plain_name(region[1]) in REGIONS:
        return After(thing=region[0].strip(", "))
    if _PARTNERS.match(rest):
        return After(thing=rest.strip().split("\n")[0][:20])
    return _following(rest, possessive=bool(possessive), headline=headline)


def _following(rest: str, *, possessive: bool, headline: bool) -> After:
    joined = _HYPHEN_AFTER.match(rest)
    if joined and joined[1][0].isupper():
        return After(name=joined[1], joined=True) if plain_name(joined[1]) not in NOT_GIVEN | OFFICE else After()
    words = _row(rest.replace("National Security", "Security"))
    if not words:
        return After()
    first = plain_name(words[0])
    if words[0][:1].islower():
        return _small(first, words[0], possessive=possessive)
    if first in OFFICE or possessive:
        return After(product=words[0]) if possessive and first in PRODUCTS else After()
    named = next((w for w in words[: 1 if headline else 4] if plain_name(w) in ORGANISATION or w == "&"), "")
    if named:
        return After(thing=" ".join(words[: words.index(named) + 1]))
    return After() if headline or first in NOT_GIVEN else After(name=words[0])


def _small(first: str, word: str, *, possessive: bool) -> After:
    if first in PRODUCTS:
        return After(product=word) if possessive else After(thing=word)
    return After(thing=word) if first in LOWER_THINGS and not possessive else After()


def _row(rest: str) -> list[str]:
    """Return the word that follows, and the further ones with a capital."""
    words: list[str] = []
    while len(words) < 5:
        match = _NEXT.match(rest)
        if match is None or (words and not (match[1][:1].isupper() or match[1] == "&")):
            break
        words.append(match[1])
        rest = rest[match.end() :]
        if match[1][:1].islower():
            break
    return words


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


def _after_initials(words: list[Word], start: int, profile: Profile) -> Before:
    count = next((i for i, word in enumerate(words) if not word.is_initial), len(words))
    initials = [letter for word in reversed(words[:count]) for letter in _letters(word)]
    first = words[count - 1]
    written = " ".join(word.written for word in reversed(words[:count]))
    if count < len(words) and words[count].is_capital:
        given = words[count]
        if _is_given(given.plain, profile):
            return Before("same", given.start, f"{given.written} {written}")
        if given.plain in GIVEN and not given.opens:
            return Before("other", given.start, f"{given.written} {written}")
    fits = any(fits_initials(initials, given) for given in profile.given)
    return Before("initial" if fits else "other", first.start if fits else start, written)


def _letters(word: Word) -> list[str]:
    return [c.lower() for c in word.written if c.isalpha()]


def _is_given(word: str, profile: Profile) -> bool:
    if is_cyrillic(word):
        return any(is_case_of(word, name) for given in profile.given for name in given)
    return any(same_given(word, name) for given in profile.given for name in given)


def _whole_name(words: list[Word], profile: Profile) -> Before:
    """The actor's given name stands before: one more that is not the actor's makes it another person."""
    first, written = words[0], [words[0].written]
    for word in words[1:]:
        if word.plain in TITLES or not word.is_capital:
            break
        if word.is_initial:
            letters = _letters(word)
            if not any(name[0] == letters[0] for given in profile.given for name in given):
                return Before("other", first.start, f"{word.written} {' '.join(written)}")
        elif not _is_given(word.plain, profile):
            strange = word.plain in GIVEN and not (word.opens and word.plain in _ALSO_WORDS)
            if strange:
                return Before("other", first.start, f"{word.written} {' '.join(written)}")
            break
        first = word
        written.insert(0, word.written)
    return Before("same", first.start, " ".join(written))


def _after_title(word: Word, start: int, profile: Profile) -> Before:
    if word.plain in FEMALE_TITLES and _is_man(profile):
        return Before("other", start, word.written)
    return Before("title", start, word.written, word.plain)


def _is_man(profile: Profile) -> bool:
    return any(given[0] not in WOMEN and given[0] in GIVEN for given in profile.given)


def _stranger(scene: Scene, word: Word, start: int, profile: Profile) -> Relation:
    """Return what a word before the surname is that is neither the actor's given name nor a title."""
    if word.plain in _FAMILY_MARKS:
        return "other"
    if not word.is_capital:
        if word.plain in THINGS_BEFORE:
            return "thing"
        return "other" if scene.english and word.plain in _FOREIGN_PARTICLES else "none"
    if word.plain in _ALSO_WORDS or word.plain in _MONTHS:
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
    return word.plain in _MONTHS and bool(ahead) and ahead[0].plain in _BEFORE_MONTHS


def _unknown(scene: Scene, word: Word, start: int, profile: Profile) -> Relation:
    """Return what a word with a capital letter is that no list knows."""
    if is_cyrillic(word.plain):
        return _cyrillic(scene, word, start, profile)
    seen = scene.touching(word.start, word.start + len(word.written))
    if seen and seen.end > start and seen.label == "PERSON":
        return "other"
    if seen and seen.end <= start and seen.label not in {"PERSON", "ORG"}:
        return "none"
    known = word.plain in scene.small_words or word.plain.endswith(_NO_NAMES)
    if known or scene.is_headline(start):
        return "none"
    if not scene.english:
        return "unsure"
    return "opening" if word.opens else "stranger"


def _cyrillic(scene: Scene, word: Word, start: int, profile: Profile) -> Relation:
    """A surname in another case than the first is no woman's, its noun no given name: План Трампа, Мелания Трамп."""
    if word.plain in CYRILLIC_TITLES or word.plain in scene.small_words or scene.is_headline(start):
        return "none"
    surname = _LETTERS.match(scene.text, start)
    inflected = surname is not None and plain_name(surname[0]) not in profile.short
    return "none" if word.opens and inflected else "stranger"
