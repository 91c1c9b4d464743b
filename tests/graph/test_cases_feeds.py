"""Cases 1 to 6 and 9 of the acceptance list, each against a local server that misbehaves that way, over real HTTP."""

import datetime as dt
import gzip
import itertools
from collections.abc import Iterator

import pytest

from tests.fakes.desk_of_feeds import NOON, Desk, desk
from tests.fakes.web import keeps_validator, redirects, sends

HOUR, DAY, WEEK = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=7)


@pytest.fixture
def news() -> Iterator[Desk]:
    with desk() as opened:
        yield opened


def rss(*items: str, head: str = "", declared: str = "") -> bytes:
    inner = "".join(f"<item>{item}</item>" for item in items)
    told = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    return f"{told}<rss version='2.0'><channel><title>The Post</title>{head}{inner}</channel></rss>".encode(
        declared or "utf-8"
    )


def item(name: str, **more: str) -> str:
    inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in more.items())
    return f"<title>{name}</title><link>https://news.example/{name}</link>{inner}"


def titles(entries: list) -> list[str]:
    return [entry.title for entry in entries]


class TestValidatorsLie:
    """Case 1."""

    def test_a_304_that_carries_a_new_etag(self, news: Desk):
        news.serve("/feed", rss(item("a")), ETag='"1"')
        assert titles(news.poll()) == ["a"]
        news.serve("/feed", status=304, ETag='"2"')
        assert news.poll() == []
        assert (news.state().status, news.state().etag) == ("unchanged", '"2"')
        news.routes["/feed"] = keeps_validator(rss(item("a"), item("b")), '"2"')
        assert news.poll() == []  # the server knows its new one
        assert news.state().status == "unchanged"

    def test_a_301_to_a_feed_that_answers_304(self, news: Desk):
        news.routes["/moved"] = keeps_validator(rss(item("a")), '"1"')
        news.serve("/feed", rss(item("a")), ETag='"1"')
        assert titles(news.poll()) == ["a"]
        news.routes["/feed"] = redirects("/moved", 301)
        assert news.poll() == []
        assert (news.state().status, news.state().failures) == ("unchanged", 0)
        assert news.asked[-1] == ("/moved", {"If-None-Match"})

    def test_the_same_etag_with_a_changed_body(self, news: Desk):
        news.routes["/feed"] = keeps_validator(rss(item("a")), '"1"')
        assert titles(news.poll()) == ["a"]
        news.routes["/feed"] = keeps_validator(rss(item("b"), item("a")), '"1"')
        found = [titles(news.poll()) for _ in range(6)]
        assert found == [[]] * 5 + [["b"]]
        news.routes["/feed"] = keeps_validator(rss(item("c")), '"1"')
        assert titles(news.poll()) == ["c"]  # trusted no more
        assert (news.asked[-1][1], news.state().trusted) == (set(), False)

    def test_a_new_etag_on_the_same_body(self, news: Desk):
        for etag in ('"1"', '"2"', 'W/"3"'):
            news.serve("/feed", rss(item("a")), ETag=etag)
            found = news.poll(after=HOUR)
            assert titles(found) == (["a"] if etag == '"1"' else [])
        assert (news.state().status, news.state().changed, news.state().etag) == ("unchanged", NOON + HOUR, 'W/"3"')


