"""Whether two feeds are one: by an address that leads from one to the other, and by what both list."""

import dataclasses as dc
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.articles import Entry
from schemas.feeds import FeedState, Move
from transforms.feeds.twins import as_twin, gives_way, listing_of, own_in, rests, twin_of, with_twin

NOW = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)
HERE, THERE = "https://post.example/feed", "https://post.example/rss"


def feed(url: str, listing: str = "l", **fields: Any) -> FeedState:
    return dc.replace(FeedState(url=url, status="ok", polled=NOW, due=NOW, listing=listing), **fields)


@pytest.mark.parametrize(
    "other",
    [
        feed("http://post.example/feed"),
        feed("https://www.post.example/feed/"),
        feed("HTTPS://Post.Example:443/feed?utm_source=x"),
        feed(THERE, own=HERE),
        feed(THERE, move=Move(to=HERE, since=NOW)),
        feed(THERE, address=HERE),
        feed("https://mirror.example/x", own=f"{HERE}/"),
    ],
)
def test_one_feed_under_two_addresses(other: FeedState):
    assert twin_of(feed(HERE), [feed("https://else.example/", "l2"), other]) == other
    assert twin_of(other, [feed(HERE)]) == feed(HERE)


@pytest.mark.parametrize(
    "other",
    [
        feed(THERE),
        feed("https://post.example/feed2"),
        feed("http://post.example/feed", "other items"),
        feed(THERE, own=HERE, listing="other items"),
        feed("http://post.example/feed", status="refused"),
        feed("http://post.example/feed", same_as=THERE),
        feed("http://post.example/feed", ""),
        feed(HERE),
    ],
)
def test_two_feeds(other: FeedState):
    assert twin_of(feed(HERE), [other]) is None


def test_a_move_that_was_adopted_needs_no_list():
    assert twin_of(feed(THERE, "old", address=HERE), [feed(HERE)])
    new_move = feed(THERE, "old", move=Move(to=HERE, since=NOW))
    assert not twin_of(new_move, [feed(HERE)])
    assert twin_of(dc.replace(new_move, same_as=HERE), [feed(HERE)])


def test_the_one_that_leads_to_the_other_gives_way():
    assert gives_way(feed(THERE, own=HERE), feed(HERE))
    assert not gives_way(feed(HERE), feed(THERE, own=HERE))
    assert not gives_way(feed(THERE, own=HERE), feed(HERE, own=THERE))
    twin = as_twin(feed(THERE), feed(HERE, known_as="https://first.example/"))
    assert (twin.status, twin.same_as, twin.known_as) == ("same", HERE, "https://first.example/")
    assert with_twin(with_twin(feed(HERE), twin), twin).formerly == (THERE,)
    assert rests(twin, feed(HERE), NOW)
    assert not rests(twin, feed(HERE), NOW + dt.timedelta(hours=7))
    assert not rests(twin, feed(HERE, status="unreachable"), NOW)
    assert not rests(twin, None, NOW)


def test_what_feeds_list():
    made = [Entry(id=i, feed=HERE, outlet="", url=f"https://x.example/{i}", link="x", seen=NOW) for i in "ab"]
    assert listing_of(made) == listing_of([dc.replace(e, feed=THERE, summary="new") for e in made])
    assert listing_of(made) != listing_of(made[::-1])
    unlinked = [dc.replace(made[0], link="", guid="7", title="A", url=HERE)]
    assert listing_of(unlinked) == listing_of([dc.replace(unlinked[0], id="other", url=THERE)])
    assert listing_of([]) == ""


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("<rss><channel><atom:link rel='self' href='/feed'/><item/></channel></rss>", HERE),
        ('<feed><link rel="self" href="https://post.example/feed"/></feed>', HERE),
        ("<rss><channel><item><atom:link rel='self' href='/feed'/></item></channel></rss>", ""),
        ("<feed><link rel='self' href='javascript:alert(1)'/></feed>", ""),
        ("<feed><link rel='self' href='http://user:word@post.example/feed'/></feed>", ""),
        ("<feed><link rel='alternate' href='/feed'/></feed>", ""),
        ('{"version": "x", "feed_url": "https:\\/\\/post.example\\/feed"}', HERE),
        ('{"version": "x"}', ""),
    ],
)
def test_the_address_that_a_feed_calls_its_own(text: str, own: str):
    assert own_in(text, THERE) == own


@given(st.text(max_size=300))
def test_any_text_may_stand_there(text: str):
    for made in (text, f"<feed><link rel='self' href='{text}'/>", f'{{"feed_url": "{text}"}}'):
        assert own_in(made, THERE) == "" or own_in(made, THERE).startswith("http")
