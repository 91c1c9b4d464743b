"""One Elasticsearch for the whole test session, started when the first test asks for it."""

import os
from collections.abc import Iterator

import pytest

from tests.service import node
from tests.service.ledgers import empty, opened
from transforms.clients.elastic_ledger import ElasticLedger


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    given = os.environ.get("NEWSWATCH_TEST_ELASTICSEARCH_URL")
    if given:
        yield given
        return
    try:
        with node.running(os.environ.get("NEWSWATCH_TEST_ELASTICSEARCH", "es94")) as url:
            yield url
    except node.NoNodeError as e:
        if os.environ.get("CI") == "true":
            pytest.fail(str(e))
        pytest.skip(f"no Elasticsearch: {e}")


@pytest.fixture(scope="module")
def _ledger(elasticsearch_url: str) -> Iterator[ElasticLedger]:
    with opened(elasticsearch_url) as ledger:
        yield ledger


@pytest.fixture
def ledger(_ledger: ElasticLedger) -> ElasticLedger:
    """Give a ledger on the node, empty."""
    empty(_ledger)
    return _ledger
