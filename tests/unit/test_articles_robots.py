"""robots.txt: groups, the longest rule, stars, and whatever else stands there."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.articles.robots import Robots, parse_robots

SITE = "https://news.example"


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("", 0),
        ("User-agent: *\nCrawl-delay: 10\nDisallow: /a", 10),
        ("User-agent: *\nDisallow: /a\nCrawl-delay: 0.5", 0.5),
        ("User-agent: newswatch\nAllow: /\n\nUser-agent: *\nCrawl-delay: 10", 0),
        ("User-agent: a\nUser-agent: *\nCrawl-delay: 3\nUser-agent: b\nCrawl-delay: 9", 3),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: -1", 0),
        ("User-agent: *\nCrawl-delay: nan", 0),
        ("Crawl-delay: 5", 0),
    ],
)
def test_the_seconds_between_two_requests(text: str, delay: float) -> None:
    assert parse_robots(text.encode()).delay == delay


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /private", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/1", True),
        ("User-agent: *\nAllow: /news/\nDisallow: /", "/sport/1", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: newswatch\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: NewsWatch/1.0\nAllow: /", "/b", True),
        ("User-agent: a\nUser-agent: newswatch\nDisallow: /x", "/x", False),
        ("User-agent: newswatch\nDisallow: /x\nUser-agent: newswatch\nDisallow: /y", "/y", False),
        ("User-agent: *\nDisallow: /*/print$", "/a/b/print", False),
        ("User-agent: *\nDisallow: /*/print$", "/a/print/b", True),
        ("User-agent: *\nDisallow: /*?page=", "/a?b=1&page=2", True),
        ("User-agent: *\nDisallow: /*?page=", "/a?page=2", False),
        ("User-agent: *\nDisallow: *.pdf", "/a.pdf", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a%3cd.html", "/a<d.html", False),
        ("User-agent: *\nDisallow: /новости", "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1", False),
        ("\ufeffuser-AGENT : * # all\nDISALLOW :/a # this", "/a", False),
        ("Disallow: /a", "/a", True),
        ("User-agent: *\nCrawl-delay: 10\nSitemap: x\nDisallow: /a", "/a", False),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert parse_robots(text.encode()).allows(SITE + path) is allowed


def test_no_rule_forbids_nothing() -> None:
    assert Robots().allows(SITE)


@given(st.binary(max_size=2_000), st.text(max_size=60))
def test_any_bytes_are_read(body: bytes, path: str) -> None:
    assert parse_robots(b"User-agent: *\n" + body).allows(f"{SITE}/{path.replace('[', '').replace(']', '')}") in {
        True,
        False,
    }


def test_many_stars_cost_no_time() -> None:
    robots = parse_robots(("User-agent: *\nDisallow: /" + "*a" * 5_000 + "b").encode())
    started = time.process_time()
    assert robots.allows(f"{SITE}/{'a' * 20_000}")
    assert time.process_time() - started < 1
