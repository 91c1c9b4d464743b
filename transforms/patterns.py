"""Long patterns, written one alternative a line."""

QUOTES = "“”„«»‘’\"'"
"""Marks that open somebody's words."""


def one_of(lines: str) -> str:
    """Return the alternatives as one group: each line is one, and is left as it stands."""
    return f"(?:{'|'.join(line.strip() for line in lines.strip().splitlines())})"
