"""A file of Wikidata entities -> actors: labels and aliases in all languages, the description, and what the item is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from schemas.errors import BadFile, Problem
from schemas.files import read_text
from schemas.names import LeftOut, folded, kept_aliases, slug
from schemas.watchlist import Actor, Kind

FIRST = ("en", "mul", "en-gb", "en-us", "en-ca", "de", "fr", "es", "it", "pt", "nl", "pl")
"""The languages whose label is the actor's name, the best first; `mul` is Wikidata's own for all languages."""


def _items(numbers: str) -> frozenset[str]:
    return frozenset(f"Q{number}" for number in numbers.split())


HUMAN = "Q5"
ORGANISATIONS = _items(
    "43229 4830453 783794 6881511 891723 7278 484652 327333 192350 245065 163740 3918 11032 192283 476028 31855 79913 "
    "708676 22687 15911314 11691 1331793 1110794 7188 11204 35749 41487 176799 772547 17149090 7210356 4120211 2659904 "
    "1335818 48204 6979593"
)
PLACES = _items(
    "515 6256 3624078 486972 5119 1549591 3957 532 35657 10864048 56061 82794 23442 8502 4022 5107 1637706 1093829 "
    "7275 200250 15284 165 9430 39594 23397 41176 618123 123705"
)
"""What an item may be an instance of (P31); whatever else it is, its other properties tell."""

SIGNS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("person", frozenset(("P21", "P569", "P570", "P734", "P735", "P106"))),  # sex, birth, death, names, occupation
    ("place", frozenset(("P625", "P1566", "P36", "P30"))),  # coordinates, GeoNames, capital, continent
    ("organisation", frozenset(("P159", "P1454", "P112", "P452", "P1128", "P488", "P169"))),  # seat, form, founder, …
)

_ITEM = re.compile(r"Q[1-9]\d*")


class Imported(NamedTuple):
    """The actors of a file, and the aliases that were left out of it, each with the reason."""

    actors: tuple[Actor, ...]
    left_out: tuple[LeftOut, ...]


def is_wikidata(text: str) -> bool:
    """Return whether the JSON may be Wikidata's: whoever loads it finds out what is wrong with it."""
    head = text[:20_000]
    return '"entities"' in head or ('"labels"' in head and '"actors"' not in head)


def load_wikidata(path: Path, *, one_word: bool = False) -> Imported:
    """Return the file's items as actors; raises BadFile with every fault, by line or item.

    Takes what Special:EntityData/Q….json and the API's wbgetentities give, a list of entities, or one in a line as in
    Wikidata's dumps. With `one_word` aliases of a single word are taken too.
    """
    name = str(path)
    actors: dict[str, Actor] = {}
    left: list[LeftOut] = []
    problems: list[Problem] = []
    for line, entity in _entities(read_text(path), name):
        fault = _fault(entity)
        if fault:
            problems.append(Problem(name, line, fault))
        elif entity["id"] not in actors:
            taken = {actor.id for actor in actors.values()}
            actors[entity["id"]], gone = _actor(entity, taken, one_word=one_word)
            left += gone
    if problems:
        raise BadFile(problems)
    if not actors:
        raise BadFile([Problem(name, 0, "holds no Wikidata item")])
    return Imported(tuple(actors.values()), tuple(left))


def _entities(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """Yield the entities with their line, 0 where the file is one piece of JSON."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as e:
        yield from _lines(text, name, e)
        return
    whole = found.get("entities", found) if isinstance(found, dict) else found
    if isinstance(whole, dict) and whole is not found:
        yield from ((0, _with_id(key, entity)) for key, entity in whole.items())
    else:
        yield from ((0, entity) for entity in (whole if isinstance(whole, list) else [whole]))


def _lines(text: str, name: str, error: Exception) -> Iterator[tuple[int, Any]]:
    """Yield an entity a line; raises BadFile where the first line is none, with the fault of the whole."""
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip().rstrip(",")
        if bare in {"", "[", "]"}:
            continue
        try:
            yield number, json.loads(bare)
        except (ValueError, RecursionError):
            at = error.lineno if isinstance(error, json.JSONDecodeError) and number == 1 else number
            raise BadFile([Problem(name, at, f"not JSON: {getattr(error, 'msg', 'too deeply nested')}")]) from None


def _with_id(key: str, entity: Any) -> Any:
    return {"id": key, **entity} if isinstance(entity, dict) else entity


def _fault(entity: Any) -> str:
    """Return what is wrong with the entity; empty where it is an item with a label."""
    if not isinstance(entity, dict) or not isinstance(entity.get("id"), str):
        return "not a Wikidata entity: an object with an `id`"
    id_ = entity["id"]
    if "missing" in entity:
        return f"{id_}: Wikidata has no such item"
    if not _ITEM.fullmatch(id_) or entity.get("type", "item") != "item":
        return f"{id_}: no item (its id is not Q and a number)"
    return "" if any(_texts(entity, "labels")) else f"{id_}: has no label in any language"


def _texts(entity: dict[str, Any], what: str) -> Iterator[tuple[str, str]]:
    """Yield language and text of the entity's labels, aliases or descriptions."""
    found = entity.get(what)
    for language, told in found.items() if isinstance(found, dict) else ():  # PHP writes no labels at all as []
        for one in told if isinstance(told, list) else [told]:
            text = " ".join(str(one.get("value", "")).split()) if isinstance(one, dict) else ""
            if text:
                yield str(language), text


def _actor(entity: dict[str, Any], taken: set[str], *, one_word: bool) -> tuple[Actor, list[LeftOut]]:
    labels = dict(_texts(entity, "labels"))
    name = next((labels[language] for language in FIRST if language in labels), "") or _any_label(labels)
    id_ = slug(name) or entity["id"].lower()
    id_ = id_ if id_ not in taken else f"{id_}-{entity['id'].lower()}"
    kind = _kind(entity)
    others = [text for _, text in (*labels.items(), *_texts(entity, "aliases"))]
    aliases, left = kept_aliases(name, others, person=kind == "person", one_word=one_word)
    descriptions = dict(_texts(entity, "descriptions"))
    actor = Actor(
        id=id_,
        name=name[:500],
        kind=kind,
        aliases=tuple(aliases),
        wikidata=entity["id"],
        description=descriptions.get("en", descriptions.get("mul", ""))[:5000],
    )
    return actor, [LeftOut(id_, alias, why) for alias, why in left]


def _any_label(labels: dict[str, str]) -> str:
    """Return the first label in Latin letters, else the first."""
    return next((text for text in labels.values() if folded(text).isascii()), next(iter(labels.values())))


def _kind(entity: dict[str, Any]) -> Kind:
    claims = entity.get("claims") or entity.get("statements") or {}
    if not isinstance(claims, dict):
        return "other"
    classes = {_value(claim) for claim in claims.get("P31", ())}
    if HUMAN in classes:
        return "person"
    if classes & ORGANISATIONS:
        return "organisation"
    if classes & PLACES:
        return "place"
    return next((kind for kind, signs in SIGNS if signs & claims.keys()), "other")


def _value(claim: Any) -> str:
    """Return the id of the item that a claim names; empty where it names none."""
    try:
        return str(claim["mainsnak"]["datavalue"]["value"]["id"])
    except (KeyError, TypeError):  # "unknown value" and "no value" have no datavalue
        return ""
