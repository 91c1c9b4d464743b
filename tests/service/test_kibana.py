"""What every panel, search and control asks, on a real Elasticsearch, with the numbers that must come back."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from schemas.settings import Index as IndexSettings
from tests.conftest import ROOT
from tests.fakes.kibana_ask import Asker
from tests.fakes.newsday import DAY, NEXT, RECORDS
from tests.service.test_index_contract import remove
from transforms.clients.elastic_index import open_elastic
from transforms.kibana.content import objects
from transforms.kibana.objects import Json
from transforms.kibana.rules import rules_of

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]

SHOWN: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "golden" / "kibana" / "panels.yaml").read_text("utf-8"))
PANELS = [name for name in SHOWN if not name.startswith("for ")]
FILTERED = [
    (board, field, value, name)
    for board, field, value in (("an-actor", "who", "ivo-karst"), ("who-said-what", "outlet", "Harbour News"))
    for name in SHOWN[f"for {value}"]
]
PREFIX = f"test-{uuid.uuid4().hex}"


@pytest.fixture(scope="module")
def asker(elasticsearch_url: str) -> Iterator[Asker]:
    """Give an index that holds the day, and the exported objects over it."""
    opened = open_elastic(IndexSettings(url=elasticsearch_url, prefix=PREFIX))
    opened.prepare()
    assert [answer.error for answer in opened.write(RECORDS) if answer.error] == []
    opened.client.indices.refresh(index=f"{PREFIX}-*")
    yield Asker(opened.client, {(o["type"], o["id"]): o for o in objects(PREFIX)}, DAY, NEXT)
    opened.close()
    remove(elasticsearch_url, f"{PREFIX}-*")


def lens(asker: Asker, name: str) -> Json:
    return asker.objects["lens", f"{PREFIX}-{name}"]


def shown_on(asker: Asker, board: str) -> set[str]:
    found = asker.objects["dashboard", f"{PREFIX}-{board}"]
    return {r["id"].removeprefix(f"{PREFIX}-") for r in found["references"] if r["type"] == "lens"}


def test_every_panel_has_its_numbers():
    assert sorted(PANELS) == sorted(o["id"].removeprefix("p-") for o in objects("p") if o["type"] == "lens")


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_shows_what_was_counted_by_hand(asker: Asker, name: str):
    assert asker.rows(lens(asker, name)) == SHOWN[name]


@pytest.mark.parametrize(("board", "field", "value", "name"), FILTERED)
def test_a_filter_from_another_dashboard_fits(asker: Asker, board: str, field: str, value: str, name: str):
    assert shown_on(asker, board) == set(SHOWN[f"for {value}"])
    assert asker.rows(lens(asker, name), [{"match_phrase": {field: value}}]) == SHOWN[f"for {value}"][name]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("documents", "d4 d3 d2 d1"),
        ("statements", "s6 s5 s3 s4 s1 s2"),
        ("mentions", "m6 m3 m4 m5 m1 m2"),
        ("events", "e2 e1"),
        ("alerts", "a1 a2"),
        ("failures", "f3 f2 f1"),
        ("feeds", "h1 h2 h3 h4"),
    ],
)
def test_a_search_shows_the_days_records_newest_first(asker: Asker, name: str, found: str):
    assert " ".join(asker.hits(asker.objects["search", f"{PREFIX}-search-{name}"])) == found


@pytest.mark.parametrize(
    ("board", "offered"),
    [
        ("actors-today", ["marta-velden ivo-karst abena-foss", "Harbour News The Courier"]),
        ("who-said-what", ["marta-velden ivo-karst", "named anonymous organisation", "marta-velden ivo-karst",
                           "The Courier Harbour News"]),
        ("an-actor", ["marta-velden ivo-karst abena-foss", "Harbour News The Courier"]),
        ("alerts", ["she-speaks they-met", "marta-velden ivo-karst", "The Courier Harbour News"]),
        ("pipeline-health", ["poll fetch", "feed-unreachable page-refused"]),
    ],
)  # fmt: skip
def test_controls_offer_what_is_there(asker: Asker, board: str, offered: list[str]):
    found = asker.objects["dashboard", f"{PREFIX}-{board}"]
    controls = json.loads(found["attributes"]["controlGroupInput"]["panelsJSON"])
    views = {r["name"]: r["id"] for r in found["references"]}
    values = [
        asker.options(views[f"controlGroup_{name}:optionsListDataView"], control["explicitInput"]["fieldName"])
        for name, control in controls.items()
    ]
    assert [" ".join(one) for one in values] == offered


@pytest.mark.parametrize(("rule", "found"), [(0, 4), (1, 3)])  # s0 s1 s2 s5; all alerts
def test_a_rule_finds_what_it_is_for(asker: Asker, rule: int, found: int):
    params = rules_of(PREFIX)["rules"][rule]["body"]["params"]
    query = json.loads(params["esQuery"])["query"]
    assert asker.client.count(index=params["index"], query=query)["count"] == found
    asked = {"bool": {"filter": [query, {"range": {params["timeField"]: {"gte": "now-15m"}}}]}}
    assert asker.client.count(index=params["index"], query=asked)["count"] == 0
