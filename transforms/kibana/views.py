"""The data views: one a kind of record, with the fields that all of them share."""

from typing import Any

from schemas.mapping import alias, mapping_of
from schemas.query import Kind
from schemas.records import KINDS
from transforms.index.facets import FACETS
from transforms.kibana.objects import Json, object_of, packed

WHO, OUTLET, PAIR, LAG = "who", "outlet", "pair", "lag_minutes"
"""Fields made at search time. WHO and OUTLET are in every view under one name, so that a filter set on one panel or
handed on by a drilldown fits all the others, whatever each kind of record calls them."""

MOST = 100
"""Values that Elasticsearch takes from one script: it fails the search that gives more."""

PAIRED = 14
"""Actors of one article that are paired, 91 pairs."""

PAIRS = (
    "def a = doc['actors']; int n = (int) Math.min(a.size(), {most}); "
    "for (int i = 0; i < n; i++) {{ for (int j = i + 1; j < n; j++) {{ emit(a[i] + ' + ' + a[j]); }} }}"
)

LAGGED = (
    "if (doc['published'].size() > 0 && doc['published_precision'].size() > 0) { "
    "String p = doc['published_precision'].value; if (p == 'second' || p == 'minute') { "
    "emit((doc['seen'].value.toInstant().toEpochMilli() - doc['published'].value.toInstant().toEpochMilli())"
    " / 60000.0); } }"
)
"""Minutes from publication to the poll that found it; a date without a time of day says nothing of it."""

LINKS = ("origin.url", "url", "element", "feed")


def view(prefix: str, kind: Kind) -> Json:
    """Return the data view of the kind, over its alias."""
    own = runtime_fields(kind)
    attributes = {
        "title": alias(prefix, kind),
        "name": f"newswatch {kind}",
        "timeFieldName": FACETS[kind].time,
        "fields": "[]",
        "sourceFilters": "[]",
        "fieldAttrs": "{}",
        "fieldFormatMap": packed(_formats(kind)),
        "runtimeFieldMap": packed(own),
        "typeMeta": "{}",
        "allowHidden": False,
    }
    return object_of("index-pattern", alias(prefix, kind), attributes)


def runtime_fields(kind: Kind) -> Json:
    """Return the fields that the view adds, each with its script."""
    facets = FACETS[kind]
    found: Json = {}
    if facets.actor:
        found[WHO] = _runtime("keyword", _emitted(facets.actor))
    if facets.outlet and facets.outlet != (OUTLET,):
        found[OUTLET] = _runtime("keyword", _emitted(facets.outlet))
    if kind == "documents":
        found[PAIR] = _runtime("keyword", PAIRS.format(most=PAIRED))
        found[LAG] = _runtime("double", LAGGED)
    return found


def fields_of(kind: Kind) -> dict[str, str]:
    """Return every field of the view that can be asked, with its type; sub-fields and runtime fields too."""
    record: type = KINDS[kind]
    own = {name: str(field["type"]) for name, field in runtime_fields(kind).items()}
    return {**_leaves(mapping_of(record), ""), **own}


def _emitted(paths: tuple[str, ...]) -> str:
    """Return the script that gives all values of those paths, as many as are taken."""
    names = ", ".join(f"'{path}'" for path in paths)
    return (
        f"int left = {MOST}; for (def f : [{names}]) {{ for (def v : doc[f]) {{ "
        "if (left > 0) { emit(v); left -= 1; } } }"
    )


def _runtime(kind: str, script: str) -> Json:
    return {"type": kind, "script": {"source": script}}


def _formats(kind: Kind) -> Json:
    links = [name for name in LINKS if name in fields_of(kind)]
    return {name: {"id": "url", "params": {"type": "a", "openLinkInCurrentTab": False}} for name in links}


def _leaves(mapping: dict[str, Any], path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, field in mapping.get("properties", {}).items():
        here = f"{path}{name}"
        if field["type"] == "nested" and not field.get("include_in_root"):
            continue  # Kibana counts no nested fields
        if "properties" in field:
            found.update(_leaves(field, f"{here}."))
        elif field.get("index", True):
            found[here] = field["type"]
            found.update({f"{here}.{sub}": of["type"] for sub, of in field.get("fields", {}).items()})
    return found
