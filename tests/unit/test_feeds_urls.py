"""One spelling for each address, and no two articles under one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.urls import canonical_url, entry_id, is_front, item_id

SAME = [
    ("HTTP://News.Example:80/a", "http://news.example/a"),
    ("https://news.example:443/a", "https://news.example/a"),
    ("https://news.example:8443/a", "https://news.example:8443/a"),
    ("https://news.example", "https://news.example/"),
    ("https://news.example./a", "https://news.example/a"),
    ("https://user:secret@news.example/a", "https://news.example/a"),
    (" https://news.example/a\n", "https://news.example/a"),
    ("https://news.example/a\nb", "https://news.example/ab"),
    ("https://news.example/a b", "https://news.example/a%20b"),
    ("https://news.example/a#comments", "https://news.example/a"),
    ("https://news.example/a#xtor=RSS-1", "https://news.example/a"),
    ("https://news.example/#!/a/5", "https://news.example/#!/a/5"),
    ("https://news.example/#/a/5", "https://news.example/#/a/5"),
    ("https://news.example/a?utm_source=rss&utm_medium=feed", "https://news.example/a"),
    ("https://news.example/a?id=5&utm_source=x&page=2&fbclid=1", "https://news.example/a?id=5&page=2"),
    ("https://news.example/a?id=5&amp;utm_source=x", "https://news.example/a?id=5"),
    ("https://news.example/a?at_medium=RSS&at_campaign=KARANGA", "https://news.example/a"),
    ("https://news.example/a?CMP=share_btn", "https://news.example/a"),
    ("https://news.example/a?ref=rss", "https://news.example/a"),
    ("https://news.example/a?ref=8812", "https://news.example/a?ref=8812"),
    ("https://news.example/a?", "https://news.example/a"),
    ("https://news.example/%7Eeditor/%e2%82%ac", "https://news.example/~editor/%E2%82%AC"),
    ("https://news.example/новости", "https://news.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
    ("https://новости.example/a", "https://xn--b1amnebsh.example/a"),
    ("https://[2001:DB8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
]


@pytest.mark.parametrize(("url", "expected"), SAME)
def test_one_spelling(url: str, expected: str):
    assert canonical_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a/b",
        "/a",
        "mailto:desk@example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "http://[bad/",
        "http://news.example:port/",
        "http://news.example/" + "a" * 5000,
        "https://" + "ж" * 80 + ".example/",
        "https://news.example/\ud800",
    ],
)
def test_what_is_no_web_address(url: str):
    with pytest.raises(ValueError, match=r"."):
        canonical_url(url)


DISTINCT = [
    "https://news.example/a?id=5",
    "https://news.example/a?id=6",
    "https://news.example/a",
    "https://news.example/A",
    "https://news.example/a?page=2&id=5",
    "https://www.news.example/a",
    "https://news.example:8080/a",
    "https://news.example/a?source=8812",
    "https://news.example/a?from=1",
    "https://news.example/a?cmp=5",
    "https://news.example/a?q=a+b",
    "https://news.example/a?q=a%2Bb",
    "https://news.example/a%2Fb",
    "https://news.example/a/b",
    "https://news.example/a?id=5&id=6",
    "https://news.example/a?id=6&id=5",
    "https://news.example/a;5",
    "https://news.example/#!/a/5",
    "https://news.example/#!/a/6",
    "https://news.example/amp",
    "https://news.example/print",
    "https://news.example/blueprint",
    "https://news.example/a?view=2",
    "https://news.example/a?print=5",
    "https://news.example/a?amplifier=1",
    "https://example.example/amp/a",
]


def test_different_articles_stay_apart():
    assert len({entry_id(canonical_url(url)) for url in DISTINCT}) == len(DISTINCT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://news.example/a", "https://news.example/a"),
        ("https://news.example/a/", "https://news.example/a"),
        ("https://news.example/a?x=1&y=2", "https://news.example/a?y=2&x=1"),
        ("https://news.example/a?utm_source=x", "http://NEWS.example/a#top"),
        ("https://news.example/a/amp/", "https://news.example/a"),
        ("https://news.example/a/amp.html", "https://news.example/a"),
        ("https://news.example/a.amp", "https://news.example/a"),
        ("https://news.example/a?amp", "https://news.example/a"),
        ("https://news.example/a?amp=1&x=2", "https://news.example/a?x=2"),
        ("https://news.example/a?outputType=amp-type", "https://news.example/a"),
        ("https://amp.news.example/a", "https://www.news.example/a"),
        ("https://www.google.com/amp/s/www.news.example/a/amp", "https://www.news.example/a"),
        ("https://www-news-example.cdn.ampproject.org/c/s/www.news.example/a", "https://www.news.example/a"),
        ("https://news.example/a/print", "https://news.example/a"),
        ("https://news.example/a?print=1", "https://news.example/a"),
        ("https://news.example/a?view=print", "https://news.example/a"),
    ],
)
def test_the_same_article_has_one_id(one: str, other: str):
    assert entry_id(canonical_url(one)) == entry_id(canonical_url(other))


def test_items_without_an_address_are_known_by_feed_and_guid():
    assert item_id("https://f.example/", "http://f.example/?p=1") == item_id(
        "https://f.example/", "https://f.example/?p=1"
    )
    assert item_id("https://f.example/", "1") != item_id("https://g.example/", "1")
    assert item_id("https://f.example/", "1", "2") != item_id("https://f.example/", "12")


def test_front_pages():
    assert is_front(canonical_url("https://news.example"))
    assert not is_front(canonical_url("https://news.example/a"))
    assert not is_front(canonical_url("https://news.example/?p=5"))
    assert not is_front(canonical_url("https://news.example/#!/a"))


@given(st.text(max_size=60) | st.text(max_size=60).map("http://news.example/".__add__))
def test_any_text_has_a_stable_spelling_or_none(url: str):
    try:
        once = canonical_url(url)
    except ValueError:
        return
    assert canonical_url(once) == once
    assert once.isascii()
