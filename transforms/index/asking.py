"""A question in Elasticsearch's words; the same answers as `tables.py` gets from the embedded index."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from schemas.query import Every, Kind, Query
from transforms.index.facets import ACTORS, FACETS, Paths, worded
from transforms.index.periods import OFFSETS, STEPS
from transforms.index.rows import millis
from transforms.index.tables import FILTERS, maybe_ids
from transforms.index.words import terms

Clause = dict[str, Any]

NOTHING: Clause = {"match_none": {}}


def question(query: Query, ids: frozenset[str]) -> Clause:
    """Return the clause that the query's records fulfil; `ids` are the facets asked by id."""
    return {"bool": {"filter": list(_conditions(query, ids))}}


def order(kind: Kind) -> list[Clause]:
    """Return the order of answers: newest first, then by id."""
    return [{FACETS[kind].time: "desc"}, {"id": "asc"}]


def by_period(kind: Kind, every: Every) -> Clause:
    """Return the aggregation that counts records in each period."""
    minutes, offset = (int(part[every].total_seconds() // 60) for part in (STEPS, OFFSETS))
    asked = {"field": FACETS[kind].time, "fixed_interval": f"{minutes}m", "offset": f"{offset}m", "min_doc_count": 1}
    return {"periods": {"date_histogram": asked}}


def exact(kind: Kind, facet: str, value: str) -> Clause:
    """Return the clause of records that have exactly that value."""
    return _any([{"term": {path: value}} for path in getattr(FACETS[kind], facet)])


def of_documents(documents: list[str], *, but: list[str]) -> Clause:
    """Return the clause of everything that belongs to the documents, but for those ids."""
    return {"bool": {"filter": [{"terms": {"origin.document": documents}}], "must_not": [{"ids": {"values": but}}]}}


def before(kind: Kind, moment: dt.datetime) -> Clause:
    """Return the clause of records first seen before then (of an alert: its last match)."""
    return {"range": {FACETS[kind].time: {"lt": millis(moment), "format": "epoch_millis"}}}


def _conditions(query: Query, ids: frozenset[str]) -> Iterator[Clause]:
    facets = FACETS[query.kind]
    by_words = [facet for facet in maybe_ids(query) if facet not in ids]
    for facet in (*ACTORS, *FILTERS):
        if getattr(query, facet) and facet not in by_words:
            yield exact(query.kind, facet, getattr(query, facet))
    for facet in by_words:
        yield from _words(getattr(query, facet), worded(facets, facet))
    if query.words:
        yield from _words(query.words, (*facets.text, *facets.speakers, *facets.names))
    if facets.outcome and not query.uncertain:
        yield exact(query.kind, "outcome", "mention")
    yield from _times(query, facets.time)


def _words(words: str, paths: Paths) -> Iterator[Clause]:
    found = terms(words)
    if not found:
        yield NOTHING
    for term in found:
        yield _any([{"match_phrase": {path: term}} for path in paths])


def _times(query: Query, path: str) -> Iterator[Clause]:
    bounds = {"gte": query.since, "lt": query.until}
    found = {name: millis(bound) for name, bound in bounds.items() if bound}
    if found:
        yield {"range": {path: {**found, "format": "epoch_millis"}}}


def _any(clauses: list[Clause]) -> Clause:
    return {"bool": {"should": clauses, "minimum_should_match": 1}} if clauses else NOTHING
