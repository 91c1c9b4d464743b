"""A saved object as Kibana imports it: its envelope, its references, its ids; and the searches' own part of it."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

Json = dict[str, Any]

VERSIONS = {"index-pattern": "8.0.0", "search": "10.5.0", "lens": "8.9.0", "dashboard": "10.2.0"}
"""The stored form of each type that both 8.19 and 9.x read: a newer Kibana moves it on, an older one refuses it."""

CORE_VERSION = "8.8.0"
"""The last version of the envelope itself, in 8.19 as in 9.x."""

SEARCH_INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index"


def object_of(kind: str, id_: str, attributes: Json, references: Iterable[Json] = ()) -> Json:
    """Return the saved object, in the order that an export of Kibana's own has."""
    return {
        "attributes": attributes,
        "coreMigrationVersion": CORE_VERSION,
        "id": id_,
        "managed": False,
        "references": list(references),
        "type": kind,
        "typeMigrationVersion": VERSIONS[kind],
    }


def reference(kind: str, id_: str, name: str) -> Json:
    """Return one reference; the name is how the object's own state speaks of it."""
    return {"type": kind, "id": id_, "name": name}


def packed(value: object) -> str:
    """Return the JSON that stands as a string within a saved object."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def kql(query: str) -> Json:
    """Return the query as saved objects hold it."""
    return {"query": query, "language": "kuery"}


def source(query: str = "", *, view: bool = False) -> Json:
    """Return the part of an object that says what it searches; `view`: by the reference named SEARCH_INDEX."""
    found: Json = {"query": kql(query), "filter": []}
    return {"searchSourceJSON": packed({**found, "indexRefName": SEARCH_INDEX} if view else found)}


def search(id_: str, view: str, *, title: str, columns: Sequence[str], newest: str, query: str = "") -> Json:
    """Return a saved search: a table of records, newest first."""
    attributes = {
        "title": title,
        "description": "",
        "columns": list(columns),
        "sort": [[newest, "desc"]],
        "grid": {},
        "hideChart": False,
        "isTextBasedQuery": False,
        "timeRestore": False,
        "kibanaSavedObjectMeta": source(query, view=True),
    }
    return object_of("search", id_, attributes, [reference("index-pattern", view, SEARCH_INDEX)])
