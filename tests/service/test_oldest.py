"""The oldest release that is promised, 8.19, on a node of its own: templates, questions, writing anew, the sink."""

import datetime as dt
import json
import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from schemas.mapping import body_of
from schemas.query import Query
from schemas.records import KINDS
from schemas.settings import Index as IndexSettings
from tests.fakes.index import big_reading
from tests.fakes.newsday import RECORDS
from tests.service import node
from tests.service.ledgers import opened
from tests.service.test_kibana_questions import ANSWERS, QUESTIONS
from tests.service.test_ledger_elastic import NOON, do_all
from tests.service.test_sink import CONFLICT, by, create, sink, stored, written
from transforms.clients.elastic import connect
from transforms.clients.elastic_index import ElasticIndex, open_elastic
from transforms.index.facets import FACETS

NAME = "es819"
# another group than the other nodes': it starts while they work
pytestmark = [
    pytest.mark.service,
    pytest.mark.xdist_group(NAME),
    pytest.mark.skipif(os.environ.get("NEWSWATCH_TEST_ELASTICSEARCH") == NAME, reason="all tests run on it already"),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    try:
        with node.running(NAME) as started:
            yield started
    except node.NoNodeError as e:
        if os.environ.get("CI") == "true" and not os.environ.get("NEWSWATCH_TEST_ELASTICSEARCH_URL"):
            pytest.fail(str(e))
        pytest.skip(f"no Elasticsearch 8.19: {e}")


@pytest.fixture(scope="module")
def index(url: str) -> Iterator[ElasticIndex]:
    opened = open_elastic(IndexSettings(url=url, prefix="old"))
    opened.prepare()
    assert [answer.error for answer in opened.write(RECORDS) if answer.error] == []
    yield opened
    opened.close()


def test_it_is_the_release_that_is_promised(index: ElasticIndex):
    assert index.client.info()["version"]["number"].startswith("8.19.")


def test_the_ten_questions_by_command(index: ElasticIndex, url: str, tmp_path: Path):
    index.count(Query(kind="statements"))  # what was written is there for others
    config = tmp_path / "newswatch.toml"
    config.write_text(f'[index]\nurl = "{url}"\nprefix = "old"\n', "utf-8")
    for (_, _, _, command), answer in zip(QUESTIONS, ANSWERS, strict=True):
        words = shlex.split(command)[1:]
        done = CliRunner().invoke(app, [*words, "--json", "--config", str(config)], catch_exceptions=False)
        assert " ".join(json.loads(line)["id"] for line in done.stdout.splitlines()) == answer, command


def test_a_reading_is_written_anew_and_old_records_are_pruned(index: ElasticIndex):
    reading = big_reading(1)
    for _ in range(2):
        assert {answer.error for of_one in index.replace([reading]) for answer in of_one} == {None}
    assert index.count(Query(kind="mentions", document=reading.document.id)) == 10
    assert index.held("documents", [reading.document.id]) == {reading.document.id: reading.document}
    assert index.remove("mentions", [mention.id for mention in reading.mentions[:4]]).error is None
    assert index.prune("mentions", reading.document.seen + dt.timedelta(seconds=1)) == 6 + 7


def test_an_index_is_upgraded(url: str):
    opened = open_elastic(IndexSettings(url=url, prefix="older"))
    body = body_of(KINDS["alerts"])
    meta = {"newswatch": "older", "analysis": "older"}
    body["mappings"] = {**body["mappings"], "_meta": meta}
    opened.client.indices.create(index="older-alerts-v1", **body, aliases={"older-alerts": {}})
    alerts = [record for record in RECORDS if isinstance(record, KINDS["alerts"])]
    assert {answer.error for answer in opened.write(alerts)} == {None}
    upgraded = {one.kind: one for one in opened.upgrade(again=False, tell=lambda _: None)}
    assert (upgraded["alerts"].after, upgraded["alerts"].records) == ("older-alerts-v2", len(alerts))
    assert opened.kinds() == list(FACETS)
    assert len(opened.find(Query(kind="alerts"))) == len(alerts)
    opened.close()


def test_a_ledger(url: str):
    with opened(url) as ledger:
        for _ in range(2):
            do_all(ledger)
            assert ledger.standing(["a", "b"]) == {"a": "done", "b": "pending"}
            assert [len(list(ledger.matches(name))) for name in ("x", "y")] == [2, 1]
            assert ledger.copies.stories(["a"]) == {"a": "xa"}
            assert ledger.undelivered() == ["y"]
            assert ledger.outbox.sent("log", NOON, NOON) == 1
        assert ledger.prune(NOON + dt.timedelta(days=1), most=9) == 0, "the feed lists them"


def test_the_sinks_actions(url: str):
    more = by(script={"source": "ctx._source.n = (ctx._source.n ?: 0) + params.by", "params": {"by": 10}})
    with connect(IndexSettings(url=url)) as client:
        create(client, "things")
        assert written(url, sink("things"), [{"id": "a", "n": 1}, {"id": "b", "n": 1}]) == []
        conflicts = written(url, sink("things", **by(action="create")), [{"id": "a", "n": 2}])
        assert [(one.status, one.type) for one in conflicts] == [(409, CONFLICT)]
        assert written(url, sink("things", **by(action="upsert"), **more), [{"id": "a"}, {"id": "c"}]) == []
        assert written(url, sink("things", **by(action="delete")), [{"id": "b"}]) == []
        assert stored(client, "things") == {"a": {"id": "a", "n": 11}, "c": {"id": "c", "n": 10}}
