"""Fetching: every entry comes out, with its page or with why there is none."""

import datetime as dt

import pytest

from schemas.articles import Entry, Reply
from tests.fakes.web import FakeWeb, reply
from transforms.articles.fetch import ROBOTS_IN_ALL, RobotsCache, fetch_page, is_html
from transforms.protocols import WebError
from transforms.sparing import SILENT_AFTER, Sparing

SEEN = dt.datetime(2025, 3, 11, tzinfo=dt.timezone.utc)
URL = "https://news.example/2025/a-story"
HTML = b"<!doctype html><html><body><p>Text.</p></body></html>"


def entry(url: str = URL) -> Entry:
    return Entry(id="e", feed="https://news.example/rss", outlet="News", url=url, seen=SEEN)


def fetched(answer: Reply | WebError, robots: Reply | WebError | None = None, max_bytes: int = 10_000):
    answers = {URL: answer} | ({"https://news.example/robots.txt": robots} if robots else {})
    web = FakeWeb(answers)
    return fetch_page(entry(), web=web, robots=RobotsCache(web).find, max_bytes=max_bytes)


def html(body: bytes = HTML, content_type: str = "text/html; charset=utf-8", status: int = 200) -> Reply:
    return reply(URL, body, status, content_type=content_type)


def test_a_page_comes_with_its_reply() -> None:
    found = fetched(html())
    assert (found.reason, found.reply) == (None, html())


@pytest.mark.parametrize(
    ("answer", "reason", "detail"),
    [
        (WebError("unreachable", "no complete answer in 20 s"), "page-unreachable", "no complete answer"),
        (WebError("redirects", "more than 5"), "page-unreachable", "more than 5"),
        (WebError("too-large", "50000000 bytes"), "page-too-large", "50000000"),
        (WebError("forbidden", "10.0.0.1"), "forbidden-address", "10.0.0.1"),
        (html(status=404), "page-refused", "HTTP 404"),
        (html(status=501), "page-refused", "HTTP 501"),
        (html(status=503), "page-unreachable", "HTTP 503"),
        (html(status=429), "page-unreachable", "HTTP 429"),
        (html(content_type="application/pdf"), "page-not-html", "application/pdf"),
        (html(b"%PDF-1.7 ..."), "page-not-html", "text/html"),
        (html(b"\x89PNG\r\n", ""), "page-not-html", "no content type"),
    ],
)
def test_what_fails_is_told(answer: Reply | WebError, reason: str, detail: str) -> None:
    found = fetched(answer)
    assert found.reason == reason
    assert detail in found.detail
    assert found.entry == entry()


def test_a_refusal_keeps_its_body_to_be_looked_at() -> None:
    assert fetched(html(status=403)).reply is not None


def test_too_large_is_asked_of_the_web() -> None:
    assert fetched(html(b"<html>" + b"x" * 5_000), max_bytes=1_000).reason == "page-too-large"


def test_robots_are_honoured() -> None:
    forbids = reply("r", b"User-agent: *\nDisallow: /2025/\n")
    found = fetched(html(), forbids)
    assert (found.reason, found.detail, found.reply) == ("page-refused", "robots.txt", None)


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        (reply("r", status=404), None),
        (reply("r", b"<html>not found</html>"), None),
        (reply("r", status=503), "page-unreachable"),
        (WebError("unreachable", "no complete answer"), "page-unreachable"),
        (WebError("forbidden", "10.0.0.1"), "forbidden-address"),
        (WebError("too-large", "1000001 bytes"), "page-too-large"),
    ],
)
def test_robots_that_cannot_be_had(robots: Reply | WebError, reason: str | None) -> None:
    found = fetched(html(), robots)
    assert found.reason == reason
    assert reason is None or found.detail.startswith("robots.txt: ")


def test_robots_are_asked_once_a_host() -> None:
    web = FakeWeb({})
    cache = RobotsCache(web)
    for path in ("a", "b", "c"):
        cache.find(f"https://news.example/{path}")
    cache.find("http://news.example/d")
    assert [url for url, _ in web.asked] == ["https://news.example/robots.txt", "http://news.example/robots.txt"]


