"""The watchlist as one automaton: where in a text a watched name, or part of one, stands."""

import contextlib
import gc
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from schemas.watchlist import Actor, Watchlist
from transforms.actors.given import sex_of, sex_told
from transforms.actors.names import LONG, PersonName, cases, is_cyrillic, is_variant, person_name, sound
from transforms.actors.normalise import Plain, plain_name
from transforms.actors.words import ABBREVIATED, DULL, FAMILY_FIRST

Form = Literal["name", "alias", "short", "surname", "variant"]
"""What was found: the whole name, an alias, an alias that is a bare surname, the surname, a misspelt surname."""

FORMS: tuple[Form, ...] = ("name", "alias", "short", "surname", "variant")
_MOST_SOUNDS = 200_000
_LONG_WORD = re.compile(rf"[A-Z\xc0-\xde\u0100-\u024f][^\W\d_]{{{LONG - 2},}}")
_INITIALS = re.compile(r"(\w) {1,2}(\w) {1,2}(?=\w)")


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector from looking at half a million new objects, all of which stay, again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Hit(NamedTuple):
    """A watched name in the text, whoever's it is: original offsets, the actor's place in the list, and the form."""

    start: int
    end: int
    actor: int
    form: Form


class Matcher:
    """A watchlist made ready for searching; building it costs seconds for 100,000 actors, searching does not."""

    def __init__(self, watchlist: Watchlist) -> None:
        self.watchlist = watchlist
        self.digest = watchlist.digest
        self._owners: dict[str, tuple[int, ...]] = {}
        self._sounds: dict[str, list[str]] = {}
        self._endings: dict[str, dict[int, frozenset[str]]] = {}
        self._known: dict[str, tuple[str, ...]] = {}
        self._profiles: dict[int, Profile] = {}
        with _uncollected():
            for i, actor in enumerate(watchlist.actors):
                self._take(i, actor)
        self._patterns = sorted(self._owners)  # the automaton is made in half the time
        self._automaton = AhoCorasick(self._patterns, store_patterns=False)

    def __reduce__(self) -> tuple[type["Matcher"], tuple[Watchlist]]:
        return type(self), (self.watchlist,)

    def profile(self, actor: int) -> "Profile":
        """Return what judging needs to know of the actor, made when it is first asked for."""
        if actor not in self._profiles:
            self._profiles[actor] = Profile(self.watchlist.actors[actor])
        return self._profiles[actor]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {actor.id: i for i, actor in enumerate(self.watchlist.actors)}

    def profile_of(self, actor: str) -> "Profile":
        """Return the same by the actor's id."""
        return self.profile(self._places[actor])

    def knows(self, word: str) -> bool:
        """Return whether the word is a watched name by itself."""
        return _pattern(plain_name(word)) in self._owners

    def search(self, plain: Plain) -> list[Hit]:
        """Return every watched name in the text, in order; one place may be several actors'."""
        found = self._automaton.find_matches_as_indexes(plain.text, overlapping=True)
        hits = {hit for pattern, start, end in found for hit in self._hits(plain, pattern, start, end)}
        if self._sounds:
            taken = {hit.start for hit in hits}
            hits.update(hit for hit in self._variants(plain.original) if hit.start not in taken)
        return sorted(hits)

    def _take(self, i: int, actor: Actor) -> None:
        self._own(actor.name, i, "name")
        for alias in actor.aliases:
            self._own(alias, i, "alias" if not _is_short(actor, alias) else "short")
        if actor.kind != "person":
            return
        for surname in dict.fromkeys(_surnames(actor)):
            self._own(surname, i, "surname")
            if len(surname) >= LONG and " " not in surname and not is_cyrillic(surname):
                names = self._sounds.setdefault(sound(surname), [])
                if surname not in names:
                    names.append(surname)

    def _own(self, name: str, actor: int, form: Form) -> None:
        code = actor * len(FORMS) + FORMS.index(form)
        if _is_simple(name):  # most names: all the ways of writing them are one
            self._give(f" {name.lower()} ", code, actor)
            return
        for plain in _ways(name):
            pattern = _pattern(plain)
            if is_cyrillic(plain):
                self._endings.setdefault(pattern, {})[code] = cases(plain)[1]
            self._give(pattern, code, actor)

    def _give(self, pattern: str, code: int, actor: int) -> None:
        owners = self._owners.get(pattern)
        if owners is None:
            self._owners[pattern] = (code,)
        elif all(owner // len(FORMS) != actor for owner in owners):  # the first form given is the fullest
            self._owners[pattern] = (*owners, code)

    def _hits(self, plain: Plain, pattern: int, start: int, end: int) -> Iterator[Hit]:
        name = self._patterns[pattern]
        endings = self._endings.get(name)
        for owner in self._owners[name]:
            bounds = _bounds(plain, start, end, None if endings is None else endings.get(owner, frozenset()))
            if bounds is not None:
                yield Hit(*bounds, owner // len(FORMS), FORMS[owner % len(FORMS)])

    def _variants(self, text: str) -> Iterator[Hit]:
        for match in _LONG_WORD.finditer(text):
            names = self._near(match.group())
            if names and not text[match.start() - 1 : match.start()].isalnum():
                owners = dict.fromkeys(owner // len(FORMS) for name in names for owner in self._owners[_pattern(name)])
                yield from (Hit(match.start(), match.end(), owner, "variant") for owner in owners)

    def _near(self, word: str) -> tuple[str, ...]:
        """Return the watched surnames that the word may be a misspelling of, remembered by word."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _MOST_SOUNDS:
                self._known.clear()
            plain = plain_name(word)
            names = self._sounds.get(sound(plain), ())
            found = self._known[word] = tuple(name for name in names if name != plain and is_variant(plain, name))
        return found


class Profile:
    """One actor as judging needs it: the names taken apart, and the words that speak for and against."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.names: list[PersonName] = []
        if actor.kind == "person":
            self.names = [person_name(name) for name in (actor.name, *actor.aliases)]
        self.name = self.names[0] if self.names else PersonName((), "")
        self.surname = self.name.surname
        self.family_first = self.surname in FAMILY_FIRST and plain_name(actor.name).startswith(f"{self.surname} ")
        self.given = [name.given for name in self.names if name.given]
        self.given += [
            (n.surname,) for n in self.names[1:] if not n.given and self.name.given and n.surname != self.surname
        ]
        self.suffixes = {name.suffix for name in self.names if name.suffix}
        self.context = _phrases(actor.context)
        self.roles = _phrases(actor.roles)
        self.against = _phrases(actor.not_)
        self.short = {_plain_words(name) for name in (*(n.surname for n in self.names), *actor.aliases)}

    @cached_property
    def role_words(self) -> frozenset[str]:
        """The words of the roles and of the aliases' titles that name an office: envoy, general."""
        words = (*self.actor.roles, *self.actor.aliases, self.actor.description)
        found = {word for text in words for word in plain_name(text).split() if len(word) > 2 and word not in DULL}
        return frozenset(found | {short for short, long in ABBREVIATED.items() if long in found or short in found})

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The words that may stand before a name of the actor: given names, titles, roles, nicknames."""
        return frozenset(word for given in self.given for word in given) | self.role_words | self.short

    @cached_property
    def written(self) -> frozenset[str]:
        """The words of the actor's names as the list writes them."""
        return frozenset(word for name in (self.actor.name, *self.actor.aliases) for word in name.split())

    @cached_property
    def last_word(self) -> str:
        """The surname as the list writes it."""
        return self.actor.name.split()[-1]

    @cached_property
    def sex(self) -> str:
        """The actor's sex, where the given name or the roles tell it: m, f or nothing."""
        told = sex_told(self.role_words)
        known = (sex_of(given[0]) for given in self.given)
        return told or next((sex for sex in known if sex), "")


def _phrases(given: tuple[str, ...]) -> dict[str, str]:
    return {f" {_plain_words(phrase)} ": phrase for phrase in given if _plain_words(phrase)}


def _plain_words(text: str) -> str:
    return " ".join(plain_name(text).split())


def _is_simple(name: str) -> bool:
    """Return whether the name is of plain letters, with one blank between its words and no initials in front."""
    letters = name.isascii() and name.replace(" ", "").isalpha()
    return letters and "  " not in name and name == name.strip() and name[1:2] != " " and not name[:2].isupper()


def _ways(name: str) -> set[str]:
    """Return the plain forms that a name is looked for in: with and without the stops, J.D. as J. D. and JD."""
    plain = plain_name(name)
    ways = {plain, plain.replace("  ", " ")}
    if name[:2].isupper() and name[2:3] == " ":
        plain = f"{plain[0]} {plain[1:]}"
    initials = _INITIALS.match(plain)
    if initials:
        one, two, rest = initials[1], initials[2], plain[initials.end() :]
        ways.update((f"{one}{two} {rest}", f"{one} {two} {rest}", f"{one} {two}  {rest}", f"{one}  {two}  {rest}"))
    return ways - {""}


def _is_short(actor: Actor, alias: str) -> bool:
    """Return whether the alias is no more than the surname, perhaps in another spelling or script."""
    if " " in alias.strip():
        return False
    plain = plain_name(alias)
    if actor.kind != "person" or " " in plain:
        return False
    surnames = {person_name(name).surname for name in (actor.name, *actor.aliases) if " " in name.strip()}
    return any(plain == own or is_variant(plain, own) or is_variant(own, plain) for own in surnames)


def _surnames(actor: Actor) -> Iterator[str]:
    """Yield the surname, and that of each alias in another script; a single name is no surname."""
    own = person_name(actor.name)
    if own.given or " " in actor.name.strip():  # of Pope Francis the bare Francis
        yield own.surname
        if own.surname.startswith("al "):
            yield own.surname[3:]
    for alias in actor.aliases:
        if not alias.isascii() and own.surname.isascii():
            other = person_name(alias)
            if other.given and not other.surname.isascii():
                yield other.surname


def _pattern(plain: str) -> str:
    """Return the name with the blanks that must stand around it: none before Cyrillic endings."""
    if _is_unspaced(plain):
        return plain
    if is_cyrillic(plain):
        return f" {cases(plain)[0]}"
    return f" {plain} "


def _is_unspaced(plain: str) -> bool:
    """Return whether the name is written in a script that sets no blanks between words: Thai, Chinese, Japanese."""
    return not plain.isascii() and any("\u0e00" <= c <= "\u0fff" or "\u3040" <= c <= "\u9fff" for c in plain)


def _bounds(plain: Plain, start: int, end: int, endings: frozenset[str] | None) -> tuple[int, int] | None:
    """Return the original offsets of the name, with its Cyrillic ending; None where it is only part of a word."""
    if endings is not None:
        close = plain.text.index(" ", end)
        if plain.text[end:close] not in endings:
            return None
        end = close
    start += plain.text[start] == " "
    end -= plain.text[end - 1] == " "
    stop = plain.text[end - 3 : end] in {" jr", " sr"} and plain.original[plain.end(end) :][:1] == "."
    return plain.start(start), plain.end(end) + stop
