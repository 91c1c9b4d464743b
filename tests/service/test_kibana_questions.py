"""The ten questions of docs/kibana.md: asked in KQL and by command, of Elasticsearch and of the embedded index."""

import json
import re
import shlex
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from typer.testing import CliRunner

from pipelines.cli import app
from schemas.codec import to_json
from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from tests.conftest import ROOT
from tests.fakes.commands import newswatch
from tests.fakes.kibana_ask import Asker
from tests.fakes.newsday import NEXT, RECORDS, STATEMENTS, hour
from tests.service.test_index_contract import remove
from transforms.clients.elastic_index import open_elastic
from transforms.clients.opening import open_index
from transforms.kibana.content import objects

DOC = (ROOT / "docs" / "kibana.md").read_text("utf-8")
ASKED = re.compile(
    r"^### (\d+)\. .*?^```kql (\w+)\n(.+?)\n```\n\n```sh\n(newswatch .+?)\n```$", re.DOTALL | re.MULTILINE
)
QUESTIONS = ASKED.findall(DOC)
ANSWERS = ["s5 s1 s0", "s3 s2", "s4", "m2", "m4 m2", "e2", "d3 d1", "s3 s4", "a2", "f3 f2 f1"]
"""What a careful reader finds in tests/fakes/newsday.py, newest first."""

TEN = pytest.mark.parametrize("number", range(10))
PREFIX = f"test-{uuid.uuid4().hex}"


@dataclass
class Place:
    """An index that holds the day, and the settings file that leads to it."""

    config: Path
    client: Elasticsearch | None = None


def config(folder: Path, url: str) -> Path:
    file = folder / "newswatch.toml"
    file.write_text(f'[index]\nurl = "{url}"\nprefix = "{PREFIX}"\n', "utf-8")
    return file


@pytest.fixture(scope="module")
def elastic(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    opened = open_elastic(IndexSettings(url=elasticsearch_url, prefix=PREFIX))
    opened.prepare()
    assert [answer.error for answer in opened.write(RECORDS) if answer.error] == []
    opened.client.indices.refresh(index=f"{PREFIX}-*")
    yield Place(config(tmp_path_factory.mktemp("elastic"), elasticsearch_url), opened.client)
    opened.close()
    remove(elasticsearch_url, f"{PREFIX}-*")


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("sqlite")
    url = f"sqlite:///{folder}/index.db"
    opened = open_index(Settings(index=IndexSettings(url=url)))
    opened.prepare()
    assert [answer.error for answer in opened.write(RECORDS) if answer.error] == []
    opened.close()
    return Place(config(folder, url))


def answered(number: int, place: Place) -> str:
    """Return the ids that the command prints."""
    [program, *words] = shlex.split(QUESTIONS[number][3])
    assert program == "newswatch"
    done = CliRunner().invoke(app, [*words, "--json", "--config", str(place.config)], catch_exceptions=False)
    assert done.exit_code == 0
    return " ".join(json.loads(line)["id"] for line in done.stdout.splitlines())


def test_there_are_ten_questions_in_order():
    assert [int(number) for number, *_ in QUESTIONS] == list(range(1, 11))


@TEN
def test_the_command_on_the_embedded_index(sqlite: Place, number: int):
    assert answered(number, sqlite) == ANSWERS[number]


@pytest.mark.service
@pytest.mark.xdist_group("elasticsearch")
@TEN
def test_the_command_on_elasticsearch(elastic: Place, number: int):
    assert answered(number, elastic) == ANSWERS[number]


@pytest.mark.service
@pytest.mark.xdist_group("elasticsearch")
@TEN
def test_the_question_in_kql(elastic: Place, number: int):
    _, view, query, _ = QUESTIONS[number]
    assert elastic.client is not None
    found = {(o["type"], o["id"]): o for o in objects(PREFIX)}
    asker = Asker(elastic.client, found, hour(-48), NEXT)
    assert " ".join(asker.hits(found["search", f"{PREFIX}-search-{view}"], query)) == ANSWERS[number]


PICTURES = re.findall(r"^```sh\n(newswatch [^`]+?)\n```\n\n```text\n(.+?)\n```$", DOC, re.DOTALL | re.MULTILINE)


def test_there_are_pictures_of_the_data():
    assert len(PICTURES) == 4


@pytest.mark.parametrize(("command", "picture"), PICTURES)
def test_a_table_in_the_doc_is_what_the_command_prints(sqlite: Place, command: str, picture: str):
    done = newswatch(*shlex.split(command)[1:], "--config", sqlite.config)
    assert [line.rstrip() for line in done.out.splitlines() if line.strip()] == picture.splitlines()


def test_the_statement_in_the_doc_is_one():
    [block] = re.findall(r"^```json\n(.+?)\n```$", DOC, re.DOTALL | re.MULTILINE)
    assert json.loads(block) == without_empty(json.loads(to_json(STATEMENTS[1])))


def without_empty(value: object) -> object:
    if isinstance(value, dict):
        return {key: inner for key, of in value.items() if (inner := without_empty(of)) not in ("", None, [], "none")}
    return [without_empty(of) for of in value] if isinstance(value, list) else value
