"""One story in every format that feeds come in; and the pages of sites that name their feeds."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.articles import Entry
from schemas.failures import Rejected
from schemas.feeds import Feed
from tests.fakes.web import reply
from transforms.feeds.discover import announced
from transforms.feeds.parse import FeedRead, read_feed

FEED = Feed(url="https://feeds.example/news")
SEEN = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)
LINK = "https://news.example/2025/ferry"
WHAT = f"<title>Ferry sails &amp; sings</title><link>{LINK}</link>"
SAID = "<description>The ferry sails on Monday.</description>"


def read(body: str | bytes) -> FeedRead:
    raw = body.encode() if isinstance(body, str) else body
    return read_feed(raw, headers={}, feed=FEED, seen=SEEN)


def one(body: str) -> Entry:
    (entry,) = read(body).entries
    return entry


FORMATS = {
    "RSS 0.90": f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Post</title></channel><item>{WHAT}</item></rdf:RDF>""",
    "RSS 0.91": f"""<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
        "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>Post</title>
        <item>{WHAT}{SAID}</item></channel></rss>""",
    "RSS 0.92": f'<rss version="0.92"><channel><title>Post</title><item>{WHAT}{SAID}</item></channel></rss>',
    "RSS 1.0": f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Post</title></channel>
        <item rdf:about="{LINK}">{WHAT}{SAID}<dc:date>2025-02-17T08:00:00Z</dc:date></item></rdf:RDF>""",
    "RSS 2.0": f"""<rss version="2.0"><channel><title>Post</title><item>{WHAT}{SAID}
        <pubDate>Mon, 17 Feb 2025 08:00:00 GMT</pubDate></item></channel></rss>""",
    "Atom 0.3": f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Post</title><entry>
        <title mode="escaped">Ferry sails &amp; sings</title><link rel="alternate" type="text/html" href="{LINK}"/>
        <issued>2025-02-17T08:00:00Z</issued><summary>The ferry sails on Monday.</summary></entry></feed>""",
    "Atom 1.0": f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry>
        <title>Ferry sails &amp; sings</title><link href="{LINK}"/><published>2025-02-17T08:00:00Z</published>
        <summary>The ferry sails on Monday.</summary>
        </entry></feed>""",
    "JSON Feed 1.1": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Post",
            "items": [
                {
                    "id": 7,
                    "url": LINK,
                    "title": "Ferry sails & sings",
                    "summary": "The ferry sails on Monday.",
                    "date_published": "2025-02-17T08:00:00Z",
                }
            ],
        }
    ),
    "news sitemap": f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{LINK}</loc><news:news><news:publication>
        <news:name>Post</news:name><news:language>en</news:language></news:publication>
        <news:publication_date>2025-02-17T08:00:00Z</news:publication_date>
        <news:title>Ferry sails &amp; sings</news:title></news:news></url></urlset>""",
}
WITHOUT_DATE = {"RSS 0.90", "RSS 0.91", "RSS 0.92"}
WITHOUT_SUMMARY = {"RSS 0.90", "news sitemap"}


@pytest.mark.parametrize("name", FORMATS)
def test_one_story_in_every_format(name: str):
    entry = one(FORMATS[name])
    assert (entry.title, entry.url, entry.outlet) == ("Ferry sails & sings", LINK, "Post")
    assert entry.summary == ("" if name in WITHOUT_SUMMARY else "The ferry sails on Monday.")
    assert entry.published == (None if name in WITHOUT_DATE else SEEN.replace(hour=8))
    assert read(FORMATS[name]).is_whole


def test_it_is_one_story_in_all():
    assert len({one(body).id for body in FORMATS.values()}) == 1


def json_feed(*items: Any, **more: Any) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1", "items": list(items)} | more)


def test_a_json_feed_as_people_write_them():
    entry = one(
        json_feed(
            {
                "id": "https://news.example/b",
                "content_html": "<p>He said &ldquo;no&rdquo;.</p>",
                "author": {"name": "Ann Ash"},
                "date_modified": "2025-02-17",
            },
            "nonsense",
            home_page_url="https://news.example/",
        )
    )
    assert (entry.url, entry.content) == ("https://news.example/b", "<p>He said &ldquo;no&rdquo;.</p>")
    assert (entry.authors, entry.published_precision) == (("Ann Ash",), "day")
    relative = one(json_feed({"id": "1", "url": "/c", "title": "C", "content_text": "Plain."}))
    assert (relative.url, relative.link, relative.content) == ("https://feeds.example/c",) * 2 + ("Plain.",)


