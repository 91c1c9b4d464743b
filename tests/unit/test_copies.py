"""Sketches, whether two of them are one story, and the agency that an article names."""

import dataclasses as dc
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.articles import Article
from schemas.ids import story_id
from transforms.copies.agency import agency_of
from transforms.copies.compare import likeness, same_story
from transforms.copies.sketch import LEAST_RUNS, MARKS, keys_of, sketch_of

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
WORDS = [f"word{n}" for n in range(2000)]


def article(text: str, **fields: object) -> Article:
    made = Article(id="a", url="https://a.test/1", text=text, text_from="page", story=story_id(text), seen=NOON)
    return dc.replace(made, **fields)


def words(first: int, last: int) -> str:
    return " ".join(WORDS[first:last])


def alike(one: str, other: str, **fields: object) -> float:
    return same_story(sketch_of(article(one, **fields)), sketch_of(article(other, **fields)))


def test_capitals_punctuation_and_lines_play_no_part() -> None:
    plain, written = words(0, 50), words(0, 50).upper().replace(" WORD2", ".\n\n— “Word2")
    assert sketch_of(article(plain)).marks == sketch_of(article(written)).marks


def test_a_sketch_keeps_so_many_marks_and_a_short_text_has_none() -> None:
    assert len(sketch_of(article(words(0, 2000))).marks) == MARKS
    assert sketch_of(article(words(0, LEAST_RUNS + 2))).marks == ()
    assert len(sketch_of(article(words(0, LEAST_RUNS + 3))).marks) == LEAST_RUNS
    assert alike(words(0, 20), words(0, 20)) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (words(0, 200), words(0, 80), True),  # cut to 40 %
        (words(0, 1500), words(0, 600), True),
        (words(0, 200), words(500, 560) + " " + words(0, 200), True),  # an opening of its own
        (words(0, 200), words(100, 200) + " " + words(0, 100), True),
        (words(0, 200), words(170, 400), False),  # one quote shared
        (words(0, 100), words(0, 900), False),  # a round-up
        (words(0, 30), words(20, 300), False),
        (words(0, 300), words(300, 600), False),
    ],
)
def test_copies_and_others(one: str, other: str, *, same: bool) -> None:
    assert (alike(one, other) > 0) is same
    assert (alike(other, one) > 0) is same


def test_of_one_outlet_more_must_be_shared() -> None:
    one, other = words(0, 100), words(0, 60) + " " + words(500, 540)
    assert alike(one, other) > 0
    assert alike(one, other, outlet="The Courier") == 0


def test_reports_in_one_mould_are_told_apart_by_their_numbers() -> None:
    def report(*numbers: int) -> str:
        return " ".join(f"{words(n * 9, n * 9 + 9)} {number}" for n, number in enumerate(numbers))

    assert alike(report(10, 20, 30, 40), report(10, 20, 30, 99)) > 0
    assert alike(report(10, 20, 30, 40), report(11, 21, 31, 40)) == 0


def test_characters_of_scripts_without_spaces_are_words() -> None:
    assert len(sketch_of(article("東京の新しい橋は来年の春に開通する予定だと市長が述べた")).marks) >= LEAST_RUNS


def test_what_it_comes_first_by() -> None:
    dated = sketch_of(article("", published=NOON)).order
    later = sketch_of(article("", published=NOON.replace(microsecond=5))).order
    undated = sketch_of(article("")).order
    assert sorted([undated, later, dated]) == [dated, later, undated]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_has_a_sketch(one: str, other: str) -> None:
    ours, theirs = sketch_of(article(one)), sketch_of(article(other))
    found = likeness(ours, theirs)
    assert likeness(theirs, ours) == found
    assert 0 <= found.shared <= found.covered <= 1
    assert list(ours.marks) == sorted(set(ours.marks))
    assert all(0 <= mark < 1 << 32 for mark in (*ours.marks, *ours.figures))
    assert keys_of(ours) == ours.marks[:24]
    assert same_story(ours, ours) in {0.0, 1.0}


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("KYIV, March 3 (Reuters) - Talks began.", "Reuters"),
        ("WASHINGTON (AP) — Talks began.", "AP"),
        ("AP — Talks began.", "AP"),
        ("Kyiv/Berlin (dpa) - Talks began.", "dpa"),
        ("AFP/Geneva Talks began.", "AFP"),
        ("BERLIN, 3 March (Deutsche Presse-Agentur) – Talks began.", "dpa"),
        ("MOSCOW. March 3 (Interfax) - Talks began.", "Interfax"),
        ("КИЕВ (Reuters) — Переговоры начались.", "Reuters"),
        ("HARNOW, March 3 (Corvid Wire) - Talks began.", "Corvid Wire"),
        ("PORT ELLERY (Corvid Wire) — Talks began.", "Corvid Wire"),
        ("Talks began.\n(Reuters)", "Reuters"),
        ("Talks began.\nSource: AFP", "AFP"),
        ("Talks began.\n© 2025 AFP. All rights reserved", "AFP"),
        ("Talks began.\ndpa/ab", "dpa"),
        ("Talks began.\nRead more", ""),
        ("Talks began, a diplomat told Reuters.", ""),
        ("He (Reuters reported) left.", ""),
        ("Talks began on Monday (March 3) - the first.", ""),
        ("The ministry (Finance) - so called.", ""),
        ("NATO (North Atlantic Treaty Organization) - a pact.", ""),
        ("The AP reported talks.", ""),
        ("", ""),
    ],
)
def test_the_agency_where_the_text_tells_it(text: str, agency: str) -> None:
    assert agency_of(article(text)) == agency


@pytest.mark.parametrize(
    ("author", "agency"),
    [
        ("Reuters", "Reuters"),
        ("Mara Lindqvist, Associated Press", "AP"),
        ("By AFP", "AFP"),
        ("Ap Anders", ""),
        ("", ""),
    ],
)
def test_the_agency_in_the_byline(author: str, agency: str) -> None:
    assert agency_of(article("Talks began.", authors=(author,))) == agency
