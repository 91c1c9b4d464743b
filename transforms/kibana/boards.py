"""A dashboard: panels on a grid, controls above them, and drilldowns from one dashboard to another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.kibana.objects import Json, object_of, packed, reference, source

WIDTH = 48
"""Columns of Kibana's grid."""

WRITTEN_BY = "8.19.0"
"""The oldest Kibana that reads these panels as they are."""

DRILLDOWN = "DASHBOARD_TO_DASHBOARD_DRILLDOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One panel of a dashboard: the object it shows, its size, and where a click on one of its values leads.

    `keeps` takes what is picked above along; only where all panels over there have those fields too.
    """

    shows: Json
    wide: int
    high: int
    leads_to: str = ""
    says: str = ""
    keeps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A list of values above the panels; those picked filter all of them."""

    field: str
    title: str
    view: str
    single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A dashboard before Kibana's words for it."""

    id: str
    title: str
    description: str
    since: str
    controls: tuple[Control, ...]
    places: tuple[Place, ...]


def dashboard(board: Board) -> Json:
    """Return the saved object of the dashboard."""
    names = [f"panel-{number}" for number in range(len(board.places))]
    placed = list(zip(names, board.places, _grid(board.places), strict=True))
    controls = {f"control-{number}": control for number, control in enumerate(board.controls)}
    attributes = {
        "title": board.title,
        "description": board.description,
        "panelsJSON": packed([_panel(name, place, at) for name, place, at in placed]),
        "optionsJSON": packed({"useMargins": True, "syncColors": True, "syncCursor": True, "syncTooltips": False,
                               "hidePanelTitles": False}),
        "controlGroupInput": {
            "controlStyle": "oneLine",
            "chainingSystem": "HIERARCHICAL",
            "showApplySelections": False,
            "ignoreParentSettingsJSON": packed(dict.fromkeys(IGNORED, False)),
            "panelsJSON": packed({name: _control(name, c, order) for order, (name, c) in enumerate(controls.items())}),
        },
        "timeRestore": True,
        "timeFrom": board.since,
        "timeTo": "now",
        "refreshInterval": {"pause": False, "value": 300_000},
        "kibanaSavedObjectMeta": source(),
    }  # fmt: skip
    found = [at for name, place, _ in placed for at in _references(name, place)]
    lists = [reference("index-pattern", c.view, f"controlGroup_{n}:optionsListDataView") for n, c in controls.items()]
    return object_of("dashboard", board.id, attributes, [*found, *lists])


IGNORED = ("ignoreFilters", "ignoreQuery", "ignoreTimerange", "ignoreValidations")


def _grid(places: Sequence[Place]) -> Iterable[tuple[int, int]]:
    """Yield where each panel's upper left corner is: from left to right, a new row where the old one is full."""
    left, top, deep = 0, 0, 0
    for place in places:
        if left + place.wide > WIDTH:
            left, top, deep = 0, top + deep, 0
        yield left, top
        left, deep = left + place.wide, max(deep, place.high)


def _panel(name: str, place: Place, at: tuple[int, int]) -> Json:
    events = [_event(name, place)] if place.leads_to else []
    return {
        "version": WRITTEN_BY,
        "type": place.shows["type"],
        "panelIndex": name,
        "panelRefName": f"panel_{name}",
        "gridData": {"x": at[0], "y": at[1], "w": place.wide, "h": place.high, "i": name},
        "embeddableConfig": {"enhancements": {"dynamicActions": {"events": events}} if events else {}},
    }


def _event(name: str, place: Place) -> Json:
    return {
        "eventId": f"{name}-leads",
        "triggers": ["FILTER_TRIGGER"],
        "action": {
            "factoryId": DRILLDOWN,
            "name": place.says,
            "config": {"useCurrentFilters": place.keeps, "useCurrentDateRange": True, "openInNewTab": False},
        },
    }


def _references(name: str, place: Place) -> Iterable[Json]:
    yield reference(place.shows["type"], place.shows["id"], f"{name}:panel_{name}")
    if place.leads_to:
        yield reference("dashboard", place.leads_to, f"{name}:drilldown:{DRILLDOWN}:{name}-leads:dashboardId")


def _control(name: str, control: Control, order: int) -> Json:
    return {
        "type": "optionsListControl",
        "order": order,
        "grow": True,
        "width": "medium",
        "explicitInput": {
            "id": name,
            "fieldName": control.field,
            "title": control.title,
            "selectedOptions": [],
            "singleSelect": control.single,
            "searchTechnique": "prefix",
            "sort": {"by": "_count", "direction": "desc"},
        },
    }
