"""What every Ledger promises, by the very tests that the embedded one and the fake are held to, on a real node."""

from collections.abc import Iterator

import pytest

from tests.service.ledgers import empty, opened
from tests.unit import (
    test_keeping_contract,
    test_ledger_contract,
    test_ledger_items,
    test_ledger_same,
    test_stories_contract,
)
from transforms.clients.elastic_ledger import ElasticLedger
from transforms.protocols import Ledger

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]

CONTRACTS = (test_ledger_contract, test_keeping_contract, test_stories_contract, test_ledger_items, test_ledger_same)

# pytest takes what stands in this module, and gives it this module's ledger
globals().update({name: test for part in CONTRACTS for name, test in vars(part).items() if name.startswith("test_")})


@pytest.fixture(scope="module")
def _node(elasticsearch_url: str) -> Iterator[ElasticLedger]:
    with opened(elasticsearch_url) as ledger:
        yield ledger


@pytest.fixture
def ledger(_node: ElasticLedger) -> Ledger:
    """Give the ledger, empty."""
    empty(_node)
    return _node
