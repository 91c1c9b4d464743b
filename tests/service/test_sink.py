"""The sink against a real Elasticsearch: what each action does, and faults in between: nothing lost, nothing twice."""

import itertools
import os
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to
from elasticsearch import Elasticsearch

from schemas.settings import Index as IndexSettings
from tests.service import node
from tests.service.proxy import Fault, Proxy, between
from transforms.clients.elastic import connect
from transforms.clients.elastic_bulk import open_bulk
from transforms.index.batches import Limits
from transforms.index.refused import Act, Refused, resend
from transforms.index.retry import Retry
from transforms.index.sending import CONFLICT, Sender
from transforms.index.sink import Sink, write
from transforms.index.stage import WriteDocuments

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]

Element = dict[str, Any]
DOCUMENTS = 50_000
"""With a restart of the node in the midst of them; as large as that so that many requests are on their way then."""


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with connect(IndexSettings(url=elasticsearch_url)) as opened:
        yield opened


@pytest.fixture
def name(client: Elasticsearch) -> Iterator[str]:
    """Give the name of an index that takes numbers and words, and nothing else."""
    made = f"test-{uuid.uuid4().hex}"
    create(client, made)
    yield made
    client.indices.delete(index=made)


def create(client: Elasticsearch, name: str) -> None:
    properties = {"id": {"type": "keyword"}, "n": {"type": "integer"}, "text": {"type": "text"}}
    settings = {"index.number_of_shards": 1, "index.number_of_replicas": 0}
    client.indices.create(index=name, settings=settings, mappings={"dynamic": "strict", "properties": properties})


def id_of(element: Element) -> str:
    return str(element["id"])


def number(element: Element) -> int:
    return int(element["n"])


def constant(value: Any, element: object) -> Any:
    return value


def documents(number: int) -> list[Element]:
    return [{"id": f"d{n:06}", "n": n, "text": f"Envoys met {n} times."} for n in range(number)]


def sink(name: str, **rules: Any) -> Sink[Element]:
    quick = {"limits": Limits(most=50, in_flight=4), "retry": Retry(attempts=12, total_s=60, first_s=0.05, most_s=1)}
    return Sink(**{"index": partial(constant, name), "id": id_of, **quick, **rules})


def written(url: str, of: Sink[Element], elements: Sequence[Element]) -> list[Refused]:
    bulk = open_bulk(IndexSettings(url=url))
    try:
        return [refused for _, refused in write(of, bulk.post, elements) if refused]
    finally:
        bulk.close()


def stored(client: Elasticsearch, name: str) -> dict[str, Element]:
    client.indices.refresh(index=name)
    found: dict[str, Element] = {}
    after: list[Any] | None = None
    while hits := client.search(index=name, size=5000, sort=[{"id": "asc"}], search_after=after)["hits"]["hits"]:
        assert not found.keys() & {hit["_id"] for hit in hits}
        found.update({hit["_id"]: hit["_source"] for hit in hits})
        after = hits[-1]["sort"]
    assert len(found) == client.count(index=name)["count"]
    return found


def by(**rules: Any) -> dict[str, Any]:
    return {key: partial(constant, value) for key, value in rules.items()}


def test_each_action_does_what_it_says(client: Elasticsearch, elasticsearch_url: str, name: str):
    def act(action: Act, *elements: Element, **rules: Any) -> list[tuple[int, str]]:
        refused = written(elasticsearch_url, sink(name, **by(action=action), **rules), elements)
        return [(one.status, one.type) for one in refused]

    assert act("index", {"id": "a", "n": 1}, {"id": "b", "n": 1}) == []
    assert act("create", {"id": "a", "n": 2}, {"id": "c", "n": 2}) == [(409, CONFLICT)]
    assert act("create", {"id": "a", "n": 2}, ignored=frozenset({CONFLICT})) == []
    assert act("update", {"id": "a", "text": "new"}, {"id": "z", "n": 3}) == [(404, "document_missing_exception")]
    assert act("upsert", {"id": "b", "text": "more"}, {"id": "d", "n": 4}) == []
    assert act("delete", {"id": "c"}, {"id": "never"}) == []
    more = by(script={"source": "ctx._source.n = (ctx._source.n ?: 0) + params.by", "params": {"by": 10}})
    assert act("upsert", {"id": "a"}, {"id": "e"}, **more) == []
    assert act("update", {"id": "d"}, **more) == []
    assert stored(client, name) == {
        "a": {"id": "a", "n": 11, "text": "new"},
        "b": {"id": "b", "n": 1, "text": "more"},
        "d": {"id": "d", "n": 14},
        "e": {"id": "e", "n": 10},
    }


