"""The body of a reply -> the text of a feed, or what it is instead."""

import re

from schemas.failures import Rejected
from transforms.feeds.clean import line
from transforms.feeds.encoding import to_text

PAGES = frozenset({"html", "head", "body", "title", "meta", "script", "div"})
FEEDS = frozenset({"rss", "feed", "rdf", "channel", "urlset", "sitemapindex"})
"""The first elements of pages and of feeds; some feeds carry the DOCTYPE of a page."""

MAX_TAGS = 1_000_000

_ROOT = re.compile(r"<\?xml|<(?:\w+:)?(?:rss|feed|rdf|channel|xml|urlset|sitemapindex)\b", re.IGNORECASE)
_FEEDLIKE = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel|item|entry|urlset|sitemapindex)\b", re.IGNORECASE)
_PROLOG = re.compile(
    r"(?:<\?[^>]*>|<!--(?:(?!-->).)*-->|<!doctype\s(?P<type>[^>\[]*)>|\s)*<(?:\w+:)?(?P<root>\w+)",
    re.IGNORECASE | re.DOTALL,
)
_CLOSED = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_EDGE = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry|url)\b", re.IGNORECASE)
_CHARACTER = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);?")
_RUN = re.compile(r"(?<![\w.+-])[\w.+-]{2000,}", re.ASCII)
_HALF = re.compile(r"[\w.+-]{1000}", re.ASCII)
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)


def feed_text(body: bytes, content_type: str) -> str:
    """Return the body's text from its root on; raises Rejected with `bad-feed` and what it is where it is no feed."""
    text = _trimmed(to_text(body, content_type))
    reason = what_else(text)
    if reason:
        raise Rejected("bad-feed", reason)
    return text


def what_else(text: str) -> str:
    """Return what a text is that is no feed, in words; an empty string where it may be one."""
    if not text:
        return "an empty body"
    if text.startswith("{"):
        return ""
    start = text[:4_000].lower()
    if _is_html(text):
        title = _TITLE.search(text[:20_000])
        return f"an HTML page, not a feed{f': {line(title[1], markup=True, most=80)!r}' if title else ''}"
    if "<opml" in start:
        return "a list of feeds (OPML), not a feed: name its file instead"
    return _too_much(text) if _FEEDLIKE.search(text) else not_a_feed(text)


def _too_much(text: str) -> str:
    """Return why reading the text would take minutes, where it would: a feed of that size has items, and more words."""
    if text.count("<") > MAX_TAGS:
        return f"more than {MAX_TAGS} tags"
    return "a megabyte without an item" if len(text) > 1_000_000 and not _ITEM.search(text) else ""


def not_a_feed(text: str) -> str:
    """Return the reason for a text that is nothing known."""
    return f"not a feed: it begins with {text[:60]!r}"


def is_whole(text: str) -> bool:
    """Return whether the feed's end is there."""
    return _CLOSED.search(text, max(0, len(text) - 2_000)) is not None


def is_cut(text: str) -> bool:
    """Return whether the text ends inside an item."""
    tail = max(text.rfind("<item"), text.rfind("<entry"), 0)
    return not is_whole(text) and [found[1] for found in _EDGE.finditer(text, tail)][-1:] == [""]


def readable(text: str) -> str:
    """Return the text without what makes feedparser raise, or take hours."""
    text = _CHARACTER.sub(_character, text) if "&#" in text else text
    # its pattern of mail addresses is quadratic in such a run; every run has one of these places and 1000 more
    has_run = any(_HALF.match(text, at) for at in range(0, len(text), 1000))
    return _RUN.sub(lambda run: run[0][:2000], text) if has_run else text


def _trimmed(text: str) -> str:
    # blanks may stand before the root, and the warnings of a server's script
    text = text.strip()
    root = None if text.startswith("{") or _is_html(text) else _ROOT.search(text[:4_000])
    return text[root.start() :] if root else text


def root_of(text: str) -> str:
    """Return the name of the text's first element, in lower case; empty where it does not begin as XML does."""
    found = _PROLOG.match(text[:20_000])
    return found["root"].lower() if found else ""


def _is_html(text: str) -> bool:
    found = _PROLOG.match(text[:20_000])
    if found is None:
        return False
    told = (found["type"] or "").strip().lower().startswith("html")
    return found["root"].lower() in PAGES or (told and found["root"].lower() not in FEEDS)


def _character(reference: re.Match[str]) -> str:
    digits = reference[1]
    if len(digits) > 9:
        return ""
    code = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    if code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
        return chr(code) if chr(code).isalnum() else f"&#{code};"
    return ""
