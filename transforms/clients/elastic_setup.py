"""Templates, versioned indices and aliases on an Elasticsearch server, made where they are missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError

from schemas.errors import UserError
from schemas.mapping import alias, body_of, index_name, lifecycle_of, settings_of
from schemas.records import KINDS
from transforms.clients.elastic import reason_of
from transforms.index.facets import FACETS

PRIORITY = 200
"""Above the templates that Elasticsearch brings along."""

MISSING = frozenset({400, 401, 403, 404, 405, 410})
"""What servers without lifecycles answer, and those that keep them from this user."""

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """The index behind an alias."""

    name: str
    meta: Mapping[str, str]

    def fits(self, body: Body) -> bool:
        """Return whether it was made with that body."""
        return bool(self.meta == body["mappings"]["_meta"])


def prepare(client: Elasticsearch, *, server: str, prefix: str, layout: Mapping[str, Body]) -> None:
    """Make what is missing of the layout and add new fields; one question, where all is as it should be.

    Raises UserError where an index must be made anew: other analysis, or a field of another kind. The client's errors
    pass.
    """
    made = standing(client, prefix, layout)
    wanted = {kind: body for kind, body in layout.items() if kind not in made or not made[kind].fits(body)}
    if wanted:
        put_templates(client, prefix, wanted)
    for kind, body in wanted.items():
        name = made[kind].name if kind in made else index_name(prefix, kind)
        try:
            _make(client, alias(prefix, kind), name, body)
        except (BadRequestError, _OtherAnalysisError) as e:
            reason = reason_of(e.body) if isinstance(e, BadRequestError) else "words are taken apart in another way"
            told = f"{server}: {name} was made by another version of newswatch: {reason}"
            raise UserError(f"{told}; run `newswatch index upgrade`, or set another index.prefix") from None


class _OtherAnalysisError(Exception):
    """An index whose analyzers are not ours."""


def bodies() -> dict[str, Body]:
    """Return what the index of each kind of record is made with."""
    return {kind: body_of(KINDS[kind]) for kind in FACETS}


def standing(client: Elasticsearch, prefix: str, wanted: Iterable[str]) -> dict[str, Standing]:
    """Return the index behind the alias of each wanted kind; one that has none is left out."""
    kinds = {alias(prefix, kind): kind for kind in wanted}
    found = client.indices.get(index=list(kinds), features="aliases,mappings", ignore_unavailable=True)
    return {
        kinds[name]: Standing(index, of_index["mappings"].get("_meta", {}))
        for index, of_index in found.items()
        for name in of_index["aliases"]
        if name in kinds
    }


def put_templates(client: Elasticsearch, prefix: str, wanted: Mapping[str, Body]) -> None:
    """Make what gives settings, mapping and lifecycle to any later version of an index, whoever makes it."""
    client.cluster.put_component_template(name=f"{prefix}-settings", template={"settings": settings_of()})
    parts = [f"{prefix}-settings"]
    if _has_lifecycle(client, prefix):
        named = {"settings": {"index.lifecycle.name": prefix}}
        client.cluster.put_component_template(name=f"{prefix}-lifecycle", template=named)
        parts.append(f"{prefix}-lifecycle")
    for kind, body in wanted.items():
        name = alias(prefix, kind)
        # a mapping is not taken without the analyzers that it names
        analysis = {name: value for name, value in body["settings"].items() if name == "analysis"}
        own = {"settings": analysis, "mappings": body["mappings"]}
        client.cluster.put_component_template(name=f"{name}-mappings", template=own)
        composed = [*parts, f"{name}-mappings"]
        client.indices.put_index_template(
            name=name, index_patterns=[f"{name}-v*"], composed_of=composed, priority=PRIORITY
        )


def _has_lifecycle(client: Elasticsearch, prefix: str) -> bool:
    """Return whether the server manages lifecycles and lets us; make our policy where it has none of that name."""
    try:
        client.ilm.get_lifecycle(name=prefix)
    except NotFoundError as e:
        if e.error != "resource_not_found_exception":
            return False
    except ApiError as e:
        if e.meta.status in MISSING:
            return False
        raise
    else:
        return True
    client.ilm.put_lifecycle(name=prefix, policy=lifecycle_of())
    return True


def _make(client: Elasticsearch, name: str, index: str, body: Body) -> None:
    """Make the index behind its alias, or add to it the fields that it has not."""
    try:
        client.indices.create(index=index, **body, aliases={name: {"is_write_index": True}})
    except BadRequestError as e:
        if e.error != "resource_already_exists_exception":
            raise
        _add_fields(client, index, body["mappings"])


def _add_fields(client: Elasticsearch, index: str, mappings: Body) -> None:
    meta = client.indices.get_mapping(index=index)[index]["mappings"].get("_meta", {})
    if meta.get("analysis") != mappings["_meta"]["analysis"]:
        raise _OtherAnalysisError
    client.indices.put_mapping(index=index, properties=mappings["properties"], meta=mappings["_meta"])
