"""A watchlist -> the text of a file: YAML, JSON, CSV, or Wikidata ids."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any, Literal

import yaml

from schemas.cells import for_cell
from schemas.codec import escaped
from schemas.errors import UserError
from schemas.watchlist import LISTS, Actor, Watchlist

Format = Literal["yaml", "json", "csv", "wikidata-ids"]

COLUMNS = tuple(field.alias or name for name, field in Actor.model_fields.items())
WIDE = 120

_ODD = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON allows in a string, and YAML not or not as it stands: a list is read by one reader, in either form."""


def as_text(watchlist: Watchlist, form: Format) -> str:
    """Return the list in that form; raises UserError where the form cannot hold it."""
    return _WRITERS[form](watchlist)


def _plain(watchlist: Watchlist) -> dict[str, Any]:
    found = watchlist.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"actors": [], **found}


def _yaml(watchlist: Watchlist) -> str:
    text: str = yaml.dump(
        _plain(watchlist), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDE, default_flow_style=False
    )
    return text


def _json(watchlist: Watchlist) -> str:
    written = json.dumps(_plain(watchlist), ensure_ascii=False, indent=2) + "\n"
    return _ODD.sub(escaped, written)


def _csv(watchlist: Watchlist) -> str:
    """Return the actors as rows; groups, version and note have no place in it."""
    rows = [actor.model_dump(mode="json", by_alias=True, exclude_defaults=True) for actor in watchlist.actors]
    used = [column for column in COLUMNS if column in {"id", "name"} or any(column in row for row in rows)]
    out = io.StringIO()
    cells = [[_cell(row, column) for column in used] for row in rows]
    odd = any("\r" in cell for row in cells for cell in row)  # the writer leaves it bare, and a reader ends the row
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL if odd else csv.QUOTE_MINIMAL)
    writer.writerow(used)
    writer.writerows(cells)
    return out.getvalue()


def _cell(row: dict[str, Any], column: str) -> str:
    value = row.get(column, "")
    cell = "|".join(value) if column in LISTS and value else str(value)
    if column in LISTS and any("|" in part for part in value):
        raise UserError(f"{row['id']}: {column} holds a '|', which keeps a CSV's values apart: take YAML or JSON")
    if "\0" in cell:
        raise UserError(f"{row['id']}: {column} holds a NUL character, which no CSV can")
    return for_cell(cell)


def _wikidata_ids(watchlist: Watchlist) -> str:
    return "".join(f"{actor.wikidata}\n" for actor in watchlist.actors if actor.wikidata)


class _Dumper(yaml.SafeDumper):
    """Lists of words on one line each, as people write them; lists of actors below each other."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:  # noqa: FBT001
        """Return the list's node."""
        words = all(isinstance(one, str) for one in sequence)
        return super().represent_sequence(tag, sequence, flow_style=words if flow_style is None else flow_style)

    def represent_str(self, data: str) -> yaml.ScalarNode:
        """Return the text's node; some line ends would be read as blanks outside double quotation marks."""
        return self.represent_scalar("tag:yaml.org,2002:str", data, style='"' if _ODD.search(data) else None)


_Dumper.add_representer(str, _Dumper.represent_str)


_WRITERS: dict[Format, Callable[[Watchlist], str]] = {
    "yaml": _yaml,
    "json": _json,
    "csv": _csv,
    "wikidata-ids": _wikidata_ids,
}
