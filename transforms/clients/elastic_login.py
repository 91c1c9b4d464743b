"""Where an Elasticsearch server stands and who asks it: URLs, secrets from settings or files, certificates."""

import base64
import binascii
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from pydantic import SecretStr

from schemas.errors import UserError
from schemas.settings import Index as IndexSettings

CLOUD = "cloud:"
"""Begins a URL that is a cloud id: cloud:NAME:BASE64, as Elastic's console shows it."""


def addresses(url: str) -> list[str]:
    """Return the nodes' URLs, without what is secret in them; raises UserError."""
    if url.startswith(CLOUD):
        return [_of_cloud(url)]
    return [_address(one.strip()) for one in url.split(",")]


def credentials(settings: IndexSettings) -> tuple[str, str, str]:
    """Return the first node's URL without what is secret in it, the user name and the password; raises UserError."""
    url = addresses(settings.url)[0]
    parts = urlsplit(settings.url.split(",")[0].strip())
    given = unquote(parts.username or ""), unquote(parts.password or "")
    return url, given[0] or settings.username, given[1] or _secret(settings, "password")


def options(settings: IndexSettings) -> dict[str, Any]:
    """Return the client's options for who asks; raises UserError where the settings contradict themselves."""
    _, user, password = credentials(settings)
    key, token = _secret(settings, "api_key"), _secret(settings, "bearer_token")
    given = [name for name, value in (("a user name", user), ("an api_key", key), ("a bearer_token", token)) if value]
    if len(given) > 1:
        raise UserError(f"index: {' and '.join(given)} are given; one of them must go")
    if settings.client_key and not settings.client_cert:
        raise UserError("index.client_key: there is no index.client_cert")
    found: dict[str, Any] = {
        "basic_auth": (user, password) if user else None,
        "api_key": key or None,
        "bearer_auth": token or None,
        **{name: _file(settings, name) for name in ("ca_certs", "client_cert", "client_key")},
    }
    return {name: value for name, value in found.items() if value is not None}


def _address(url: str) -> str:
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 9200)
    except ValueError:
        raise UserError("index.url: the port is not a number") from None
    if parts.scheme not in {"http", "https"}:
        raise UserError("index.url: every node's URL begins with http:// or https://")
    if not parts.hostname:
        raise UserError("index.url: there is no host in it")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return urlunsplit((parts.scheme, f"{host}:{port}", parts.path, "", ""))


def _of_cloud(url: str) -> str:
    """Return the address in a cloud id: the base64 of HOST[:PORT]$ELASTICSEARCH$KIBANA."""
    try:
        parts = base64.b64decode(url.rpartition(":")[2], validate=True).decode().split("$")
    except (binascii.Error, UnicodeDecodeError):
        parts = []
    if len(parts) < 2 or not parts[0] or not parts[1]:
        raise UserError("index.url: this is no cloud id (cloud:NAME:BASE64)")
    host, _, port = parts[0].partition(":")
    return _address(f"https://{parts[1]}.{host}:{port or 443}")


def _secret(settings: IndexSettings, name: str) -> str:
    """Return the secret that is given, or what stands in its file."""
    given: SecretStr = getattr(settings, name)
    path: str = getattr(settings, f"{name}_file")
    if not path or given.get_secret_value():
        return given.get_secret_value()
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as e:
        reason = e.strerror if isinstance(e, OSError) else "is not text"
        raise UserError(f"index.{name}_file: {path}: {reason}") from None


def _file(settings: IndexSettings, name: str) -> str | None:
    path: str = getattr(settings, name)
    if path and not Path(path).is_file():
        raise UserError(f"index.{name}: {path}: no such file")
    return path or None
