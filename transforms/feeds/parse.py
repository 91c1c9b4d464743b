"""The body of a feed -> entries, or why it is no feed; the only user of feedparser."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import feedparser

from schemas.records import Entry, Feed, Rejected
from transforms.feeds.body import feed_text, is_cut, not_a_feed, readable
from transforms.feeds.clean import line
from transforms.feeds.items import at_home, canonical, entry_of, identify, item_of, text_of

MAX_ITEMS = 5_000
BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, ArithmeticError)
"""What feedparser lets through on broken feeds."""


def parse(body: bytes, *, headers: Mapping[str, str], feed: Feed, seen: dt.datetime) -> list[Entry]:
    """Return the feed's entries, each article once; raises Rejected with `bad-feed` and what the body is instead.

    `headers` are the reply's, in lower case; `content-location` is what relative links are relative to.
    """
    text = feed_text(body, headers.get("content-type", ""))
    found = _parsed(readable(text))
    if not found.entries and not found.version:
        raise Rejected("bad-feed", not_a_feed(text))
    raws = found.entries[:-1] if is_cut(text) else found.entries  # the last one's link may be cut too
    base = headers.get("content-location", feed.url)
    front = canonical(text_of(found.feed, "link"), base)
    items = [at_home(item_of(raw, base), front) for raw in raws[:MAX_ITEMS]]
    ids = identify(items, feed=feed.url)
    outlet = (
        feed.outlet or line(text_of(found.feed, "title"), markup=True, most=200) or urlsplit(feed.url).hostname or ""
    )
    entries = {
        id_: entry_of(item, id_=id_, feed=feed, outlet=outlet, seen=seen)
        for item, id_ in zip(items, ids, strict=True)
        if id_
    }
    return list(entries.values())


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