class TestMovedAndGone:
    """Case 2."""

    def test_a_permanent_redirect_is_adopted_after_three_polls_over_a_day(self, news: Desk):
        without_link = "<title>No link</title><description>Words of its own.</description><guid>tag:7</guid>"
        news.serve("/feed", rss(item("a"), without_link))
        assert len(news.poll()) == 2
        news.serve("/new", rss(item("b"), item("a"), without_link))
        news.routes["/feed"] = redirects("/new", 301)
        assert titles(news.poll(after=HOUR)) == ["b"]  # what the new address has, and nothing twice
        assert [news.poll(after=HOUR), news.poll(after=HOUR)] == [[], []]
        assert (news.asked[-2][0], news.state().address) == ("/feed", "")  # three polls, but not over a day
        assert news.poll(after=DAY) == []
        assert news.poll(after=HOUR) == []
        assert (news.asked[-2][0], news.asked[-1][0]) == ("/new", "/new")
        assert news.poll("/new") == []  # the user has edited the list: its history is the old address's
        assert news.state("/new").known_as == news.url("/feed")

    def test_not_where_no_feed_is(self, news: Desk):
        news.serve("/feed", rss(item("a")))
        news.poll()
        news.serve("/new", b"<!doctype html><title>Welcome</title>")
        news.routes["/feed"] = redirects("/new", 301)
        for _ in range(5):
            assert news.fails(after=DAY).reason == "bad-feed"
        news.serve("/feed", rss(item("b"), item("a")))
        assert titles(news.poll(after=DAY)) == ["b"]

    def test_a_temporary_redirect_never(self, news: Desk):
        news.serve("/new", rss(item("a")))
        news.routes["/feed"] = redirects("/new", 302)
        for _ in range(5):
            news.poll(after=DAY)
        assert [path for path, _ in news.asked] == ["/feed", "/new"] * 5

    def test_gone_is_dormant_and_probed_weekly_and_told(self, news: Desk):
        news.serve("/feed", status=410)
        for _ in range(15):
            error = news.fails(after=DAY)
            assert (error.reason, error.detail) == ("feed-gone", "HTTP 410: the publisher has ended it")
        assert len(news.asked) == 3
        news.serve("/feed", rss(item("a")))
        assert titles(news.poll(after=WEEK)) == ["a"]

    def test_editing_the_address_wakes_it(self, news: Desk):
        news.serve("/feed", status=410)
        news.fails()
        news.serve("/elsewhere", rss(item("a")))
        assert titles(news.poll("/elsewhere")) == ["a"]


A = item("a")
BODIES = {
    "blank before": b"\n\n " + rss(A),
    "byte order mark": b"\xef\xbb\xbf" + rss(A),
    "undefined entity": rss(A, head="<description>caf&eacute; &nosuch; &nbsp;</description>"),
    "truncated": rss(A, "<title>b</title><link>https://news.exa")[: -len("</item></channel></rss>")],
    "gzip without its header": gzip.compress(rss(A)),
    "gzip twice": gzip.compress(gzip.compress(rss(A))),
    "a warning before": b"<br /><b>Warning</b>: session in /x.php<br />\n<?xml version='1.0'?>" + rss(A),
}
NO_FEEDS = {
    "block page": (b"<!doctype html><html><title>Access denied</title><p>Blocked.", "HTML page"),
    "empty 200": (b"", "empty body"),
    "image": (b"\x89PNG\r\n\x1a\n\x00\x00", "not a feed"),
    "half a gzip": (gzip.compress(rss(A))[:12], "empty body"),
}


class TestNotQuiteAFeed:
    """Case 3."""

    @pytest.mark.parametrize("name", BODIES)
    def test_items_come_out_where_there_are_any(self, news: Desk, name: str):
        news.serve("/feed", BODIES[name])
        assert titles(news.poll()) == ["a"]

    def test_double_encoding(self, news: Desk):
        once = rss("<title>Café à la carte</title><link>https://news.example/a</link>")
        news.serve("/feed", once.decode("latin-1").encode())
        assert titles(news.poll()) == ["Café à la carte"]

    @pytest.mark.parametrize("name", NO_FEEDS)
    def test_else_a_typed_status_and_nothing_is_lost(self, news: Desk, name: str):
        body, words = NO_FEEDS[name]
        news.routes["/feed"] = keeps_validator(rss(A), '"1"')
        news.poll()
        news.serve("/feed", body, ETag='"2"')
        error = news.fails(after=HOUR)
        assert (error.reason, words in error.detail, news.state().status) == ("bad-feed", True, "bad-feed")
        assert (news.state().etag, news.state().changed) == ('"1"', NOON)
        news.serve("/feed", rss(item("b"), A), ETag='"2"')
        assert titles(news.poll(after=HOUR)) == ["b"]


