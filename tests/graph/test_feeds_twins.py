"""Two lines of the list that are one feed, over real HTTP: asked once, counted once, and nothing of either is lost."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from schemas.feeds import Feed
from tests.fakes.desk_of_feeds import Desk, desk
from tests.fakes.web import redirects
from transforms.feeds.account import account

HOUR = dt.timedelta(hours=1)
UNLINKED = "<item><title>No link</title><description>Words of its own.</description><guid>tag:7</guid></item>"


@pytest.fixture
def news() -> Iterator[Desk]:
    with desk() as opened:
        yield opened


def rss(*names: str, own: str = "", more: str = UNLINKED) -> bytes:
    head = f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='{own}'/>" if own else ""
    items = "".join(f"<item><title>{name}</title><link>https://news.example/{name}</link></item>" for name in names)
    return f"<rss version='2.0'><channel><title>The Post</title>{head}{items}{more}</channel></rss>".encode()


def titles(entries: list) -> list[str]:
    return sorted(entry.title for entry in entries)


def requests(news: Desk) -> list[str]:
    """The paths that were asked for since the last look."""
    asked = [path for path, _ in news.asked]
    news.asked.clear()
    return asked


def states(news: Desk, *paths: str) -> list[str]:
    return [news.state(path).status for path in paths]


def test_an_address_that_moved_to_another_of_the_list(news: Desk):
    news.serve("/new", rss("a"))
    news.routes["/old"] = redirects("/new", 301)
    assert titles(news.poll_list("/old", "/new")) == ["No link", "a"]  # that without a link too comes once
    assert states(news, "/old", "/new") == ["same", "ok"]
    requests(news)
    news.serve("/new", rss("b", "a"))
    assert titles(news.poll_list("/old", "/new", after=HOUR)) == ["b"]
    assert requests(news) == ["/new"]
    told = account(Feed(url=news.url("/old")), news.state("/old"), news.now)
    assert (told.state, told.is_dark) == ("same", False)
    assert f"the same feed as {news.url('/new')}, which is asked in its place" in told.why


def test_two_spellings_of_one_address(news: Desk):
    for path in ("/feed", "/feed/"):
        news.serve(path, rss("a"))
    assert titles(news.poll_list("/feed", "/feed/")) == ["No link", "a"]
    assert states(news, "/feed", "/feed/") == ["ok", "same"]


def test_two_addresses_of_which_the_feed_calls_one_its_own(news: Desk):
    for path in ("/a?out=rss", "/feeds/main"):
        news.serve(path.partition("?")[0], rss("a", own=news.url("/feeds/main")))
    assert titles(news.poll_list("/a?out=rss", "/feeds/main")) == ["No link", "a"]
    assert states(news, "/a?out=rss", "/feeds/main") == ["same", "ok"]
    news.serve("/feeds/main", rss("b", "a", own=news.url("/feeds/main")))
    assert titles(news.poll_list("/a?out=rss", "/feeds/main", after=HOUR)) == ["b"]


def test_two_feeds_that_list_the_same_today_are_two(news: Desk):
    for path in ("/world", "/all"):
        news.serve(path, rss("a", own=news.url(path), more=""))
    assert titles(news.poll_list("/world", "/all")) == ["a"]
    assert states(news, "/world", "/all") == ["ok", "ok"]
    news.serve("/world", rss("w", "a", own=news.url("/world"), more=""))
    assert titles(news.poll_list("/world", "/all", after=HOUR)) == ["w"]


def test_two_feeds_that_call_themselves_by_one_name_and_list_other_items_are_two(news: Desk):
    for path, name in (("/world", "w"), ("/sport", "s")):
        news.serve(path, rss(name, own=news.url("/feed"), more=""))
    assert titles(news.poll_list("/world", "/sport")) == ["s", "w"]
    assert states(news, "/world", "/sport") == ["ok", "ok"]


def test_once_the_other_is_gone_or_dark_it_is_asked_again(news: Desk):
    for path in ("/feed", "/feed/"):
        news.serve(path, rss("a"))
    news.poll_list("/feed", "/feed/")
    news.serve("/feed", status=503)
    news.serve("/feed/", rss("b", "a"))
    news.poll_list("/feed", "/feed/", after=HOUR)
    assert titles(news.poll_list("/feed", "/feed/", after=HOUR)) == ["b"]
    assert states(news, "/feed", "/feed/") == ["refused", "ok"]
    news.serve("/feed", rss("b", "a"))
    assert news.poll_list("/feed", "/feed/", after=HOUR) == []
    assert states(news, "/feed", "/feed/") == ["same", "unchanged"]
    news.serve("/feed", rss("c", "b", "a"))
    requests(news)
    assert titles(news.poll_list("/feed", after=HOUR)) == ["c"]  # the other one is off the list
    assert requests(news) == ["/feed"]


def test_it_is_looked_at_every_six_hours_for_it_may_become_a_feed_of_its_own(news: Desk):
    news.serve("/new", rss("a"))
    news.routes["/old"] = redirects("/new", 301)
    news.poll_list("/old", "/new")
    news.serve("/old", rss("o", "a"))  # it was a mistake
    assert news.poll_list("/old", "/new", after=HOUR) == []
    assert titles(news.poll_list("/old", "/new", after=6 * HOUR)) == ["o"]  # and nothing comes again
    assert states(news, "/old", "/new") == ["ok", "unchanged"]


def test_corrections_of_articles_that_came_under_the_other_address_are_met(news: Desk):
    first = "<item><title>a</title><link>https://news.example/a</link><description>One.</description></item>"
    news.serve("/old", rss(more=first))
    (entry,) = news.poll_list("/old")
    news.ledger.conclude(entry.id, [])
    news.serve("/new", rss(more=first))
    news.routes["/old"] = redirects("/new", 301)
    assert news.poll_list("/old", "/new", after=HOUR) == []
    assert states(news, "/old", "/new") == ["same", "ok"]
    news.serve("/new", rss(more=first.replace("One.", "One, corrected.")))
    (again,) = news.poll_list("/old", "/new", after=HOUR)
    assert (again.id, again.summary, again.feed) == (entry.id, "One, corrected.", news.url("/new"))


def test_corrections_are_met_after_the_address_on_the_list_was_replaced(news: Desk):
    first = "<item><title>a</title><link>https://news.example/a</link><description>One.</description></item>"
    for path in ("/first", "/second", "/third"):
        news.serve(path, rss(more=first))
    (entry,) = news.poll_list("/first")
    news.ledger.conclude(entry.id, [])
    for old, new in (("/first", "/second"), ("/second", "/third")):
        news.ledger.states[news.url(old)] = replace(news.state(old), address=news.url(new))
        assert news.poll_list(new, after=HOUR) == []
    assert news.state("/third").formerly == (news.url("/first"), news.url("/second"))
    news.serve("/third", rss(more=first.replace("One.", "One, corrected.")))
    (again,) = news.poll_list("/third", after=HOUR)
    assert (again.id, again.summary) == (entry.id, "One, corrected.")
