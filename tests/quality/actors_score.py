"""Scoring of mentions against the hand-written documents in tests/golden/actors."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language

import samples
from schemas.documents import Origin
from schemas.watchlist import Watchlist, load_watchlist
from transforms.actors.find import find, find_in_text
from transforms.actors.matcher import Matcher

GOLD = Path(__file__).parents[1] / "golden" / "actors"
_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


class Place(NamedTuple):
    """A name in a text: offsets, and whose it is; `-` for a namesake's, `?` where nobody can tell."""

    start: int
    end: int
    actor: str


class Labelled(NamedTuple):
    """One document with its marks taken out of the text."""

    id: str
    language: str
    title: str
    text: str
    marks: tuple[Place, ...]


@dataclass
class Score:
    """How many mentions were right, extra and missed, and where."""

    right: int = 0
    extra: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.extra))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.extra + other.extra, self.missed + other.missed)

    def __str__(self) -> str:
        counts = f"{self.right} right, {len(self.extra)} extra, {len(self.missed)} missed"
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} ({counts})"


Finder = Callable[[Labelled], Iterable[Place]]


def batches() -> list[str]:
    """Return the batches of the labelled set, each with a list of its own."""
    return sorted(path.name.removesuffix(".watchlist.yaml") for path in GOLD.glob("*.watchlist.yaml"))


def watchlist(batch: str) -> Watchlist:
    """Return the bundled list and the batch's own actors."""
    return load_watchlist(samples.WATCHLIST, GOLD / f"{batch}.watchlist.yaml")


def documents(batch: str, half: str) -> list[Labelled]:
    """Return the batch's labelled documents of one half: tuning or test."""
    lines = (GOLD / f"{batch}.{half}.jsonl").read_text(encoding="utf8").splitlines()
    return [_unmarked(**json.loads(line)) for line in lines]


def _unmarked(id: str, language: str, title: str, text: str) -> Labelled:  # noqa: A002
    plain, marks, done = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[done : match.start()]
        marks.append(Place(len(plain), len(plain) + len(match[1]), match[2]))
        plain += match[1]
        done = match.end()
    return Labelled(id, language, title, plain + text[done:], tuple(marks))


def origin_of(doc: Labelled) -> Origin:
    """Return where the document's records come from."""
    seen = dt.datetime(2025, 3, 1, tzinfo=dt.timezone.utc)
    return Origin(document=doc.id, url="", title=doc.title, language=doc.language, seen=seen)


def newswatch(matcher: Matcher, nlp: Language) -> Finder:
    """Return the product as a finder of mentions by name; the roles and pronouns are not labelled."""

    def finder(doc: Labelled) -> Iterator[Place]:
        origin = origin_of(doc)
        english = doc.language == "en"
        found = find(nlp(doc.text), matcher, origin) if english else find_in_text(doc.text, matcher, origin)
        return (Place(m.start, m.end, m.actor) for m in found if m.outcome == "mention" and m.form in {"name", "alias"})

    return finder


def regular_expression(actors: Watchlist) -> Finder:
    """Return what most people write: every name, alias and surname between word boundaries."""
    patterns = []
    for actor in actors.actors:
        names = {actor.name, *actor.aliases}
        if actor.kind == "person":
            names.add(actor.name.split()[-1])
        longest_first = sorted(names, key=len, reverse=True)
        patterns.append((actor.id, re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")))

    def finder(doc: Labelled) -> Iterator[Place]:
        return (Place(*m.span(), actor) for actor, pattern in patterns for m in pattern.finditer(doc.text))

    return finder


def score(docs: Iterable[Labelled], finder: Finder, *, exact: bool) -> Score:
    """Return the finder's score; without `exact` a part of the name is as good as the whole."""
    result = Score()
    for doc in docs:
        wanted = [mark for mark in doc.marks if mark.actor not in {"-", "?"}]
        for place in finder(doc):
            hit = next((m for m in wanted if m == place or (not exact and _overlap(m, place))), None)
            if hit is None:
                result.extra.append(_shown(doc, place))
            else:
                wanted.remove(hit)
                result.right += 1
        result.missed += [_shown(doc, mark) for mark in wanted]
    return result


def _overlap(one: Place, other: Place) -> bool:
    return one.actor == other.actor and one.start < other.end and other.start < one.end


def _shown(doc: Labelled, place: Place) -> str:
    around = doc.text[max(0, place.start - 40) : place.end + 30]
    return f"{doc.id}: {place.actor} {doc.text[place.start : place.end]!r} in {around!r}"
