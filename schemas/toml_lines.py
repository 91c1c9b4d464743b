"""Where the keys of a TOML file stand: its reader tells values, and no lines."""

import re

from schemas.files import Lines, Location

_HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_AT = re.compile(r"at line (\d+)")


def toml_lines(text: str) -> Lines:
    """Return the line of each table and key, the first where one stands twice."""
    lines: Lines = {(): 1}
    table: Location = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _parts(header[1])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            place = (*table, *_parts(key[1]))
            for end in range(len(table) + 1, len(place) + 1):
                lines.setdefault(place[:end], number)
    return lines


def fault_line(message: str) -> int:
    """Return the line that the reader names, or 0."""
    found = _AT.search(message)
    return int(found[1]) if found else 0


def _parts(dotted: str) -> Location:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
