"""Quotation marks: found, given a direction, paired and repaired."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transforms.statements.marks import find_quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” said Berg. “Now.”", ["We go", "Now."]),
        ('"We go," said Berg. "Now."', ["We go", "Now."]),
        ("``We go,'' said Berg.", ["We go"]),
        ("«We go», said Berg.", ["We go"]),
        ("»We go«, said Berg.", ["We go"]),
        ("„We go“, said Berg.", ["We go"]),
        ("« We go », said Berg.", ["We go"]),
        ("‘We go,’ said Berg.", ["We go"]),
        ("'We go,' said Berg. 'Don't wait.'", ["We go", "Don't wait."]),
    ],
)
def test_every_pair_of_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go, “said Berg.", ["We go"]),  # swapped with the comma
        ("“We go, ”said Berg.", ["We go"]),
        ("“We go, said Anna Berg. “Now.”", ["We go", "Now."]),  # closing mark lost
        ("We go,” said Berg. “Now.”", ["We go", "Now."]),  # opening mark lost
        ("“We go. »»", ["We go."]),  # doubled, of another kind
        ("“”[The boat] goes, “he said.", ["[The boat] goes"]),
        ("He called it “late by a week. “We go.”", ["late by a week.", "We go."]),
        ("”We go“, said Berg.", ["We go"]),  # wrong way round
        ("“We will “never” go,” said Berg.", ["We will “never” go"]),  # nested in its own kind
        ('"We go.""We stay."', ["We go.", "We stay."]),
    ],
)
def test_broken_marks_are_repaired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_repair_is_on_record() -> None:
    assert find_quotations("“We go, said Anna Berg.")[0].repairs == ("closing mark missing",)
    assert find_quotations("“We go,” said Anna Berg.")[0].repairs == ()


@pytest.mark.parametrize(
    "text",
    [
        "It’s the workers’ boat, built in the ’90s for rock ’n’ roll.",
        "It's the workers' boat of '94.",
        'A 6\'2" sailor and a 12" plank.',
        "He said that the crew’s boat was the owners’.",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_possessives_end_no_quotation() -> None:
    assert quoted("‘The workers’ boat is gone,’ he said.") == ["The workers’ boat is gone"]


def test_inches_leave_the_quotation_alone() -> None:
    assert quoted('The 6\'7" keeper smiled. "We go," he said.') == ["We go"]


def test_a_mark_reopened_at_each_paragraph_continues() -> None:
    first, second = find_quotations("“We go.\n“We go now,” said Berg.")
    assert (first.continues, second.continues) == (False, True)


def test_one_bad_mark_never_costs_the_other_paragraphs() -> None:
    text = "“We go,” said Berg.\nHe called it “bad.\n“We stay,” said Moss."
    assert quoted(text)[0] == "We go"
    assert quoted(text)[-1] == "We stay"


@given(st.text(alphabet="ab ,.\n“”‘’\"'«»„`[Hsaid ", max_size=120))
@example("‘.»'")
@settings(max_examples=400, deadline=None)
def test_quotations_lie_in_the_text_apart_from_each_other(text: str) -> None:
    last = 0
    for q in find_quotations(text):
        assert last <= q.open <= q.start < q.end <= q.close <= len(text)
        assert text[q.start : q.end].strip() == text[q.start : q.end]
        last = q.close


@pytest.mark.parametrize("piece", ["“Go,” said Bo, who “is. ", "' a'b 'c ", '"', "“a ", "”, said Bo. "])
def test_time_is_linear_in_the_text(piece: str) -> None:
    def took(text: str) -> float:
        times = []
        for _ in range(2):
            started = time.process_time()
            find_quotations(text)
            times.append(time.process_time() - started)
        return min(times)

    small, large = piece * (15_000 // len(piece)), piece * (150_000 // len(piece))
    assert took(large) < 25 * max(took(small), 0.004)
