"""What Kibana is given: every object against the restated schemas, every reference, every field, every filter."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.mapping import mapping_of
from schemas.query import Kind
from schemas.records import KINDS
from tests.fakes.kibana_alerting import Alerting
from tests.fakes.kibana_schema import SAVED, TabAttributes
from transforms.index.facets import FACETS
from transforms.kibana.content import objects
from transforms.kibana.objects import Json
from transforms.kibana.rules import rules_of
from transforms.kibana.views import fields_of

ALL = objects("newswatch")
BY = {(found["type"], found["id"]): found for found in ALL}
BOARDS = [found for found in ALL if found["type"] == "dashboard"]
PANELS = [found for found in ALL if found["type"] == "lens"]
SEARCHES = [found for found in ALL if found["type"] == "search"]
NAMED = re.compile(r"([\w.]+)\s*:")


def name(found: Json) -> str:
    return f"{found['type']}:{found['id']}"


def kind_of(found: Json) -> Kind:
    [view] = [r["id"] for r in found["references"] if r["type"] == "index-pattern"]
    kind: Kind = view.removeprefix("newswatch-")
    return kind


def layer(found: Json) -> Json:
    only: Json
    [only] = found["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values()
    return only


def columns(found: Json) -> list[Json]:
    return list(layer(found)["columns"].values())


def placed(board: Json) -> list[Json]:
    panels: list[Json] = json.loads(board["attributes"]["panelsJSON"])
    return panels


def controls(board: Json) -> dict[str, Json]:
    panels: dict[str, Json] = json.loads(board["attributes"]["controlGroupInput"]["panelsJSON"])
    return panels


def shown(board: Json, panel: Json) -> Json:
    wanted = f"{panel['panelIndex']}:{panel['panelRefName']}"
    [found] = [r for r in board["references"] if r["name"] == wanted]
    return BY[found["type"], found["id"]]


def drilldown(panel: Json) -> Json | None:
    actions = panel["embeddableConfig"]["enhancements"].get("dynamicActions")
    return actions["events"][0] if actions else None


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(inner)


def leaves(mapping: Json, path: str = "") -> Iterator[str]:
    for field, of in mapping.get("properties", {}).items():
        yield from leaves(of, f"{path}{field}.") if "properties" in of else (f"{path}{field}",)


def queries(found: Json) -> list[str]:
    if found["type"] == "lens":
        return [
            found["attributes"]["state"]["query"]["query"],
            *(c.get("filter", {}).get("query", "") for c in columns(found)),
        ]
    return [json.loads(found["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]["query"]]


@pytest.mark.parametrize("found", ALL, ids=name)
def test_every_object_is_as_its_schema_says(found: Json):
    SAVED.validate_python(found)


@pytest.mark.parametrize("found", [ALL[0], SEARCHES[0], PANELS[0], BOARDS[0]], ids=name)
def test_the_schemas_refuse_what_they_do_not_know(found: Json):
    with pytest.raises(ValidationError):
        SAVED.validate_python({**found, "attributes": {**found["attributes"], "surprise": 1}})
    with pytest.raises(ValidationError):
        SAVED.validate_python({**found, "typeMigrationVersion": "10.99.0"})


@pytest.mark.parametrize("found", SEARCHES, ids=name)
def test_a_search_fits_the_tab_that_9_makes_of_it(found: Json):
    kept = {key: value for key, value in found["attributes"].items() if key not in {"title", "description"}}
    TabAttributes.model_validate(kept)


def test_there_are_five_dashboards_and_a_view_and_a_search_of_every_kind():
    assert [board["attributes"]["title"].removeprefix("newswatch: ") for board in BOARDS] == [
        "Actors today",
        "Who said what",
        "An actor",
        "Alerts",
        "Pipeline health",
    ]
    views = [found for found in ALL if found["type"] == "index-pattern"]
    assert {v["attributes"]["title"]: v["attributes"]["timeFieldName"] for v in views} == {
        f"newswatch-{kind}": facets.time for kind, facets in FACETS.items()
    }
    assert sorted(kind_of(found) for found in SEARCHES) == sorted(FACETS)


def test_ids_are_unique_and_of_the_prefix():
    ids = [name(found) for found in ALL]
    assert len(set(ids)) == len(ids)
    assert all(found["id"].startswith("other-") for found in objects("other"))
    assert not {name(found) for found in objects("other")} & set(ids)


def test_references_lead_to_objects_of_the_export_and_each_stands_once():
    for found in ALL:
        assert all((r["type"], r["id"]) in BY for r in found["references"])
        names = [r["name"] for r in found["references"]]
        assert len(set(names)) == len(names)


def test_no_object_stands_after_one_that_needs_it_but_dashboards_that_need_each_other():
    seen: set[str] = set()
    for found in ALL:
        assert {f"{r['type']}:{r['id']}" for r in found["references"] if r["type"] != "dashboard"} <= seen
        seen.add(name(found))


@pytest.mark.parametrize("found", ALL, ids=name)
def test_every_string_that_looks_like_json_is(found: Json):
    packed = [text for text in strings(found["attributes"]) if text[:1] in {"{", "["}]
    assert packed or found["type"] == "lens"
    for text in packed:
        json.loads(text)


@pytest.mark.parametrize("board", BOARDS, ids=name)
def test_every_reference_of_a_dashboard_is_used_and_every_use_is_there(board: Json):
    used = [f"{p['panelIndex']}:{p['panelRefName']}" for p in placed(board)]
    used += [f"controlGroup_{control}:optionsListDataView" for control in controls(board)]
    used += [
        f"{p['panelIndex']}:drilldown:{event['action']['factoryId']}:{event['eventId']}:dashboardId"
        for p in placed(board)
        if (event := drilldown(p))
    ]
    assert sorted(used) == sorted(r["name"] for r in board["references"])


@pytest.mark.parametrize("found", [*PANELS, *SEARCHES], ids=name)
def test_every_reference_of_a_panel_is_used(found: Json):
    if found["type"] == "lens":
        [layer_id] = found["attributes"]["state"]["datasourceStates"]["formBased"]["layers"]
        used = f"indexpattern-datasource-layer-{layer_id}"
    else:
        used = json.loads(found["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["indexRefName"]
    assert [r["name"] for r in found["references"]] == [used]


@pytest.mark.parametrize("found", PANELS, ids=name)
def test_what_a_panel_draws_are_its_columns(found: Json):
    state = found["attributes"]["state"]
    drawn = state["visualization"]
    [layer_id] = state["datasourceStates"]["formBased"]["layers"]
    parts = drawn.get("layers") or [drawn]
    asked = [value for part in parts for key, value in part.items() if key.endswith(("Accessor", "ccessors"))]
    asked += [part[key] for part in parts for key in ("primaryGroups", "metrics") if key in part]
    asked += [column["columnId"] for column in drawn.get("columns", [])]
    flat = {one for value in asked for one in (value if isinstance(value, list) else [value])}
    assert {part["layerId"] for part in parts} == {layer_id}
    assert flat == set(layer(found)["columns"]) == set(layer(found)["columnOrder"])
    # Lens reads buckets before metrics, in this order
    bucketed = [layer(found)["columns"][id_]["isBucketed"] for id_ in layer(found)["columnOrder"]]
    assert bucketed == sorted(bucketed, reverse=True)


@pytest.mark.parametrize("found", PANELS, ids=name)
def test_every_field_of_a_panel_can_be_counted(found: Json):
    fields = fields_of(kind_of(found))
    for column in columns(found):
        wanted = {
            "date_histogram": {"date"},
            "terms": {"keyword"},
            "unique_count": {"keyword"},
            "max": {"date"} if column["dataType"] == "date" else {"integer", "double", "float"},
            "median": {"integer", "double", "float"},
        }.get(column["operationType"])
        assert wanted is None or fields[column["sourceField"]] in wanted


@pytest.mark.parametrize("found", [*PANELS, *SEARCHES], ids=name)
def test_every_field_of_a_query_is_in_the_view(found: Json):
    fields = fields_of(kind_of(found))
    assert {field for query in queries(found) for field in NAMED.findall(query)} <= set(fields)


@pytest.mark.parametrize("found", SEARCHES, ids=name)
def test_every_column_of_a_search_is_in_the_record(found: Json):
    record: type = KINDS[kind_of(found)]
    assert set(found["attributes"]["columns"]) <= set(leaves(mapping_of(record)))
    [[newest, _]] = found["attributes"]["sort"]
    assert fields_of(kind_of(found))[newest] == "date"


@pytest.mark.parametrize("kind", FACETS)
def test_scripts_read_only_fields_that_have_values(kind: Kind):
    fields = fields_of(kind)
    runtime = json.loads(BY["index-pattern", f"newswatch-{kind}"]["attributes"]["runtimeFieldMap"])
    for script in (field["script"]["source"] for field in runtime.values()):
        read = re.findall(r"'([\w.]+)'", script.replace("'second'", "").replace("'minute'", ""))
        assert read
        assert {fields[field] for field in read} <= {"keyword", "date"}
    assert not set(runtime) & set(mapping_of(KINDS[kind])["properties"])  # type: ignore[arg-type]


@pytest.mark.parametrize("board", BOARDS, ids=name)
def test_panels_lie_side_by_side_on_the_grid(board: Json):
    taken: set[tuple[int, int]] = set()
    for at in (panel["gridData"] for panel in placed(board)):
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 48
        assert not cells & taken
        taken |= cells


def filtered(board: Json) -> list[Json]:
    """Return what the board's filters touch."""
    all_of = [shown(board, panel) for panel in placed(board)]
    return [found for found in all_of if found["type"] != "lens" or not layer(found)["ignoreGlobalFilters"]]


