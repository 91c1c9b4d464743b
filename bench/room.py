"""How much room an article takes in Elasticsearch, and what its indexing costs there: measured on a node of our own."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from schemas.records import KINDS, Reading
from schemas.settings import Index as IndexSettings
from tests.service import node
from transforms.clients.elastic import connect
from transforms.clients.elastic_index import ElasticIndex, open_elastic

BATCH = 50
PREFIX = "bench"


@dataclass(frozen=True)
class Room:
    """Bytes on disk and number of records by kind, once merged; CPU seconds of the server an article."""

    articles: int
    bytes: dict[str, int]
    records: dict[str, int]
    cpu_s: float

    @property
    def an_article(self) -> float:
        """Return the bytes of an article with all its records."""
        return sum(self.bytes.values()) / self.articles


def elastic_room(readings: Sequence[Reading]) -> Room | None:
    """Return what the readings take in an index that holds nothing else; None where no server can be had here."""
    os.environ["NEWSWATCH_TEST_JIT"] = "full"
    try:
        with node.running() as url:
            return _measured(IndexSettings(url=url, prefix=PREFIX), readings)
    except node.NoNodeError as e:
        print(f"no Elasticsearch: {e}", flush=True)
        return None


def _measured(settings: IndexSettings, readings: Sequence[Reading]) -> Room:
    half = len(readings) // 2  # the server's compiler warms up over the first half
    with connect(settings, timeout_s=120) as client:
        index = open_elastic(settings)
        index.prepare()
        _write(index, readings[:half])
        before = _cpu(client)
        _write(index, readings[half:])
        used = _cpu(client) - before
        index.close()
        client.indices.refresh(index=f"{PREFIX}-*")
        client.indices.forcemerge(index=f"{PREFIX}-*", max_num_segments=1)
        client.indices.flush(index=f"{PREFIX}-*", force=True)
        kinds = [kind for kind in KINDS if kind not in {"alerts", "failures", "feeds"}]
        sizes = {kind: _size(client, f"{PREFIX}-{kind}") for kind in kinds}
        counts = {kind: int(client.count(index=f"{PREFIX}-{kind}")["count"]) for kind in kinds}
    return Room(len(readings), sizes, counts, used / (len(readings) - half))


def _write(index: ElasticIndex, readings: Sequence[Reading]) -> None:
    for start in range(0, len(readings), BATCH):
        refused = [w for answers in index.replace(readings[start : start + BATCH]) for w in answers if w.error]
        assert not refused, refused[:3]


def _cpu(client: Elasticsearch) -> float:
    [found] = client.nodes.stats(metric="process")["nodes"].values()
    return float(found["process"]["cpu"]["total_in_millis"]) / 1000


def _size(client: Elasticsearch, alias: str) -> int:
    """Return the bytes of its files on disk."""
    return int(client.indices.stats(index=alias, metric="store")["_all"]["primaries"]["store"]["size_in_bytes"])
