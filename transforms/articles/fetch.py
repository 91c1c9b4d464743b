"""Entries -> their pages: asked once, politely, and never failing."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from schemas.articles import Entry, Fetched, Reply
from schemas.failures import Reason
from transforms.articles.robots import MAX_BYTES as ROBOTS_BYTES
from transforms.articles.robots import MAX_DELAY, Robots, parse_robots
from transforms.bounded import Bounded
from transforms.protocols import Web, WebError

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
UNSURE_TYPES = frozenset(
    {"", "text/plain", "application/xml", "text/xml", "application/octet-stream", "unknown/unknown"}
)
"""Content types that servers give for anything: the body is looked at."""

ACCEPT = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}

BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that another try may cure: the server has too much to do, or is being mended."""

ROBOTS_IN_ALL = 16_000_000
"""Bytes that the rules of all hosts may take in memory."""

_REASONS: dict[str, Reason] = {"too-large": "page-too-large", "forbidden": "forbidden-address"}
_TAGS = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|article|div|p|h1|title)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b")


class RobotsCache:
    """The robots.txt of each host, asked for once; `find` gives its rules, or why they are not known."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.known: Bounded[Robots | WebError] = Bounded(ROBOTS_IN_ALL)

    def find(self, url: str) -> Robots | WebError:
        """Return the rules of the URL's host; a host that fails to say may not be asked (RFC 9309, 2.3.1.4)."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self.known.find(origin)
        if rules is None:
            rules = self._ask(f"{origin}/robots.txt")
            self.known.put(origin, rules, rules.size if isinstance(rules, Robots) else 0)
        return rules

    def _ask(self, url: str) -> Robots | WebError:
        try:
            reply = self.web.get(url, max_bytes=ROBOTS_BYTES)
        except WebError as e:
            return e
        if reply.status >= 500:
            return WebError("unreachable", f"HTTP {reply.status}")
        return parse_robots(reply.body) if reply.status < 400 else Robots()


def fetch_page(entry: Entry, *, web: Web, robots: Callable[[str], Robots | WebError], max_bytes: int) -> Fetched:
    """Return the entry with its page, or with the reason why there is none; a refusal keeps its body for `walls`."""
    if not has_page(entry):
        return Fetched(entry=entry, detail="no link")
    rules = robots(entry.url)
    if isinstance(rules, WebError):
        return _failed(entry, rules, "robots.txt: ")
    if not rules.allows(entry.url):
        return Fetched(entry=entry, reason="page-refused", detail="robots.txt")
    if rules.delay > MAX_DELAY:
        return Fetched(entry=entry, reason="page-refused", detail=f"robots.txt: a page every {rules.delay:g} s at most")
    try:
        reply = web.get(entry.url, headers=ACCEPT, max_bytes=max_bytes)
    except WebError as e:
        return _failed(entry, e)
    return _judged(entry, reply)


def has_page(entry: Entry) -> bool:
    """Return whether the entry's URL is that of a page, not the feed's own or a mere name (urn:…)."""
    return entry.url.startswith(("http://", "https://")) and entry.url != entry.feed


def _failed(entry: Entry, error: WebError, where: str = "") -> Fetched:
    return Fetched(entry=entry, reason=_REASONS.get(error.kind, "page-unreachable"), detail=f"{where}{error.detail}")


def _judged(entry: Entry, reply: Reply) -> Fetched:
    if reply.status >= 400:
        reason: Reason = "page-unreachable" if reply.status in BUSY else "page-refused"
        return Fetched(entry=entry, reply=reply, reason=reason, detail=f"HTTP {reply.status}")
    if not is_html(reply):
        kind = reply.header("content-type") or "no content type"
        return Fetched(entry=entry, reason="page-not-html", detail=kind[:200])
    return Fetched(entry=entry, reply=reply)


def is_html(reply: Reply) -> bool:
    """Return whether the reply is a web page, by its content type and, where that says little, by its body."""
    kind = reply.header("content-type").split(";")[0].strip().lower()
    head = reply.body[:4096].replace(b"\0", b"")  # UTF-16 looks like ASCII between NULs
    if kind in HTML_TYPES:
        return not head.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04"))
    return kind in UNSURE_TYPES and _TAGS.search(head) is not None and _FEED.search(head) is None