def test_a_json_feed_that_breaks_off_gives_its_whole_items():
    whole = json_feed({"id": "1", "url": LINK, "title": "A"}, {"id": "2", "url": f"{LINK}/2", "title": "Cut"})
    found = read(whole[: whole.index("Cut")])
    assert ([e.title for e in found.entries], found.is_whole) == (["A"], False)


def test_a_sitemap_that_breaks_off_loses_its_last_story():
    body = FORMATS["news sitemap"]
    second = body[body.index("<url>") : body.index("</urlset>")].replace("ferry", "second")
    found = read(body.replace("</urlset>", second[: second.index("</news:title>")]))
    assert ([e.url for e in found.entries], found.is_whole) == ([LINK], False)


def test_a_sitemap_of_entities_is_harmless():
    bomb = '<!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    body = FORMATS["news sitemap"].replace("Ferry sails", "&b;&c;")
    try:
        assert all("root" not in e.title for e in read(bomb + body).entries)
    except Rejected as e:
        assert e.reason == "bad-feed"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "url", "title", "name"]), inner),
    max_leaves=8,
)
NAMES = ["id", "url", "title", "summary", "content_html", "authors", "author", "date_published"]


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), values) | values, max_size=4), st.integers(0, 400))
def test_any_json_gives_entries_or_is_rejected(items: list[Any], cut: int):
    whole = json_feed(*items)
    for text in (whole, whole[:cut]):
        try:
            entries = read(text or "{").entries
        except Rejected as e:
            assert e.reason == "bad-feed"
        else:
            assert len({entry.id for entry in entries}) == len(entries)


PIECES = ["<url>", "</url>", "<loc>", "</loc>", "<n:news>", "</n:news>", "<n:title>", "&a;", "]]>", "<!--", "http://a/"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map("".join))
def test_any_sitemap_gives_entries_or_is_rejected(inner: str):
    try:
        read(f"<urlset xmlns:n='n'>{inner}")
    except Rejected as e:
        assert e.reason == "bad-feed"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<link rel="alternate" type="application/rss+xml" title="All &amp; new" href="/rss">', ["/rss"]),
        ("<LINK HREF=/a.xml TYPE='application/atom+xml;charset=utf-8' REL='Alternate'>", ["/a.xml"]),
        ('<link rel=alternate type="application/feed+json" href="https://other.example/f.json">', ["other"]),
        (
            '<base href="https://cdn.example/x/"><link rel=alternate type=application/rss+xml href=f>',
            ["cdn.example/x/f"],
        ),
        (
            "<link rel=alternate type=text/xml href=/comments><link rel=alternate type=application/rss+xml href=/f/>",
            ["/f/"],
        ),
        ('<link rel=alternate type="application/json" href="/wp-json/wp/v2/pages/7">', []),
        ('<link rel=alternate hreflang=de type="text/html" href="/de">', []),
        ('<link rel=stylesheet type="application/rss+xml" href="/x">', []),
        ('<link rel=alternate type=application/rss+xml href="javascript:x()">', []),
        ('<link rel=alternate type=application/rss+xml href="https://u:p@h.example/f">', []),
        ('<link rel=alternate type=application/rss+xml href="http://[bad">', []),
    ],
)
def test_feeds_that_a_page_announces(head: str, found: list[str]):
    page = reply("https://site.example/", f"<!doctype html><html><head>{head}</head>".encode())
    urls = [each.url for each in announced(page)]
    assert len(urls) == len(found)
    assert all(wanted in url for wanted, url in zip(found, urls, strict=True))


@given(
    st.lists(
        st.sampled_from(["<link ", "rel=alternate ", "href=", "'", '"', ">", "type=rss+xml ", "&amp;"]) | st.text()
    )
)
def test_any_page_announces_something_or_nothing(pieces: list[str]):
    assert all(each.url.startswith("http") for each in announced(reply("https://a.example/", "".join(pieces).encode())))
