"""The watchlist made ready: where in a text a watched name stands, and what judging needs to know of its actor."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, Optional

from schemas.watchlist import Actor, Watchlist
from transforms.actors.automaton import Hit, Names
from transforms.actors.names import PersonName, person_name, sex_told
from transforms.actors.normalise import Plain, plain_name
from transforms.actors.words import ABBREVIATED, DULL, FAMILY_FIRST, TITLES
from transforms.language.given import sex_of

GONE = -1
MOST_NEW = 0.05
"""The share of a list that may be new before the whole is made ready again."""
FEW = 1_000
_GENITIVE = re.compile(r"\b(?<![Dd]es )(?<![Ee]ines )([^\W\d_a-z][^\W\d_]{2,})s\b(?=[^\S\n]+[^\W\d_])")


class Layer(NamedTuple):
    """Names made ready once, and the place of each of their actors in the list that is in force."""

    names: Names
    places: Sequence[int]


class Matcher:
    """A watchlist made ready for searching.

    Of a list that differs little from a `former` one only the new and changed names are made ready: those of
    100,000 actors cost seconds.
    """

    def __init__(self, watchlist: Watchlist, former: Optional["Matcher"] = None) -> None:
        self.watchlist = watchlist
        self.digest = watchlist.digest
        self._profiles: dict[int, Profile] = {}
        self._layers = former.renewed(watchlist.actors) if former else []
        self._layers = self._layers or [Layer(Names(watchlist.actors), range(len(watchlist.actors)))]

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
        return any(layer.places[owner] != GONE for layer in self._layers for owner in layer.names.owners(word))

    def search(self, plain: Plain) -> list[Hit]:
        """Return every watched name in the text, in order; one place may be several actors'."""
        hits = {hit for names, places in self._layers for hit in _placed(names.whole(plain), places)}
        taken = {hit.start for hit in hits}
        for names, places in self._layers:
            hits.update(hit for hit in _placed(names.misspelt(plain.original), places) if hit.start not in taken)
        return sorted(hits)

    def genitives(self, plain: Plain) -> list[Hit]:
        """Return every surname with the s of the genitive that other languages write without an apostrophe."""
        found = ((m, self._owners(m[1])) for m in _GENITIVE.finditer(plain.original))
        return [Hit(m.start(), m.end(), owner, "surname") for m, owners in found for owner in owners]

    def _owners(self, word: str) -> list[int]:
        places = [layer.places[owner] for layer in self._layers for owner in layer.names.owners(word)]
        return [p for p in places if p != GONE and self.profile(p).surname == plain_name(word)]

    def renewed(self, actors: Sequence[Actor]) -> list[Layer]:
        """Return this list's own names for the actors who are still there, and the others' beside them.

        Nothing where so much is new that it is better made ready as a whole.
        """
        base = self._layers[0].names
        now = {actor.id: i for i, actor in enumerate(actors)}
        places = [_same(actor, now.get(actor.id, GONE), actors) for actor in base.actors]
        kept = frozenset(places)
        new = [i for i in range(len(actors)) if i not in kept]
        if len(new) + places.count(GONE) > max(FEW, MOST_NEW * len(actors)):
            return []
        return [Layer(base, places), Layer(Names([actors[i] for i in new]), new)]


def _same(actor: Actor, place: int, actors: Sequence[Actor]) -> int:
    """Return the place where the actor stands now, if what it is found by is as it was."""
    if place == GONE:
        return GONE
    now = actors[place]
    alike = actor.name == now.name and actor.aliases == now.aliases and actor.kind == now.kind
    return place if alike else GONE


def _placed(hits: Iterable[Hit], places: Sequence[int]) -> Iterator[Hit]:
    return (hit._replace(actor=places[hit.actor]) for hit in hits if places[hit.actor] != GONE)


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
        words = (*self.actor.roles, self.actor.description)
        found = {word for text in words for word in plain_name(text).split() if len(word) > 2 and word not in DULL}
        found |= {word for alias in self.actor.aliases for word in plain_name(alias).split() if word in TITLES}
        found |= {mark for suffix, mark in (("jr", "younger"), ("sr", "elder")) if suffix in self.suffixes}
        return frozenset(found | {short for short, long in ABBREVIATED.items() if long in found or short in found})

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The words that may stand before a name of the actor: given names, titles, roles, nicknames."""
        return frozenset(word for given in self.given for word in given) | self.role_words | self.short

    @cached_property
    def written(self) -> frozenset[str]:
        """The words of the actor's names as the list writes them."""
        return frozenset(word for name in (self.actor.name, *self.actor.aliases) for word in name.split())

    @property
    def names_written(self) -> tuple[str, ...]:
        """The actor's names as the list writes them."""
        return self.actor.name, *self.actor.aliases

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
