"""What is told besides of the speaking (to whom, at what, where, when) and of a source without a name."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.codec import from_dict, to_dict
from schemas.documents import Origin
from schemas.statements import Speaker, Statement
from tests.conftest import ROOT
from tests.unit.test_statements_mutated import parsed
from transforms.language.annotate import read_docs
from transforms.language.model import Model
from transforms.language.nations import nation_of
from transforms.statements.find import find

GOLDEN = ROOT / "tests" / "golden" / "statements"
SUNDAY = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
ORIGIN = Origin(document="d", url="https://sample.invalid/a", language="en", published=SUNDAY, seen=SUNDAY)

Case = dict[str, Any]
Read = dict[str, tuple[Statement, ...]]


def cases(name: str) -> list[Case]:
    groups: dict[str, list[Case]] = yaml.safe_load((GOLDEN / name).read_text("utf-8"))
    return [case for found in groups.values() for case in found]


@pytest.fixture(scope="module")
def read(model: Model) -> Read:
    """All cases' statements: the model reads them in one batch."""
    texts = [case["text"] for name in ("told.yaml", "unnamed.yaml") for case in cases(name)]
    return {text: find(doc, ORIGIN) for text, doc in zip(texts, read_docs(model.nlp, texts), strict=True)}


def label(case: Case) -> str:
    return str(case["text"])[:60]


def told(statement: Statement) -> Case:
    to, at, place, time = statement.addressee, statement.occasion, statement.place, statement.time
    found = {
        "to": to and to.text,
        "at": at and [at.type, at.text],
        "in": place and place.text,
        "on": time and time.date,
    }
    return {key: value for key, value in found.items() if value is not None}


def described(speaker: Speaker | None) -> Case:
    assert speaker is not None
    found = {
        "count": speaker.count,
        "of": speaker.affiliation,
        "nations": list(speaker.nationalities) or None,
        "rank": speaker.seniority,
        "close": speaker.closeness and speaker.closeness.text,
        "why": speaker.anonymity and speaker.anonymity.text,
    }
    return {key: value for key, value in found.items() if value is not None}


@pytest.mark.parametrize("case", cases("told.yaml"), ids=label)
def test_what_the_clause_tells_besides(read: Read, case: Case) -> None:
    assert told(read[case["text"]][case.get("of", 1) - 1]) == case["told"]


@pytest.mark.parametrize("case", cases("unnamed.yaml"), ids=label)
def test_what_is_told_of_a_source_without_a_name(read: Read, case: Case) -> None:
    statement = read[case["text"]][case.get("of", 1) - 1]
    assert statement.speaker is not None
    assert statement.speaker.source == "anonymous"
    assert described(statement.speaker) == case["source"]


def spans(statement: Statement) -> Iterator[Any]:
    speaker = statement.speaker
    hidden = (speaker.closeness, speaker.anonymity) if speaker else ()
    told_besides = (statement.addressee, statement.occasion, statement.place, statement.time)
    yield from (each for each in (*told_besides, *hidden) if each is not None)


def test_every_span_is_what_stands_there(read: Read) -> None:
    found = [(text, each) for text, said in read.items() for s in said for each in spans(s)]
    assert len(found) > 60
    assert [each for text, each in found if text[each.start : each.end] != each.text] == []


PIECES = [
    "told", " reporters", " in Halvik", " on Monday", " said", ", ", ". ", "“We go”", " Anna Berg", " an official",
    " familiar with", " the talks", " at a news conference", " who asked not to be named", " that", " two", " Russians",
    " speaking", " to", " of", "\n", " on condition of anonymity", " because", " X",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(max_examples=150, deadline=None)
def test_any_clause_can_be_read(parts: list[str]) -> None:
    text = "".join(parts)
    for statement in find(parsed(text), ORIGIN):
        assert all(text[each.start : each.end] == each.text for each in spans(statement))


def test_one_unnamed_source_is_one_place(model: Model) -> None:
    text = (
        "“We wait,” said a person familiar with the talks. Another person said that the ship was sold.\n"
        "“It was late,” said the person."
    )
    first, other, last = find(next(read_docs(model.nlp, [text])), ORIGIN)
    assert first.speaker is not None
    assert other.speaker is not None
    assert last.speaker is not None
    assert first.speaker.name_start != other.speaker.name_start == last.speaker.name_start
    assert (last.speaker.closeness, last.speaker.name) == (None, "another person")


@pytest.mark.parametrize(
    ("word", "nation"),
    [
        ("Russians", "Russian"),
        ("Poles", "Polish"),
        ("US", "American"),
        ("us", ""),
        ("British", "British"),
        ("Halvik", ""),
    ],
)
def test_nation(word: str, nation: str) -> None:
    assert nation_of(word) == nation


def test_a_statement_that_was_kept_before_is_read_without_what_it_does_not_tell(read: Read) -> None:
    (statement,) = read[next(case["text"] for case in cases("unnamed.yaml"))]
    kept = to_dict(statement)
    for field in ("addressee", "occasion", "place", "time"):
        del kept[field]
    for field in ("nationalities", "seniority", "closeness", "anonymity"):
        del kept["speaker"][field]
    old = from_dict(Statement, kept)
    assert old.speaker is not None
    assert (old.addressee, old.speaker.closeness, old.speaker.count) == (None, None, 3)