@pytest.mark.parametrize("board", BOARDS, ids=name)
def test_what_is_picked_above_fits_every_panel_below(board: Json):
    picked = {control["explicitInput"]["fieldName"] for control in controls(board).values()}
    assert picked
    kinds = {kind_of(found) for found in filtered(board) if found["type"] == "lens"} or {"alerts"}
    tables = {kind_of(found) for found in filtered(board) if found["type"] == "search"}
    for kind in kinds | tables:
        assert picked <= set(fields_of(kind)), kind


def leads() -> Iterator[tuple[Json, Json, Json]]:
    for board in BOARDS:
        for panel in placed(board):
            if drilldown(panel):
                [target] = [
                    r["id"] for r in board["references"] if r["name"].startswith(f"{panel['panelIndex']}:drill")
                ]
                yield board, panel, BY["dashboard", target]


def test_every_dashboard_but_health_is_led_to_and_all_lead_somewhere():
    assert {board["id"] for board, _, _ in leads()} | {"newswatch-who-said-what"} == {board["id"] for board in BOARDS}
    assert {target["id"] for _, _, target in leads()} == {
        "newswatch-an-actor",
        "newswatch-who-said-what",
        "newswatch-alerts",
    }


@pytest.mark.parametrize(("board", "panel", "target"), list(leads()), ids=lambda found: found.get("id", ""))
def test_what_a_drilldown_takes_along_fits_every_panel_over_there(board: Json, panel: Json, target: Json):
    event = drilldown(panel)
    assert event
    taken = {c["sourceField"] for c in columns(shown(board, panel)) if c["operationType"] == "terms"}
    if event["action"]["config"]["useCurrentFilters"]:
        taken |= {control["explicitInput"]["fieldName"] for control in controls(board).values()}
    for found in filtered(target):
        assert taken <= set(fields_of(kind_of(found))), found["id"]


@pytest.mark.parametrize("webhook", ["", "https://hooks.test/newswatch"])
def test_rules_are_as_the_api_takes_them(webhook: str):
    made = rules_of("newswatch", webhook=webhook)
    Alerting.model_validate(made)
    connectors = {connector["id"] for connector in made["connectors"]}
    assert len(connectors) == (2 if webhook else 1)
    for rule in made["rules"]:
        assert {action["id"] for action in rule["body"]["actions"]} == connectors
        [index] = rule["body"]["params"]["index"]
        kind = index.removeprefix("newswatch-")
        assert rule["body"]["params"]["timeField"] == FACETS[kind].time
        query = json.loads(rule["body"]["params"]["esQuery"])["query"]
        assert set(query.get("exists", {}).values()) <= set(fields_of(kind))


def test_rules_of_two_prefixes_do_not_meet():
    first, second = ({rule["id"] for rule in rules_of(prefix)["rules"]} for prefix in ("one", "two"))
    assert not first & second
    assert first == {rule["id"] for rule in rules_of("one")["rules"]}
