"""What stands in one Elasticsearch index, found by search, which sees what is written once it has caught up."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch

from schemas.remembered import Sort
from transforms.clients.elastic import ElasticError, said
from transforms.clients.elastic_docs import Doc, is_

PAGE = 500
"""Documents in one request, or one page of an answer."""

LONG_S = 300.0
"""How long to wait where the server works through many documents."""

_CAUGHT_UP: set[tuple[str, str]] = set()
"""The indices that this process has refreshed and not written to since, whichever of its objects did it."""


class Look:
    """Questions to the documents behind one alias; several threads may share it. Its methods raise ElasticError."""

    def __init__(self, client: Elasticsearch, *, server: str, name: str) -> None:
        self.client, self.server, self.name = client, server, name

    def find(
        self,
        kind: Sort,
        *must: Doc,
        but: Sequence[Doc] = (),
        fields: Sequence[str] = ("body",),
        sort: Sequence[str] = ("key",),
        most: int | None = None,
        polled: bool = False,
    ) -> Iterator[Doc]:
        """Yield the kind's documents that fulfil all clauses and none of `but`, each with its key and those fields.

        `polled` is a look that is taken again and again: what other processes wrote may be seen a second late.
        """
        self.catch_up(polled=polled)
        size = PAGE if most is None else min(PAGE, most)
        pages = self._pages(query_of(kind, must, but), ["key", *fields], list(sort), size)
        yield from islice((doc for page in pages for doc in page), most)

    def is_any(self, kind: Sort, *must: Doc, but: Sequence[Doc] = ()) -> bool:
        """Return whether any of the kind's documents fulfils all clauses and none of `but`; a polled look."""
        return next(self.find(kind, *must, but=but, fields=(), most=1, polled=True), None) is not None

    def count(self, kind: Sort, *must: Doc) -> int:
        """Return how many documents of the kind fulfil all clauses; a polled look."""
        self.catch_up(polled=True)
        with said(self.server):
            return int(self.client.count(index=self.name, query=query_of(kind, must))["count"])

    def sums(self, kind: Sort, *must: Doc, aggs: Doc, polled: bool = False) -> Doc:
        """Return the aggregations over the kind's documents that fulfil all clauses."""
        self.catch_up(polled=polled)
        with said(self.server):
            answer = self.client.search(
                index=self.name, query=query_of(kind, must), aggs=aggs, size=0, track_total_hits=False
            )
        return dict(answer["aggregations"])

    def several(self, asked: Sequence[Doc]) -> list[list[Doc]]:
        """Return the hits of each of several searches, asked as they are, by who has caught up before."""
        lines = [line for one in asked for line in ({}, one)]
        with said(self.server):
            answers = self.client.msearch(index=self.name, searches=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise ElasticError(f"{self.server}: {answer['error'].get('reason')}", transient=True)
        return [answer["hits"]["hits"] for answer in answers]

    def remove(self, kind: Sort, *must: Doc) -> None:
        """Remove the kind's documents that fulfil all clauses."""
        self.catch_up()
        try:
            with said(self.server):
                slow = self.client.options(request_timeout=LONG_S)
                slow.delete_by_query(index=self.name, query=query_of(kind, must), conflicts="proceed")
        finally:
            self.fall_behind()

    def catch_up(self, *, polled: bool = False) -> None:
        """Let searches see what has been written; one that is polled needs it for this process's own writes alone."""
        here = self.server, self.name
        if polled and here in _CAUGHT_UP:
            return
        _CAUGHT_UP.add(here)  # before: what is written meanwhile takes it out again
        try:
            with said(self.server):
                self.client.indices.refresh(index=self.name)
        except ElasticError:
            self.fall_behind()
            raise

    def fall_behind(self) -> None:
        """Remember that something was written."""
        _CAUGHT_UP.discard((self.server, self.name))

    def _pages(self, query: Doc, fields: list[str], sort: list[str], size: int) -> Iterator[list[Doc]]:
        after: list[Any] | None = None
        while True:
            with said(self.server):
                answer = self.client.search(
                    index=self.name,
                    query=query,
                    sort=[{field: "asc"} for field in sort],
                    size=size,
                    search_after=after,
                    source_includes=fields,
                    track_total_hits=False,
                )
            hits = answer["hits"]["hits"]
            yield [hit["_source"] for hit in hits]
            if len(hits) < size:
                return
            after = hits[-1]["sort"]


def query_of(kind: Sort, must: Sequence[Doc], but: Sequence[Doc] = ()) -> Doc:
    """Return the query of the kind's documents that fulfil all clauses and none of `but`."""
    return {"bool": {"filter": [is_("kind", kind), *must], "must_not": list(but)}}
