"""WebSub (W3C): which hub a feed names, what is sent to it, and whether what it pushes is its own."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from schemas.articles import Reply
from schemas.feedlist import address_fault
from transforms.feeds.discover import attributes_of

HEAD = 20_000
LEASE_S = 10 * 86_400
"""For so long a subscription is asked for; hubs give what they like."""

DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}

PUSHED = "newswatch-pushed"
"""The header that marks a reply as pushed: it may hold only what is new, so it says nothing about the whole feed."""

_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_TAG = re.compile(r"<(?:\w+:)?link\b[^<>]{0,3000}>", re.IGNORECASE)
_HEADER = re.compile(r"<([^<>]{1,2000})>\s*((?:;[^;,<>]{0,500})*)")
_REL = re.compile(r"rel\s*=\s*\"?([^\";,]{1,200})", re.IGNORECASE)


class Hub(NamedTuple):
    """A hub, and the topic that it knows the feed by."""

    hub: str
    topic: str


def hub_in(text: str, base: str) -> Hub | None:
    """Return the hub that the feed's channel names (`link rel="hub"` and `rel="self"`), if it names both."""
    head = text[:HEAD]
    item = _ITEM.search(head)
    links = [attributes_of(tag) for tag in _TAG.findall(head[: item.start()] if item else head)]
    return _hub([(link.get("rel", ""), link.get("href", "")) for link in links], base)


def hub_of(reply: Reply) -> Hub | None:
    """Return the hub that the reply's Link headers name, if they name both hub and topic."""
    told = ", ".join(value for name, value in reply.headers if name == "link")[:HEAD]
    links = [(_rel(parameters), url) for url, parameters in _HEADER.findall(told)]
    return _hub(links, reply.url)


def _rel(parameters: str) -> str:
    found = _REL.search(parameters)
    return found[1] if found else ""


def _hub(links: list[tuple[str, str]], base: str) -> Hub | None:
    hub, topic = (next((url for rel, url in links if word in rel.lower().split()), "") for word in ("hub", "self"))
    try:
        found = Hub(urljoin(base, hub), urljoin(base, topic)) if hub and topic else Hub("", "")
    except ValueError:
        return None
    is_of_the_web = all(url.startswith(("http://", "https://")) and not address_fault(url) for url in found)
    return found if is_of_the_web else None


def subscription(topic: str, callback: str, secret: str) -> dict[str, str]:
    """Return the form that asks a hub for a subscription."""
    return {
        "hub.mode": "subscribe",
        "hub.topic": topic,
        "hub.callback": callback,
        "hub.secret": secret,
        "hub.lease_seconds": str(LEASE_S),
    }


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Return whether the body was signed with the secret (`X-Hub-Signature: sha256=…`)."""
    method, _, told = signature.strip().partition("=")
    digest = DIGESTS.get(method.lower())
    if digest is None or not told.isascii():
        return False
    return hmac.compare_digest(hmac.new(secret.encode(), body, digest).hexdigest(), told.lower())


def derived(key: bytes, purpose: str, feed: str) -> str:
    """Return words that only the holder of the key can make: callbacks and secrets need not be remembered."""
    return hmac.new(key, f"{purpose} {feed}".encode(), hashlib.sha256).hexdigest()


def pushed_reply(address: str, body: bytes, headers: Mapping[str, str]) -> Reply:
    """Return what a hub pushed as the reply of the feed's own server."""
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    return Reply(url=address, status=200, headers=(("content-type", kind), (PUSHED, "1")), body=body)
