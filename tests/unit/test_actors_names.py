"""Names taken apart, and spellings of one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.actors.names import (
    cases,
    distance,
    fits_initials,
    is_case_of,
    is_variant,
    person_name,
    same_given,
    sound,
)


@pytest.mark.parametrize(
    ("name", "given", "surname", "suffix"),
    [
        ("Ada Marsh", ("ada",), "marsh", ""),
        ("Lt. Gen. Ada Marsh", ("ada",), "marsh", ""),
        ("Ada Mary Marsh Jr.", ("ada", "mary"), "marsh", "jr"),
        ("Ludo van der Meer", ("ludo",), "van der meer", ""),
        ("Conor O’Brien", ("conor",), "o brien", ""),
        ("Xi Jinping", ("jinping",), "xi", ""),
        ("Bashar al-Assad", ("bashar",), "al assad", ""),
        ("Kit", (), "kit", ""),
        ("Ада Марш", ("ада",), "марш", ""),
    ],
)
def test_parts_of_a_name(name: str, given: tuple[str, ...], surname: str, suffix: str):
    found = person_name(name)
    assert (found.given, found.surname, found.suffix) == (given, surname, suffix)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("zelensky", "zelenskyy"),
        ("zelenskyyy", "zelenskyy"),
        ("zelenskiy", "zelenskyy"),
        ("zelenksy", "zelenskyy"),
        ("witkof", "witkoff"),
        ("kellog", "kellogg"),
        ("lukashenka", "lukashenko"),
    ],
)
def test_spellings_of_one_name(written: str, name: str):
    assert sound(written) == sound(name)
    assert is_variant(written, name)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("zelenska", "zelenskyy"),  # his wife
        ("zelenskaya", "zelenskyy"),
        ("petersen", "peterson"),
        ("kelloggs", "kellogg"),
        ("putina", "putin"),
        ("marsh", "march"),
    ],
)
def test_other_names(written: str, name: str):
    assert not is_variant(written, name)


@pytest.mark.parametrize(("one", "other"), [("steve", "stephen"), ("volodymyr", "vladimir"), ("emanuel", "emmanuel")])
def test_given_names_of_one_person(one: str, other: str):
    assert same_given(one, other)
    assert same_given(other, one)


@pytest.mark.parametrize(("one", "other"), [("keith", "miles"), ("donald", "eric"), ("daniel", "daniela")])
def test_given_names_of_two(one: str, other: str):
    assert not same_given(one, other)


def test_initials():
    assert fits_initials(["k"], ("joseph", "keith"))
    assert fits_initials(["j", "k"], ("joseph", "keith"))
    assert not fits_initials(["w", "k"], ("joseph", "keith"))


@pytest.mark.parametrize("form", ["марш", "марша", "маршу", "маршем", "марше"])
def test_cases_of_a_surname(form: str):
    stem, endings = cases("марш")
    assert form.startswith(stem)
    assert form[len(stem) :] in endings


@pytest.mark.parametrize(("form", "his"), [("зеленского", True), ("зеленскому", True), ("зеленская", False)])
def test_cases_of_an_adjective(form: str, his: bool):
    stem, endings = cases("зеленскии")
    assert (form[len(stem) :] in endings) == his


def test_cases_of_a_given_name():
    assert is_case_of("кита", "кит")
    assert is_case_of("владимиром", "владимир")
    assert not is_case_of("кирилл", "кит")


WORD = st.text(alphabet="abky", max_size=6)


@given(WORD, WORD)
def test_distance_is_symmetric_and_bounded(one: str, other: str):
    assert distance(one, other, 2) == distance(other, one, 2) <= 3
    assert (distance(one, other, 2) == 0) == (one == other)


@given(st.text(max_size=40))
def test_any_name_has_parts(name: str):
    assert isinstance(person_name(name if any(c.isalnum() for c in name) else "x").surname, str)
