"""What Kibana takes of a Lens panel: as much of its state as ours use, restated as strict models."""

# ruff: noqa: N815 - the names are Kibana's
from typing import Annotated, Any, Literal

from pydantic import Field

from tests.fakes.kibana_base import Envelope, Kql, Reference, Strict, Text


class Column(Strict):
    label: Text
    customLabel: Literal[True]
    isBucketed: bool
    filter: Kql | None = None
    timeShift: Literal["previous"] | None = None


class HistogramParams(Strict):
    interval: Literal["auto"]
    includeEmptyRows: bool
    dropPartials: bool


class Histogram(Column):
    operationType: Literal["date_histogram"]
    dataType: Literal["date"]
    scale: Literal["interval"]
    isBucketed: Literal[True]
    sourceField: Text
    params: HistogramParams


class OrderBy(Strict):
    type: Literal["column"]
    columnId: Text


class TermsFormat(Strict):
    id: Literal["terms"]


class TermsParams(Strict):
    size: Annotated[int, Field(ge=1, le=10_000)]
    orderBy: OrderBy
    orderDirection: Literal["asc", "desc"]
    otherBucket: bool
    missingBucket: bool
    parentFormat: TermsFormat
    include: list[str]
    exclude: list[str]
    includeIsRegex: bool
    excludeIsRegex: bool


class Terms(Column):
    operationType: Literal["terms"]
    dataType: Literal["string"]
    scale: Literal["ordinal"]
    isBucketed: Literal[True]
    sourceField: Text
    params: TermsParams


class MetricParams(Strict):
    emptyAsNull: bool | None = None


class Count(Column):
    operationType: Literal["count"]
    dataType: Literal["number"]
    scale: Literal["ratio"]
    isBucketed: Literal[False]
    sourceField: Literal["___records___"]
    params: MetricParams


class Measure(Column):
    operationType: Literal["unique_count", "max", "median"]
    dataType: Literal["number", "date"]
    scale: Literal["ratio"]
    isBucketed: Literal[False]
    sourceField: Text
    params: MetricParams


AnyColumn = Annotated[Histogram | Terms | Count | Measure, Field(discriminator="operationType")]


class Layer(Strict):
    columns: dict[str, AnyColumn]
    columnOrder: Annotated[list[str], Field(min_length=1)]
    incompleteColumns: dict[str, Any]
    ignoreGlobalFilters: bool


class FormBased(Strict):
    layers: Annotated[dict[str, Layer], Field(min_length=1)]


class Datasources(Strict):
    formBased: FormBased


class Drawn(Strict):
    layerId: Text
    layerType: Literal["data"]


class Metric(Drawn):
    metricAccessor: Text


class TableColumn(Strict):
    columnId: Text


class Paging(Strict):
    size: Literal[10, 20, 30, 50, 100]
    enabled: bool


class Table(Drawn):
    columns: Annotated[list[TableColumn], Field(min_length=1)]
    paging: Paging


class PieLayer(Drawn):
    primaryGroups: list[str]
    metrics: Annotated[list[str], Field(min_length=1)]
    numberDisplay: Literal["hidden", "percent", "value"]
    categoryDisplay: Literal["default", "inside", "hide"]
    legendDisplay: Literal["default", "show", "hide"]
    nestedLegend: bool


class Pie(Strict):
    shape: Literal["donut", "pie", "treemap", "mosaic", "waffle"]
    layers: list[PieLayer]


class XYLayer(Drawn):
    seriesType: Literal["bar_stacked", "bar_horizontal"]
    position: Literal["top"]
    showGridlines: bool
    xAccessor: Text
    accessors: Annotated[list[str], Field(min_length=1)]
    splitAccessor: str = ""


class Legend(Strict):
    isVisible: bool
    position: Literal["top", "right", "bottom", "left"]


class XY(Strict):
    legend: Legend
    valueLabels: Literal["hide", "show"]
    preferredSeriesType: Literal["bar_stacked", "bar_horizontal"]
    layers: list[XYLayer]


class LensState(Strict):
    visualization: Metric | Table | Pie | XY
    query: Kql
    filters: list[dict[str, Any]]
    datasourceStates: Datasources
    internalReferences: list[Reference]
    adHocDataViews: dict[str, Any]


class LensAttributes(Strict):
    """No more than 9.x's version 1 has, which forbids all else; 8.19 has no more either."""

    title: Text
    description: str
    visualizationType: Literal["lnsMetric", "lnsXY", "lnsPie", "lnsDatatable"]
    state: LensState


class Lens(Envelope):
    type: Literal["lens"]
    typeMigrationVersion: Literal["8.9.0"]
    attributes: LensAttributes
