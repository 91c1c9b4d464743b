"""An actor whose name a text does not have -> what in it comes nearest, and why that is not enough."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from schemas.watchlist import Actor
from transforms.actors.names import person_name
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene

MOST = 3
ALIKE = 0.8
"""The share of letters that two names have in common, from which a person would ask whether they are the same."""

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[’'-][^\W_]+)*")


class Near(NamedTuple):
    """A place in the text, how near it comes (from 0 to 1), and why that is not enough."""

    start: int
    end: int
    score: float
    why: str


def nearest(scene: Scene, actor: Actor) -> list[dict[str, Any]]:
    """Return the places that come nearest to the actor, the nearest first, as plain records like a candidate's."""
    found: dict[tuple[int, int], Near] = {}
    for near in (*_spelt(scene, actor), *_given(scene, actor), *_roles(scene, actor)):
        known = found.setdefault((near.start, near.end), near)
        if near.score > known.score:
            found[near.start, near.end] = near
    ordered = sorted(found.values(), key=lambda near: (-near.score, near.start))
    return [_record(near, scene, actor) for near in ordered[:MOST]]


def in_title(title: str, actor: Actor) -> str:
    """Return the actor's name that stands in the title; empty where there is none."""
    plain = f" {plain_name(title)} "
    return next((name for name in _names(actor) if f" {plain_name(name)} " in plain), "")


def _names(actor: Actor) -> list[str]:
    """Return what the actor is found by: name, aliases, and a person's surname."""
    surname = person_name(actor.name).surname if actor.kind == "person" else ""
    return list(dict.fromkeys(filter(None, (actor.name, *actor.aliases, surname))))


def _spelt(scene: Scene, actor: Actor) -> Iterator[Near]:
    """Yield words that are spelt much like a name."""
    words = list(_WORD.finditer(scene.text))
    plain = [plain_name(word.group()) for word in words]
    for name in _names(actor):
        wanted = plain_name(name)
        size = len(wanted.split())
        for i in range(len(words) - size + 1):
            here = " ".join(plain[i : i + size])
            share = _alike(here, wanted) if words[i].group()[0].isupper() else 0.0
            if share >= ALIKE:
                known = name if name in actor.aliases else actor.name
                why = f"spelt otherwise than {known!r}: an alias, if it is meant"
                yield Near(words[i].start(), words[i + size - 1].end(), share, why)


def _alike(one: str, other: str) -> float:
    if not one or one[0] != other[:1] or abs(len(one) - len(other)) > 3 or min(len(one), len(other)) < 4:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _given(scene: Scene, actor: Actor) -> Iterator[Near]:
    """Yield the given name where it stands without the surname."""
    given = person_name(actor.name).given[:1] if actor.kind == "person" else ()
    for name in given:
        for word in _WORD.finditer(scene.text):
            if word.group()[0].isupper() and plain_name(word.group()) == name:
                yield Near(word.start(), word.end(), 0.5, "a given name alone may be anybody's")


def _roles(scene: Scene, actor: Actor) -> Iterator[Near]:
    """Yield roles of the list that stand in the text."""
    for role in actor.roles:
        for place in re.finditer(rf"(?<!\w){_spaced(role)}(?!\w)", scene.text, re.IGNORECASE):
            yield Near(place.start(), place.end(), 0.6, "a role counts only after the name has been given")


def _spaced(phrase: str) -> str:
    return r"\s+".join(map(re.escape, phrase.split()))


def _record(near: Near, scene: Scene, actor: Actor) -> dict[str, Any]:
    first, last = scene.sentence(near.start, near.end)
    return {
        "actor": actor.id,
        "start": near.start,
        "end": near.end,
        "text": scene.text[near.start : near.end],
        "found": "near",
        "verdict": "not",
        "score": 0.0,
        "why": near.why,
        "clues": [],
        "sentence": scene.text[first:last],
        "sentence_start": first,
    }
