"""The page's text or the feed's, its date and its flags; and that no page whatever does harm."""

import dataclasses as dc
import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.articles import Article, Entry, Fetched, Reply
from schemas.failures import Reason, Rejected
from schemas.ids import story_id
from schemas.settings import Articles
from transforms.articles.extract import article_from_html, article_from_text, extract_article

SEEN = dt.datetime(2025, 3, 11, 8, tzinfo=dt.timezone.utc)
URL = "https://news.example/2025/bridge-closed-again"
LINES = [f"“Word {n},” said engineer Ana Moss of the county, who had been there on day {n}." for n in range(8)]
PAGE = "<html lang='en'><head>{head}</head><body><article><h1>Bridge closed</h1>{body}</article></body></html>"
BODY = "".join(f"<p>{line}</p>" for line in LINES)


def entry(**fields: Any) -> Entry:
    told = {
        "id": "e1",
        "feed": "https://news.example/rss",
        "outlet": "News",
        "url": URL,
        "seen": SEEN,
        "title": "Bridge closed",
    }
    return Entry(**told | fields)


def article(
    html: str = PAGE.format(head="", body=BODY), *, status: int = 200, max_chars: int = 200_000, **fields: Any
) -> Article:
    reply = Reply(url=URL, status=status, headers=(("content-type", "text/html; charset=utf-8"),), body=html.encode())
    fetched = Fetched(
        entry=entry(**fields), reply=reply, reason="page-refused" if status >= 400 else None, detail=f"HTTP {status}"
    )
    return extract_article(fetched, settings=Articles(max_chars=max_chars))


def without_page(reason: Reason | None, **fields: Any) -> Article:
    return extract_article(Fetched(entry=entry(**fields), reason=reason, detail="why"), settings=Articles())


def dated(date: str, **fields: Any) -> Article:
    return article(PAGE.format(head=f'<meta property="article:published_time" content="{date}">', body=BODY), **fields)


def test_the_page_gives_the_text() -> None:
    found = article(summary="“Word 0,” said engineer Ana Moss.")
    assert found.text.split("\n") == LINES
    assert (found.id, found.url, found.text_from, found.flags, found.language) == ("e1", URL, "page", (), "en")
    assert found.story == story_id(found.text)


def test_the_feeds_word_on_outlet_title_and_authors_stands() -> None:
    head = (
        '<meta property="og:site_name" content="Other"><meta name="author" content="Bo Reed"><title>Other title</title>'
    )
    found = article(PAGE.format(head=head, body=BODY), authors=("Ana Moss",), language="uk")
    assert (found.outlet, found.title, found.authors, found.language) == ("News", "Bridge closed", ("Ana Moss",), "uk")
    bare = article(PAGE.format(head=head, body=BODY), outlet="", title="")
    assert (bare.outlet, bare.title, bare.authors) == ("Other", "Bridge closed", ("Bo Reed",))


@pytest.mark.parametrize(
    "reason", ["page-unreachable", "page-too-large", "page-not-html", "forbidden-address", "page-refused"]
)
def test_a_failed_page_leaves_the_feeds_text(reason: Reason) -> None:
    found = without_page(reason, summary="The bridge is closed.\n“Again,” said Ana Moss.")
    assert (found.text, found.text_from, found.flags) == (
        "The bridge is closed.\n“Again,” said Ana Moss.",
        "feed",
        (reason,),
    )


def test_an_entry_without_a_page_is_no_fault() -> None:
    found = without_page(None, summary="The bridge is closed.", url="urn:x")
    assert (found.text, found.text_from, found.flags, found.url) == ("The bridge is closed.", "feed", (), "urn:x")


def test_neither_page_nor_feed() -> None:
    with pytest.raises(Rejected) as failed:
        without_page("page-unreachable")
    assert (failed.value.reason, failed.value.detail) == ("page-unreachable", "why")
    with pytest.raises(Rejected) as empty:
        article("<html><body><nav>Home</nav></body></html>")
    assert empty.value.reason == "no-text"


def test_a_refused_page_is_not_read() -> None:
    found = article(status=404, summary="The bridge is closed.")
    assert (found.text, found.flags) == ("The bridge is closed.", ("page-refused",))


def test_a_page_that_says_far_less_than_the_feed() -> None:
    content = "".join(f"<p>{line}</p>" for line in LINES)
    found = article(PAGE.format(head="", body=f"<p>{LINES[0]}</p>"), content=content)
    assert (found.text.split("\n"), found.text_from, found.flags) == (LINES, "feed", ("page-short",))


def test_a_stub_without_a_feeds_text_is_kept() -> None:
    page = PAGE.format(head="", body=f"<p>{LINES[0]}</p></article><div>Subscribe to continue reading</div>")
    found = article(page)
    assert (found.text, found.text_from, found.flags) == (LINES[0], "page", ("page-blocked",))
    assert article(page, summary="The feed’s word.").text_from == "feed"


def test_long_text_is_cut_at_a_paragraph() -> None:
    body = "".join(f"<p>{line} And so on, {n}.</p>" for n in range(20) for line in LINES)
    found = article(PAGE.format(head="", body=body), max_chars=1_000)
    assert len(found.text) <= 1_000
    assert found.text.endswith(".")
    assert found.flags == ("cut",)


