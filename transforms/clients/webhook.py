"""The channel that posts signed JSON to an address of the user's own."""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import logging
from collections.abc import Callable

import httpx2

from schemas.codec import to_dict
from schemas.errors import UserError
from schemas.kept import Notice
from transforms.clients.notices import Templates, clean, link_to, render
from transforms.protocols import NotifyError

Clock = Callable[[], dt.datetime]

TIMEOUT_S = 10.0
TRY_AGAIN = frozenset({408, 425, 429})
"""Refusals (4xx) that do not last."""


def open_client(timeout_s: float = TIMEOUT_S) -> httpx2.Client:
    """Return a client for addresses that the user has set: no guard on them, and no redirects."""
    # the library tells every address in its log, and this one may hold a secret
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    return httpx2.Client(timeout=timeout_s, follow_redirects=False)


class Webhook:
    """JSON by POST, signed as Standard Webhooks lay down, with the notice's id as idempotency key."""

    def __init__(self, url: str, key: bytes, *, client: httpx2.Client, templates: Templates, clock: Clock) -> None:
        self.url, self.key, self.client = url, key, client
        self.templates, self.clock = templates, clock

    def send(self, notice: Notice) -> None:
        """Post the notice; raises NotifyError, transient for silence, overload and errors of the server."""
        body = payload(notice, self.templates)
        headers = signed_headers(notice.id, body, self.key, now=self.clock())
        try:
            with self.client.stream("POST", self.url, content=body, headers=headers) as reply:
                status = reply.status_code
        except httpx2.InvalidURL:
            raise NotifyError("the address is none", transient=False) from None
        except httpx2.HTTPError as e:  # its message may hold the address
            raise NotifyError(f"no answer ({type(e).__name__})", transient=True) from None
        if not 200 <= status < 300:
            raise NotifyError(f"answered {status}", transient=status >= 500 or status in TRY_AGAIN)

    def close(self) -> None:
        """Give back the connections."""
        self.client.close()


def payload(notice: Notice, templates: Templates) -> bytes:
    """Return the body that a webhook gets: the notice in words, and the whole records."""
    words = render(notice, templates, clean)
    alerts = [to_dict(alert) for alert in notice.alerts]
    link = link_to(notice.alerts[0].matches[0].origin.url)
    value = {"id": notice.id, "title": words.title, "body": words.body, "link": link, "alert": alerts[0]}
    return json.dumps(value | {"alerts": alerts}, ensure_ascii=False, separators=(",", ":")).encode()


def signed_headers(notice_id: str, body: bytes, key: bytes, *, now: dt.datetime) -> dict[str, str]:
    """Return the headers of a signed request; the signature covers id, time and body."""
    stamp = str(int(now.timestamp()))
    signature = hmac.new(key, b".".join([notice_id.encode(), stamp.encode(), body]), hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "newswatch",
        "Idempotency-Key": notice_id,
        "Webhook-Id": notice_id,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": f"v1,{base64.b64encode(signature).decode()}",
    }


def signing_key(found: str) -> bytes:
    """Return the bytes to sign with: a `whsec_` secret is base64, any other is taken as it stands."""
    if not found.startswith("whsec_"):
        return found.encode()
    try:
        return base64.b64decode(found.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise UserError("the secret begins with whsec_ but is not base64") from None