WORDS = {
    "cp1251": "Переговоры о мире продолжены в столице",
    "koi8-r": "Переговоры о мире продолжены в столице",
    "iso8859-1": "Präsident besucht Cádiz und Orléans",
    "iso8859-2": "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "iso8859-5": "Переговоры о мире продолжены в столице",
    "utf-16": "Świat – Київ – Paris",
    "utf-8": "Świat – Київ – Paris",
}


@pytest.mark.parametrize(("header", "declaration"), list(itertools.product((True, False), repeat=2)))
@pytest.mark.parametrize("encoding", WORDS)
def test_encodings_by_header_and_declaration(news: Desk, encoding: str, header: bool, declaration: bool):
    """Case 4: named by both, by one, and by none where the letters tell it."""
    if encoding == "iso8859-2" and not (header or declaration):
        pytest.skip("Latin letters alone do not tell which Latin it is")
    text = rss(item("a", description="x")).decode().replace("<title>a<", f"<title>{WORDS[encoding]}<")
    told = f"<?xml version='1.0' encoding='{encoding}'?>" if declaration else ""
    kind = {"Content_Type": f"application/rss+xml; charset={encoding}"} if header else {"Content_Type": "text/xml"}
    news.serve("/feed", (told + text).encode(encoding), **kind)
    assert titles(news.poll()) == [WORDS[encoding]]


@pytest.mark.parametrize(("header", "declared"), [("utf-8", "windows-1251"), ("latin-1", "windows-1251")])
def test_header_against_declaration(news: Desk, header: str, declared: str):
    """Case 4: where the two differ, the one that fits the bytes is believed."""
    body = rss(f"<title>{WORDS['cp1251']}</title><link>https://news.example/a</link>", declared=declared)
    news.serve("/feed", body, Content_Type=f"text/xml; charset={header}")
    assert titles(news.poll()) == [WORDS["cp1251"]]


class TestDates:
    """Case 5."""

    @pytest.mark.parametrize(
        ("written", "utc", "precision"),
        [
            ("Mon, 17 Feb 2025 05:00:00 EST", "2025-02-17T10:00:00+00:00", "second"),
            ("Mon, 17 Feb 2025 11:00:00 MSK", "2025-02-17T08:00:00+00:00", "second"),
            ("Mon, 17 Feb 25 08:00:00 GMT", "2025-02-17T08:00:00+00:00", "second"),
            ("2025-02-16", "2025-02-16T00:00:00+00:00", "day"),
        ],
    )
    def test_right_in_utc_or_its_precision_declared(self, news: Desk, written: str, utc: str, precision: str):
        news.serve("/feed", rss(item("a", pubDate=written)))
        (entry,) = news.poll()
        assert entry.published is not None
        assert (entry.published.isoformat(), entry.published_precision) == (utc, precision)
        assert entry.published_from == "feed"

    def test_no_date(self, news: Desk):
        news.serve("/feed", rss(item("a")))
        (entry,) = news.poll()
        assert (entry.published, entry.published_from, entry.seen) == (None, "none", NOON)

    def test_two_years_ahead_is_capped_and_hides_nothing_later(self, news: Desk):
        ahead = item("a", pubDate="Wed, 17 Feb 2027 12:00:00 GMT")
        news.serve("/feed", rss(ahead))
        (entry,) = news.poll()
        assert (entry.published, entry.flags) == (NOON, ("future-date",))
        news.serve("/feed", rss(item("b", pubDate="Mon, 17 Feb 2025 12:30:00 GMT"), ahead))
        assert titles(news.poll(after=HOUR)) == ["b"]
        old = item("c", pubDate="Fri, 17 Feb 2006 12:30:00 GMT")  # no cursor depends on an item's own date
        news.serve("/feed", rss(old, ahead))
        assert titles(news.poll(after=HOUR)) == ["c"]
        assert news.state().due is not None
        assert news.state().due < news.now + DAY


