"""The body of a feed -> entries, or why it is no feed; the only user of feedparser."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import feedparser

from schemas.articles import Entry
from schemas.failures import Rejected
from schemas.feeds import Feed
from transforms.feeds.body import feed_text, is_cut, is_whole, not_a_feed, readable
from transforms.feeds.clean import line
from transforms.feeds.hints import Hints, hints_of
from transforms.feeds.items import Channel, at_home, canonical, entry_of, identify, item_of, text_of
from transforms.feeds.jsonfeed import json_channel
from transforms.feeds.sitemap import is_sitemap, sitemap_channel
from transforms.feeds.twins import own_in
from transforms.feeds.websub import Hub, hub_in

MAX_ITEMS = 5_000
BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, ArithmeticError)
"""What feedparser lets through on broken feeds."""


class FeedRead(NamedTuple):
    """What a body gave: its entries, what its channel asks for, its hub, its own address; was it sent to its end?"""

    entries: tuple[Entry, ...]
    hints: Hints = Hints()
    hub: Hub | None = None
    is_whole: bool = True
    own: str = ""


def read_feed(
    body: bytes, *, headers: Mapping[str, str], feed: Feed, seen: dt.datetime, known_as: str = ""
) -> FeedRead:
    """Return the feed's entries, each article once; raises Rejected with `bad-feed` and what the body is instead.

    Args:
        body: as the server sent it.
        headers: the reply's, in lower case; `content-location` is what relative links are relative to.
        feed: the line of the feed list.
        seen: when.
        known_as: the address that the ids of items without a link are made with; the feed's own by default.
    """
    text = feed_text(body, headers.get("content-type", ""))
    base = headers.get("content-location", feed.url)
    channel = channel_of(text, base)
    items = [at_home(item, channel.front) for item in channel.items[:MAX_ITEMS]]
    ids = identify(items, feed=known_as or feed.url)
    outlet = feed.outlet or channel.title or urlsplit(feed.url).hostname or ""
    entries = {
        id_: entry_of(item, id_=id_, feed=feed, outlet=outlet, seen=seen)
        for item, id_ in zip(items, ids, strict=True)
        if id_
    }
    found = tuple(entries.values())
    return FeedRead(found, hints_of(text), hub_in(text, base), is_whole=channel.is_whole, own=own_in(text, base))


def channel_of(text: str, base: str) -> Channel:
    """Return what the text of a feed holds, whichever format it is in; raises Rejected."""
    if text.startswith("{"):
        return json_channel(text, base)
    return sitemap_channel(text, base) if is_sitemap(text) else _xml_channel(text, base)


def _xml_channel(text: str, base: str) -> Channel:
    found = _parsed(readable(text))
    if not found.entries and not found.version:
        raise Rejected("bad-feed", not_a_feed(text))
    raws = found.entries[:-1] if is_cut(text) else found.entries  # the last one's link may be cut too
    return Channel(
        items=[item_of(raw, base) for raw in raws[:MAX_ITEMS]],
        title=line(text_of(found.feed, "title"), markup=True, most=200),
        front=canonical(text_of(found.feed, "link"), base),
        is_whole=is_whole(text),
    )


def _parsed(text: str) -> Any:
    try:
        return feedparser.parse(
            text.encode("utf-8", "ignore"),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except BROKEN as e:
        raise Rejected("bad-feed", f"cannot be read: {type(e).__name__}: {str(e)[:200]}") from e
