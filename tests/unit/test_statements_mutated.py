"""Damaged documents: nothing raises, every offset holds, time is linear."""

import datetime as dt
import random
import time
from collections.abc import Iterator

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from schemas.documents import Origin
from schemas.statements import Statement
from transforms.language.annotate import join, pieces
from transforms.statements.find import find

NLP = spacy.blank("en")
MARKS = "“”‘’«»„\"'"
TEXT = """HALVIK (Wire) — Anna Berg, the harbour minister, told reporters on Monday that the talks were “a slow tide”.
“We have a table, “said Berg. “We have no chairs. »»
‘The crews’ union is patient,’ a spokesman said. ‘So am I,’ he added.
According to two officials familiar with the plan, the boats would sail by '26.
BERG: What now?
MOSS: Now we wait, and "we" means 'us'.
BERG: And then?
MOSS: Then, he said, “we go
“and nobody stops us.”
"""


def parsed(text: str) -> Doc:
    """A Doc without a model: tags guessed from the words, so that every path is walked."""
    cut = pieces(text)
    docs = [NLP(part) for part, real in cut if real]
    for doc in docs:
        for token in doc:
            token.tag_ = _tag(token.text)
    return join(cut, docs, NLP)


def _tag(word: str) -> str:
    known = {"said": "VBD", "told": "VBD", "added": "VBD", "were": "VBD", "have": "VBP", "he": "PRP", "We": "PRP"}
    return known.get(word, "NNP" if word[:1].isupper() else "NN" if word.isalpha() else ".")


def mutated(text: str, chance: random.Random) -> str:
    found = []
    for char in text:
        roll = chance.random()
        if char in MARKS and roll < 0.4:
            found.append(chance.choice(["", char * 2, chance.choice(MARKS), " " + char, char + " "]))
        elif char == "\n" and roll < 0.2:
            found.append(" ")
        else:
            found.append(char)
    whole = "".join(found)
    return whole[chance.randrange(len(whole)) :] if chance.random() < 0.3 else whole[: chance.randrange(len(whole))]


def spans(statement: Statement) -> Iterator[tuple[int, int, str]]:
    speaker = statement.speaker
    source = (speaker.closeness, speaker.anonymity) if speaker else ()
    told = (statement.addressee, statement.occasion, statement.place, statement.time)
    said = (*statement.content, *statement.quoted, statement.sentence, statement.cue, speaker)
    for each in (*said, *told, *source):
        if each is not None:
            yield each.start, each.end, each.text


def check(text: str, origin: Origin) -> None:
    found = find(parsed(text), origin)
    assert [s.content[0].start for s in found] == sorted(s.content[0].start for s in found)
    assert len({s.id for s in found}) == len(found)
    for statement in found:
        assert all(text[a:b] == surface and a < b for a, b, surface in spans(statement))
        assert 0 <= statement.confidence <= 1


@pytest.mark.parametrize("many", [250, pytest.param(10_000, marks=pytest.mark.soak)])
def test_damaged_documents(origin: Origin, many: int) -> None:
    for seed in range(many):
        check(mutated(TEXT, random.Random(seed)), origin)


@given(
    st.lists(st.sampled_from([*MARKS, " ", "\n", ", ", ". ", "said", "Berg", "he ", "that ", "according to ", ": "]))
)
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_read(parts: list[str]) -> None:
    seen = dt.datetime(2025, 2, 16, tzinfo=dt.timezone.utc)
    check("".join(parts), Origin(document="d", url="https://sample.invalid/a", seen=seen))


def took(doc: Doc, origin: Origin) -> float:
    started = time.process_time()
    find(doc, origin)
    return time.process_time() - started


def test_time_is_linear(origin: Origin) -> None:
    for text in (TEXT, TEXT.replace("\n", " "), TEXT.replace("\n", " ").replace(".", ",")):
        small, large = parsed(text * 15), parsed(text * 150)
        assert took(large, origin) < 25 * max(took(small, origin), 0.02)


@pytest.mark.soak
def test_a_megabyte_takes_no_fifteen_times_as_long_as_a_tenth(origin: Origin) -> None:
    many = 100_000 // len(TEXT)
    small, large = parsed(TEXT * many), parsed(TEXT * many * 10)
    assert sum(large.text.count(mark) for mark in MARKS) > 40_000
    assert took(large, origin) < 15 * took(small, origin)
