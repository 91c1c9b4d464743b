"""What Kibana takes of each saved object, restated from its published schemas as strict models.

Each model says of which stored version it speaks. Kibana 8.19 checks an import against the version that the object
names; 9.x moves it on to its own versions first. `Model.model_json_schema()` gives the JSON Schema of any of them.
"""

# ruff: noqa: N815 - the names are Kibana's
from typing import Annotated, Any, Literal

from pydantic import Field, Json, TypeAdapter

from tests.fakes.kibana_base import Envelope, Kql, Strict, Text
from tests.fakes.kibana_lens import Lens


class Source(Strict):
    query: Kql
    filter: list[dict[str, Any]]
    indexRefName: str = ""


class Meta(Strict):
    searchSourceJSON: Json[Source]


class Script(Strict):
    source: Text


class Runtime(Strict):
    type: Literal["keyword", "double", "long", "date", "boolean"]
    script: Script


class UrlParams(Strict):
    type: Literal["a", "img", "audio"]
    openLinkInCurrentTab: bool


class Format(Strict):
    id: Literal["url"]
    params: UrlParams


class DataViewAttributes(Strict):
    title: Text
    name: Text
    timeFieldName: Text
    fields: Json[list[Any]]
    sourceFilters: Json[list[Any]]
    fieldAttrs: Json[dict[str, Any]]
    fieldFormatMap: Json[dict[str, Format]]
    runtimeFieldMap: Json[dict[str, Runtime]]
    typeMeta: Json[dict[str, Any]]
    allowHidden: bool


class DataView(Envelope):
    type: Literal["index-pattern"]
    typeMigrationVersion: Literal["8.0.0"]
    attributes: DataViewAttributes


Sort = list[Annotated[list[str], Field(max_length=2)]]


class Width(Strict):
    width: int


class Grid(Strict):
    columns: dict[str, Width] | None = None


class TabAttributes(Strict):
    """What 9.x keeps in a tab (versions 13 to 15), where earlier ones kept it beside title and description."""

    columns: Annotated[list[str], Field(max_length=50)]
    sort: Sort
    grid: Grid
    hideChart: bool
    isTextBasedQuery: bool
    kibanaSavedObjectMeta: Meta
    timeRestore: bool = False


class SearchAttributes(TabAttributes):
    """Version 5, that of 8.19."""

    title: Text
    description: str


class Search(Envelope):
    type: Literal["search"]
    typeMigrationVersion: Literal["10.5.0"]
    attributes: SearchAttributes


class At(Strict):
    x: Annotated[int, Field(ge=0, lt=48)]
    y: Annotated[int, Field(ge=0)]
    w: Annotated[int, Field(ge=1, le=48)]
    h: Annotated[int, Field(ge=1)]
    i: Text


class DrilldownConfig(Strict):
    useCurrentFilters: bool
    useCurrentDateRange: bool
    openInNewTab: bool


class Action(Strict):
    factoryId: Literal["DASHBOARD_TO_DASHBOARD_DRILLDOWN"]
    name: Text
    config: DrilldownConfig


class Drilldown(Strict):
    eventId: Text
    triggers: list[Literal["FILTER_TRIGGER"]]
    action: Action


class DynamicActions(Strict):
    events: Annotated[list[Drilldown], Field(min_length=1)]


class Enhancements(Strict):
    dynamicActions: DynamicActions | None = None


class Embedded(Strict):
    enhancements: Enhancements


class PlacedPanel(Strict):
    version: Text
    type: Literal["lens", "search"]
    panelIndex: Text
    panelRefName: Text
    gridData: At
    embeddableConfig: Embedded


class Options(Strict):
    useMargins: bool
    syncColors: bool
    syncCursor: bool
    syncTooltips: bool
    hidePanelTitles: bool


class SortBy(Strict):
    by: Literal["_count", "_key"]
    direction: Literal["asc", "desc"]


class ControlInput(Strict):
    id: Text
    fieldName: Text
    title: Text
    selectedOptions: list[str]
    singleSelect: bool
    searchTechnique: Literal["prefix", "wildcard", "exact"]
    sort: SortBy


class PlacedControl(Strict):
    type: Literal["optionsListControl"]
    order: int
    grow: bool
    width: Literal["small", "medium", "large"]
    explicitInput: ControlInput


class Ignored(Strict):
    ignoreFilters: bool
    ignoreQuery: bool
    ignoreTimerange: bool
    ignoreValidations: bool


class ControlGroup(Strict):
    """`showApplySelections` came with version 2."""

    controlStyle: Literal["oneLine", "twoLine"]
    chainingSystem: Literal["HIERARCHICAL", "NONE"]
    showApplySelections: bool
    ignoreParentSettingsJSON: Json[Ignored]
    panelsJSON: Json[dict[str, PlacedControl]]


class Refresh(Strict):
    pause: bool
    value: Annotated[int, Field(ge=0)]


class DashboardAttributes(Strict):
    """Version 2, in 8.19 since 8.15; 3 and 4, of 9.x, add only what may be left out (sections, routing)."""

    title: Text
    description: str
    panelsJSON: Json[list[PlacedPanel]]
    optionsJSON: Json[Options]
    controlGroupInput: ControlGroup
    timeRestore: Literal[True]
    timeFrom: Text
    timeTo: Text
    refreshInterval: Refresh
    kibanaSavedObjectMeta: Meta


class Dashboard(Envelope):
    type: Literal["dashboard"]
    typeMigrationVersion: Literal["10.2.0"]
    attributes: DashboardAttributes


SAVED: TypeAdapter[Any] = TypeAdapter(
    Annotated[DataView | Search | Lens | Dashboard, Field(discriminator="type")], config=None
)
"""Any saved object of an export."""
