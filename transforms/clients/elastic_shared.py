"""Ledgers on an Elasticsearch server: those of one process share a client, for every step of a pass opens one."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from schemas.settings import Index as IndexSettings
from transforms.clients.elastic import connect, said
from transforms.clients.elastic_docs import NAME, layout
from transforms.clients.elastic_lease import Lease
from transforms.clients.elastic_ledger import ElasticLedger
from transforms.clients.elastic_login import credentials
from transforms.clients.elastic_setup import standing

PREPARED_S = 60.0
"""So long an index that was prepared is taken to be so still; one that somebody removes comes back."""


@dataclass
class Shared:
    """A client, how many use it, and when its index was last prepared."""

    client: Elasticsearch
    users: int = 0
    prepared: float = float("-inf")


_SHARED: dict[IndexSettings, Shared] = {}
_LOCK = threading.Lock()


def open_elastic_ledger(settings: IndexSettings, *, make: bool = True) -> ElasticLedger:
    """Return the ledger on that server, made where it is missing; raises UserError where the server cannot be asked.

    Without `make` it is as it stands, maybe of another version.
    """
    with contextlib.ExitStack() as opened:
        shared = opened.enter_context(_lent(settings))
        ledger = ElasticLedger(shared.client, server=credentials(settings)[0], prefix=settings.prefix)
        if make and time.monotonic() - shared.prepared >= PREPARED_S:
            ledger.prepare()
            shared.prepared = time.monotonic()
        ledger.held = opened.pop_all()
    return ledger


def has_elastic_ledger(settings: IndexSettings) -> bool:
    """Return whether that server has a ledger; raises UserError where it cannot be asked."""
    server = credentials(settings)[0]
    with contextlib.closing(connect(settings, retries=0)) as client, said(server):
        return NAME in standing(client, settings.prefix, layout())


@contextlib.contextmanager
def held_alone(settings: IndexSettings, work: str) -> Iterator[str]:
    """Hold that sort of work on the ledger; gives who has it where another does, else nothing."""
    with contextlib.closing(open_elastic_ledger(settings)) as ledger, contextlib.ExitStack() as held:
        lease = Lease(ledger.shelf, work)
        has = lease.take()
        if has is None:
            held.enter_context(lease.kept())
        yield f"process {has.pid} on {has.host}" if has else ""


@contextlib.contextmanager
def _lent(settings: IndexSettings) -> Iterator[Shared]:
    with _LOCK:
        shared = _SHARED.get(settings)
        if shared is None:
            shared = _SHARED[settings] = Shared(connect(settings))
        shared.users += 1
    try:
        yield shared
    finally:
        with _LOCK:
            shared.users -= 1
            if not shared.users:
                del _SHARED[settings]
                shared.client.close()
