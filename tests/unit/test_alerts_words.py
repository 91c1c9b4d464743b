import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.alerts.words import find_words, sentence_around


def found(text: str, *words: str):
    return [text[start:end] for start, end in find_words(text, words)]


@pytest.mark.parametrize(
    ("text", "word", "hits"),
    [
        ("The Ceasefire holds; no ceasefire-breaking.", "ceasefire", ["Ceasefire", "ceasefire"]),
        ("Ceasefires do not.", "ceasefire", []),
        ("They sanctioned it: sanctions!", "sanction*", ["sanctioned", "sanctions"]),
        ("a peace\u00a0\n deal", "peace deal", ["peace\u00a0\n deal"]),
        ("The CAFÉ closed", "cafe", ["CAFÉ"]),
        ("The cafe\u0301 closed", "café", ["cafe\u0301"]),
        ("Straße frei", "STRASSE", ["Straße"]),
        ("the nation’s bank", "nation's", ["nation’s"]),
        ("cease\u00adfire now", "ceasefire", ["cease\u00adfire"]),
        ("ﬁnal word", "final", ["ﬁnal"]),
        ("переговоры идут", "Переговоры", ["переговоры"]),
        ("a C++ (draft) [x]", "C++", ["C++"]),
    ],
)
def test_words_are_found_as_a_person_would(text: str, word: str, hits: list[str]):
    assert found(text, word) == hits


def test_the_longer_phrase_wins():
    assert found("a peace deal", "peace", "peace deal") == ["peace deal"]


@given(st.text(max_size=40), st.text(alphabet="abé ", min_size=1).filter(str.strip), st.text(max_size=40))
def test_a_word_between_spaces_is_always_found_there(before: str, word: str, after: str):
    word = unicodedata.normalize("NFC", " ".join(word.split()))
    text, at = f"{before} {word} {after}", len(before) + 1
    # "ª a a" has "a a" twice, and the first of them takes a part of the second
    assert any(start < at + len(word) and at < end for start, end in find_words(text, [word]))


def test_the_sentence_around():
    text = "First one. “Is it so?” asked he. The rates rose by 2.5 percent today. Last.\nNext"
    start = text.index("rates")
    assert sentence_around(text, start, start + 5) == "The rates rose by 2.5 percent today."
    assert len(sentence_around("x " * 5000, 4000, 4001)) <= 601
