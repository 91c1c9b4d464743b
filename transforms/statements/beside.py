"""What the text says of somebody beside his name: titles and offices before it, an apposition on either side."""

from transforms.language.grammar import FINITE
from transforms.language.roles import PERSONS, singular
from transforms.language.titles import TITLES
from transforms.statements.layout import Layout
from transforms.statements.naming import NOUNS


def beside_name(layout: Layout, start: int, end: int) -> list[int]:
    """Return the tokens of titles before a name and of an apposition on either side of it."""
    found: list[int] = []
    k = start - 1
    while k >= max(0, start - 5) and layout.tags[k] in {"NN", "NNP", "JJ"}:
        found.append(k)
        k -= 1
    if k > 0 and layout.words[k] == "," and (k == start - 1 or layout.lower[k + 1].rstrip(".") in TITLES):
        found += _back(layout, k)
    elif found and singular(layout.lower[start - 1]) not in PERSONS:
        found += _office(layout, k)
    if end < len(layout.words) and (layout.words[end] == "," or layout.lower[end] == "as"):
        found += _forth(layout, end)
    return found


def _office(layout: Layout, at: int) -> list[int]:
    """Return an office whose place stands right before the name: "the minister of the sea of Norrvia Bo Lund"."""
    k = at
    while k > max(0, at - 9) and layout.tags[k] in NOUNS | {"IN", "DT", "JJ", "CC", "TO"} and layout.inside[k] < 0:
        if singular(layout.lower[k]) in PERSONS and layout.tags[k + 1] in {"IN", "TO"}:
            return [k, k - 1] if layout.tags[k - 1] in {"JJ", "NNP", "NN"} else [k]
        k -= 1
    return []


def _back(layout: Layout, comma: int) -> list[int]:
    found: list[int] = []
    for k in range(comma - 1, max(-1, comma - 13), -1):
        if layout.words[k] in {",", "."} or layout.words[k].isspace() or layout.tags[k] in FINITE:
            break
        if layout.tags[k] in NOUNS | {"JJ"}:
            found.append(k)
    return found


def _forth(layout: Layout, comma: int) -> list[int]:
    found: list[int] = []
    if layout.tags[comma + 1 : comma + 2] == ["CC"]:  # "Anna Berg, and the prefect, Bo Lund"
        return found
    for k in range(comma + 1, min(len(layout.words), comma + 9)):
        if layout.words[k] in {",", "."} or layout.tags[k] in FINITE | {"WP", "VBG"} or layout.inside[k] >= 0:
            return found if layout.words[k] in {",", "."} or layout.tags[k] == "WP" else []
        if layout.tags[k] in NOUNS | {"JJ"}:
            found.append(k)
    return found
