"""Users' YAML and JSON files -> checked models; every fault with file, line and reason."""

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from schemas.errors import BadFile, Problem
from schemas.wording import said

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


@dataclass(frozen=True)
class Read(Generic[M]):
    """What a file holds: checked, or None where there are problems; as plain values; the line of each part."""

    model: M | None
    value: Any
    lines: Lines
    problems: list[Problem]


def load(path: Path, model: type[M]) -> tuple[M, Lines]:
    """Return the file as a checked model, and the line of each of its parts; raises BadFile."""
    found = read(path, model)
    if found.model is None:
        raise BadFile(found.problems)
    return found.model, found.lines


def read(path: Path, model: type[M]) -> Read[M]:
    """Return what the file holds, and what is wrong with it; raises BadFile where it cannot be read at all."""
    value, lines = parse(read_text(path), str(path))
    return checked(value, lines, str(path), model)


def checked(value: Any, lines: Lines, name: str, model: type[M]) -> Read[M]:
    """Return the values as a checked model, or what is wrong with them."""
    try:
        return Read(model.model_validate(value), value, lines, [])
    except ValidationError as e:
        return Read(None, value, lines, [problem(error, lines, name, model) for error in e.errors()])


def items_of(value: Any, key: str) -> list[dict[str, Any]]:
    """Return the items of that list of a file that may be wrong; one that has no keys is empty."""
    found = value.get(key) if isinstance(value, dict) else None
    return [item if isinstance(item, dict) else {} for item in found] if isinstance(found, list) else []


def texts_of(item: dict[str, Any], key: str) -> tuple[str, ...]:
    """Return the texts that stand under that key, where one may stand without brackets."""
    found = item.get(key)
    each = found if isinstance(found, (list, tuple)) else [found]
    return tuple(one for one in each if isinstance(one, str))


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
    """Return pydantic's error as file, line and reason; an unknown key gets the nearest known one, or its level."""
    location: Location = tuple(error["loc"])
    known = location
    while known not in lines and known:
        known = known[:-1]
    line = lines.get(known, 0)
    if error["type"] == "extra_forbidden":
        told = f"unknown key {location[-1]!r}{_suggestion(location, model)}"
        return Problem(name, line, told + _number(location, lines))
    return Problem(name, line, said(error) + _number(location, lines))


def _number(location: Location, lines: Lines) -> str:
    """Return which item of a list it is, where the line does not tell."""
    of = max((n for n, part in enumerate(location) if isinstance(part, int)), default=None)
    if of is None or lines.get(location[: of + 1]) != lines.get(location[:of]):
        return ""
    return f" (number {int(location[of]) + 1} of {location[of - 1] if of else 'the list'})"


def _suggestion(location: Location, model: type[BaseModel]) -> str:
    """Return which key may be meant: one of that place, else one that belongs somewhere else."""
    key, levels = str(location[-1]), _levels(model)
    here = levels.get(tuple(part for part in location[:-1] if isinstance(part, str)), set())
    if places := [".".join(level) or "the top of the file" for level, keys in levels.items() if key in keys]:
        return f" here: it belongs to {' or '.join(places)}"
    near = difflib.get_close_matches(key, sorted(here), n=1)
    near = near or difflib.get_close_matches(key, sorted(set().union(*levels.values())), n=1)
    return f": did you mean {near[0]!r}?" if near else ""


def _levels(model: type[BaseModel], at: tuple[str, ...] = ()) -> dict[tuple[str, ...], set[str]]:
    """Return the keys of each level of the file."""
    levels: dict[tuple[str, ...], set[str]] = {at: set()}
    for field_name, field in model.model_fields.items():
        key = field.alias or field_name
        levels[at].add(key)
        for inner in _models_in(field.annotation):
            levels |= _levels(inner, (*at, key))
    return levels


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
