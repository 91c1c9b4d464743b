"""Templates, versioned indices and aliases on an Elasticsearch server, made where they are missing."""

from collections.abc import Mapping
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from schemas.errors import UserError
from schemas.mapping import alias, body_of, index_name, settings_of
from schemas.query import Kind
from schemas.records import KINDS
from transforms.clients.elastic import reason_of
from transforms.index.facets import FACETS

PRIORITY = 200
"""Above the templates that Elasticsearch brings along."""


def prepare(client: Elasticsearch, *, server: str, prefix: str) -> None:
    """Make what is missing and add new fields; one question, where all is as it should be.

    Raises UserError where an index has a field of another kind; the client's errors pass.
    """
    names = {kind: index_name(prefix, kind) for kind in FACETS}
    made = client.indices.get_mapping(index=list(names.values()), ignore_unavailable=True)
    bodies = {kind: body_of(KINDS[kind]) for kind in names}
    wanted = {kind: body for kind, body in bodies.items() if not _fits(made.get(names[kind]), body)}
    if wanted:
        client.cluster.put_component_template(name=f"{prefix}-settings", template={"settings": settings_of()})
    for kind, body in wanted.items():
        _put_template(client, prefix, kind, body)
        try:
            _make(client, prefix, kind, body)
        except BadRequestError as e:
            reason = f"{names[kind]} was made by another version of newswatch: {reason_of(e.body)}"
            raise UserError(f"{server}: {reason}; set another index.prefix") from None


def _fits(made: Mapping[str, Any] | None, body: Mapping[str, Any]) -> bool:
    return made is not None and made["mappings"].get("_meta") == body["mappings"]["_meta"]


def _put_template(client: Elasticsearch, prefix: str, kind: Kind, body: Mapping[str, Any]) -> None:
    """Make what gives its mapping to any later version of the index, whoever makes it."""
    name = alias(prefix, kind)
    # a mapping is not taken without the analyzers that it names
    own = {"settings": {"analysis": body["settings"]["analysis"]}, "mappings": body["mappings"]}
    client.cluster.put_component_template(name=f"{name}-mappings", template=own)
    parts = [f"{prefix}-settings", f"{name}-mappings"]
    client.indices.put_index_template(name=name, index_patterns=[f"{name}-v*"], composed_of=parts, priority=PRIORITY)


def _make(client: Elasticsearch, prefix: str, kind: Kind, body: Mapping[str, Any]) -> None:
    """Make the index behind its alias, or add to it the fields that it has not."""
    name, mappings = index_name(prefix, kind), body["mappings"]
    try:
        client.indices.create(index=name, **body, aliases={alias(prefix, kind): {"is_write_index": True}})
    except BadRequestError as e:
        if e.error != "resource_already_exists_exception":
            raise
        client.indices.put_mapping(index=name, properties=mappings["properties"], meta=mappings["_meta"])
