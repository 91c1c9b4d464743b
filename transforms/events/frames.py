"""The words that make events, from frames.toml beside this file."""

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.strings import get_string_id

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).with_name("frames.toml")


@dataclass(frozen=True, slots=True)
class Frames:
    """Event types by the lemmas that make them."""

    verbs: dict[str, str]
    acts: dict[tuple[str, str], str]
    nouns: dict[str, str]
    alone: frozenset[str]
    suffered: frozenset[str]
    roles: frozenset[str]


@cache
def frames() -> Frames:
    """Return the frames, read once."""
    raw = tomllib.loads(FILE.read_text("utf-8"))
    acts = {
        (verb, noun): kind
        for kind, nouns in raw["acts"].items()
        for noun in nouns
        for verb in raw["light"].get(kind, [])
    }
    return Frames(
        _by_lemma(raw["verbs"]),
        acts,
        _by_lemma(raw["nouns"]),
        frozenset(raw["alone"]["verbs"]) | frozenset(raw["alone"]["nouns"]),
        frozenset(raw["suffered"]["nouns"]),
        frozenset(raw["roles"]["words"]),
    )


@cache
def keys() -> frozenset[int]:
    """Return spaCy's keys of every lemma that may make an event, alone or with a noun."""
    known = frames()
    return frozenset(map(get_string_id, {*known.verbs, *known.nouns, *(verb for verb, _ in known.acts)}))


def _by_lemma(table: dict[str, list[str]]) -> dict[str, str]:
    return {lemma: kind for kind, lemmas in table.items() for lemma in lemmas}
