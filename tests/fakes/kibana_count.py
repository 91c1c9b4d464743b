"""The same tables that Elasticsearch gives for a panel, counted in plain Python over the records."""

import datetime as dt
import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from schemas.codec import to_dict
from schemas.query import Kind
from schemas.records import Record
from transforms.index.facets import FACETS

Json = dict[str, Any]
Holds = Callable[[Json], bool]

TERM = re.compile(r'([\w.]+) : (?:"([^"]*)"|\*)')


def values(record: Json, path: str) -> list[Any]:
    """Return all values in a dotted path, through lists."""
    found: list[Any] = [record]
    for name in path.removesuffix(".raw").split("."):
        inner = [one.get(name) for one in found if isinstance(one, dict)]
        found = [v for one in inner for v in (one if isinstance(one, list) else [one]) if v is not None]
    return found


def told(record: Json, field: str, kind: Kind) -> list[Any]:
    """Return the field's values, each once; also of the fields that the views make."""
    if field == "who":
        found = [v for path in FACETS[kind].actor for v in values(record, path)]
    elif field == "outlet":
        found = [v for path in FACETS[kind].outlet for v in values(record, path)]
    elif field == "pair":
        found = [f"{a} + {b}" for a, b in itertools.combinations(sorted(set(record["actors"])), 2)]
    elif field == "lag_minutes":
        found = _lag(record)
    else:
        found = values(record, field)
    return sorted(set(found))


def count(
    panel: Json, kind: Kind, records: Iterable[Record], since: dt.datetime, until: dt.datetime
) -> list[list[Any]]:
    """Return the panel's rows, whatever their order, without its limits on their number."""
    [layer] = panel["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values()
    columns = [layer["columns"][id_] for id_ in layer["columnOrder"]]
    buckets, measures = [c for c in columns if c["isBucketed"]], [c for c in columns if not c["isBucketed"]]
    fits = _holds(panel["attributes"]["state"]["query"]["query"])
    found = [r for r in map(plain, records) if fits(r)]
    now = [r for r in found if since <= time_of(r, kind) < until]
    before = [r for r in found if since - (until - since) <= time_of(r, kind) < since]
    groups, earlier = _grouped(now, buckets, kind), _grouped(before, buckets, kind)
    return [
        [*keys, *(_measure(earlier.get(keys, []) if m.get("timeShift") else group, m, kind) for m in measures)]
        for keys, group in groups.items()
    ]


def plain(record: Record) -> Json:
    """Return the record as it stands in the index."""
    return to_dict(record)


def time_of(record: Json, kind: Kind) -> dt.datetime:
    """Return the time that the record's view goes by."""
    return _moment(values(record, FACETS[kind].time)[0])


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def _lag(record: Json) -> list[float]:
    if not record["published"] or record["published_precision"] not in {"second", "minute"}:
        return []
    millis = [int(_moment(record[name]).timestamp() * 1000) for name in ("seen", "published")]
    return [(millis[0] - millis[1]) / 60_000]


def _holds(query: str) -> Holds:
    """Return whether a record fits a query of our kind: terms, all joined by "or" or none at all."""
    terms = TERM.findall(query)
    assert TERM.sub("x", query) in {"", " or ".join(["x"] * len(terms))}, query
    return lambda record: (
        not terms or any(bool(values(record, f)) if not v else v in values(record, f) for f, v in terms)
    )


def _grouped(records: Sequence[Json], buckets: Sequence[Json], kind: Kind) -> dict[tuple[Any, ...], list[Json]]:
    groups: dict[tuple[Any, ...], list[Json]] = defaultdict(list)
    if not buckets:
        groups[()] = []
    for record in records:
        for keys in itertools.product(*(_keys(record, bucket, kind) for bucket in buckets)):
            groups[keys].append(record)
    return groups


def _keys(record: Json, bucket: Json, kind: Kind) -> list[Any]:
    found = told(record, bucket["sourceField"], kind)
    return [f"{_moment(v):%H}:00" for v in found] if bucket["operationType"] == "date_histogram" else found


def _measure(records: Sequence[Json], column: Json, kind: Kind) -> Any:
    fits = _holds(column.get("filter", {}).get("query", ""))
    kept = [r for r in records if fits(r)]
    if column["operationType"] == "count":
        return len(kept)
    found = [v for r in kept for v in told(r, column["sourceField"], kind)]
    if column["operationType"] == "unique_count":
        return len(set(found))
    if column["operationType"] == "median":
        return statistics.median(found) if found else None
    return (f"{_moment(max(found)):%H:%M}" if column["dataType"] == "date" else max(found)) if found else None
