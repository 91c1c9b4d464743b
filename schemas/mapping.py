"""Record class -> strict Elasticsearch mapping, and the versioned names of the indices that have it."""

import datetime as dt
import json
import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from schemas.fields import Nested, Stored, Text
from schemas.ids import stable_id
from schemas.synonyms import rules

KEYWORD: dict[str, Any] = {"type": "keyword", "ignore_above": 1024}
"""Words taken as they are; a longer string is kept and shown, but not searched, so that it refuses no record."""

SCALARS: dict[type, dict[str, Any]] = {
    str: KEYWORD,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "float"},
    dt.datetime: {"type": "date"},
}

SEPARATORS = tuple(".,:;_")
"""Elasticsearch's tokenizer keeps these within "example.com" and "1,000"; the embedded index parts words there."""

MARKS = tuple(chr(code) for code in (*range(0x300, 0x305), *range(0x306, 0x30D), 0x327, 0x328))
"""Accents that stand as characters of their own."""


def alias(prefix: str, kind: str) -> str:
    """Return the name that readers and writers use: newswatch-statements."""
    return f"{prefix}-{kind}"


def index_name(prefix: str, kind: str, version: int = 1) -> str:
    """Return the name of the index itself: newswatch-statements-v1; `newswatch index upgrade` makes the next."""
    return f"{alias(prefix, kind)}-v{version}"


def version_of(name: str) -> int:
    """Return the version in an index's name; 0 where there is none."""
    _, mark, number = name.rpartition("-v")
    return int(number) if mark and number.isdecimal() else 0


@cache
def mapping_of(record: type) -> dict[str, Any]:
    """Return the strict mapping of the record's fields: a field that it does not know refuses the document."""
    hints = get_type_hints(record, include_extras=True)
    return {
        "dynamic": "strict",
        "properties": {
            field.name: _of(hints[field.name], f"{record.__name__}.{field.name}") for field in fields(record)
        },
    }


def _of(annotation: Any, where: str) -> dict[str, Any]:
    """Return the mapping of one annotation; raises TypeError where the house has no rule for it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _marked(annotation, where)
    if origin is Literal:
        return KEYWORD
    if origin in {Union, types.UnionType, tuple}:
        return _of(_only(annotation, where), where)
    if is_dataclass(annotation) and isinstance(annotation, type):
        return {"type": "object", **mapping_of(annotation)}
    if annotation in SCALARS:
        return SCALARS[annotation]
    raise TypeError(f"{where}: no mapping for {annotation}")


def _marked(annotation: Any, where: str) -> dict[str, Any]:
    inner, *marks = get_args(annotation)
    for mark in marks:
        if isinstance(mark, (Text, Stored)):
            return mark.mapping()
        if isinstance(mark, Nested):
            return {**_of(inner, where), **mark.mapping()}
    return _of(inner, where)


def _only(annotation: Any, where: str) -> Any:
    """Return the X of `X | None` and of `tuple[X, ...]`."""
    inner = [part for part in get_args(annotation) if part is not type(None) and part is not Ellipsis]
    if len(inner) != 1:
        raise TypeError(f"{where}: no mapping for {annotation}")
    return inner[0]


def settings_of() -> dict[str, Any]:
    """Return the settings of every index: one shard, a copy where there is a second node, and the analyzers."""
    return {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}, "analysis": _analysis()}


def _analysis() -> dict[str, Any]:
    folding = ["lowercase", "asciifolding", "possessive", "joined"]
    return {
        "char_filter": {
            "parted": {
                "type": "mapping",
                "mappings": [*(f"{c} => \\u0020" for c in SEPARATORS), *(f"\\u{ord(c):04x} => " for c in MARKS)],
            }
        },
        "filter": {
            "possessive": {"type": "stemmer", "language": "possessive_english"},
            # O'Brien and OBrien, don't and dont: one word, as in the embedded index
            "joined": {"type": "pattern_replace", "pattern": "'", "replacement": ""},
            "stemmed": {"type": "stemmer", "language": "english"},
            "forms": {"type": "synonym", "synonyms": rules()},
        },
        "analyzer": {
            "english_folded": _analyzer([*folding, "stemmed"]),
            "names": _analyzer([*folding, "forms"]),
        },
    }


def _analyzer(filters: list[str]) -> dict[str, Any]:
    return {"type": "custom", "char_filter": ["parted"], "tokenizer": "standard", "filter": filters}


def body_of(record: type, *, worded: bool = True) -> dict[str, Any]:
    """Return what an index of the record is made with; `_meta` tells one version of it from another.

    New fields can be added to an index that stands, another analysis cannot: it has a digest of its own. A record
    without texts to search (not `worded`) needs none.
    """
    settings = settings_of() if worded else {"index": settings_of()["index"]}
    body: dict[str, Any] = {"settings": settings, "mappings": mapping_of(record)}
    meta = {"newswatch": _digest(body), "analysis": _digest(settings.get("analysis"))}
    return {**body, "mappings": {**body["mappings"], "_meta": meta}}


def _digest(value: object) -> str:
    return stable_id(json.dumps(value, sort_keys=True))


def lifecycle_of() -> dict[str, Any]:
    """Return the first lifecycle policy of the indices: the administrator's to change, and it deletes nothing.

    An index's age is not its articles' age: a phase that deletes would take the whole index. `newswatch index prune`
    removes what is old, record by record.
    """
    return {"phases": {"hot": {"min_age": "0ms", "actions": {"set_priority": {"priority": 100}}}}}
