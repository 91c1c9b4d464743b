"""Feeds as they are served, and what must come of them."""

import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.articles import Entry
from schemas.codec import to_dict
from schemas.failures import Rejected
from schemas.feeds import Feed
from transforms.feeds.clean import line
from transforms.feeds.parse import read_feed

GOLDEN = Path(__file__).parents[1] / "golden" / "feeds"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "feedparser_feeds" / "tests"
FEED = Feed(url="https://feeds.example/rss", language="en", groups=("world",))
SEEN = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)


def parsed(body: bytes, content_type: str = "", feed: Feed = FEED) -> list[Entry]:
    return list(read_feed(body, headers={"content-type": content_type}, feed=feed, seen=SEEN).entries)


def tried(body: bytes) -> list[Entry] | Rejected:
    try:
        return parsed(body)
    except Rejected as e:
        return e


def shown(entries: list[Entry]) -> list[dict[str, Any]]:
    """What differs between the entries of a golden feed, without its empty fields."""
    same = {"feed", "language", "groups", "seen"}
    return [{k: v for k, v in to_dict(e).items() if v and k not in same} for e in entries]


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.xml")), ids=lambda p: p.stem)
def test_golden_feeds(path: Path):
    expected = json.loads(path.with_suffix(".expected").read_text("utf-8"))
    assert shown(parsed(path.read_bytes())) == expected


def rss(*items: str, end: str = "</channel></rss>") -> bytes:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>T</title>{inner}{end}'.encode()


ONE = "<title>Headline</title><link>https://news.example/1</link>"


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + rss(ONE),
        b"\n\n  \xef\xbb\xbf" + rss(ONE),
        b"\x00\x00" + rss(ONE),
        gzip.compress(rss(ONE)),
        gzip.compress(gzip.compress(rss(ONE))),
        rss(ONE, end=""),
        rss(ONE) + b"<!-- cached --><html></html>",
        rss(ONE).decode().encode("utf-16"),
        rss(ONE).replace(b"Headline", b"Head\x08line"),
        b"<!DOCTYPE html>" + rss(ONE),
        rss(ONE).replace(b"<rss", b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss"),
        rss(ONE, "<title>Cut</title><link>https://news.example/2", end="").removesuffix(b"</item>"),
    ],
)
def test_not_quite_a_feed(body: bytes):
    assert [(e.title, e.url) for e in parsed(body)] == [("Headline", "https://news.example/1")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty body"),
        (b"  \n\x00", "empty body"),
        (b"<!DOCTYPE html><html><title>Just a moment...</title>", "HTML page, not a feed: 'Just a moment...'"),
        (b"<!doctype html><meta charset=utf-8><item>", "HTML page"),
        (b"<?xml version='1.0'?>\n<!-- x --><html xmlns='http://www.w3.org/1999/xhtml'><item/></html>", "HTML page"),
        (b"<opml version='2.0'><body/></opml>", "OPML"),
        (b'{"version": "1.1", "items": []}', "JSON, but no JSON Feed"),
        (b"<urlset><url/></urlset>", "a sitemap without news"),
        (
            b"<sitemapindex><sitemap><loc>https://news.example/s.xml</loc></sitemap></sitemapindex>",
            "a list of sitemaps: name one with news, such as https://news.example/s.xml",
        ),
        (b"%PDF-1.7", "not a feed: it begins with '%PDF-1.7'"),
        (b"<rss><item>" + b"<a>" * 1_000_001, "more than 1000000 tags"),
        (b"<rss>" + b"<a >" * 300_000, "a megabyte without an item"),
        (b"<note><to>You</to></note>", "not a feed"),
        (b"\x1f\x8b\x08\x00broken", "empty body"),
    ],
    ids=range(14),
)
def test_no_feed_at_all(body: bytes, reason: str):
    with pytest.raises(Rejected) as caught:
        parsed(body)
    assert caught.value.reason == "bad-feed"
    assert reason in caught.value.detail


def test_a_feed_without_items_is_a_feed():
    assert parsed(rss()) == []
    assert parsed(b'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title></feed>') == []


def test_the_users_own_words_come_before_the_feeds():
    named = Feed(url="https://feeds.example/rss", outlet="The Post", language="uk", groups=("a", "b"))
    entry = parsed(rss(ONE), feed=named)[0]
    assert (entry.outlet, entry.language, entry.groups) == ("The Post", "uk", ("a", "b"))
    assert parsed(rss(ONE))[0].outlet == "T"


