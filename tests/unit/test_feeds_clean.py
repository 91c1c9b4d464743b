"""Titles and summaries without markup, marks nobody sees, and without losing words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.feeds.clean import line, paragraphs


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.</p><p>Two &amp; three</p>", "One.\nTwo & three"),
        ("One<br/>Two<br>Three", "One\nTwo\nThree"),
        ("half<b>bold</b>word", "halfboldword"),
        ("a < b and c > d", "a < b and c > d"),
        ("5 <6 and x<y", "5 <6 and x<y"),
        ("AT&amp;amp;T &amp;#8220;quotes&amp;#8221;", "AT&T “quotes”"),
        ("&amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;", "bold"),
        ("R&D at Q&A; &unknown;", "R&D at Q&A; &unknown;"),
        ("<script>if (a < b) { x() }</script>seen<style>p {}</style>", "seen"),
        ("<!-- hidden -->seen<!-- never closed", "seen"),
        ("soft\u00adhyphen zero\u200bwidth \ufeffmark bell\x07", "softhyphen zerowidth mark bell"),
        ("non\u00a0breaking\t and\n\n lines ", "non breaking and\nlines"),
        ("<img alt='A>B' src=x>caption", "B' src=x>caption"),
    ],
)
def test_markup(markup: str, expected: str):
    assert paragraphs(markup, markup=True, most=1000) == expected


def test_plain_text_keeps_its_signs():
    assert line("the law of <b>\nand 5 < 6", markup=False, most=100) == "the law of <b> and 5 < 6"


def test_text_is_cut():
    assert line("<p>" + "word " * 50, markup=True, most=9) == "word word"
    assert len(paragraphs("x" * 9_000, markup=True, most=100)) == 100


@given(st.text(), st.booleans())
def test_any_text_becomes_clean(text: str, markup: bool):
    found = line(text, markup=markup, most=50)
    assert len(found) <= 50
    assert not set(found) & set("\n\x00\x1b\ufeff\ufffd")
    found.encode()
