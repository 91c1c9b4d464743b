"""Settings -> the index and the ledger that their URLs name."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from schemas.errors import UserError
from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from transforms.clients.sqlite_index import SqliteIndex
from transforms.clients.sqlite_ledger import SqliteLedger
from transforms.protocols import Ledger
from transforms.upkeep import Keeper, Versioned

LEDGER = "newswatch-ledger.db"
"""Where the ledger stands when the index is a server and no other place is named."""

SERVERS = frozenset({"http", "https", "cloud"})


def open_index(settings: Settings, *, asking: bool = False) -> Keeper:
    """Return the index that the settings name; raises UserError where there is none of that kind, or no answer.

    Args:
        asking: it is only read: an embedded one may be another user's, or stand where nothing can be written.
    """
    url = settings.index.url
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        embedded = SqliteIndex(sqlite_path(url), asking=asking)
        embedded.check()
        return embedded
    if scheme in SERVERS:
        # 0.7 s of imports that the embedded index does not need
        from transforms.clients.elastic_index import open_elastic  # noqa: PLC0415

        return open_elastic(settings.index)
    raise UserError(f"index.url: {shown(url)!r} is neither sqlite:///PATH nor http(s)://HOST:PORT nor cloud:ID")


def open_ledger(settings: Settings) -> Ledger:
    """Return the ledger, made where it is missing; raises UserError where its place cannot be used."""
    if server := ledger_server(settings):
        from transforms.clients.elastic_shared import open_elastic_ledger  # noqa: PLC0415  (0.7 s of imports)

        return open_elastic_ledger(server)
    ledger = SqliteLedger(ledger_path(settings))
    ledger.prepare()
    return ledger


def has_ledger(settings: Settings) -> bool:
    """Return whether there is a ledger yet; raises UserError where its server cannot be asked."""
    if server := ledger_server(settings):
        from transforms.clients.elastic_shared import has_elastic_ledger  # noqa: PLC0415

        return has_elastic_ledger(server)
    return Path(ledger_path(settings)).exists()


def known_ledger(settings: Settings) -> Ledger | None:
    """Return the ledger as it stands, None where there is none yet: a file is only read."""
    if not has_ledger(settings):
        return None
    if ledger_server(settings):
        return open_ledger(settings)
    ledger = SqliteLedger(ledger_path(settings), asking=True)
    return ledger if ledger.is_made() else None


def versioned(settings: Settings) -> Iterator[Versioned]:
    """Yield what an upgrade brings up to date: the index, and a ledger on a server; each is open until the next."""
    with contextlib.closing(open_index(settings)) as index:
        yield index
    server = ledger_server(settings)
    if server and has_ledger(settings):
        from transforms.clients.elastic_shared import open_elastic_ledger  # noqa: PLC0415

        with contextlib.closing(open_elastic_ledger(server, make=False)) as ledger:
            yield ledger


def ledger_server(settings: Settings) -> IndexSettings | None:
    """Return the server that the ledger stands on, None where it is a file.

    It is asked as the index's server is, but by the user in its own URL where there is one.
    """
    url = settings.ledger.url
    if urlsplit(url).scheme not in SERVERS:
        return None
    kept = {"prefix", "ca_certs", "client_cert", "client_key"} if urlsplit(url).username else None
    return IndexSettings(**{**settings.index.model_dump(include=kept), "url": url})


def ledger_name(settings: Settings) -> str:
    """Return what people call the ledger: its server's address, or its file's path."""
    server = ledger_server(settings)
    return shown(server.url) if server else ledger_path(settings)


def ledger_path(settings: Settings) -> str:
    """Return the ledger's file: its own, or the embedded index's, or one in the working folder."""
    if settings.ledger.url:
        return sqlite_path(settings.ledger.url, "ledger.url")
    if urlsplit(settings.index.url).scheme == "sqlite":
        return sqlite_path(settings.index.url)
    return LEDGER


def sqlite_path(url: str, key: str = "index.url") -> str:
    """Return the path in sqlite:///PATH (four slashes: from the root); raises UserError."""
    parts = urlsplit(url)
    path = unquote(parts.path.removeprefix("/"))
    if parts.scheme != "sqlite" or parts.netloc or not path or path == ":memory:":
        raise UserError(f"{key}: {shown(url)!r} is not of the form sqlite:///PATH")
    return path


def shown(url: str) -> str:
    """Return the URL, or the URLs of several nodes, without the passwords in them."""
    return ",".join(one.rsplit("@", 1)[-1] for one in url.split(","))
