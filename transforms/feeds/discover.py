"""What stands in a feed's place: the feeds that a site's page announces, or a bot guard's challenge."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from schemas.articles import Reply
from schemas.feedlist import address_fault
from transforms.challenge import challenge
from transforms.feeds.clean import line
from transforms.feeds.encoding import to_text
from transforms.urls import joined

HEAD = 500_000
"""Characters of a page in which its feeds are looked for."""

MOST = 20

TYPES = frozenset({"rss+xml", "atom+xml", "rdf+xml", "feed+json", "json", "xml"})

_LINK = re.compile(r"<(?:link|a)\b[^<>]{0,3000}>", re.IGNORECASE)
_BASE = re.compile(r"<base\b[^<>]{0,3000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]{2,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>([^<]{0,1000})", re.IGNORECASE)
_SECOND = re.compile(r"\bcomments?\b|/comments/|kommentar|коментар|комментар|oembed|wp-json", re.IGNORECASE)
"""Feeds of what readers say, and addresses of machines: named last, or not at all."""


class Announced(NamedTuple):
    """A feed that a page names: its address, and what the page calls it."""

    url: str
    title: str


def announced(reply: Reply) -> tuple[Announced, ...]:
    """Return the feeds that the page announces (`link rel=alternate`), those of comments last."""
    text = to_text(reply.body[: HEAD * 2], reply.header("content-type"))[:HEAD]
    base = next((attributes_of(tag[0]).get("href", "") for tag in _BASE.finditer(text)), "")
    found = {each.url: each for each in _feeds(text, joined(reply.url, base) or reply.url) if each.url != reply.url}
    return tuple(sorted(found.values(), key=_is_second))[:MOST]


def is_challenge(reply: Reply) -> bool:
    """Return whether the reply is a bot guard's page."""
    text = to_text(reply.body[:HEAD], reply.header("content-type"))
    titles = [html.unescape(title).strip() for title in _TITLE.findall(text[:50_000])[:1]]
    return challenge(reply, titles=titles, visible=line(_TITLE.sub(" ", text), markup=True, most=10_000))


def attributes_of(tag: str) -> dict[str, str]:
    """Return the attributes of a tag, by their names in lower case."""
    return {name.lower(): html.unescape(a or b or c).strip() for name, a, b, c in _ATTRIBUTE.findall(tag)}


def _feeds(text: str, base: str) -> Iterator[Announced]:
    for tag in _LINK.finditer(text):
        told = attributes_of(tag[0])
        kind = told.get("type", "").split(";")[0].strip().lower().removeprefix("application/").removeprefix("text/")
        if "alternate" not in told.get("rel", "").lower().split() or kind not in TYPES or not told.get("href"):
            continue
        url = joined(base, told["href"])
        is_machine = kind in {"json", "xml"} and _SECOND.search(url)
        if url.startswith(("http://", "https://")) and not address_fault(url) and not is_machine:
            yield Announced(url, line(told.get("title", ""), markup=False, most=200))


def _is_second(feed: Announced) -> bool:
    return _SECOND.search(f"{feed.url} {feed.title}") is not None