def churned(name: str, poll: int) -> str:
    """An item whose GUID changes as publishers change them."""
    scheme = "https" if poll % 2 else "http"
    guids = {
        0: f"<guid>{scheme}://news.example/{name}</guid>",
        1: "",
        2: f"<guid isPermaLink='false'>{name}-{poll}</guid>",
    }
    link = f"{scheme}://news.example/{name}?utm_source=rss{poll}"
    return f"<title>{name}</title><link>{link}</link>{guids[int(name[1:]) % 3]}"


def test_thirty_polls_of_churning_guids(news: Desk):
    """Case 6: each article once, none lost; two stories under one GUID stay two."""
    found: list[str] = []
    for poll in range(30):
        twins = [
            f"<title>{name}</title><guid isPermaLink='false'>twin</guid><description>Words of {name}.</description>"
            for name in ("left", "right")
        ]
        news.serve("/feed", rss(*(churned(f"s{n}", poll) for n in range(poll, poll + 9)), *twins))
        found += titles(news.poll(after=HOUR))
    assert sorted(found) == sorted([*(f"s{n}" for n in range(38)), "left", "right"])


CHALLENGE = b"""<!doctype html><html><head><title>Just a moment...</title></head><body>
<p>Enable JavaScript and cookies to continue</p><script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>"""


class TestWalls:
    """Case 9, of feeds; tests/unit/test_cases_pages.py has that of pages."""

    @pytest.mark.parametrize("status", [403, 503, 200])
    def test_a_challenge_is_known_and_backed_off(self, news: Desk, status: int):
        news.routes["/feed"] = keeps_validator(rss(A), '"1"')
        news.poll()
        waits = []
        for _ in range(4):
            news.serve("/feed", CHALLENGE, status)
            error = news.fails(after=DAY)
            assert (error.reason, news.state().status) == ("feed-blocked", "blocked")
            assert error.detail == f"HTTP {status}: a bot guard's challenge in the feed's place"
            assert news.state().due is not None
            waits.append(news.state().due - news.now)
        assert waits[0] < waits[1] < waits[2] < waits[3]
        assert (news.state().etag, news.state().changed) == ('"1"', NOON)  # no state is lost
        news.serve("/feed", rss(item("b"), A))
        assert titles(news.poll(after=DAY)) == ["b"]

    def test_it_is_left_alone_for_as_long_as_it_says(self, news: Desk):
        news.serve("/feed", CHALLENGE, 503, Retry_After="7200")
        assert news.fails().reason == news.fails(after=HOUR).reason == "feed-blocked"
        assert len(news.asked) == 1

    def test_an_ordinary_refusal_is_none(self, news: Desk):
        news.serve("/feed", b"<html><title>Error</title><p>Try later", 503)
        assert news.fails().reason == "feed-refused"


def test_a_sites_own_address_leads_to_its_feed(news: Desk):
    comments = "<link rel='alternate' type='application/rss+xml' title='Comments' href='/comments/feed'>"
    ours = "<link title='News' href='feed.xml' type=application/atom+xml rel='alternate'>"
    news.serve("/", f"<!doctype html><html><head>{comments}{ours}</head><body>Hello</body></html>".encode())
    news.serve("/feed.xml", rss(A), ETag='"1"')
    assert titles(news.poll("/")) == ["a"]
    assert (news.state("/").address, news.state("/").status) == (news.url("/feed.xml"), "ok")
    news.routes["/feed.xml"] = sends(b"", 304)
    assert news.poll("/") == []
    assert [path for path, _ in news.asked] == ["/", "/feed.xml", "/feed.xml"]
