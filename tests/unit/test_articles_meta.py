"""What pages say of themselves."""

import pytest

from transforms.articles.html import parse
from transforms.articles.meta import Meta, article_url, read_meta


def meta(head: str = "", body: str = "<p>Text.</p>", html: str = "<html>") -> Meta:
    tree = parse(f"<!doctype html>{html}<head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return read_meta(tree.root)


def linked(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Bridge closed after storm | The Herald</title>", "Bridge closed after storm"),
        ("<title>Bridge closed – again – after the storm</title>", "Bridge closed – again – after the storm"),
        ('<title>Bridge closed - Herald</title><meta property="og:site_name" content="Herald">', "Bridge closed"),
        ('<title>x</title><meta property="og:title" content="Bridge “closed”">', "Bridge “closed”"),
        (linked('{"@type":"NewsArticle","headline":"Bridge &quot;closed&quot;"}'), 'Bridge "closed"'),
        ("", ""),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert meta(head).title == title


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('<meta name="author" content="By Ana Moss and Bo Reed">', ("Ana Moss", "Bo Reed")),
        ('<meta name="author" content="Ana Moss, Bo Reed and Cy Dale">', ("Ana Moss", "Bo Reed", "Cy Dale")),
        ('<meta name="author" content="Ana Moss, Political Editor">', ("Ana Moss",)),
        ('<meta property="article:author" content="https://social.example/ana">', ()),
        ('<meta name="author" content="The Herald"><meta property="og:site_name" content="The Herald">', ()),
        (
            linked('{"@type":"Article","author":[{"name":"Ana Moss"},{"@type":"Organization","name":"H"}]}'),
            ("Ana Moss",),
        ),
        (linked('{"@type":"Article","author":{"@type":"Person","name":["Ana Moss"]}}'), ("Ana Moss",)),
        (linked('{"@type":"Article","author":[null,7,{"name":{"x":1}},[]]}'), ()),
    ],
)
def test_authors(head: str, authors: tuple[str, ...]) -> None:
    assert meta(head).authors == authors


def test_the_article_is_found_among_the_nodes() -> None:
    json = '[{"@type":"List"},{"@graph":[{"@type":"WebPage","name":"no"},{"@type":["NewsArticle"],"headline":"yes"}]}]'
    assert meta(linked(json)).linked.headline == "yes"


def test_parts_of_a_node_are_not_the_article() -> None:
    part, main = '{"@type":"NewsArticle","headline":"no"}', '{"@type":"Article","headline":"yes"}'
    json = f'{{"@type":"WebPage","hasPart":{part},"mainEntity":{main}}}'
    assert meta(linked(json)).linked.headline == "yes"


@pytest.mark.parametrize(
    "json", ["", "{", "[" * 100_000, '"text"', "null", "[[[{}]]]", '{"@type": 5}', "//<![CDATA[\n{}//]]>", "{}" * 50]
)
def test_bad_json_is_no_article(json: str) -> None:
    assert not meta(linked(json)).linked.found


def test_wrapped_json_is_read() -> None:
    assert meta(linked('//<![CDATA[\n{"@type":"Article","headline":"yes"}\n//]]>')).linked.headline == "yes"


@pytest.mark.parametrize(
    ("html", "head", "language"),
    [
        ('<html lang="en-GB">', "", "en"),
        ("<html>", '<meta property="og:locale" content="uk_UA">', "uk"),
        ("<html>", linked('{"@type":"Article","inLanguage":{"name":"fr"}}'), "fr"),
        ('<html lang="english">', "", ""),
        ("<html>", "", ""),
    ],
)
def test_language(html: str, head: str, language: str) -> None:
    assert meta(head, html=html).language == language


def test_the_more_precise_date_is_taken() -> None:
    head = (
        linked('{"@type":"Article","datePublished":"2025-03-04"}') + '<meta name="date" content="2025-03-04T07:15:00Z">'
    )
    found = meta(head).published
    assert found is not None
    assert (found.at.isoformat(), found.precision) == ("2025-03-04T07:15:00+00:00", "second")


def test_a_time_element_is_the_last_resort() -> None:
    found = meta(body='<article><time datetime="2025-03-04T07:15Z">today</time><p>Text.</p></article>').published
    assert found is not None
    assert found.precision == "minute"


URL = "https://www.news.example/world/a-story-of-ours?ref=rss"


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://news.example/world/a-story-of-ours", "https://news.example/world/a-story-of-ours"),
        ("/world/a-story-of-ours", "https://www.news.example/world/a-story-of-ours"),
        ("https://news.example/article/20250304", "https://news.example/article/20250304"),
        ("https://news.example/", URL),
        ("https://news.example/world", URL),
        ("https://other.example/world/a-story-of-ours", URL),
        ("javascript:void(0)", URL),
        ("http://[broken/a-b-c", URL),
        ("", URL),
    ],
)
def test_canonical_links(canonical: str, expected: str) -> None:
    assert article_url(URL, canonical) == expected