def test_an_older_version_never_takes_the_place_of_a_newer(client: Elasticsearch, elasticsearch_url: str, name: str):
    versioned = sink(name, version=number)
    elements = [{"id": "a", "n": 5}, {"id": "a", "n": 3}, {"id": "a", "n": 7}]
    refused = written(elasticsearch_url, versioned, elements)
    assert [(one.document, one.type) for one in refused] == [('{"id":"a","n":3}', CONFLICT)]
    assert stored(client, name)["a"]["n"] == 7
    assert written(elasticsearch_url, sink(name, version=number, ignored=frozenset({CONFLICT})), elements) == []


def test_of_several_actions_on_one_document_the_last_stays(client: Elasticsearch, elasticsearch_url: str, name: str):
    elements = [{"id": f"d{n % 7}", "n": n} for n in range(140)]
    with between(elasticsearch_url, lambda n: "half" if n % 2 else "") as proxy:
        assert written(proxy.url, sink(name, limits=Limits(most=3)), elements) == []
    assert {id_: found["n"] for id_, found in stored(client, name).items()} == {f"d{n % 7}": n for n in range(133, 140)}


def test_routing_and_a_second_run_change_nothing(client: Elasticsearch, elasticsearch_url: str, name: str):
    routed = sink(name, routing=id_of)
    elements = documents(100)
    assert written(elasticsearch_url, routed, elements) == []
    before = stored(client, name)
    assert written(elasticsearch_url, routed, elements) == []
    assert stored(client, name) == before == {element["id"]: element for element in elements}
    assert client.get(index=name, id="d000001", routing="d000001")["_routing"] == "d000001"


def storm(_: int) -> Fault:
    return "busy"


def mixed(n: int) -> Fault:
    faults: list[Fault] = ["busy", "lost", "unheard", "broken", "half", "unavailable", "", ""]
    return faults[n % len(faults)] if n <= 40 else ""  # for ever, chance would use up somebody's twelve tries


def first(number: int, fault: Fault, n: int) -> Fault:
    return fault if n <= number else ""


FAULTS: list[Callable[[int], Fault]] = [
    *(partial(first, 30, fault) for fault in ("busy", "unavailable", "lost", "unheard", "broken", "half")),
    mixed,
]


@pytest.mark.parametrize("action", ["index", "create"])
@pytest.mark.parametrize("fault", FAULTS, ids=["busy", "503", "lost", "unheard", "broken", "half", "mixed"])
def test_faults_that_pass_cost_nothing(
    client: Elasticsearch, elasticsearch_url: str, name: str, fault: Callable[[int], Fault], action: Act
):
    elements = documents(1000)
    elements[17]["n"] = elements[500]["n"] = "no number"  # refused for good, whatever else happens
    with between(elasticsearch_url, fault) as proxy:
        refused = written(proxy.url, sink(name, **by(action=action)), elements)
    assert len([done for done in proxy.done if done]) >= 5
    assert [(one.id, one.status, one.type) for one in refused] == [
        ("d000017", 400, "document_parsing_exception"),
        ("d000500", 400, "document_parsing_exception"),
    ]
    assert "failed to parse field [n]" in refused[0].reason
    assert stored(client, name) == {e["id"]: e for e in elements if e["n"] != "no number"}


