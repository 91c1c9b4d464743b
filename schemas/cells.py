"""The cells of a CSV file, which spreadsheets would take for formulas."""

import re

_FORMULA = re.compile("'*[=+\\-@\\t\\r\\n＝＋－＠]")


def for_cell(text: str) -> str:
    """Return the text as a cell that no spreadsheet takes for a formula: with an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def from_cell(cell: str) -> str:
    """Return the text that `for_cell` wrote."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
