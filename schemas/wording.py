"""What pydantic says of a value -> what its user is told: the key as written, what it may be, and what stands there."""

import difflib
from collections.abc import Mapping

from pydantic_core import ErrorDetails

PATTERNS: Mapping[str, str] = {
    r"^[^\W_][\w.:-]*$": "letters, digits, '.', ':', '-', '_' only, and first a letter or digit",
    r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$": "at most 100 letters, digits, '.', '-', '_', and first a letter or digit",
    r"^(Q[1-9]\d*)?$": "an item's id such as Q42",
    r"^(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?$": "a language such as en or en-GB",
    r"^[a-z][a-z0-9_-]*$": "small letters, digits, '-', '_' only, and first a letter",
    r"^(https?://[^\s?#]+)?$": "an address that begins with http:// or https://",
}
"""What the patterns of our files ask for."""

SORTS: Mapping[str, str] = {
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "{ge:g} or more",
    "less_than": "less than {lt:g}",
    "less_than_equal": "{le:g} at most",
}
"""What a value should be, by the error that says it is not; these hold no secrets, so it is told what stands there."""

SHAPES: Mapping[str, str] = {
    "string_type": "a text belongs here",
    "tuple_type": "a list belongs here",
    "list_type": "a list belongs here",
    "dict_type": "keys with values belong here",
    "model_type": "keys with values belong here",
    "model_attributes_type": "keys with values belong here",
}


def said(error: ErrorDetails) -> str:
    """Return the error in the user's words."""
    kind, key, given = error["type"], shown(error["loc"]), error["input"]
    known: Mapping[str, object] = error.get("ctx", {})
    if kind == "missing":
        return f"'{key}' is missing"
    if kind == "string_pattern_mismatch" and known.get("pattern") in PATTERNS:
        return f"{key} {given!r}: {PATTERNS[str(known['pattern'])]}"
    return f"{key}: {_fault(kind, known, given) or error['msg'].removeprefix('Value error, ')}"


def _fault(kind: str, known: Mapping[str, object], given: object) -> str:
    """Return what is wrong with the value, or nothing where pydantic's own words must do."""
    if kind == "literal_error":
        return _choice(str(known["expected"]), given)
    if kind == "string_type" and isinstance(given, (bool, int, float)):  # YAML's 737, and its No
        return f"{given!r} is no text: put it in quotes"
    if kind in SORTS:
        return f"{SORTS[kind].format(**known)}, not {given!r}"
    if kind in SHAPES:
        return f"nothing stands here: {SHAPES[kind]}" if given is None else SHAPES[kind]
    if kind == "string_too_long":
        return f"longer than {known['max_length']} characters"
    return "empty" if kind == "string_too_short" else ""


def shown(location: tuple[int | str, ...]) -> str:
    """Return the keys of a place as its line has them: which item of a list it is, its line tells."""
    keys = list(location)
    while keys and isinstance(keys[-1], int):
        keys.pop()
    while any(isinstance(part, int) for part in keys):
        keys.pop(0)
    return ".".join(map(str, keys)) or "the file"


def _choice(expected: str, given: object) -> str:
    near = difflib.get_close_matches(str(given), expected.replace("'", "").replace(" or ", ", ").split(", "), n=1)
    hint = f": did you mean {near[0]!r}?" if near else ""
    return f"{'one of ' if ' or ' in expected else ''}{expected}, not {given!r}{hint}"