def test_connections_refused_at_first(client: Elasticsearch, elasticsearch_url: str, name: str):
    elements = documents(300)
    with between(elasticsearch_url, lambda _: "", after_s=1.5) as proxy:
        assert written(proxy.url, sink(name), elements) == []
    assert stored(client, name) == {element["id"]: element for element in elements}


def test_a_storm_that_does_not_pass_ends_in_dead_letters_that_can_be_sent_again(
    client: Elasticsearch, elasticsearch_url: str, name: str
):
    elements = documents(400)
    short = Retry(attempts=4, total_s=5, first_s=0.02)

    def odd(n: int) -> Fault:
        return "busy" if n > 4 else "half"

    with between(elasticsearch_url, odd) as proxy:
        refused = written(proxy.url, sink(name, retry=short), elements)
    there = stored(client, name)
    assert refused
    assert there
    assert {one.status for one in refused} == {429}
    assert sorted([*there, *(one.id for one in refused)]) == [element["id"] for element in elements]  # each once
    bulk = open_bulk(IndexSettings(url=elasticsearch_url))
    assert set(resend(Sender(post=bulk.post), refused)) == {None}
    bulk.close()
    assert stored(client, name) == {element["id"]: element for element in elements}


def test_a_full_disk_is_waited_for_and_told_of(client: Elasticsearch, elasticsearch_url: str, name: str):
    def block(*, on: bool) -> None:
        client.indices.put_settings(index=name, settings={"index.blocks.read_only_allow_delete": on or None})

    elements = documents(200)
    block(on=True)
    refused = written(elasticsearch_url, sink(name, retry=Retry(attempts=2, first_s=0.01)), elements[:100])
    assert [(one.status, one.type) for one in refused] == [(429, "cluster_block_exception")] * 100
    freed = threading.Timer(1.0, partial(block, on=False))
    freed.start()
    assert written(elasticsearch_url, sink(name), elements[100:]) == []
    freed.join()
    assert sorted([*stored(client, name), *(one.id for one in refused)]) == [element["id"] for element in elements]


def restart(proxy: Proxy, of: node.Node) -> None:
    of.stop()
    proxy.upstream = of.start()


def test_a_node_restarted_in_the_middle(elasticsearch_url: str):
    del elasticsearch_url  # here only so that this test skips where that one does
    elements, name = documents(DOCUMENTS), "restarted"
    patient = Retry(attempts=60, total_s=300, first_s=0.2, most_s=3)
    try:
        ours = node.made(os.environ.get("NEWSWATCH_TEST_ELASTICSEARCH", "es94"))
        with ours as own, between(own.start(), lambda _: "") as proxy:
            with connect(IndexSettings(url=proxy.url)) as client:
                create(client, name)
            third, threads = DOCUMENTS // 3 // 200, itertools.count()

            def fault(n: int) -> Fault:
                if n == third and next(threads) == 0:
                    threading.Thread(target=restart, args=(proxy, own)).start()
                return ""

            proxy.fault = fault
            with BeamPipeline(runner="FnApiRunner") as p:
                to = partial(open_bulk, IndexSettings(url=proxy.url))
                rules = sink(name, retry=patient, limits=Limits(most=200, in_flight=4))
                out = p | beam.Create(elements) | WriteDocuments(to, rules)
                assert_that(out.failed, equal_to([]), label="failed")
                counted = out.ok | beam.combiners.Count.Globally()
                assert_that(counted, equal_to([DOCUMENTS]), label="ok")
            assert next(threads) == 1, "the node was not restarted"
            assert proxy.bulks > DOCUMENTS // 200, "no request was lost"
            with connect(IndexSettings(url=proxy.url)) as client:
                assert stored(client, name) == {element["id"]: element for element in elements}
    except node.NoNodeError as e:
        if os.environ.get("CI") == "true" and not os.environ.get("NEWSWATCH_TEST_ELASTICSEARCH_URL"):
            pytest.fail(str(e))
        pytest.skip(f"no node of our own to restart: {e}")
