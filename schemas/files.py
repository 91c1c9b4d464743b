"""Users' YAML and JSON files -> checked models; every fault with file, line and reason."""

import difflib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from schemas.errors import BadFile, Problem

M = TypeVar("M", bound=BaseModel)
Location = tuple[int | str, ...]
Lines = dict[Location, int]
"""The line, from 1, of each key and item of a file."""

MAX_BYTES = 64_000_000
"""A larger file is refused: no list that a person keeps is that long."""


def read_text(path: Path) -> str:
    """Return the file's text; raises BadFile where it is missing, no file, too large or not UTF-8."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadFile([Problem(str(path), 0, f"larger than {MAX_BYTES // 1_000_000} MB")])
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BadFile([Problem(str(path), 0, "no such file")]) from None
    except UnicodeDecodeError as e:
        raise BadFile([Problem(str(path), 0, f"not UTF-8 text (byte {e.start})")]) from None
    except OSError as e:
        raise BadFile([Problem(str(path), 0, e.strerror or str(e))]) from None


def load(path: Path, model: type[M]) -> tuple[M, Lines]:
    """Return the file as a checked model, and the line of each of its parts; raises BadFile."""
    value, lines = parse(read_text(path), str(path))
    try:
        return model.model_validate(value), lines
    except ValidationError as e:
        raise BadFile([problem(error, lines, str(path), model) for error in e.errors()]) from None


def parse(text: str, name: str) -> tuple[Any, Lines]:
    """Return the YAML (or JSON) text as plain values, and the line of each part; raises BadFile."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        lines: Lines = {(): 1}
        value = _plain(node, (), lines, name) if node is not None else None
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else 0
        raise BadFile([Problem(name, line, f"not {_form(name)}: {e.problem or e.context}")]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as e:
        raise BadFile([Problem(name, 0, f"not {_form(name)}: {str(e).splitlines()[0]}")]) from None
    return value, lines


def _form(name: str) -> str:
    return "JSON" if name.lower().endswith(".json") else "YAML"


def _plain(node: yaml.Node, where: Location, lines: Lines, name: str) -> Any:
    lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, where, lines, name)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*where, i), lines, name) for i, item in enumerate(node.value)]
    # a constructor of its own for each scalar: dates stay text, so that "2025-02-16" is not turned into a date
    return yaml.SafeLoader("").construct_object(node) if not node.tag.endswith(":timestamp") else node.value


def _mapping(node: yaml.MappingNode, where: Location, lines: Lines, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in found:
            raise BadFile([Problem(name, key_node.start_mark.line + 1, f"the key {key!r} stands here twice")])
        found[key] = _plain(value_node, (*where, key), lines, name)
        lines[(*where, key)] = key_node.start_mark.line + 1
    return found


def problem(error: ErrorDetails, lines: Lines, name: str, model: type[BaseModel]) -> Problem:
    """Return pydantic's error as file, line and reason; an unknown key gets the nearest known one."""
    location: Location = tuple(error["loc"])
    known = location
    while known not in lines and known:
        known = known[:-1]
    shown = ".".join(str(part) for part in location) or "the file"
    if error["type"] == "extra_forbidden":
        return Problem(
            name, lines.get(known, 0), f"unknown key {location[-1]!r}{_suggestion(str(location[-1]), model)}"
        )
    if error["type"] == "string_type" and isinstance(error["input"], (bool, int, float)):  # YAML's 737, and its No
        return Problem(name, lines.get(known, 0), f"{shown}: {error['input']!r} is no text: put it in quotes")
    return Problem(name, lines.get(known, 0), f"{shown}: {error['msg'].removeprefix('Value error, ')}")


def _suggestion(key: str, model: type[BaseModel]) -> str:
    near = difflib.get_close_matches(key, sorted(_keys(model)), n=1)
    return f": did you mean {near[0]!r}?" if near else ""


def _keys(model: type[BaseModel]) -> set[str]:
    keys: set[str] = set()
    for field_name, field in model.model_fields.items():
        keys.add(field.alias or field_name)
        for inner in _models_in(field.annotation):
            keys |= _keys(inner)
    return keys


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
