"""What Kibana asks of Elasticsearch for a panel, made from the exported objects alone."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

Json = dict[str, Any]
Row = list[Any]

MEASURES = {
    "unique_count": ("cardinality", {}),
    "max": ("max", {}),
    "median": ("percentiles", {"percents": [50]}),
}


@dataclass(frozen=True)
class Asker:
    """Asks as a dashboard does: the view's index, time field and runtime fields, the time range, the filters."""

    client: Elasticsearch
    objects: dict[tuple[str, str], Json]
    since: dt.datetime
    until: dt.datetime

    def rows(self, panel: Json, filters: Sequence[Json] = ()) -> list[Row]:
        """Return the rows of the table that Lens draws from, the buckets first; no rows of nothing."""
        [layer] = panel["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values()
        columns = [layer["columns"][id_] for id_ in layer["columnOrder"]]
        shifted = [c for c in columns if c.get("timeShift")]
        found = self._asked(panel, [c for c in columns if not c.get("timeShift")], filters, back=False)
        if not shifted:
            return found
        buckets = [c for c in columns if c["isBucketed"]]
        before = {tuple(row[: len(buckets)]): row[len(buckets) :]
                  for row in self._asked(panel, [*buckets, *shifted], filters, back=True)}  # fmt: skip
        return [[*row, *before.get(tuple(row[: len(buckets)]), [0] * len(shifted))] for row in found]

    def hits(self, search: Json, query: str | None = None) -> list[str]:
        """Return the ids of what a saved search shows, newest first; `query` in place of its own."""
        source = json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
        view = self._view(search)
        [[newest, direction]] = search["attributes"]["sort"]
        body = self._body(view, source["query"]["query"] if query is None else query, (), back=False)
        answer = self.client.search(index=view["title"], size=1000, sort=[{newest: direction}, {"id": "asc"}], **body)
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    def options(self, view_id: str, field: str) -> list[str]:
        """Return the values that a control offers."""
        view = self.objects["index-pattern", view_id]["attributes"]
        body = self._body(view, "", (), back=False)
        answer = self.client.search(index=view["title"], size=0, aggs={"v": {"terms": {"field": field}}}, **body)
        return [bucket["key"] for bucket in answer["aggregations"]["v"]["buckets"]]

    def _view(self, found: Json) -> Json:
        [view_id] = [r["id"] for r in found["references"] if r["type"] == "index-pattern"]
        view: Json = self.objects["index-pattern", view_id]["attributes"]
        return view

    def _body(self, view: Json, query: str, filters: Sequence[Json], *, back: bool) -> Json:
        off = self.until - self.since if back else dt.timedelta()
        bounds = {"gte": (self.since - off).isoformat(), "lt": (self.until - off).isoformat()}
        asked: list[Json] = [{"range": {view["timeFieldName"]: bounds}}, *filters]
        if query:
            asked.append({"kql": {"query": query}})
        return {"query": {"bool": {"filter": asked}}, "runtime_mappings": json.loads(view["runtimeFieldMap"])}

    def _asked(self, panel: Json, columns: Sequence[Json], filters: Sequence[Json], *, back: bool) -> list[Row]:
        view = self._view(panel)
        buckets = [c for c in columns if c["isBucketed"]]
        measures = [c for c in columns if not c["isBucketed"]]
        body = self._body(view, panel["attributes"]["state"]["query"]["query"], filters, back=back)
        answer = self.client.search(index=view["title"], size=0, aggs=_aggs(buckets, measures), **body)
        top = {"doc_count": answer["hits"]["total"]["value"], **answer.get("aggregations", {})}
        return list(_rows(top, buckets, measures, []))


def _aggs(buckets: Sequence[Json], measures: Sequence[Json]) -> Json:
    if not buckets:
        return {f"m{i}": _measured(column) for i, column in enumerate(measures)}
    column, inner = buckets[0], _aggs(buckets[1:], measures)
    if column["operationType"] == "date_histogram":
        made: Json = {"date_histogram": {"field": column["sourceField"], "fixed_interval": "1h", "min_doc_count": 1}}
    else:
        params = column["params"]
        made = {"terms": {"field": column["sourceField"], "size": params["size"],
                          "order": {"_count": params["orderDirection"]}}}  # fmt: skip
    return {"b": {**made, "aggs": inner}}


def _measured(column: Json) -> Json:
    kept = {"kql": {"query": column["filter"]["query"]}} if column.get("filter") else {"match_all": {}}
    if column["operationType"] == "count":
        return {"filter": kept}
    name, more = MEASURES[column["operationType"]]
    return {"filter": kept, "aggs": {"v": {name: {"field": column["sourceField"], **more}}}}


def _rows(at: Json, buckets: Sequence[Json], measures: Sequence[Json], keys: Row) -> Iterator[Row]:
    if not buckets:
        yield [*keys, *(_value(at[f"m{i}"], column) for i, column in enumerate(measures))]
        return
    for bucket in at["b"]["buckets"]:
        date = buckets[0]["operationType"] == "date_histogram"
        key = _clock(bucket["key"]) if date else bucket["key"]
        yield from _rows(bucket, buckets[1:], measures, [*keys, key])


def _value(found: Json, column: Json) -> Any:
    if column["operationType"] == "count":
        return found["doc_count"]
    value = found["v"].get("value", found["v"].get("values", {}).get("50.0"))
    return _clock(value) if column["dataType"] == "date" and value is not None else value


def _clock(millis: float) -> str:
    return f"{dt.datetime.fromtimestamp(millis / 1000, tz=dt.timezone.utc):%H:%M}"
