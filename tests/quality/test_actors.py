"""Mentions of watched actors on hand-written documents, half of whose names are namesakes."""

import json
from functools import reduce
from operator import add
from pathlib import Path

import pytest

from tests.quality.actors_score import (
    GOLD,
    Labelled,
    Score,
    batches,
    documents,
    newswatch,
    regular_expression,
    score,
    watchlist,
)
from transforms.actors.matcher import Matcher
from transforms.language.model import Model

FLOORS = json.loads((Path(__file__).parent / "baseline.json").read_text(encoding="utf8"))["actors"]
HALVES = ("tuning", "test")


@pytest.fixture(scope="module")
def scores(model: Model) -> dict[str, Score]:
    nlp = model.nlp
    found: dict[str, list[Score]] = {"tuning": [], "test": [], "test, plain regular expression": []}
    for batch in batches():
        actors = watchlist(batch)
        finder = newswatch(Matcher(actors), nlp)
        for half in HALVES:
            found[half].append(score(documents(batch, half), finder, exact=True))
        plain = score(documents(batch, "test"), regular_expression(actors), exact=False)
        found["test, plain regular expression"].append(plain)
    return {name: reduce(add, each) for name, each in found.items()}


@pytest.mark.parametrize("half", HALVES)
def test_precision_and_recall(scores: dict[str, Score], half: str, capsys: pytest.CaptureFixture[str]):
    with capsys.disabled():
        print("", *(f"{name}: {value}" for name, value in scores.items()), sep="\n")
    found = scores[half]
    assert found.precision >= FLOORS[f"{half} precision"], "\n".join(found.extra)
    assert found.recall >= FLOORS[f"{half} recall"], "\n".join(found.missed)


def test_it_is_worth_more_than_a_regular_expression(scores: dict[str, Score]):
    assert scores["test"].precision > scores["test, plain regular expression"].precision + 0.3


def test_the_set_is_half_namesakes():
    marks = [mark.actor for doc in _all() for mark in doc.marks]
    assert len(marks) >= FLOORS["candidates"]
    assert 0.4 <= sum(actor == "-" for actor in marks) / len(marks) <= 0.6


def test_every_label_is_an_actor_of_its_list():
    for batch in batches():
        known = watchlist(batch).by_id.keys() | {"-", "?"}
        assert {mark.actor for half in HALVES for doc in documents(batch, half) for mark in doc.marks} <= known


def test_the_halves_share_no_document():
    ids = [doc.id for doc in _all()]
    assert len(ids) == len(set(ids))


def test_the_batches_are_told_of():
    readme = (GOLD / "README.md").read_text(encoding="utf8")
    assert all(f"`{batch}`" in readme for batch in batches())


def _all() -> list[Labelled]:
    return [doc for batch in batches() for half in HALVES for doc in documents(batch, half)]
