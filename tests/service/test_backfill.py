"""A backfill in Elasticsearch: what the embedded index says after one, the server says too."""

import contextlib
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.settings import Settings
from tests.graph.test_backfill import KARST, backfill, everything, fill_index, settings_in
from tests.service.test_index_contract import remove
from transforms.clients.opening import open_index
from transforms.language.model import Model

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]


@pytest.fixture
def server(elasticsearch_url: str, tmp_path: Path) -> Iterator[Settings]:
    """Give the settings of an index on the server, its ledger in the test's folder."""
    prefix = f"test-{uuid.uuid4().hex}"
    own = {"index": {"url": elasticsearch_url, "prefix": prefix}, "ledger": {"url": f"sqlite:///{tmp_path}/ledger.db"}}
    yield Settings.model_validate(settings_in(tmp_path).model_dump() | own)
    remove(elasticsearch_url, f"{prefix}-*")


def test_the_server_says_the_same_as_the_embedded_index(server: Settings, tmp_path: Path, model: Model) -> None:
    embedded = settings_in(tmp_path)
    for settings in (embedded, server):
        fill_index(settings, model, [KARST])
    told = [backfill(settings).added for settings in (embedded, server)]
    assert told[0] == told[1]
    with contextlib.closing(open_index(server)):  # closing lets others see what was written
        pass
    assert everything(server) == everything(embedded)
    assert +backfill(server).added == {"looked": 6, "candidates": 4}