def test_relative_links_are_relative_to_where_the_feed_was_found():
    headers = {"content-location": "https://moved.example/news/feed.xml"}
    body = rss("<title>A</title><link>a.html</link>")
    assert read_feed(body, headers=headers, feed=FEED, seen=SEEN).entries[0].url == "https://moved.example/news/a.html"
    assert parsed(body)[0].url == "https://feeds.example/a.html"


def polls(*bodies: bytes) -> list[set[str]]:
    return [{e.id for e in parsed(body)} for body in bodies]


def test_thirty_polls_of_churning_guids_give_each_article_once():
    bodies = [
        rss(*(f"<title>Story {n}</title><link>http{'s' * (poll % 2)}://news.example/{n}?utm_id={poll}</link>"
              f"<guid isPermaLink='false'>{n}-{poll}</guid>" for n in range(poll, poll + 10)))
        for poll in range(30)
    ]  # fmt: skip
    assert len(set().union(*polls(*bodies))) == 39


def test_two_headlines_of_one_address_stay_what_they_are_when_one_goes():
    old, new = (f"<title>{t}</title><link>https://news.example/live</link>" for t in ("Old", "New"))
    first, both, last = polls(rss(old), rss(new, old), rss(new))
    assert len(both) == 2
    assert first < both
    assert last < both


def test_no_more_than_so_many_items():
    assert len(parsed(rss(*(f"<link>https://news.example/{n}</link>" for n in range(5_100))))) == 5_000


def test_one_item_cannot_fill_the_memory():
    entry = parsed(rss(f"{ONE}<description>{'word ' * 500_000}</description>".replace("Headline", "x" * 9_999)))[0]
    assert (len(entry.title), len(entry.summary)) == (1_000, 99_999)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "body",
    [
        rss(f"<author>{'a' * 300_000}</author>{ONE}"),
        rss(f"<author>{'&#97;' * 300_000}</author>{ONE}"),
        rss(f"{ONE}<description>{'<!--' * 100_000}</description>"),
        b"<!-- -->" * 50_000 + b"<rss/>",
        b"<rss>" + b"<a>" * 50_000,
        b"<rss>" + b"<" * 200_000,
    ],
    ids=["author", "references", "comments", "before", "deep", "open"],
)
def test_bodies_made_to_take_for_ever(body: bytes):
    tried(body)  # within the time limit


def test_a_laughing_entity_is_not_expanded():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{entities}]>'.encode() + rss(ONE.replace("Headline", "&a9;"))
    assert all(len(e.title) < 100 for e in parsed(bomb))


PIECES = """<rss| version='2.0'|>|<channel>|<item>|</item>|<title>|</title>|<link>|</link>|<![CDATA[|]]>|&amp;|&#xD800;
&nbsp;|<guid isPermaLink='|<pubDate>|2025-02-16|http://a/|<entry>|<feed xmlns='http://www.w3.org/2005/Atom'>
<content type='|xhtml'>|<!DOCTYPE x [|xml:base='http://[|<media:content url='|<georss:point>1|<itunes:duration>|<source>
"""
pieces = st.sampled_from(PIECES.encode().replace(b"\n", b"|").split(b"|"))


@given(st.binary(max_size=200) | st.lists(pieces | st.binary(max_size=6), max_size=40).map(b"".join))
def test_any_bytes_give_entries_or_are_rejected(body: bytes):
    entries = tried(b"<rss><channel>" + body if len(body) % 2 else body)
    if isinstance(entries, Rejected):
        assert (entries.reason, entries.detail > "") == ("bad-feed", True)
        return
    assert len({e.id for e in entries}) == len(entries)
    for entry in entries:
        json.dumps(to_dict(entry)).encode()


def telling(raw: Any) -> tuple[str, ...]:
    """What of feedparser's own entry a reader could tell it by: its link, its GUID, its words."""
    contents = [part.get("value", "") for part in raw.get("content", [])]
    words = " ".join([raw.get("title", ""), raw.get("summary", ""), *contents])
    return raw.get("link", ""), raw.get("id", ""), line(words, markup=True, most=2_000)


@pytest.mark.acceptance
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/feedparser_feeds is not here")
def test_of_two_thousand_odd_feeds_no_entry_is_lost_that_says_anything():
    wanted, lost = 0, []
    for path in sorted(SHARED.rglob("*.xml")):
        theirs = {told for raw in feedparser.parse(path.read_bytes()).entries if any(told := telling(raw))}
        result = tried(path.read_bytes())
        ours = 0 if isinstance(result, Rejected) else len(result)
        wanted += len(theirs)
        if ours < len(theirs):
            lost.append(path.name)
    assert lost == []
    assert wanted > 550
