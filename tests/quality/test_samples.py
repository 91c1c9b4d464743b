"""What the whole reading finds in the sample articles, against what a careful reader finds: floors that hold."""

import datetime as dt
import json
from collections import Counter
from functools import cache
from typing import Any

import pytest
import yaml

import samples
from samples.articles import articles, outlets
from schemas.articles import Article
from schemas.records import Reading
from schemas.statements import Statement
from schemas.watchlist import load_watchlist
from tests.conftest import ROOT, bundled
from transforms.actors.matcher import Matcher
from transforms.reading.read import Reader, read

FLOORS = json.loads((ROOT / "tests" / "quality" / "baseline.json").read_text("utf-8"))["samples"]
SEEN = dt.datetime(2025, 2, 21, tzinfo=dt.timezone.utc)
SMALL = {"the", "a", "an", "of", "mr", "mrs", "ms", "dr"}
pytestmark = pytest.mark.xdist_group("samples")


@cache
def truth() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(samples.EXPECTED.read_text("utf-8"))["articles"]
    return found


@cache
def readings() -> dict[str, Reading]:
    language = {outlet.id: outlet.language for outlet in outlets()}
    reader = Reader(bundled(), Matcher(load_watchlist(samples.WATCHLIST, samples.ACTORS)))
    given = [
        Article(id=a.key, url="", title=a.title, text=a.text, text_from="given", published=a.published,
                language=language[a.outlet], seen=SEEN)
        for a in articles()
    ]  # fmt: skip
    return {reading.document.id: reading for reading in read(reader, given)}


def words(name: str) -> set[str]:
    return {w for w in "".join(c if c.isalnum() else " " for c in name.lower()).split() if w not in SMALL}


def same(expected: str, found: str) -> bool:
    a, b = words(expected), words(found)
    return bool(a and b) and (a <= b or b <= a)


def statement_at(reading: Reading, says: str) -> Statement | None:
    at = reading.document.text.find(says)
    if at < 0:
        return None
    covering = [s for s in reading.statements if any(c.start <= at + 2 and at < c.end for c in s.content)]
    return min(covering, key=lambda s: sum(c.end - c.start for c in s.content), default=None)


@cache
def figures() -> Counter[str]:
    n: Counter[str] = Counter()
    for key, expected in truth().items():
        for wanted in expected.get("statements", []):
            n["statements"] += 1
            found = statement_at(readings()[key], wanted["says"])
            if found is None:
                continue
            n["found"] += 1
            if found.speaker is None:
                n["no speaker"] += 1
            elif same(wanted["by"], found.speaker.name):
                n["right"] += 1
            else:
                n["wrong"] += 1
                n["wrong actor"] += found.speaker.actor is not None
    return n


def test_statements_are_found_with_their_speakers() -> None:
    n = figures()
    print(dict(n))
    assert n["found"] / n["statements"] >= FLOORS["statements found"]
    assert n["right"] / n["statements"] >= FLOORS["statements with the right speaker"]
    assert n["wrong"] / n["found"] <= FLOORS["wrong speakers at most"]


def test_no_watched_actor_is_given_words_that_are_not_theirs() -> None:
    assert figures()["wrong actor"] <= FLOORS["wrong actors at most"]


def test_mentions_of_watched_actors() -> None:
    wanted: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for key, expected in truth().items():
        wanted.update({(key, actor): count for actor, count in expected.get("mentions", {}).items()})
        sure = [m for m in readings()[key].mentions if m.outcome == "mention" and m.form in {"name", "alias"}]
        found.update((key, m.actor) for m in sure)
    right = sum((wanted & found).values())
    print("mentions", right, "of", sum(wanted.values()), "found", sum(found.values()), "extra", dict(found - wanted))
    assert right / sum(found.values()) >= FLOORS["mention precision"]
    assert right / sum(wanted.values()) >= FLOORS["mention recall"]


def test_namesakes_are_refused() -> None:
    hits = []
    for key, expected in truth().items():
        text = readings()[key].document.text
        for no in expected.get("not", []):
            at = text.find(no["text"])
            end = at + len(no["text"])
            hits += [
                (key, m.text, m.actor)
                for m in readings()[key].mentions
                if m.outcome == "mention" and m.actor == no["actor"] and at <= m.start and m.end <= end
            ]
    assert len(hits) <= FLOORS["namesakes taken at most"], hits


def test_offsets_hold() -> None:
    for reading in readings().values():
        text = reading.document.text
        spans = [c for s in reading.statements for c in (*s.content, *s.quoted, *([s.cue] if s.cue else []))]
        spans += [s.speaker for s in reading.statements if s.speaker]
        spans += [*reading.mentions, *reading.events, *reading.document.entities]
        assert all(text[x.start : x.end] == x.text for x in spans)
