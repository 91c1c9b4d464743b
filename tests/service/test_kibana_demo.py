"""What every panel shows of the demo: asked of a real Elasticsearch, and counted in plain Python over the records."""

import datetime as dt
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from schemas.query import Kind, Query
from schemas.records import Record
from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from tests.conftest import ROOT
from tests.fakes.kibana_ask import Asker
from tests.fakes.kibana_count import count, plain, time_of
from tests.service.test_index_contract import remove
from transforms.clients.elastic_index import open_elastic
from transforms.clients.opening import open_index
from transforms.index.facets import FACETS
from transforms.kibana.content import objects
from transforms.kibana.objects import Json

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]
PREFIX = f"test-{uuid.uuid4().hex}"
PANELS = {o["id"].removeprefix("p-"): o for o in objects("p") if o["type"] == "lens"}


Row = list[Any]


@dataclass
class Shown:
    """The demo's records, in the index and at hand."""

    asker: Asker
    records: dict[Kind, list[Record]]


def run_demo(folder: Path) -> dict[Kind, list[Record]]:
    """Return all records that the demo made."""
    command = [sys.executable, "-m", "pipelines.cli", "demo", "--json", "--folder", str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    kept = open_index(Settings(index=IndexSettings(url=f"sqlite:///{folder}/newswatch.db")))
    records = {kind: kept.find(Query(kind=kind, limit=100_000, uncertain=True)) for kind in FACETS}
    kept.close()
    return records


@pytest.fixture(scope="module")
def shown(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    records = run_demo(tmp_path_factory.mktemp("demo") / "demo")
    opened = open_elastic(IndexSettings(url=elasticsearch_url, prefix=PREFIX))
    opened.prepare()
    for of_kind in records.values():
        assert [answer.error for answer in opened.write(of_kind) if answer.error] == []
    opened.client.indices.refresh(index=f"{PREFIX}-*")
    times = [time_of(plain(record), kind) for kind, of_kind in records.items() for record in of_kind]
    found = {(o["type"], o["id"]): o for o in objects(PREFIX)}
    since, until = min(times).replace(minute=0, second=0, microsecond=0), max(times) + dt.timedelta(seconds=1)
    yield Shown(Asker(opened.client, found, since, until), records)
    opened.close()
    remove(elasticsearch_url, f"{PREFIX}-*")


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_shows_what_plain_counting_finds(shown: Shown, name: str):
    panel = shown.asker.objects["lens", f"{PREFIX}-{name}"]
    [view] = [r["id"] for r in panel["references"]]
    kind: Kind = view.removeprefix(f"{PREFIX}-")
    counted = by_keys(panel, count(panel, kind, shown.records[kind], shown.asker.since, shown.asker.until))
    rows = by_keys(panel, shown.asker.rows(panel))
    assert rows
    # where Lens shows only the first of many, those it shows are right
    sizes = [column["params"]["size"] for column in columns(panel) if column["operationType"] == "terms"]
    assert len(rows) == len(counted) or len(rows) >= min(sizes)
    assert rows == {keys: counted[keys] for keys in rows}


def columns(panel: Json) -> list[Json]:
    [layer] = panel["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values()
    return list(layer["columns"].values())


def by_keys(panel: Json, rows: list[Row]) -> dict[tuple[Any, ...], Row]:
    """Return the measures by what they are parted by; fractions as precise as a percentile is."""
    parts = sum(column["isBucketed"] for column in columns(panel))
    return {tuple(row[:parts]): [round(v, 3) if isinstance(v, float) else v for v in row[parts:]] for row in rows}
