"""The plain form of a text, and the way back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.actors.normalise import normalise, plain_name

SAMPLE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("Kk’' \u00a0\u00ad\n-‐–éßﬁİıŁøœЙїҐ\u0301\u200bσς\r\t"))
)


@pytest.mark.parametrize(
    "written",
    [
        "Keith Kellogg",
        "KEITH KELLOGG",
        "Keith\u00a0Kellogg",
        "Keith\nKellogg",
        "Keith  \r\n Kellogg",
        "Keith\u00a0 Kellogg",
        "Kei\u00adth Kell\u00adogg",
        "Kéith Kellögg",
        unicodedata.normalize("NFD", "Kéith Kellögg"),
        "Keith \u200bKellogg",
        "Keith-Kellogg",
        "Keith‐Kellogg",
        "Ｋeith Kellogg",
    ],
)
def test_ways_of_writing_one_name(written: str):
    assert plain_name(written) == "keith kellogg"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Келлог", "келлог"),
        ("Віткофф", "віткофф"),
        ("O’Brien", "o brien"),
        ("Łukasz Straße", "lukasz strasse"),
        ("Keith, Kellogg", "keith  kellogg"),
        ("İstanbul", "istanbul"),
        ("バイデン", "バイデン"),
        ("ΝΊΚΟΣ", "νικοσ"),
    ],
)
def test_plain_form(written: str, plain: str):
    assert plain_name(written) == plain


def test_offsets_lead_back_past_what_was_dropped_or_grew():
    text = "“Straße”\u00a0 of Ke\u00adith\n\nKellogg’s œuvre, said Zelenský\u0301."
    plain = normalise(text)
    for word, original in [("keith kellogg", "Ke\u00adith\n\nKellogg"), ("strasse", "Straße"), ("oeuvre", "œuvre")]:
        at = plain.text.index(word)
        assert text[plain.start(at) : plain.end(at + len(word))] == original
    at = plain.text.index("zelensky")
    assert text[plain.start(at) : plain.end(at + 8)] == "Zelenský\u0301"


@given(SAMPLE)
def test_every_plain_letter_comes_from_its_original(text: str):
    plain = normalise(text)
    last = 0
    for i, letter in enumerate(plain.text[1:-1], 1):
        start = plain.start(i)
        assert last <= start < plain.end(i + 1) <= len(text)
        last = start
        if letter != " ":
            assert letter in normalise(text[start]).text


@given(SAMPLE)
def test_it_is_the_same_again(text: str):
    once = normalise(text).text.strip()
    assert " ".join(normalise(once).text.split()) == " ".join(once.split())
