"""Documents that a sink could not write: kept in the index and in a file, and sent again by `newswatch replay`."""

import json
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from elasticsearch import Elasticsearch

from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from tests.fakes.commands import Done, newswatch
from tests.service.test_sink import create, id_of, sink, stored
from transforms.clients.elastic import connect
from transforms.clients.elastic_bulk import open_bulk
from transforms.clients.opening import open_index
from transforms.index.retry import Retry
from transforms.index.stage import KeepRefused, WriteDocuments

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]


class Desk:
    """An index that takes numbers, one that keeps failures, and a file beside it."""

    def __init__(self, url: str, folder: Path, client: Elasticsearch) -> None:
        self.url, self.client, self.name = url, client, f"test-{uuid.uuid4().hex}"
        self.file, self.config = folder / "refused.jsonl", folder / "c.toml"
        self.failures_in = f"sqlite:///{folder}/x.db"
        self.config.write_text(f'[index]\nurl = "{self.failures_in}"\n')
        create(client, self.name)

    def block(self, *, on: bool) -> None:
        settings = {"index.blocks.read_only_allow_delete": on or None}
        self.client.indices.put_settings(index=self.name, settings=settings)

    def write(self, *elements: dict[str, Any]) -> None:
        settings = Settings(index=IndexSettings(url=self.failures_in))
        rules = sink(self.name, id=id_of, retry=Retry(attempts=2, first_s=0.01))
        with BeamPipeline(runner="FnApiRunner") as p:
            written = p | beam.Create(elements) | WriteDocuments(partial(open_bulk, IndexSettings(url=self.url)), rules)
            written.failed | KeepRefused(partial(open_index, settings), str(self.file))

    def replay(self, *words: str) -> Done:
        return newswatch("replay", "--to", self.url, "--config", self.config, "--json", *words)

    def listed(self) -> set[str]:
        found = newswatch("failures", "--config", self.config, "--json").json
        return {f["element"].rpartition("/")[2] for f in found}


@pytest.fixture
def desk(elasticsearch_url: str, tmp_path: Path) -> Iterator[Desk]:
    with connect(IndexSettings(url=elasticsearch_url)) as client:
        made = Desk(elasticsearch_url, tmp_path, client)
        yield made
        client.indices.delete(index=made.name)


def told(sent: int, refused: int) -> list[dict[str, int]]:
    return [{"reopened": 0, "sent": sent, "refused": refused}]


def test_what_a_full_disk_refused_is_sent_again_once_and_what_is_wrong_stays_listed(desk: Desk):
    desk.block(on=True)
    desk.write({"id": "a", "n": 1}, {"id": "b", "n": "no number"})
    assert desk.listed() == {"a", "b"}
    blocked = desk.replay("--reason", "index-refused")
    assert (blocked.code, blocked.json) == (0, told(0, 0))  # both wait for the disk
    desk.block(on=False)
    done = desk.replay()
    assert (done.code, done.json) == (3, told(1, 1))
    assert stored(desk.client, desk.name) == {"a": {"id": "a", "n": 1}}
    assert desk.listed() == {"b"}
    desk.client.index(index=desk.name, id="a", document={"id": "a", "n": 2}, refresh=True)
    assert desk.replay().json == told(0, 1)
    assert stored(desk.client, desk.name)["a"]["n"] == 2  # what was sent is not sent again
    assert len(desk.file.read_bytes().splitlines()) == 2
    table = newswatch("replay", "--to", desk.url, "--config", desk.config)
    assert "0 of 1 documents of a sink sent again and taken" in table.out
    assert "failed to parse field [n]" in table.out


def test_the_file_alone_serves_where_the_index_could_not_keep_them(desk: Desk):
    desk.block(on=True)
    desk.write({"id": "a", "n": 1}, {"id": "b", "n": 2})
    desk.block(on=False)
    lines = desk.file.read_bytes()
    assert desk.replay("--file", str(desk.file)).json == told(2, 0)
    assert set(stored(desk.client, desk.name)) == {"a", "b"}
    assert desk.listed() == set()
    assert desk.file.read_bytes() == lines
    assert desk.replay("--file", str(desk.file)).json == told(0, 0)
    later = {**json.loads(lines.splitlines()[0]), "seen": "2099-01-01T00:00:00Z"}  # refused once more since
    with desk.file.open("a") as file:
        file.write(json.dumps(later) + "\n")
    assert desk.replay("--file", str(desk.file)).json == told(1, 0)


def test_an_embedded_index_is_no_server_to_send_to(desk: Desk):
    desk.write({"id": "b", "n": "no number"})
    done = newswatch("replay", "--config", desk.config)
    assert done.code == 2
    assert done.complaint == "a sink could not write a document: name the Elasticsearch with --to"


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "no such file"), ("{}\n", "not a failure as newswatch writes them"), (b"\xff", "not UTF-8")],
)
def test_a_file_that_is_none(tmp_path: Path, text: str | bytes | None, said: str):
    file = tmp_path / "letters.jsonl"
    if text is not None:
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    done = newswatch("replay", "--file", file, "--index", f"sqlite:///{tmp_path}/x.db")
    assert done.code == 2
    assert said in done.complaint
