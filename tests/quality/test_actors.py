"""Mentions of watched actors on hand-written documents, half of whose names are namesakes."""

import json
from pathlib import Path

import pytest

from tests.quality.actors_score import Score, documents, newswatch, regular_expression, score, watchlist
from transforms.actors.matcher import Matcher

FLOORS = json.loads((Path(__file__).parent / "baseline.json").read_text(encoding="utf8"))["actors"]


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    actors = watchlist()
    finder, plain = newswatch(Matcher(actors)), regular_expression(actors)
    return {
        "tuning": score(documents("tuning"), finder, exact=True),
        "test": score(documents("test"), finder, exact=True),
        "test, plain regular expression": score(documents("test"), plain, exact=False),
    }


@pytest.mark.parametrize("half", ["tuning", "test"])
def test_precision_and_recall(scores: dict[str, Score], half: str, capsys: pytest.CaptureFixture[str]):
    with capsys.disabled():
        print("", *(f"{name}: {value}" for name, value in scores.items()), sep="\n")
    found = scores[half]
    assert found.precision >= FLOORS[f"{half} precision"], "\n".join(found.extra)
    assert found.recall >= FLOORS[f"{half} recall"], "\n".join(found.missed)


def test_it_is_worth_more_than_a_regular_expression(scores: dict[str, Score]):
    assert scores["test"].precision > scores["test, plain regular expression"].precision + 0.3


def test_the_set_is_half_namesakes():
    marks = [mark.actor for half in ("tuning", "test") for doc in documents(half) for mark in doc.marks]
    assert len(marks) >= FLOORS["candidates"]
    assert 0.4 <= sum(actor == "-" for actor in marks) / len(marks) <= 0.6


def test_the_halves_share_no_document():
    ids = [doc.id for half in ("tuning", "test") for doc in documents(half)]
    assert len(ids) == len(set(ids))
