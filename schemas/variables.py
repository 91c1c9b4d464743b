"""NEWSWATCH__SECTION__KEY variables: which of them are wrong, by their own names."""

import difflib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from schemas.errors import Problem

PREFIX = "NEWSWATCH__"


def wrong_variables(environ: Mapping[str, str], model: type[BaseModel]) -> list[Problem]:
    """Return the variables that name no section, and those that give a whole section but no JSON object."""
    problems = []
    for name in sorted(_ours(environ)):
        section, _, key = name.upper().removeprefix(PREFIX).partition("__")
        if section.lower() not in model.model_fields:
            problems.append(Problem(name, 0, _unknown(section, model)))
        elif not key and not _is_object(environ[name]):
            problems.append(Problem(name, 0, f"not a JSON object; one key of it is {PREFIX}{section}__KEY"))
    return problems


def variable_of(location: Sequence[int | str], environ: Mapping[str, str]) -> str:
    """Return the variable that gave this setting; empty where none did."""
    names = {name.upper(): name for name in _ours(environ)}
    section, *keys = [str(part).upper() for part in location] or [""]
    whole = f"{PREFIX}{section}"
    key = f"{whole}__{keys[0]}" if keys else whole
    deeper = next((name for name in sorted(names) if name.startswith(f"{key}__")), "")
    return names.get(key, names.get(deeper, "")) or (names.get(whole, "") if _has(environ, names, whole, keys) else "")


def _has(environ: Mapping[str, str], names: Mapping[str, str], whole: str, keys: Sequence[str]) -> bool:
    given = json.loads(environ[names[whole]]) if whole in names else {}
    return not keys or keys[0] in {str(key).upper() for key in given}


def listed(value: Any) -> Any:
    """Return a list that stands in a text, as JSON or with commas between; anything else as it is."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except ValueError as e:
            raise ValueError(f"not JSON: {e}") from None
    return [part.strip() for part in value.split(",") if part.strip()]


def _ours(environ: Mapping[str, str]) -> list[str]:
    return [name for name in environ if name.upper().startswith(PREFIX)]


def _unknown(section: str, model: type[BaseModel]) -> str:
    near = difflib.get_close_matches(section.lower(), sorted(model.model_fields), n=1)
    hint = f"did you mean {PREFIX}{near[0].upper()}?" if near else f"there are {', '.join(sorted(model.model_fields))}"
    return f"unknown section {section.lower()!r}: {hint}"


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
