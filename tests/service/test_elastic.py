"""What only a real Elasticsearch can show: strictness, versions of a mapping, faults of the server, flat counts."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from schemas.documents import Document
from schemas.errors import UserError
from schemas.mapping import body_of, index_name
from schemas.query import Query
from schemas.settings import Index as IndexSettings
from tests.fakes.index import big_reading, document, event, origin, participant
from tests.service.test_index_contract import remove
from transforms.clients.elastic import connect
from transforms.clients.elastic_index import ElasticIndex, open_elastic

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]


@pytest.fixture(scope="module")
def index(elasticsearch_url: str) -> Iterator[ElasticIndex]:
    """Give a prepared index; to make one takes seconds, so all who leave it whole share it."""
    prefix = f"test-{uuid.uuid4().hex}"
    opened = open_elastic(IndexSettings(url=elasticsearch_url, prefix=prefix))
    opened.prepare()
    yield opened
    opened.close()
    remove(elasticsearch_url, f"{prefix}-*")


@pytest.fixture
def settings(elasticsearch_url: str) -> Iterator[IndexSettings]:
    prefix = f"test-{uuid.uuid4().hex}"
    yield IndexSettings(url=elasticsearch_url, prefix=prefix)
    remove(elasticsearch_url, f"{prefix}-*")


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with connect(IndexSettings(url=elasticsearch_url)) as opened:
        yield opened


def test_an_index_is_strict_versioned_and_behind_its_alias(index: ElasticIndex, client: Elasticsearch):
    name = index_name(index.prefix, "documents")
    assert list(client.indices.get_alias(name=f"{index.prefix}-documents")) == [name]
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=name, document={"id": "d1", "surprise": 1})


def test_a_later_version_made_by_hand_gets_the_mapping(index: ElasticIndex, client: Elasticsearch):
    later = f"{index.prefix}-documents-v2"
    client.indices.create(index=later)
    made = client.indices.get_mapping(index=later)[later]["mappings"]
    client.indices.delete(index=later)
    assert made == as_told(body_of(Document)["mappings"])


def as_told(mapping: dict[str, Any]) -> dict[str, Any]:
    """The same in the server's words: where there are fields within, it does not say that they make an object."""
    told = {name: as_told(of) if isinstance(of, dict) else of for name, of in mapping.items()}
    return {k: v for k, v in told.items() if not ("properties" in mapping and (k, v) == ("type", "object"))}


def test_the_tokens_of_english_and_of_names(index: ElasticIndex, client: Elasticsearch):
    def tokens(analyzer: str, text: str) -> str:
        answer = client.indices.analyze(index=f"{index.prefix}-documents", analyzer=analyzer, text=text)
        return " ".join(token["token"] for token in answer["tokens"])

    assert tokens("english_folded", "The envoys' meeting at O’Brien’s Café, cafe\u0301.com") == (
        "the envoi meet at obrien cafe cafe com"
    )
    assert tokens("names", "Jo Peters-O'Neill's") == "jo peters oneill"


def test_new_fields_are_added_to_an_older_index(settings: IndexSettings, client: Elasticsearch):
    body = body_of(Document)
    older = {name: field for name, field in body["mappings"]["properties"].items() if name != "watchlist"}
    made = {"dynamic": "strict", "properties": older, "_meta": {**body["mappings"]["_meta"], "newswatch": "older"}}
    client.indices.create(
        index=index_name(settings.prefix, "documents"),
        settings=body["settings"],
        mappings=made,
        aliases={f"{settings.prefix}-documents": {}},
    )
    index = open_elastic(settings)
    index.prepare()
    assert [answer.error for answer in index.write([document("d1")])] == [None]
    index.close()


def test_a_changed_field_is_said_to_need_another_index(settings: IndexSettings, client: Elasticsearch):
    name = index_name(settings.prefix, "documents")
    client.indices.create(index=name, mappings={"properties": {"id": {"type": "text"}}})
    index = open_elastic(settings)
    with pytest.raises(
        UserError, match=rf"{name} was made by another version of newswatch: .*run `newswatch index upgrade`"
    ):
        index.prepare()
    index.close()


def test_many_may_prepare_at_once(settings: IndexSettings):
    indices = [open_elastic(settings) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(ElasticIndex.prepare, indices))
    assert [answer.error for answer in indices[0].write([document("d1")])] == [None]
    for index in indices:
        index.close()


def test_a_full_disk_is_worth_another_try(index: ElasticIndex, client: Elasticsearch):
    name = index_name(index.prefix, "documents")
    client.indices.put_settings(index=name, settings={"index.blocks.read_only_allow_delete": True})
    [answers] = index.replace([big_reading(1)])
    assert {(answer.error is None, answer.transient) for answer in answers} == {(False, True)}
    client.indices.put_settings(index=name, settings={"index.blocks.read_only_allow_delete": None})
    [answers] = index.replace([big_reading(1)])
    assert {answer.error for answer in answers} == {None}


def test_a_removed_index_is_not_made_by_accident(index: ElasticIndex, client: Elasticsearch):
    client.indices.delete(index=index_name(index.prefix, "documents"))
    [answer] = index.write([document("d1")])
    assert answer.error is not None
    assert answer.transient
    assert not client.indices.exists(index=f"{index.prefix}-documents")
    index.prepare()
    assert [answer.error for answer in index.write([document("d1")])] == [None]


def test_participants_can_be_counted_without_their_nesting(index: ElasticIndex, client: Elasticsearch):
    pair = (participant("Mara Lindqvist", "mara-lindqvist"), participant("Jo Peters", "jo-peters"))
    index.write([event("e1", of=origin("d1"), agents=pair), event("e2", of=origin("d1"), agents=pair[:1])])
    assert index.count(Query(kind="events", document="d1")) == 2
    by_actor = {"actors": {"terms": {"field": "agents.actor"}}}
    answer = client.search(
        index=f"{index.prefix}-events", query={"term": {"origin.document": "d1"}}, size=0, aggs=by_actor
    )
    counts = {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"]["actors"]["buckets"]}
    assert counts == {"mara-lindqvist": 2, "jo-peters": 1}