def test_a_host_that_wants_minutes_between_two_requests_is_not_asked():
    slow = fetched(reply(URL, HTML), reply("", b"User-agent: *\nCrawl-delay: 600"))
    assert (slow.reason, slow.detail) == ("page-refused", "robots.txt: a page every 600 s at most")
    assert fetched(reply(URL, HTML, content_type="text/html"), reply("", b"User-agent: *\nCrawl-delay: 60")).reply


def pages(web: Sparing, *urls: str) -> list[str]:
    robots = RobotsCache(web).find
    found = [fetch_page(entry(url), web=web, robots=robots, max_bytes=9) for url in urls]
    return [f"{page.reason}: {page.detail}" for page in found]


def test_a_host_that_answers_robots_and_hangs_on_pages_is_soon_left_alone() -> None:
    slow, other = [f"https://news.example/{n}" for n in range(20)], "https://other.example/1"
    fake = FakeWeb({url: WebError("unreachable", "no complete answer in 20 s") for url in [*slow, other]})
    told = pages(Sparing(fake), *slow, other)
    assert told[:SILENT_AFTER] == ["page-unreachable: no complete answer in 20 s"] * SILENT_AFTER
    unasked = "page-unreachable: not asked: 3 requests in a row to news.example had no answer"
    assert told[SILENT_AFTER:-1] == [unasked] * 17
    assert told[-1] == told[0]
    assert [url for url, _ in fake.asked if "robots" not in url] == [*slow[:SILENT_AFTER], other]


@pytest.mark.parametrize("answer", [reply("r", status=500), WebError("too-large", ""), WebError("redirects", "")])
def test_a_host_that_answers_now_and_then_is_asked_on(answer: Reply | WebError) -> None:
    urls = [f"https://news.example/{n}" for n in range(9)]
    silent = WebError("unreachable", "")
    fake = FakeWeb({url: answer if n % 3 == 2 else silent for n, url in enumerate(urls)})
    pages(Sparing(fake), *urls)
    assert len(fake.asked) == len(urls) + 1


def test_the_client_is_closed_with_its_sparing_form() -> None:
    fake = FakeWeb({})
    Sparing(fake).close()
    assert fake.closed


def test_robots_are_forgotten_host_by_host() -> None:
    rules = b"User-agent: *\n" + b"".join(b"Disallow: /%d/%s\n" % (n, b"x" * 900) for n in range(800))
    urls = [f"https://host{number}.example/" for number in range(40)]
    web = FakeWeb({f"{url}robots.txt": reply(url, rules) for url in urls})
    cache = RobotsCache(web)
    for url in urls:
        cache.find(url)
    assert ROBOTS_IN_ALL / 2 < cache.known.bytes <= ROBOTS_IN_ALL
    for url in (urls[-1], urls[0]):
        cache.find(url)
    assert [url for url, _ in web.asked[len(urls) :]] == [f"{urls[0]}robots.txt"]


@pytest.mark.parametrize("url", ["", "urn:uuid:1", "https://news.example/rss", "mailto:a@b.example"])
def test_an_entry_without_a_page_goes_on(url: str) -> None:
    web = FakeWeb({})
    found = fetch_page(entry(url), web=web, robots=RobotsCache(web).find, max_bytes=1)
    assert (found.reply, found.reason, web.asked) == (None, None, [])


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("text/html", b"no tag at all", True),
        ("TEXT/HTML;charset=x", HTML, True),
        ("application/xhtml+xml", HTML, True),
        ("", HTML, True),
        ("text/plain", b"just words", False),
        ("application/xml", b"<?xml version='1.0'?><html xmlns='x'><body>", True),
        ("text/xml", b"<?xml version='1.0'?><rss><channel><item><p>", False),
        ("application/octet-stream", HTML, True),
        ("image/png", HTML, False),
        ("", HTML.decode().encode("utf-16"), True),
    ],
)
def test_what_counts_as_a_page(content_type: str, body: bytes, expected: bool) -> None:
    assert is_html(reply(URL, body, content_type=content_type)) is expected
