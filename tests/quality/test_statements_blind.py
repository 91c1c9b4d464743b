"""Who said what in articles that were annotated without a look at the product: floors that hold for the test half."""

import datetime as dt
import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

import samples
from schemas.articles import Article
from schemas.records import Reading
from schemas.watchlist import load_watchlist
from tests.conftest import ROOT, bundled
from tests.quality.scoring import pairs, rates, same_name, speaker_right, tally
from transforms.actors.matcher import Matcher
from transforms.reading.read import Reader, read

BLIND = ROOT / "tests" / "golden" / "statements" / "blind"
FLOORS = json.loads((ROOT / "tests" / "quality" / "baseline.json").read_text("utf-8")).get("statements_blind", {})
SEEN = dt.datetime(2025, 12, 1, tzinfo=dt.timezone.utc)
HALVES = sorted(path.stem.split(".") for path in BLIND.glob("*.jsonl"))
pytestmark = pytest.mark.xdist_group("statements-blind")


@cache
def documents(family: str, split: str) -> tuple[dict[str, Any], ...]:
    lines = (BLIND / f"{family}.{split}.jsonl").read_text("utf-8").splitlines()
    return tuple(map(json.loads, lines))


@cache
def reader() -> Reader:
    return Reader(bundled(), Matcher(load_watchlist(samples.WATCHLIST, samples.ACTORS)))


def article(document: dict[str, Any]) -> Article:
    published = dt.datetime.fromisoformat(document["published"]).replace(tzinfo=dt.timezone.utc)
    return Article(id=document["id"], url="", title=document["title"], text=document["text"], text_from="given",
                   published=published, language="en", seen=SEEN)  # fmt: skip


@cache
def readings(family: str, split: str) -> dict[str, Reading]:
    given = [article(document) for document in documents(family, split)]
    return {reading.document.id: reading for reading in read(reader(), given)}


def figures(family: str, split: str) -> dict[str, float]:
    n: Counter[str] = Counter()
    for document in documents(family, split):
        n.update(tally(document["statements"], readings(family, split)[document["id"]].statements))
    print(family, split, dict(n))
    return rates(n)


@pytest.mark.parametrize(("family", "split"), HALVES)
def test_gold_offsets_hold(family: str, split: str) -> None:
    for document in documents(family, split):
        for gold in document["statements"]:
            spans = [*gold["content"], *([gold["speaker"]] if gold["speaker"] else [])]
            assert all(document["text"][s["start"] : s["end"]] == s["text"] for s in spans)


@pytest.mark.parametrize(("family", "split"), HALVES)
def test_statements_and_speakers(family: str, split: str) -> None:
    found = figures(family, split)
    print(family, split, {name: round(value, 3) for name, value in found.items()})
    floors = FLOORS[family] if split == "test" else FLOORS.get(f"{family}, tuning")
    if floors is not None:
        assert floors
        assert {name: found[name] for name, floor in floors.items() if found[name] < floor} == {}


def test_confidence_is_how_often_the_speaker_is_right() -> None:
    told: dict[int, list[tuple[float, bool]]] = {}
    for family in (family for family, split in HALVES if split == "test"):
        for document in documents(family, "test"):
            found = readings(family, "test")[document["id"]].statements
            for i, j in pairs(document["statements"], found).items():
                speaker = found[j].speaker
                if speaker is not None and speaker.name:
                    right = speaker_right(document["statements"][i], found[j])
                    told.setdefault(round(found[j].confidence * 10), []).append((found[j].confidence, right))
    table = {n: (len(of), sum(c for c, _ in of) / len(of), sum(r for _, r in of) / len(of)) for n, of in told.items()}
    for n, (many, said, right) in sorted(table.items()):
        print(f"{n / 10:.1f}: {many} statements, confidence {said:.2f}, right {right:.2f}")
    gap = sum(many * abs(said - right) for many, said, right in table.values()) / sum(n for n, _, _ in table.values())
    print(f"mean gap {gap:.3f}")
    assert gap <= FLOORS["gap between confidence and share right at most"]


def test_the_scoring_can_tell_right_from_wrong() -> None:
    document = documents("news", "tuning")[0]
    found = readings("news", "tuning")[document["id"]].statements
    assert pairs(document["statements"], ()) == {}
    assert pairs((), found) == {}
    assert same_name("the minister Ansel Brodny", "Brodny")
    assert not same_name("Ansel Brodny", "Ansel Vells")
    nobody = {"name": None, "speaker": None}
    assert speaker_right(nobody, found[0])
    assert not speaker_right({"name": "Nobody Atall", "speaker": None}, found[0])
