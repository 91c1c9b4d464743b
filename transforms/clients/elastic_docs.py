"""What a ledger in Elasticsearch is made of and asked by: ids, documents, clauses, times."""

from collections.abc import Iterable
from typing import Any

from schemas.ids import stable_id
from schemas.mapping import body_of
from schemas.remembered import Remembered, Sort

Doc = dict[str, Any]

NAME = "ledger"
"""The kind of the ledger's index, beside those of records."""

LONGEST = 256
"""Bytes of a key that stand in an id; a longer one is hashed."""


def layout() -> dict[str, Doc]:
    """Return what the ledger's index is made with."""
    return {NAME: body_of(Remembered, worded=False)}


def id_of(kind: Sort, *parts: str) -> str:
    """Return the id of the kind's document of that key, or of several parts that are one key together."""
    short = len(parts) == 1 and len(parts[0].encode("utf-8", "surrogatepass")) <= LONGEST
    return f"{kind} {parts[0] if short else stable_id(*parts)}"


def made(id_: str, **fields: Any) -> Doc:
    """Return a document for that id."""
    kind, _, key = id_.partition(" ")
    return {"kind": kind, "key": key, **fields}


def is_(field: str, value: object) -> Doc:
    """Return the clause of documents that have the value there."""
    return {"term": {field: value}}


def among(field: str, values: Iterable[str]) -> Doc:
    """Return the clause of documents that have one of the values there."""
    return {"terms": {field: list(values)}}


def within(field: str, **bounds: int) -> Doc:
    """Return the clause of documents whose time there is within the bounds: gt, gte, lt, lte in milliseconds."""
    return {"range": {field: {**bounds, "format": "epoch_millis"}}}


def has(field: str) -> Doc:
    """Return the clause of documents that have anything there."""
    return {"exists": {"field": field}}


def any_of(*clauses: Doc) -> Doc:
    """Return the clause of documents that fulfil one of them."""
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}
