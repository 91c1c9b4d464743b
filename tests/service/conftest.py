"""One Elasticsearch for the whole test session, started when the first test asks for it."""

import os
from collections.abc import Iterator

import pytest

from tests.service import node


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
