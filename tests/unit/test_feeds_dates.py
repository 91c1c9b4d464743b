"""Right in UTC, or with its precision declared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.feeds.dates import read_date

TOLD = [
    ("Sun, 16 Feb 2025 18:30:05 GMT", "2025-02-16T18:30:05", "second"),
    ("Sun, 16 Feb 2025 18:30:05 +0300", "2025-02-16T15:30:05", "second"),
    ("Sun, 16 Feb 2025 18:30:05 EST", "2025-02-16T23:30:05", "second"),
    ("Sun, 16 Feb 2025 18:30:05 MSK", "2025-02-16T15:30:05", "second"),
    ("Sun, 16 Feb 2025 18:30:05 CEST", "2025-02-16T16:30:05", "second"),
    ("Sun, 16 Feb 2025 18:30:05 GMT+3", "2025-02-16T15:30:05", "second"),
    ("Sun, 16 Feb 2025 18:30:05 GMT-0500", "2025-02-16T23:30:05", "second"),
    ("Sun, 16 Feb 25 18:30:05 EST", "2025-02-16T23:30:05", "second"),
    ("16-Feb-25 18:30 GMT", "2025-02-16T18:30:00", "minute"),
    ("Mon, 15 Nov 99 18:30:05 GMT", "1999-11-15T18:30:05", "second"),
    ("Sun, 16 Feb 2025 18:30 PST", "2025-02-17T02:30:00", "minute"),
    ("Sun, 16 February 2025 18:30:05 +0000 (UTC)", "2025-02-16T18:30:05", "second"),
    ("Mon, 16 Feb 2025 18:30:05 GMT", "2025-02-16T18:30:05", "second"),
    ("2025-02-16T18:30:05Z", "2025-02-16T18:30:05", "second"),
    ("2025-02-16T18:30:05.123+02:00", "2025-02-16T16:30:05.123000", "second"),
    ("2025-02-16 18:30:05-05", "2025-02-16T23:30:05", "second"),
    ("2025-02-16T18:30Z", "2025-02-16T18:30:00", "minute"),
    ("2025-02-16", "2025-02-16T00:00:00", "day"),
    ("16 Feb 2025", "2025-02-16T00:00:00", "day"),
    ("16.02.2025", "2025-02-16T00:00:00", "day"),
    ("02/16/2025", "2025-02-16T00:00:00", "day"),
    ("2025-02-16 18:30:05", "2025-02-16T00:00:00", "day"),
    ("Sun, 16 Feb 2025 18:30:05 XYZT", "2025-02-16T00:00:00", "day"),
    ("1739730605", "2025-02-16T18:30:05", "second"),
    ("1739730605999", "2025-02-16T18:30:05", "second"),
    ("20250216T183005Z", "2025-02-16T18:30:05", "second"),
]


@pytest.mark.parametrize(("text", "expected", "precision"), TOLD)
def test_dates_that_tell_all(text: str, expected: str, precision: str):
    found = read_date(text)
    assert found is not None
    assert (found.at.isoformat(), found.precision) == (f"{expected}+00:00", precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "18:30",
        "Sun",
        "February 2025",
        "2025",
        "03/04/2025",
        "31 Feb 2025",
        "0000-00-00T00:00Z",
        "x" * 999,
    ],
)
def test_what_gives_no_day(text: str):
    assert read_date(text) is None


@given(st.text(max_size=40) | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}[T ]\d\d:\d\d ?[+-]\d{2,5}"))
def test_any_text_is_a_date_in_utc_or_none(text: str):
    found = read_date(text)
    assert found is None or found.at.utcoffset() is not None
