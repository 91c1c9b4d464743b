"""Ledgers of tests on a real node: one index for many tests, emptied in between."""

import contextlib
import uuid
from collections.abc import Iterator

from schemas.settings import Index as IndexSettings
from tests.service.test_index_contract import remove
from transforms.clients.elastic_ledger import ElasticLedger
from transforms.clients.elastic_listings import Listings
from transforms.clients.elastic_shared import open_elastic_ledger


@contextlib.contextmanager
def opened(url: str) -> Iterator[ElasticLedger]:
    """Give a ledger that no other test has, and take it off the server in the end."""
    settings = IndexSettings(url=url, prefix=f"test-{uuid.uuid4().hex}")
    with contextlib.closing(open_elastic_ledger(settings)) as ledger:
        yield ledger
    remove(url, f"{settings.prefix}-*")


def empty(ledger: ElasticLedger) -> None:
    """Make it what it was when it was made."""
    ledger.client.indices.refresh(index=ledger.shelf.name)
    ledger.client.delete_by_query(index=ledger.shelf.name, query={"match_all": {}}, refresh=True)
    ledger.forgetting.behind = None
    ledger.listings = Listings(ledger.shelf)
