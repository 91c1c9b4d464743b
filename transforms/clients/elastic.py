"""A connection to Elasticsearch, and its errors as lines that a user can act upon."""

import contextlib
from collections.abc import Iterator
from typing import Any

from elastic_transport import TlsError, Transport
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, TransportError, UnsupportedProductError

from schemas.errors import UserError
from schemas.settings import Index as IndexSettings
from transforms.clients.elastic_login import addresses, options

RETRIED = frozenset({429, 502, 503, 504})
"""Statuses that the client itself asks again for, with growing pauses, before it gives up."""

TRANSIENT = RETRIED | {401, 403, 404}
"""Statuses that are not the record's fault: asking again may help, the last ones once the user has mended something."""

REFUSED = {
    401: "the user name, password or API key is refused",
    403: "this user may not do that",
    404: "holds nothing of newswatch yet (a first `newswatch run` makes it)",
}


class ElasticError(UserError):
    """A server that cannot be asked; `transient` where asking again may help."""

    def __init__(self, message: str, *, transient: bool, status: int = 0) -> None:
        super().__init__(message)
        self.transient = transient
        self.status = status


class _Transport(Transport):
    """Speaks version 8 of the protocol, which servers 8 and 9 both take; the client's own 9 is refused by 8."""

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        headers = kwargs.get("headers") or {}
        kwargs["headers"] = {
            name: value.replace("compatible-with=9", "compatible-with=8") for name, value in headers.items()
        }
        return super().perform_request(*args, **kwargs)


def connect(settings: IndexSettings, *, timeout_s: float = 30.0, retries: int = 4) -> Elasticsearch:
    """Return a client for the server that the settings name; raises UserError where they contradict themselves."""
    return Elasticsearch(
        addresses(settings.url),
        transport_class=_Transport,
        request_timeout=timeout_s,
        max_retries=retries,
        retry_on_status=RETRIED,
        retry_on_timeout=True,
        retry_backoff_base=0.5,
        retry_backoff_cap=10,
        **options(settings),
    )


@contextlib.contextmanager
def said(server: str) -> Iterator[None]:
    """Turn the client's errors into ElasticError."""
    try:
        yield
    except UnsupportedProductError:
        raise ElasticError(f"{server}: is not Elasticsearch", transient=False) from None
    except ApiError as e:
        reason = REFUSED.get(e.meta.status) or reason_of(e.body) or e.message
        transient = e.meta.status in TRANSIENT
        raise ElasticError(f"{server}: {reason} ({e.meta.status})", transient=transient, status=e.meta.status) from None
    except TlsError as e:
        raise ElasticError(f"{server}: no trusted connection: {_short(e)}", transient=False) from None
    except ConnectionTimeout:
        raise ElasticError(f"{server}: no answer in time", transient=True) from None
    except TransportError as e:
        raise ElasticError(f"{server}: no answer: {_short(e)}", transient=True) from None


def reason_of(body: object) -> str:
    """Return the innermost reason in a server's error, in one line; empty where it gives none."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return " ".join(str(error or "").split())[:500]
    cause = reason_of(error["caused_by"]) if isinstance(error.get("caused_by"), dict) else ""
    own = " ".join(str(error.get("reason") or error.get("type") or "").split())
    return (f"{own}: {cause}" if cause and cause not in own else own)[:500]


def _short(error: TransportError) -> str:
    """Return the innermost cause: urllib3 wraps "Connection refused" three times."""
    text = str(error.errors[-1] if error.errors else error.message)
    return text.rsplit(": ", 1)[-1].strip("'\")( ")
