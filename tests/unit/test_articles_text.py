"""Lines and texts: what is tidied, what is noise, where a text is cut, what a feed's own words give."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.articles import Entry
from transforms.articles.feedtext import feed_lines, html_lines
from transforms.articles.noise import is_noise, without_noise
from transforms.articles.text import as_given, cut, plain_lines, tidy


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  a\u00a0b\n\t c ", "a b c"),
        ("Kel\u00adlogg\u200b said\u2060", "Kellogg said"),
        ("\u202eevil\u202c \u2066x\u2069 \ufeff", "evil x"),
        ("nul\x00 bell\x07 \ud800half \ufffe", "nul bell half"),
        ("&ldquo;Twice&#8221; &quot;escaped&quot;", '“Twice” "escaped"'),
        ("AT&T; R&D &c.", "AT&T; R&D &c."),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("“quotes” ‘as’ they «are» ``here''", "“quotes” ‘as’ they «are» ``here''"),
    ],
)
def test_tidy(line: str, expected: str) -> None:
    assert tidy(line) == expected


@given(st.text(alphabet=st.characters(), max_size=200))
def test_given_text_keeps_its_offsets(text: str) -> None:
    kept = as_given(text)
    assert len(kept) == len(text)
    kept.encode("utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT · Scroll to continue",
        "Read more: Minister “lied”, says rival",
        "RELATED: “He sold us,” says mother",
        "Sign up for our newsletter",
        "Follow us on Twitter @outlet",
        "© 2025 Outlet Media. All rights reserved.",
        "Reporting by A. Moss in Lisk; Editing by C. Reed",
        "(Additional reporting by Ana Moss and Bo Reed)",
        "Associated writer Ana Moss in Lisk contributed to this report.",
        "Photo: Agency/Len Marsh",
        "Published 4 March 2025, 7.15am",
        "21/02/25",
        "Updated: Mar 4, 2025 at 10:02 GMT",
        "5 min read",
        "* * *",
        "The post Bridge closed appeared first on The Herald.",
        "To play this video you need to enable JavaScript in your browser.",
        "This video can not be played",
        "Читайте также: Мост закрыт",
    ],
)
def test_noise(line: str) -> None:
    assert is_noise(line)


@pytest.mark.parametrize(
    "line",
    [
        "“Sign up for our army,” the poster said.",
        "Reporting by the Herald found that the drawer was locked.",
        "Share prices fell by a third.",
        "Posted on the door was a note: “We are leaving.”",
        "This content cannot be justified, said Judge Falk.",
        "Follow the money, said the auditor.",
        "More than 300 people are missing.",
        "Read my lips, he said.",
        "By Tuesday the water had gone.",
        "May 9 was quiet.",
        "Q: Who disagreed?",
        "“Advertisement”",
        "Print is dead, the publisher said.",
        "Watch what they do, she said, not what they say.",
        "Live rounds were found.",
        "Copyright law has not kept up, the court said.",
        "Related companies were searched too.",
    ],
)
def test_not_noise(line: str) -> None:
    assert not is_noise(line)


def test_title_and_byline_go_from_the_head_only() -> None:
    title = "Bridge “closed”"
    lines = ["BRIDGE ‘CLOSED’", "By Ana Moss and Bo Reed", "The bridge is closed.", "It was old.", "It creaked.", title]
    assert without_noise(lines, [title]) == lines[2:]


def test_section_and_dated_byline_go_from_the_head_only() -> None:
    lines = ["Politics", "By Ana Moss and Bo Reed 20 February 2025", "The bridge is closed.", "Politics"]
    assert without_noise(lines) == lines[2:]
    assert without_noise(["“We quit”"]) == ["“We quit”"]


def test_cut_at_a_paragraph() -> None:
    assert cut("One.\nTwo.\nThree.", 12) == "One.\nTwo."
    assert cut("One.\nTwo.", 9) == "One.\nTwo."


def test_cut_of_one_endless_paragraph() -> None:
    assert cut("He said “No.” Then he left the room", 25) == "He said “No.”"
    assert cut("no sentence ends here", 15) == "no sentence"
    assert cut("x" * 50, 10) == "x" * 10


@given(st.text(alphabet="ab. \n”", max_size=80), st.integers(min_value=1, max_value=60))
def test_cut_is_a_beginning_that_fits(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit
    assert text.startswith(cut(text, limit))


def entry(content: str = "", summary: str = "", title: str = "") -> Entry:
    seen = dt.datetime(2025, 3, 11, tzinfo=dt.timezone.utc)
    return Entry(id="e", feed="f", outlet="", url="", title=title, content=content, summary=summary, seen=seen)


def test_feed_content_keeps_its_paragraphs() -> None:
    content = """<div><p>“One,” <em>she</em> said.</p><figure><figcaption>“Other story”</figcaption></figure>
    <p>Two &amp; three.<br>Same paragraph.</p><ul><li>Item</li></ul><p><a href="/x">Continue reading →</a></p>
    <p>The post Title appeared first on Outlet.</p></div>"""
    assert feed_lines(entry(content)) == ["“One,” she said.", "Two & three. Same paragraph.", "Item"]


def test_the_longer_of_content_and_summary_is_taken() -> None:
    assert feed_lines(entry("<p>Short.</p>", "A longer summary.\nOf two lines.")) == [
        "A longer summary.",
        "Of two lines.",
    ]


def test_a_cut_excerpt_is_kept() -> None:
    assert feed_lines(entry("", "The minister said that [&hellip;]")) == ["The minister said that…"]


def test_loose_text_and_breaks() -> None:
    assert html_lines("One<br><br>two <b>bold</b><br/>\n<br/>three<p>four</p>five") == [
        "One",
        "two bold",
        "three",
        "four",
        "five",
    ]


def test_plain_text_by_blank_lines_else_by_lines() -> None:
    assert plain_lines("a\nb\n\nc") == ["a b", "c"]
    assert plain_lines("a\r\nb\rc") == ["a", "b", "c"]
    assert html_lines("x < y & z") == ["x < y & z"]


@given(st.text(alphabet=st.sampled_from(list("<>/=\"' abdpqtrh&;!-\n“”")) | st.characters(), max_size=300))
def test_any_feed_text_is_lines(text: str) -> None:
    for line in feed_lines(entry(text, text)):
        assert line
        assert "\n" not in line
