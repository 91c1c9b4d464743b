"""Walls: known for what they are, and articles about them for articles."""

import pytest

from schemas.articles import Reply
from transforms.articles.page import read_page

STORY = "<p>The bridge over the Tern was closed on Monday after engineers found a crack, the county said in a note.</p>"
URL = "https://news.example/2025/bridge-closed"


def wall(html: str, *, status: int = 200, url: str = URL, headers: tuple[tuple[str, str], ...] = ()) -> str | None:
    return read_page(Reply(url=url, status=status, headers=headers, body=html.encode())).wall


@pytest.mark.parametrize(
    ("html", "status"),
    [
        ("<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b/x'></script>", 403),
        ("<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b/x'></script>", 200),
        ("<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>", 403),
        (
            "<title>news.example</title><script src='https://ct.captcha-delivery.com/c.js'></script><p>Enable JS</p>",
            403,
        ),
        ("<title>Access to this page has been denied</title><div id='px-captcha'></div>", 403),
        ("<title>DDoS-Guard</title><p>Checking your browser before accessing news.example</p>", 503),
        ("<title>Access Denied</title><p>You don't have permission to access this page. Reference #18.2</p>", 403),
        ("<title>Are you a robot?</title><p>Please confirm you are not a robot.</p>", 200),
    ],
)
def test_challenges(html: str, status: int) -> None:
    assert wall(f"<html><head>{html}</head></html>", status=status) == "challenge"


def test_a_challenge_says_so_in_its_header() -> None:
    assert wall("<p>hm</p>", status=403, headers=(("cf-mitigated", "challenge"),)) == "challenge"


@pytest.mark.parametrize(
    ("html", "status"),
    [
        ("<title>404 Not Found</title><h1>Not Found</h1>", 404),
        ("<title>Internal error</title>", 500),
        (f"<title>Blocked road reopens</title><article>{STORY * 2}</article>", 200),
        (
            f"<title>Bridge</title><script src='/cdn-cgi/challenge-platform/h/b/x'></script><article>{STORY}</article>",
            200,
        ),
        (f"<title>Bridge closed</title><article>{STORY}</article><div>Already a subscriber? Sign in</div>", 200),
        (
            f"<title>Cookie law</title><article>{STORY}<p>Cookies and consent bore her.</p></article><b>Accept all</b>",
            200,
        ),
    ],
)
def test_no_walls(html: str, status: int) -> None:
    assert wall(f"<html><body>{html}</body></html>", status=status) is None


def test_a_consent_host_is_a_wall() -> None:
    assert wall(STORY, url="https://consent.news.example/collect?x=1") == "consent"


@pytest.mark.parametrize(
    "pitch",
    [
        "<div class='x'>Subscribe to continue reading</div>",
        "<div>This article is for subscribers only</div>",
        "<div>You’ve reached your limit of free articles</div>",
        "<div>Register to read this story</div>",
        "<div>This content is reserved for our members</div>",
    ],
)
def test_paywalls(pitch: str) -> None:
    assert wall(f"<html><body><article>{STORY}</article>{pitch}</body></html>") == "paywall"


def test_a_whole_article_is_no_stub_whatever_is_sold_below() -> None:
    story = "".join(STORY.replace("Monday", f"day {day}") for day in range(12))
    assert wall(f"<html><body><article>{story}</article><div>Subscribe to continue reading</div></body></html>") is None


def test_a_locked_page_of_few_words_is_a_stub() -> None:
    node = '{"@type":"NewsArticle","isAccessibleForFree":false,"articleBody":"All of it, which is more than is shown."}'
    locked = f'<script type="application/ld+json">{node}</script>'
    page = read_page(Reply(url=URL, status=200, body=f"<html>{locked}<article>{STORY}</article></html>".encode()))
    assert (page.wall, page.lines) == ("paywall", (STORY[3:-4],))
