"""Panels: what each counts, by what, and how Lens draws it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from transforms.kibana.objects import Json, kql, object_of, reference

Drawn = Literal["metric", "bars", "ranking", "donut", "table"]

LAYER = "layer"
LAYER_OF = "indexpattern-datasource-layer-"
RECORDS = "___records___"
"""Lens's name for the records themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a panel: an operation of Lens's on a field."""

    do: Literal["date_histogram", "terms", "count", "unique_count", "max", "median"]
    field: str = RECORDS
    label: str
    size: int = 10
    of: str = "number"
    filter: str = ""
    shift: str = ""

    @property
    def bucketed(self) -> bool:
        """Return whether it parts the records rather than measuring them."""
        return self.do in {"date_histogram", "terms"}


def panel(
    id_: str, view: str, *, title: str, columns: Sequence[Column], drawn: Drawn, query: str = "", alone: bool = False
) -> Json:
    """Return the panel as an object of its own, which dashboards refer to; `alone`: no filter of theirs touches it."""
    ids = [f"column-{number}" for number in range(len(columns))]
    first = next(id_ for id_, column in zip(ids, columns, strict=True) if not column.bucketed)
    layer = {
        "columns": {id_: _column(column, first) for id_, column in zip(ids, columns, strict=True)},
        "columnOrder": ids,
        "incompleteColumns": {},
        "ignoreGlobalFilters": alone,
    }
    state = {
        "visualization": DRAWINGS[drawn](ids),
        "query": kql(query),
        "filters": [],
        "datasourceStates": {"formBased": {"layers": {LAYER: layer}}},
        "internalReferences": [],
        "adHocDataViews": {},
    }
    attributes = {"title": title, "description": "", "visualizationType": VISUALS[drawn], "state": state}
    # the view stands in the references alone: a copy in another space gets another id
    return object_of("lens", id_, attributes, [reference("index-pattern", view, f"{LAYER_OF}{LAYER}")])


def _column(column: Column, measure: str) -> Json:
    made: Json = {
        "label": column.label,
        "customLabel": True,
        "dataType": _type(column),
        "operationType": column.do,
        "sourceField": column.field,
        "isBucketed": column.bucketed,
        "scale": {"date_histogram": "interval", "terms": "ordinal"}.get(column.do, "ratio"),
        "params": _params(column, measure),
    }
    if column.filter:
        made["filter"] = kql(column.filter)
    return {**made, "timeShift": column.shift} if column.shift else made


def _type(column: Column) -> str:
    return {"date_histogram": "date", "terms": "string"}.get(column.do, column.of)


def _params(column: Column, measure: str) -> Json:
    if column.do == "date_histogram":
        return {"interval": "auto", "includeEmptyRows": True, "dropPartials": False}
    if column.do != "terms":
        return {"emptyAsNull": column.do != "median"} if column.of == "number" else {}
    return {
        "size": column.size,
        "orderBy": {"type": "column", "columnId": measure},
        "orderDirection": "desc",
        "otherBucket": False,
        "missingBucket": False,
        "parentFormat": {"id": "terms"},
        "include": [],
        "exclude": [],
        "includeIsRegex": False,
        "excludeIsRegex": False,
    }


def _metric(ids: Sequence[str]) -> Json:
    return {"layerId": LAYER, "layerType": "data", "metricAccessor": ids[-1]}


def _table(ids: Sequence[str]) -> Json:
    return {
        "layerId": LAYER,
        "layerType": "data",
        "columns": [{"columnId": id_} for id_ in ids],
        "paging": {"size": 10, "enabled": True},
    }


def _donut(ids: Sequence[str]) -> Json:
    layer = {
        "layerId": LAYER,
        "layerType": "data",
        "primaryGroups": ids[:-1],
        "metrics": ids[-1:],
        "numberDisplay": "value",
        "categoryDisplay": "default",
        "legendDisplay": "default",
        "nestedLegend": False,
    }
    return {"shape": "donut", "layers": [layer]}


def _bars(ids: Sequence[str]) -> Json:
    split = {"splitAccessor": ids[1]} if len(ids) > 2 else {}
    return _xy("bar_stacked", {"xAccessor": ids[0], "accessors": ids[-1:], **split})


def _ranking(ids: Sequence[str]) -> Json:
    return _xy("bar_horizontal", {"xAccessor": ids[0], "accessors": ids[-1:]})


def _xy(series: str, axes: Json) -> Json:
    layer = {"layerId": LAYER, "layerType": "data", "seriesType": series, "position": "top", "showGridlines": False}
    return {
        "legend": {"isVisible": True, "position": "right"},
        "valueLabels": "hide",
        "preferredSeriesType": series,
        "layers": [{**layer, **axes}],
    }


VISUALS: dict[Drawn, str] = {
    "metric": "lnsMetric",
    "bars": "lnsXY",
    "ranking": "lnsXY",
    "donut": "lnsPie",
    "table": "lnsDatatable",
}
DRAWINGS: dict[Drawn, Callable[[Sequence[str]], Json]] = {
    "metric": _metric,
    "bars": _bars,
    "ranking": _ranking,
    "donut": _donut,
    "table": _table,
}
