"""Words are folded alike in the index and in the question, and no question raises."""

import json
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import UserError
from schemas.query import Query
from transforms.index.asking import question
from transforms.index.facets import FACETS
from transforms.index.tables import count, layout, select, sound
from transforms.index.words import MOST, folded, is_id, marked, terms


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    for kind in FACETS:
        for statement in layout(kind):
            db.execute(statement)
    yield db
    db.close()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", []),
        ("peace talks", ["peace", "talks"]),
        ('"peace talks" Velden', ["peace talks", "Velden"]),
        ("“peace talks” «a b»", ["peace talks", "a b"]),
        ('say "peace talks', ["say", "peace", "talks"]),
        ('"" "?" - ** peace', ["peace"]),
        ("peace&talks", ["peace&talks"]),
    ],
)
def test_terms(words: str, expected: list[str]):
    assert terms(words) == expected


def test_too_many_terms_are_refused():
    assert len(terms("a " * MOST)) == MOST
    with pytest.raises(UserError, match=f"at most {MOST}"):
        terms("a " * (MOST + 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O'Brien", "OBrien"),
        ("O’Brien’s", "OBrien"),
        ("the envoy's car", "the envoy car"),
        ("the envoys' cars", "the envoys' cars"),
        ("'so it said'", "'so it said'"),
        ("Łukasz Große Ærø", "Lukasz Grosse AEro"),
        ("cafe\u0301", "café"),
        ("USA'S", "USA"),
    ],
)
def test_folded(text: str, expected: str):
    assert folded(text) == expected


def test_marked_words_have_no_ending_that_a_stemmer_knows():
    assert marked("Jo Peters-O’Neill_3") == "Jo0 Peters0-ONeill0_30"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("keith-kellogg", True), ("Smith-Jones", False), ("kellogg", False), ("keith kellogg-smith", False)],
)
def test_what_can_only_be_an_id(value: str, expected: bool):
    assert is_id(value) is expected


WORDS = st.text(st.sampled_from("ab\"“'’*:^()-+{}\0\ud800 é") | st.characters(), max_size=40) | st.sampled_from(
    [
        "NEAR(a b)",
        "a AND",
        "OR",
        "NOT NOT",
        'a"b',
        '"',
        "text : a",
        "{a",
        "a*",
        "^a",
        "a + b",
        "'; DROP TABLE documents",
    ]
)
ASKED = st.builds(
    Query,
    kind=st.sampled_from(sorted(FACETS)),
    words=WORDS,
    by=WORDS,
    about=WORDS,
    actor=WORDS,
    outlet=WORDS,
    limit=st.integers(-2, 3),
)


@given(ASKED, st.frozensets(st.sampled_from(["by", "about", "actor"])))
def test_no_question_raises(empty: sqlite3.Connection, query: Query, ids: frozenset[str]):
    asked = sound(query)
    assert empty.execute(*select(asked, ids)).fetchall() == []
    assert empty.execute(*count(asked, ids)).fetchone() == (0,)
    assert json.dumps(question(asked, ids), ensure_ascii=False).encode()


def test_a_question_from_a_terminal_in_another_encoding_is_asked_all_the_same():
    query = Query(kind="documents", words="caf\udce9", outlet="plain")
    assert sound(query) == Query(kind="documents", words="caf?", outlet="plain")
    assert sound(Query(kind="documents")) == Query(kind="documents")
