"""Records to and from JSON, by pydantic's adapters over the plain dataclasses."""

import re
from typing import Any, TypeVar

from pydantic import TypeAdapter

R = TypeVar("R")


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(cls: Any) -> TypeAdapter[Any]:
    if cls not in _ADAPTERS:
        _ADAPTERS[cls] = TypeAdapter(cls)
    return _ADAPTERS[cls]


def to_json(record: object) -> str:
    """Return the record as one line of JSON, keys in the order of its fields."""
    return _adapter(type(record)).dump_json(record).decode()


def escaped(found: re.Match[str]) -> str:
    """Return the character in JSON's own words, which any reader of it takes for the same."""
    return f"\\u{ord(found[0]):04x}"


def to_dict(record: object) -> dict[str, Any]:
    """Return the record as JSON-ready values: times as ISO 8601, tuples as lists."""
    value: dict[str, Any] = _adapter(type(record)).dump_python(record, mode="json")
    return value


def from_json(cls: type[R], line: str | bytes) -> R:
    """Return the record that `to_json` wrote; raises pydantic's ValidationError where it is not one."""
    record: R = _adapter(cls).validate_json(line)
    return record


def from_dict(cls: type[R], value: dict[str, Any]) -> R:
    """Return the record that `to_dict` wrote; raises pydantic's ValidationError where it is not one."""
    record: R = _adapter(cls).validate_python(value)
    return record
