"""Time phrases against an article's date."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.language.times import TIME, resolve

SUNDAY = dt.date(2025, 2, 16)

CASES = [
    ("he spoke on Monday", False, "2025-02-10", "day"),
    ("he will speak on Monday", True, "2025-02-17", "day"),
    ("on Sunday", False, "2025-02-16", "day"),
    ("last Sunday", False, "2025-02-09", "day"),
    ("next Sunday", False, "2025-02-23", "day"),
    ("yesterday", False, "2025-02-15", "day"),
    ("next week", True, "2025-W08", "week"),
    ("earlier this month", False, "2025-02", "month"),
    ("last month", False, "2025-01", "month"),
    ("last year", False, "2024", "year"),
    ("on February 14", False, "2025-02-14", "day"),
    ("on 14 February 2023", False, "2023-02-14", "day"),
    ("Dec. 30", False, "2024-12-30", "day"),
    ("on 5 January", True, "2025-01-05", "day"),
    ("in December", False, "2024-12", "month"),
    ("three days ago", False, "2025-02-13", "day"),
    ("February 30", False, "", "none"),
]


@pytest.mark.parametrize(("text", "future", "date", "precision"), CASES)
def test_phrase_means_that_date(text: str, future: bool, date: str, precision: str) -> None:
    match = TIME.search(text)
    assert match is not None
    assert resolve(match, SUNDAY, future=future) == (date, precision)


def test_undated_article_resolves_only_full_dates() -> None:
    monday, full = TIME.search("on Monday"), TIME.search("3 March 2024")
    assert monday is not None
    assert full is not None
    assert resolve(monday, None, future=False) == ("", "none")
    assert resolve(full, None, future=False) == ("2024-03-03", "day")


@given(st.text(alphabet="0123456789 .,abeforyMmJnDcstTuhd", max_size=40), st.dates(), st.booleans())
def test_any_text_gives_a_date_or_none(text: str, published: dt.date, future: bool) -> None:
    for match in TIME.finditer(text):
        try:
            date, precision = resolve(match, published, future=future)
        except OverflowError:  # the first and last days of the calendar have no week before or after them
            assert published.year in {1, 9999}
        else:
            assert bool(date) == (precision != "none")
