"""One Flink for the tests of streams, started when the first asks for it."""

import os
from collections.abc import Iterator

import pytest

from tests.runner import flink as cluster


@pytest.fixture(scope="session")
def flink() -> Iterator[cluster.Flink]:
    """A manager, a task manager and a job server; skips where they cannot be had, which in CI is a failure."""
    try:
        with cluster.running() as started:
            yield started
    except cluster.NoFlinkError as e:
        if os.environ.get("CI") == "true":
            pytest.fail(str(e))
        pytest.skip(f"no Flink: {e}")
