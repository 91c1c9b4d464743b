"""Kibana over HTTP: saved objects, connectors and rules, into one space."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx2

from schemas.errors import UserError
from transforms.clients.opening import shown

TIMEOUT_S = 120.0
"""A fresh Kibana takes a minute over its first import."""

SHOWN = 3
"""Refused objects that an error tells of."""

SAID_BY_STATUS = {401: "user, password or API key are wrong", 403: "these credentials may not do that"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """How to come in: an API key, or a user and a password; neither is ever shown."""

    api_key: str = field(default="", repr=False)
    username: str = ""
    password: str = field(default="", repr=False)
    ca_certs: str = ""


class Kibana:
    """One space of a Kibana; every refusal is a UserError of one line."""

    def __init__(self, url: str, *, space: str, login: Login, client: httpx2.Client) -> None:
        self.url = shown(url.rstrip("/"))  # as it is told: a password may stand in it
        self.base = f"{url.rstrip('/')}/s/{quote(space, safe='')}" if space else url.rstrip("/")
        self.login, self.client = login, client

    def import_objects(self, lines: bytes) -> int:
        """Put the saved objects in place of those of the same ids; return how many."""
        answer = self._send(
            "POST",
            "/api/saved_objects/_import",
            params={"overwrite": "true"},
            files={"file": ("newswatch.ndjson", lines, "application/ndjson")},
        )
        if answer.get("success") is not True:
            raise UserError(f"{self.url}: not all objects were taken: {_refused(answer.get('errors') or [])}")
        return int(answer.get("successCount", 0))

    def put_connector(self, id_: str, body: dict[str, Any]) -> None:
        """Make the connector, or change the one of that id."""
        kept = {name: value for name, value in body.items() if name != "connector_type_id"}
        self._put(f"/api/actions/connector/{quote(id_, safe='')}", body, kept)

    def put_rule(self, id_: str, body: dict[str, Any]) -> None:
        """Make the rule, or change the one of that id; one that was switched off stays off."""
        kept = {name: value for name, value in body.items() if name not in MADE_ONCE}
        self._put(f"/api/alerting/rule/{quote(id_, safe='')}", body, kept)

    def close(self) -> None:
        """Give back the connections."""
        self.client.close()

    def _put(self, path: str, body: dict[str, Any], changed: dict[str, Any]) -> None:
        try:
            self._send("POST", path, json=body)
        except _ConflictError:
            self._send("PUT", path, json=changed)

    def _send(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        try:
            reply = self.client.request(method, f"{self.base}{path}", headers=_headers(self.login), **sent)
        except httpx2.InvalidURL:
            raise UserError(f"{self.url}: is no web address") from None
        except httpx2.HTTPError as e:
            raise UserError(f"{self.url}: no answer: {e or type(e).__name__}") from None
        told = _told(reply)
        if reply.status_code == httpx2.codes.CONFLICT:
            raise _ConflictError(f"{self.url}: is there already: {path}")
        if not 200 <= reply.status_code < 300:
            said = str(told.get("message") or "")[:500] if reply.status_code != httpx2.codes.UNAUTHORIZED else ""
            why = said or SAID_BY_STATUS.get(reply.status_code, "no reason given")
            raise UserError(f"{self.url}: {' '.join(why.split())} ({reply.status_code})")
        return told


class _ConflictError(UserError):
    """Something of that id is there already."""


MADE_ONCE = frozenset({"rule_type_id", "consumer", "enabled"})
"""What the API takes only when a rule is made."""


def open_kibana(url: str, *, space: str = "", login: Login) -> Kibana:
    """Return the Kibana at that address; raises UserError for an address or CA file that is none."""
    if not url.startswith(("http://", "https://")):
        raise UserError(f"{shown(url)}: a Kibana's address begins with http:// or https://")
    try:
        verify: Any = _trusting(login.ca_certs) if login.ca_certs else True
    except OSError as e:
        raise UserError(f"{login.ca_certs}: no CA certificate: {e.strerror or e}") from None
    return Kibana(url, space=space, login=login, client=httpx2.Client(timeout=TIMEOUT_S, verify=verify))


def _trusting(ca_certs: str) -> object:
    import ssl  # noqa: PLC0415  (only who names a CA needs it)

    return ssl.create_default_context(cafile=ca_certs)


def _headers(login: Login) -> dict[str, str]:
    headers = {"kbn-xsrf": "newswatch"}
    if login.api_key:
        return {**headers, "Authorization": f"ApiKey {login.api_key}"}
    if login.username:
        pair = httpx2.BasicAuth(login.username, login.password)
        request = next(pair.auth_flow(httpx2.Request("GET", "http://any/")))
        return {**headers, "Authorization": request.headers["Authorization"]}
    return headers


def _told(reply: httpx2.Response) -> dict[str, Any]:
    try:
        told = reply.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return told if isinstance(told, dict) else {}


def _refused(errors: Sequence[dict[str, Any]]) -> str:
    told = [f"{e.get('type')} {e.get('id')}: {_why(e.get('error') or {})}" for e in errors[:SHOWN]]
    more = [f"and {len(errors) - SHOWN} more"] if len(errors) > SHOWN else []
    return "; ".join([*told, *more]) or "no reason given"


def _why(error: dict[str, Any]) -> str:
    missing = ", ".join(f"{r.get('type')} {r.get('id')}" for r in error.get("references") or [])
    return " ".join(str(part) for part in (error.get("type"), error.get("message"), missing) if part)
