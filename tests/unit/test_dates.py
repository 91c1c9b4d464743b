"""Dates as feeds and pages write them: right in UTC, or with their precision declared."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates import read_date


@pytest.mark.parametrize(
    ("value", "expected", "precision"),
    [
        ("2025-03-04T07:15:00+01:00", "2025-03-04T06:15:00", "second"),
        ("2025-03-04T07:15:00.123Z", "2025-03-04T07:15:00.123000", "second"),
        ("2025-03-04T07:15Z", "2025-03-04T07:15:00", "minute"),
        ("2025-01-18T21:30-0500", "2025-01-19T02:30:00", "minute"),
        ("2025-03-04 07:15:00 UTC", "2025-03-04T07:15:00", "second"),
        ("2025-03-04T07:15:00", "2025-03-04T00:00:00", "day"),  # a time of no zone is good for its day
        ("2025-03-04", "2025-03-04T00:00:00", "day"),
        ("20250304", "2025-03-04T00:00:00", "day"),
        ("20250310T153000Z", "2025-03-10T15:30:00", "second"),
        ("Mon, 3 Mar 2025 14:05:00 EST", "2025-03-03T19:05:00", "second"),
        ("Mon, 03 Mar 25 14:05:00 GMT", "2025-03-03T14:05:00", "second"),
        ("2025-02-14 19:20 MSK", "2025-02-14T16:20:00", "minute"),
        ("July 9, 2025 3:00 PM ET", "2025-07-09T19:00:00", "minute"),
        ("January 9, 2025 at 3:00 PM ET", "2025-01-09T20:00:00", "minute"),
        ("12 Jan 2025 10:00 IST", "2025-01-12T04:30:00", "minute"),
        ("Published: 9 March 2025", "2025-03-09T00:00:00", "day"),
        ("14.02.2025", "2025-02-14T00:00:00", "day"),
        ("03.04.2025", "2025-04-03T00:00:00", "day"),
        ("21/02/25", "2025-02-21T00:00:00", "day"),
        ("1741078500", "2025-03-04T08:55:00", "second"),
        ("1741078500000", "2025-03-04T08:55:00", "second"),
        ("2025-03-04T07:15:00 XQT", "2025-03-04T00:00:00", "day"),  # a zone nobody knows
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
        ("Thu, 01 May 2025 10:00:00 GMT+3", "2025-05-01T07:00:00", "second"),
    ],
)
def test_dates(value: str, expected: str, precision: str) -> None:
    found = read_date(value)
    assert found is not None
    assert (found.at.replace(tzinfo=None).isoformat(), found.precision) == (expected, precision)
    assert found.at.utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "3 hours ago",
        "March 2025",
        "2025",
        "10:30",
        "03/04/2025",
        "1970-01-01T00:00:00Z",
        "2025-02-30",
        "0",
        "yesterday",
        "18:30",
        "Sun",
        "0000-00-00T00:00Z",
        "x" * 999,
    ],
)
def test_no_date_is_better_than_a_wrong_one(value: str) -> None:
    assert read_date(value) is None


@given(st.text(alphabet=st.sampled_from("0123456789-:./ TZ+,JanMrESapm\u0663²"), max_size=40) | st.text(max_size=120))
def test_any_text_gives_a_date_in_utc_or_none(value: str) -> None:
    found = read_date(value)
    assert found is None or found.at.utcoffset() == dt.timedelta(0)


COMMON = st.builds(
    "{0:%a}, {0.day} {1} {0.year} {0:%H:%M:%S} {2}".format,
    st.datetimes(dt.datetime.fromisoformat("1950-01-01"), dt.datetime.fromisoformat("2100-01-01")),
    st.sampled_from(["Jan", "Feb", "Dec"]),
    st.sampled_from(["GMT", "+0200", "-0930", "+2460", "Z"]),
) | st.builds(
    "{0}{1}".format,
    st.datetimes().map(lambda at: at.isoformat()),
    st.sampled_from(["Z", "+02:00", "-0930", "+24:60"]),
)


@given(COMMON)
def test_the_short_way_leads_where_the_long_one_does(value: str) -> None:
    assert read_date(value) == read_date(f" {value} ")  # a blank is enough to miss the short way
