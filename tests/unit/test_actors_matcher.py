"""Where in a text the watched names stand."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.watchlist import Actor, Watchlist
from transforms.actors.matcher import FEW, Matcher
from transforms.actors.normalise import normalise

ACTORS = [
    {"id": "keith-kellogg", "name": "Keith Kellogg", "aliases": ["Кит Келлог", "Joseph Keith Kellogg Jr."]},
    {"id": "vz", "name": "Volodymyr Zelenskyy", "aliases": ["Владимир Зеленский"]},
    {"id": "jd", "name": "JD Vale"},
    {"id": "wei", "name": "李伟明"},
    {"id": "orda", "name": "ORDA", "kind": "organisation"},
    {"id": "obrien", "name": "Conor O'Brien"},
]
MATCHER = Matcher(Watchlist.model_validate({"actors": ACTORS}))


def _found(text: str) -> list[tuple[str, str, str]]:
    hits = MATCHER.search(normalise(text))
    return [(text[h.start : h.end], MATCHER.watchlist.actors[h.actor].id, h.form) for h in hits]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("met Keith Kellogg.", "Keith Kellogg"),
        ("met Keith\u00a0Kellogg.", "Keith\u00a0Kellogg"),
        ("met Keith\nKellogg.", "Keith\nKellogg"),
        ("met Kei\u00adth Kell\u00adogg.", "Kei\u00adth Kell\u00adogg"),
        ("KEITH KELLOGG’S VISIT", "KEITH KELLOGG"),
        ("the Keith Kellogg-led team", "Keith Kellogg"),
        ("“Keith Kellogg’s plan”", "Keith Kellogg"),
        ("by Joseph Keith Kellogg Jr.", "Joseph Keith Kellogg Jr."),
    ],
)
def test_whole_names_however_written(text: str, surface: str):
    assert _found(text)[0][:2] == (surface, "keith-kellogg")


@pytest.mark.parametrize("surface", ["JD Vale", "J.D. Vale", "J. D. Vale", "J D Vale"])
def test_initials_however_written(surface: str):
    assert _found(f"said {surface}, who")[0] == (surface, "jd", "name")


@pytest.mark.parametrize("surface", ["Conor O'Brien", "Conor O’Brien", "CONOR O´BRIEN"])
def test_apostrophes(surface: str):
    assert _found(surface)[0] == (surface, "obrien", "name")


@pytest.mark.parametrize(
    ("surface", "form"), [("Zelenskyyy", "variant"), ("Zelensky", "variant"), ("Зеленского", "surname")]
)
def test_spellings_and_cases(surface: str, form: str):
    assert _found(f"said {surface}, who") == [(surface, "vz", form)]


@pytest.mark.parametrize("text", ["Keith, Kellogg", "Keithkellogg", "the Kelloggs", "Zelenska", "Зеленская", "cordal"])
def test_what_is_not_a_name(text: str):
    assert not [found for found in _found(text) if found[2] != "surname"]


def test_unspaced_scripts():
    assert _found("昨日李伟明先生说")[0] == ("李伟明", "wei", "name")


def test_it_is_made_again_after_travelling():
    again = pickle.loads(pickle.dumps(MATCHER))
    text = normalise("Keith Kellogg met Zelensky")
    assert again.search(text) == MATCHER.search(text)
    assert again.digest == MATCHER.digest


NAMES = st.sampled_from(
    ["Kellogg", "Keith Kellogg", "Zelenskyyy", "Зеленского", "’s", "\u00ad", "\n", "ß", " ", "-", "K"]
)


@given(st.lists(st.one_of(NAMES, st.text(max_size=4)), max_size=12).map("".join))
def test_offsets_are_of_the_original(text: str):
    for hit in MATCHER.search(normalise(text)):
        assert 0 <= hit.start < hit.end <= len(text)
        assert any(c.isalnum() for c in text[hit.start : hit.end])


NAMED = [
    "Keith Kellogg",
    "Volodymyr Zelenskyy",
    "Владимир Зеленский",
    "JD Vale",
    "李伟明",
    "Conor O'Brien",
    "Ada Kellogg",
]
LISTS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(NAMED), st.sampled_from(NAMED)),
    unique_by=lambda actor: actor[0],
    max_size=6,
)
ALL_OF_THEM = normalise(" – ".join([*NAMED, "Kellogg", "Zelensky", "Зеленского", "Mr O’Brien"]))


def _list(actors: list[tuple[str, str, str]]) -> Watchlist:
    return Watchlist.model_validate({"actors": [{"id": i, "name": n, "aliases": [a]} for i, n, a in actors]})


@given(LISTS, LISTS, LISTS)
def test_a_list_made_from_a_former_one_finds_the_same(first: list, second: list, third: list):
    former = Matcher(_list(second), Matcher(_list(first)))
    renewed, whole = Matcher(_list(third), former), Matcher(_list(third))
    assert renewed.search(ALL_OF_THEM) == whole.search(ALL_OF_THEM)
    assert [renewed.knows(name) for name in NAMED] == [whole.knows(name) for name in NAMED]


def test_a_list_that_is_mostly_new_is_made_as_a_whole():
    few = Matcher(_list([("a", "Keith Kellogg", "Kit")]))
    many = [Actor(id=f"a{i}", name=f"Ann Ash{i}") for i in range(FEW + 1)]
    assert few.renewed(many) == []
    assert few.renewed(many[2:])