@pytest.mark.parametrize(
    ("page", "fields", "source", "expected", "precision"),
    [
        ("2025-03-10T10:00:00Z", {}, "page", "2025-03-10T10:00:00", "second"),
        ("2025-03-10T10:00:00Z", {"published": SEEN, "precision": "second"}, "feed", "2025-03-11T08:00:00", "second"),
        ("2025-03-10T10:00:00Z", {"published": SEEN, "precision": "day"}, "page", "2025-03-10T10:00:00", "second"),
        ("2025-03-10", {"published": SEEN, "precision": "day"}, "feed", "2025-03-11T08:00:00", "day"),
        ("", {}, "none", None, "none"),
        ("03/04/2025", {}, "none", None, "none"),
    ],
)
def test_which_date_wins(page: str, fields: dict[str, Any], source: str, expected: str | None, precision: str) -> None:
    if "precision" in fields:
        fields = {
            "published": fields["published"],
            "published_from": "feed",
            "published_precision": fields["precision"],
        }
    found = dated(page, **fields)
    told = found.published and found.published.replace(tzinfo=None).isoformat()
    assert (found.published_from, told, found.published_precision) == (source, expected, precision)


def test_a_date_ahead_is_capped_and_flagged() -> None:
    found = dated("2027-03-11T08:00:00Z")
    assert (found.published, found.published_from, found.published_precision) == (SEEN, "page", "none")
    assert found.flags == ("future-date",)


def test_a_page_mends_the_feeds_date_ahead() -> None:
    feed = {"published": SEEN, "published_from": "feed", "published_precision": "none", "flags": ("future-date",)}
    found = dated("2025-03-10T10:00:00Z", **feed)
    assert (found.published, found.published_from) == (dt.datetime(2025, 3, 10, 10, tzinfo=dt.timezone.utc), "page")
    assert found.flags == ("future-date",)
    assert dated("2027-03-11T08:00:00Z", **feed).published_from == "feed"


def test_amp_pages_go_by_their_canonical_address() -> None:
    link = '<link rel="canonical" href="https://news.example/2025/bridge-closed-again">'
    assert article(PAGE.format(head=link, body=BODY), url=URL + "/amp").url == URL


def test_given_text_stays_as_it_is() -> None:
    text = "  One\u00a0two.\r\n\n“Three” \ud800 \x00 four.\t"
    found = article_from_text(text, id="t", title=" A  title", seen=SEEN)
    assert found.text == text.replace("\ud800", "\ufffd").replace("\x00", "\ufffd")
    assert (found.id, found.title, found.text_from, found.published_from) == ("t", "A title", "given", "none")
    assert article_from_text("x", id="t", published=SEEN, seen=SEEN).published_from == "given"


def test_given_html_is_read_like_a_page() -> None:
    page = PAGE.format(head="", body=BODY)
    for html in (page, page.encode()):
        found = article_from_html(html, id="p", url=URL, seen=SEEN)
        assert (found.text.split("\n"), found.title, found.text_from) == (LINES, "Bridge closed", "page")
    with pytest.raises(Rejected):
        article_from_html(b"", id="p", seen=SEEN)


def test_the_same_page_gives_the_same_article() -> None:
    assert len({article() for _ in range(3)}) == 1


PIECES = st.sampled_from(
    """<p>
</p>
<article>
<div class='related'>
<q>
<table><tr><td>
<br><br>
<a href=x>
</a>
<title>
<!-- -->
<blockquote><footer>
<script type='application/ld+json'>
{"@type":"NewsArticle","headline":
</script>
“Word,” she said.
&ldquo
&#xd800;
<svg><p>
<h1>
<time datetime='2025-99'>
<meta property='date' content='9999-12-31T23:59:59-14:00'>
<body>
<ul><li>""".encode().splitlines()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.sampled_from([b"\xff\xfe", b"\x00"]) | st.binary(max_size=30), max_size=40).map(b"".join))
def test_any_bytes_give_text_or_a_foreseen_failure(body: bytes) -> None:
    try:
        found = article_from_html(body, id="x", url=URL, seen=SEEN)
    except Rejected as e:
        assert e.reason in {"no-text", "page-blocked"}
    else:
        assert found.text.strip()
        found.text.encode("utf-8")
        assert all(line == line.strip() and line for line in found.text.split("\n"))


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "li", "td", "section"])
def test_ten_thousand_levels_do_no_harm(tag: str) -> None:
    html = f"<html><body><article>{BODY}{f'<{tag}>' * 10_000}deep{f'</{tag}>' * 10_000}</article></body></html>"
    assert "Word 0" in article_from_html(html, id="x", seen=SEEN).text


def test_five_megabytes_take_a_few_seconds_at_most() -> None:
    body = "".join(
        f"<p>Paragraph {n} of a very long page, which <a href='/{n}'>nobody</a> will ever read to its end.</p>"
        for n in range(55_000)
    )
    started = time.process_time()
    found = article_from_html(f"<html><body><article>{body}</article></body></html>", id="x", seen=SEEN)
    assert time.process_time() - started < 8
    assert 190_000 < len(found.text) <= 200_000
    assert "cut" in found.flags


def test_records_are_whole() -> None:
    assert dc.asdict(article(groups=("a",), flags=("revised",)))["flags"] == ("revised",)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2025-03-11T07:30:00Z", "2025-03-11T07:30:00+00:00"),
        ("2025-03-09T07:30:00Z", None),  # before it was published
        ("2035-03-11T07:30:00Z", None),  # ahead
        ("2025-03-11", None),  # a day says too little
        ("soon", None),
    ],
)
def test_when_the_page_was_last_changed(told: str, expected: str | None) -> None:
    head = f'<meta property="article:modified_time" content="{told}">'
    fields = {"published": SEEN - dt.timedelta(days=1), "published_from": "feed", "published_precision": "second"}
    found = article(PAGE.format(head=head, body=BODY), **fields)
    assert (found.updated and found.updated.isoformat()) == expected
