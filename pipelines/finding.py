"""What the commands that ask the index have in common: a question in, its records out."""

from pathlib import Path
from typing import Any

from pipelines import console
from pipelines.commands import json_lines, moment, opened, settings_of
from pipelines.known import Lists, check_type, checked
from pipelines.tables import table
from schemas.query import Kind, Query
from schemas.records import KINDS
from transforms.clock import utc_now


def find(
    kind: Kind,
    config: Path | None,
    index: str,
    *,
    json: bool,
    lists: Lists | None = None,
    since: str = "",
    **asked: Any,
) -> None:
    """Print the records that fit, as a table or as JSON lines; raises UserError for ids and types that nobody knows."""
    check_type(kind, asked.get("type", ""))
    query = Query(kind=kind, since=moment(since, now=utc_now()), **asked)
    with opened(settings_of(config, index)) as found_in:
        query = checked(query, found_in, lists or Lists())
        records = found_in.find(query)
        more = found_in.count(query) - len(records) if len(records) == query.limit else 0
    if json:
        json_lines(records)
        return
    table(records, KINDS[kind])
    if more:
        console.say(f"{more} more: --limit {len(records) + more} shows all")
