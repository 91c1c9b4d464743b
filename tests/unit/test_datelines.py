"""Datelines: found, told from what looks like one, and read on their own."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import blank

from transforms.language.annotate import read_docs
from transforms.language.datelines import agency, dateline, datelines
from transforms.language.model import Model

BLANK = blank("en")
PROSE = "The council met on Monday and closed the old bridge."

FOUND = [
    "HALVIK, Feb 16 (Reuters) - ",
    "KYIV (AP) — ",
    "WASHINGTON — ",
    "WASHINGTON -- ",
    "GAZA CITY—",
    "MORVA, Nov. 16, 2025 /Pallas News/ -- ",
    "LONDON, England (CNN) - ",
    "Paris (dpa) - ",
    "Kyiv/Berlin (dpa) – ",
    "BERLIN, 16 Feb - ",
    "BERLIN, 16th February 2025 – ",
    "Morva, March 3 – ",
    "MOSCOW. Feb 16 (Interfax) - ",
    "MOSCOW, February 16. /TASS/. ",
    "BEIJING, Feb. 16 (Xinhua) -- ",
    "NEW DELHI, Feb 16 (PTI): ",
    "ST. PETERSBURG, Russia — ",
    "WASHINGTON, D.C., Feb 16 (Corvid Wire) - ",
    "EAST RUTHERFORD, N.J. (AP) — ",
    "N'DJAMENA, Chad (AFP) - ",
    "PORT-AU-PRINCE, Haiti (AP) — ",
    "McLEAN, Va. (AP) — ",
    "FRANKFURT am MAIN (dpa) - ",
    "WASHINGTON/KYIV, Feb 16 (Reuters) - ",
    "LONDON and PARIS (AP/AFP) — ",
    "UNITED NATIONS (AP) — ",
    "PORT ELLERY (Corvid Wire) - ",
    "LONDON--(BUSINESS WIRE)--",
    "LONDON, Nov. 16, 2025 (GLOBE NEWSWIRE) -- ",
    "Feb 18 (Corvid Wire) - ",
    "(Reuters) - ",
    "London (CNN)",
    "AP — ",
    "AFP/",
    "HALVIK, Feb 16 - ",
    "HALVIK, Monday, Feb 16 (Pallas) - ",
    "NEW YORK, Nov. 16, 2025 /PRNewswire/ -- ",
    "TEL AVIV, Israel (Reuters Health) —",
    "MORVA (NWA) — ",
]

NONE = [
    "NATO - the alliance - said on Monday that it was ready.",
    "NATO — The alliance said on Monday that it was ready.",
    "NATO (North Atlantic Treaty Organization) - A pact of old, and still a strong one.",
    "VELDEN: We will close the bridge on Monday, whatever they say.",
    "MARTA VELDEN — We will close the bridge on Monday, whatever they say.",
    "VELDEN, Foreign Minister — We will close the bridge on Monday, whatever they say.",
    "VELDEN (LAB) — We will close the bridge on Monday, whatever they say.",
    "VELDEN (Labour) — We will close the bridge on Monday, whatever they say.",
    "Velden — The minister who closed the bridge — has resigned.",
    "GAZA - WHAT WE KNOW OF THE BRIDGE THAT WAS CLOSED.",
    "KYIV - Three dead after strike on the bridge",
    "BREAKING — The council has closed the bridge, police said.",
    "UPDATE 1 - The council has closed the bridge, police said.",
    "FILE - The bridge is seen from the river in February, before it was closed.",
    "COVID-19 has closed the bridge, the council said on Monday.",
    "Anna Berg (AP Photo) - The bridge is seen from the river.",
    "Anna Berg (AP) - the agency's correspondent - was there.",
    "Anna Berg (Labour) - The bridge is closed.",
    "The Associated Press (AP) said the bridge was closed.",
    "Monday, Feb 16 - The council meets.",
    "Feb 16 - The council meets.",
    "He (Reuters reported) left.",
    "The ministry (Finance) - so called.",
    "Talks began on Monday (March 3) - the first.",
    "The minister, Feb 16 - said it.",
    "“We go,” he said — The bridge was closed.",
    "Q — What is it? The bridge, or the road that leads to it?",
    "",
    "-",
]


@pytest.mark.parametrize("line", FOUND)
def test_a_dateline_ends_before_the_first_sentence(line: str) -> None:
    found = dateline(line + PROSE)
    assert found is not None
    assert (line + PROSE)[: found.end] == line


@pytest.mark.parametrize("line", NONE)
def test_nothing_else_is_taken_for_one(line: str) -> None:
    assert dateline(line) is None


def test_a_place_and_a_dash_stand_among_the_first_lines() -> None:
    line = "MORVA — " + PROSE
    assert [start for start, _ in datelines(f"Title\n\n{line}")] == [7]
    assert (
        len(datelines("\n".join(f"{place} — {PROSE}" for place in ("MORVA", "HALVIK", "KELMAR", "OSLO", "OSLO")))) == 5
    )
    assert not list(datelines(f"One.\nTwo.\nThree.\n{line}"))
    assert len(list(datelines("\n".join(["KYIV (AP) — " + PROSE] * 5)))) == 5


def test_two_who_speak_by_turns_are_no_places() -> None:
    assert not list(datelines(f"VELDEN — {PROSE}\nREKE — {PROSE}\nVELDEN — {PROSE}\nREKE — {PROSE}"))


@pytest.mark.parametrize(
    ("line", "name"), [("KYIV (AP/AFP) — ", "AP"), ("MORVA (Pallas News) - ", "Pallas News"), ("MORVA, Feb 16 - ", "")]
)
def test_its_agency(line: str, name: str) -> None:
    assert agency(line + PROSE) == name


PARTS = st.sampled_from(
    [
        *FOUND,
        *NONE,
        "MORVA",
        "Feb 16",
        ", ",
        "(",
        ")",
        "/",
        " - ",
        "—",
        "AP",
        "\n",
        ".",
        "’s",
        "de ",
        "\u00a0",
        "ß",
        "И",
    ]
)


@given(st.lists(PARTS | st.text(max_size=8), max_size=12).map("".join))
@settings(max_examples=50, deadline=None)
def test_any_text_is_left_as_it_stands(text: str) -> None:
    for start, found in datelines(text):
        assert 0 < found.end <= len(text) - start
        for left, right in (*found.places, found.date, found.agency):
            assert 0 <= left <= right <= found.end
    (doc,) = read_docs(BLANK, [text])
    assert doc.text == text


@pytest.mark.parametrize("unit", ["A ", "A. ", "AB/", "AB, ", "AB and ", "(", "Feb 1 ", "de ", "A-", "A’", "(AP) "])
def test_long_lines_cost_no_more(unit: str) -> None:
    started = time.process_time()
    for _ in range(20):
        list(datelines(unit * 20_000))
    assert time.process_time() - started < 1


@pytest.mark.parametrize("line", FOUND)
def test_what_follows_is_read_as_if_it_stood_alone(line: str, model: Model) -> None:
    alone, dated = read_docs(model.nlp, [PROSE, line + PROSE])
    assert dated.text == line + PROSE
    rest = dated[len(dated) - len(alone) :].as_doc()
    assert [(t.text, t.dep_, t.tag_, t.head.i) for t in rest] == [(t.text, t.dep_, t.tag_, t.head.i) for t in alone]
    assert not any(t.pos_ == "VERB" or "subj" in t.dep_ for t in dated[: len(dated) - len(alone)])


def test_its_names_are_entities(model: Model) -> None:
    (doc,) = read_docs(model.nlp, ["NEW YORK/HALVIK, Testany, Feb. 16 (Pallas News) - " + PROSE])
    named = [(e.text, e.label_) for e in doc.ents]
    assert named[:3] == [("NEW YORK", "GPE"), ("HALVIK", "GPE"), ("Testany", "GPE")]
    assert named[3:5] == [("Feb. 16", "DATE"), ("Pallas News", "ORG")]
