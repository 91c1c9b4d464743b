"""No text from the web reaches a log, a terminal, a chat, a table or the index as something to be obeyed."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.cells import for_cell, from_cell
from schemas.codec import to_dict
from schemas.feeds import Feed
from schemas.settings import Articles
from tests.fakes.commands import NASTY
from tests.fakes.web import reply
from transforms.articles.extract import extract_article
from transforms.articles.fetch import Fetched
from transforms.feeds.parse import read_feed
from transforms.printable import for_chat, one_line
from transforms.protocols import WebError

SEEN = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!channel> <@U123> @everyone", "‹!channel› ‹@ U123› @ everyone"),
        ("<https://evil.example|your bank>", "‹https://evil.example¦your bank›"),
        ("[your bank](https://evil.example)", "[your bank] (https://evil.example)"),
        ("*bold* _slanted_ ~struck~ `code` ||hidden||", "∗bold∗ ˍslantedˍ ∼struck∼ ˋcodeˋ ¦¦hidden¦¦"),
        ("```\nblock\n```", "ˋˋˋ block ˋˋˋ"),
        ("a snake_case name, 5 * 3", "a snake_case name, 5 ∗ 3"),
        ("<b>x</b><script>y</script>", "‹b›x‹/b›‹script›y‹/script›"),
        ("https://post.example/a_b_?x=_1_", "https://post.example/a_b_?x=_1_"),
        ("see https://post.example/a", "see https://post.example/a"),
        ("\x1b]8;;http://evil\x07click", "click"),
        ("a\u202ecba\u2066", "acba"),
    ],
)
def test_chats(text: str, shown: str) -> None:
    assert for_chat(text) == shown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_is_no_formula(start: str) -> None:
    assert for_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert for_cell(f"a{start}1") == f"a{start}1"


@given(st.text(st.sampled_from("'=+a\t"), max_size=6) | st.text())
def test_a_cell_is_read_as_it_was_written(text: str) -> None:
    assert from_cell(for_cell(text)) == text


@given(st.text())
def test_nothing_that_commands_gets_through(text: str) -> None:
    assert one_line(text).isprintable()
    assert for_chat(text).isprintable()
    assert not set(for_chat(text)) & set("<>`|") or for_chat(text).startswith("http")
    assert not for_cell(text).startswith(("=", "+", "-", "@"))


def texts(value: object) -> list[str]:
    """Every text in a record."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []


CONTENT = ("content", "summary", "text")


def test_what_is_stored_of_a_nasty_feed_and_page_commands_nothing() -> None:
    words = NASTY.replace("\x00", "")
    item = f"<title>{words}</title><link>https://news.example/{words}</link><author>{words}</author>"
    body = f"<rss><channel><title>{words}</title><item>{item}<description>{words}</description></item></channel></rss>"
    (entry,) = read_feed(body.encode(), headers={}, feed=Feed(url="https://a.example/"), seen=SEEN).entries
    head = f"<title>{words}</title><meta property='og:site_name' content='{words}'><meta name=author content='{words}'>"
    tags = "".join(f"<meta property='article:{name}' content='{words}'>" for name in ("section", "published_time"))
    page = f"<html><head>{head}{tags}</head><body><article>{f'<p>It was so, {words} said on Monday.</p>' * 9}</article>"
    told = reply("https://news.example/a", page.encode(), content_type=f"text/html; {words}")
    article = extract_article(Fetched(entry=entry, reply=told), settings=Articles())
    for record in (entry, article):
        for text in texts(to_dict(record)):
            assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"], text


def test_a_servers_own_words_are_told_on_one_line() -> None:
    error = WebError("unreachable", one_line(f"the connection broke: {NASTY}"))
    assert str(error).isprintable()
