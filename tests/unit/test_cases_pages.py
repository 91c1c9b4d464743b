"""Cases 9 and 10 of the acceptance list, of pages: each over real HTTP against a local server."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from schemas.articles import Article, Entry
from schemas.failures import Rejected
from schemas.settings import Articles, Network
from tests.fakes.web import Route, redirects, sends, serve
from transforms.articles.extract import extract_article
from transforms.articles.fetch import RobotsCache, fetch_page
from transforms.clients.http import open_web

SEEN = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)
CHALLENGE = b"""<!doctype html><html><head><title>Just a moment...</title></head><body>
<p>Enable JavaScript and cookies to continue</p><script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>"""
CONSENT = b"""<!doctype html><html><head><title>Before you continue</title></head><body><h1>Your privacy</h1>
<p>We and our 812 partners use cookies to store and access information on your device, for personalised ads.</p>
<p>Some vendors process your personal data on the basis of legitimate interest; you give consent or manage options.</p>
<button>Accept all</button> <a href='/o'>Manage options</a></body></html>"""
SUMMARY = "“We have waited long enough,” Ann Ash told reporters on the quay on Monday."


@contextlib.contextmanager
def site(routes: dict[str, Route]) -> Iterator[tuple[str, list[str]]]:
    """A site, and the paths that it was asked for."""
    asked: list[str] = []

    class Noted(dict[str, Route]):
        def get(self, path: str, default: Route | None = None) -> Route | None:  # type: ignore[override]
            asked.append(path)
            return super().get(path, default)

    with serve(Noted(routes)) as base:
        yield base, asked


def article(base: str, path: str = "/a", **fields: Any) -> Article:
    """The article of an entry, its page fetched politely."""
    entry = Entry(
        id="e", feed=f"{base}/rss", outlet="The Post", url=f"{base}{path}", title="Ferry", seen=SEEN, **fields
    )
    with contextlib.closing(open_web(Network(allow=("127.0.0.0/8",), timeout_s=2))) as web:
        fetched = fetch_page(entry, web=web, robots=RobotsCache(web).find, max_bytes=1_000_000)
    return extract_article(fetched, settings=Articles())


@pytest.mark.parametrize(
    ("route", "flag"),
    [
        (sends(CHALLENGE, 403), "page-blocked"),
        (sends(CHALLENGE, 503, Retry_After="60"), "page-blocked"),
        (sends(CHALLENGE, 200, Content_Type="text/html"), "page-blocked"),
        (sends(b"", 403, cf_mitigated="challenge"), "page-refused"),
        (sends(CONSENT, 200, Content_Type="text/html"), "page-blocked"),
        (sends(b"<html><p>No</p></html>", 401), "page-refused"),
        (redirects("/a"), "page-unreachable"),
    ],
)
def test_a_wall_leaves_the_feeds_own_summary_and_is_marked(route: Route, flag: str):
    """Case 9: recognised, never evaded: asked once, and the feed's words are read all the same."""
    with site({"/a": route}) as (base, asked):
        found = article(base, summary=SUMMARY)
    assert (found.text, found.text_from, found.flags) == (SUMMARY, "feed", (flag,))
    assert asked[:2] == ["/robots.txt", "/a"]
    assert len(asked) == 2 or flag == "page-unreachable"


def test_a_wall_without_a_summary_is_a_failure_with_its_name():
    """Case 9."""
    with site({"/a": sends(CHALLENGE, 403)}) as (base, _), pytest.raises(Rejected) as caught:
        article(base)
    assert caught.value.reason == "page-blocked"


def test_robots_txt_is_honoured():
    """Case 9: what may not be fetched is not asked for."""
    robots = sends(b"User-agent: *\nDisallow: /a\n")
    with site({"/robots.txt": robots, "/a": sends(b"<html><p>Secret</p></html>")}) as (base, asked):
        found = article(base, summary=SUMMARY)
    assert (found.text, found.flags, asked) == (SUMMARY, ("page-refused",), ["/robots.txt"])


QUOTES = (
    "“We have waited long enough,” Ann Ash told reporters on the quay on Monday. “Now we sail.”",
    "«Мы ждали достаточно», сказала она потом. „Genug gewartet“, wiederholte ihr Sprecher vor dem Hafenamt.",
    'Her deputy called the plan "a rope of sand" and said that nobody at the harbour office had read it.',
    "The unions spoke of ‘a first step’ and asked for “a word, a date and a signature” before the week was out.",
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry | The Post</title></head><body>
<nav><a href="/">Home</a> <a href="/world">Gen. Otto Brandt said on world</a></nav>
<div class="cookie-banner">“We value your privacy,” says Cookie Monster. <button>Accept all</button></div>
<article><h1>Ferry</h1>
<figure><img src="x"><figcaption>Otto Brandt said “cheese” at another event. Photo: Agency</figcaption></figure>
{"".join(f"<p>{line}</p>" for line in QUOTES)}
<aside class="related"><h3>Read more</h3><ul><li><a href="/b">“I resign,” Otto Brandt said</a></li></ul></aside>
<p>The harbour office had no comment, and the crews were back on their ships by the evening, the notice said.</p>
<div class="newsletter-signup">Sign up: “The best of the day,” says Otto Brandt.</div></article>
<section class="more-stories"><h2>More stories</h2><a href="/c"><h3>Otto Brandt: “Never”</h3></a></section>
<footer>Otto Brandt, editor. “All rights reserved.”</footer></body></html>"""


def test_quoted_words_survive_and_other_stories_do_not():
    """Case 10: related links, other stories' captions, cookie walls and navigation give no match."""
    with site({"/a": sends(PAGE.encode(), Content_Type="text/html; charset=utf-8")}) as (base, _):
        found = article(base)
    assert all(line in found.text.split("\n") for line in QUOTES)
    assert "Brandt" not in found.text
    assert "Cookie" not in found.text
    assert len(found.text.split("\n")) == len(QUOTES) + 1
