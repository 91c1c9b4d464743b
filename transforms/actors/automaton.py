"""The names of some actors as one automaton: where in a text one of them, or part of one, stands."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from schemas.collector import uncollected
from schemas.watchlist import Actor
from transforms.actors.names import LONG, cases, is_cyrillic, is_variant, person_name, sound
from transforms.actors.normalise import Plain, plain_name

Form = Literal["name", "alias", "short", "surname", "variant"]
"""What was found: the whole name, an alias, an alias that is a bare surname, the surname, a misspelt surname."""

FORMS: tuple[Form, ...] = ("name", "alias", "short", "surname", "variant")
_MOST_SOUNDS = 200_000
_LONG_WORD = re.compile(rf"[A-Z\xc0-\xde\u0100-\u024f][^\W\d_]{{{LONG - 2},}}")
_NUMBERED = re.compile(r"((?:King|Queen|Pope|Emperor|Tsar|Patriarch|Prince|Princess) .*) [IVX]+$")
_ARTICLE = re.compile(r"\b(?:al|el) ")
_INITIALS = re.compile(r"(\w) {1,2}(\w) {1,2}(?=\w)")


class Hit(NamedTuple):
    """A watched name in the text, whoever's it is: original offsets, the actor's place in the list, and the form."""

    start: int
    end: int
    actor: int
    form: Form


class Names:
    """Some actors' names; building the automaton costs seconds for 100,000 actors, searching does not."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.actors = actors
        self._owners: dict[str, tuple[int, ...]] = {}
        self._sounds: dict[str, list[str]] = {}
        self._endings: dict[str, dict[int, frozenset[str]]] = {}
        self._known: dict[str, tuple[str, ...]] = {}
        with uncollected():
            for i, actor in enumerate(actors):
                self._take(i, actor)
        self._patterns = sorted(self._owners)  # the automaton is made in half the time
        self._automaton = AhoCorasick(self._patterns, store_patterns=False)

    def owners(self, word: str) -> Iterator[int]:
        """Yield whose name the word is by itself."""
        return (owner // len(FORMS) for owner in self._owners.get(_pattern(plain_name(word)), ()))

    def whole(self, plain: Plain) -> Iterator[Hit]:
        """Yield every place where a name stands as the list has it."""
        for pattern, start, end in self._automaton.find_matches_as_indexes(plain.text, overlapping=True):
            yield from self._hits(plain, pattern, start, end)

    def misspelt(self, text: str) -> Iterator[Hit]:
        """Yield every place where a long surname stands in another spelling."""
        if not self._sounds:
            return
        for match in _LONG_WORD.finditer(text):
            names = self._near(match.group())
            if names and not text[match.start() - 1 : match.start()].isalnum():
                owners = dict.fromkeys(owner // len(FORMS) for name in names for owner in self._owners[_pattern(name)])
                yield from (Hit(match.start(), match.end(), owner, "variant") for owner in owners)

    def _take(self, i: int, actor: Actor) -> None:
        self._own(actor.name, i, "name")
        for alias in actor.aliases:
            self._own(alias, i, "alias" if not _is_short(actor, alias) else "short")
        if actor.kind != "person":
            return
        if (numbered := _NUMBERED.match(actor.name)) is not None:
            self._own(numbered[1], i, "alias")
            self._own(actor.name.split(" ", 1)[1], i, "alias")
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


def _is_simple(name: str) -> bool:
    """Return whether the name is of plain letters, with one blank between its words and no initials in front."""
    letters = name.isascii() and name.replace(" ", "").isalpha() and not _ARTICLE.search(name.lower())
    return letters and "  " not in name and name == name.strip() and name[1:2] != " " and not name[:2].isupper()


def _ways(name: str) -> set[str]:
    """Return the plain forms that a name is looked for in: with and without the stops, J.D. as J. D. and JD."""
    plain = plain_name(name)
    ways = {plain, plain.replace("  ", " ")}
    if _ARTICLE.search(plain):  # el-Sisi, al-Sisi
        ways |= {_ARTICLE.sub("al ", plain), _ARTICLE.sub("el ", plain)}
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
        if _ARTICLE.match(own.surname):
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
