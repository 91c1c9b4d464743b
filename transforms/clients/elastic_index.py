"""The index on an Elasticsearch server, 8.19 or 9."""

import contextlib
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from elasticsearch import Elasticsearch

from schemas.codec import from_dict, to_json
from schemas.errors import UserError
from schemas.mapping import alias
from schemas.query import Every, Kind, Period, Query
from schemas.records import KINDS, Reading, Record
from schemas.settings import Index as IndexSettings
from transforms.clients.elastic import TRANSIENT, ElasticError, connect, said
from transforms.clients.elastic_bulk import NO_ANSWER, ElasticBulk
from transforms.clients.elastic_login import credentials
from transforms.clients.elastic_setup import bodies, prepare, standing
from transforms.clients.elastic_upgrade import remove_old, upgrade
from transforms.index.asking import before as seen_before
from transforms.index.asking import by_period, exact, of_documents, order, question
from transforms.index.batches import Action
from transforms.index.facets import FACETS
from transforms.index.periods import period
from transforms.index.retry import ONCE, Retry
from transforms.index.rows import ORPHANED, PARTS, kind_of, records_of
from transforms.index.sending import Reply, Sender
from transforms.index.tables import maybe_ids, sound
from transforms.protocols import Written
from transforms.upkeep import Tell, Upgraded

PAGE = 1000
"""Records in one page of an answer."""

TERMS = 20_000
"""Ids in one question: Elasticsearch takes 65,536."""

LONG_S = 600.0
"""How long to wait where the server works through a whole index."""

NOT_FOUND = 404


class Sent(NamedTuple):
    """The answer to one record, and whether it took the place of an earlier one."""

    answer: Written
    existed: bool = False


def open_elastic(settings: IndexSettings) -> "ElasticIndex":
    """Return the index on that server; raises UserError where it does not answer as Elasticsearch does."""
    client = connect(settings)
    server = credentials(settings)[0]
    try:
        with said(server):
            # no patience here: who opens it waits for the answer
            client.options(max_retries=0).info()
    except ElasticError as e:
        client.close()
        if e.status == NOT_FOUND:
            raise UserError(f"{server}: is not Elasticsearch") from None
        raise
    return ElasticIndex(client, server=server, prefix=settings.prefix, retry=Retry())


class ElasticIndex:
    """An Index on a server; what it wrote is found by its own `find` at once, by others' when they are refreshed."""

    def __init__(self, client: Elasticsearch, *, server: str, prefix: str, retry: Retry = ONCE) -> None:
        self.client = client
        self.server = server
        self.prefix = prefix
        self.sender = Sender(post=ElasticBulk(client, server=server, aliases_only=True).post, retry=retry)
        self._fresh: set[str] = set()  # aliases written to and not refreshed since

    def prepare(self) -> None:
        """Make templates, indices and aliases where they are missing, and add new fields; raises UserError."""
        with said(self.server):
            prepare(self.client, server=self.server, prefix=self.prefix, layout=bodies())

    def write(self, records: Sequence[Record]) -> list[Written]:
        """Return one answer a record, in order."""
        return [sent.answer for sent in self._bulk(records)]

    def replace(self, readings: Sequence[Reading]) -> list[list[Written]]:
        """Return for each reading one answer a record, its document first; what a document had before is removed.

        Documents go first: one that was there already tells that it may have parts to remove, now or, should this
        process die in between, the next time.
        """
        documents = self._bulk([reading.document for reading in readings])
        parts = [records_of(reading)[1:] for reading in readings]
        taken = [of_one for of_one, (first, _) in zip(parts, documents, strict=True) if first.error is None]
        written = iter(self.write([part for of_one in taken for part in of_one]))
        answers = [
            [first, *(next(written) if first.error is None else _orphaned(part, first) for part in of_one)]
            for of_one, (first, _) in zip(parts, documents, strict=True)
        ]
        return self._pruned(answers, {first.id for first, existed in documents if existed})

    def remove(self, kind: Kind, ids: Sequence[str]) -> Written:
        """Remove those of the records that are there; returns one answer for all."""
        try:
            with said(self.server):
                self.client.indices.refresh(index=self._alias(kind))
                for start in range(0, len(ids), TERMS):
                    asked = {"ids": {"values": list(ids[start : start + TERMS])}}
                    self.client.delete_by_query(index=self._alias(kind), query=asked, conflicts="proceed", refresh=True)
        except ElasticError as e:
            return Written(kind, str(e), transient=e.transient)
        return Written(kind)

    def find(self, query: Query) -> list[Record]:
        """Return the records that fit, newest first; raises UserError where the server cannot be asked."""
        query = sound(query)
        with said(self.server):
            asked = self._question(query)
            found: list[Record] = []
            after: list[Any] | None = None
            while len(found) < query.limit:
                size = min(PAGE, query.limit - len(found))
                hits = self._page(query, asked, size, after)
                found += [from_dict(KINDS[query.kind], hit["_source"]) for hit in hits]
                if len(hits) < size:
                    break
                after = hits[-1]["sort"]
            return found

    def count(self, query: Query) -> int:
        """Return how many records fit, whatever the query's limit; raises UserError."""
        query = sound(query)
        with said(self.server):
            return int(self.client.count(index=self._alias(query.kind), query=self._question(query))["count"])

    def over_time(self, query: Query, every: Every) -> list[Period]:
        """Return how many records fit in each period that has any, oldest first; raises UserError."""
        query = sound(query)
        with said(self.server):
            answer = self.client.search(
                index=self._alias(query.kind),
                query=self._question(query),
                size=0,
                aggs=by_period(query.kind, every),
                track_total_hits=False,
            )
            found = answer["aggregations"]["periods"]["buckets"]
            return [period(bucket["key"], bucket["doc_count"]) for bucket in found]

    def kinds(self) -> list[Kind]:
        """Return the kinds that it holds."""
        with said(self.server):
            held = standing(self.client, self.prefix, FACETS)
            return [kind for kind in FACETS if kind in held]

    def upgrade(self, *, again: bool, tell: Tell) -> Iterator[Upgraded]:
        """Yield what became of each kind's index; raises UserError where its records do not fit the new mapping."""
        with said(self.server):
            yield from upgrade(
                self.client, server=self.server, prefix=self.prefix, layout=bodies(), again=again, tell=tell
            )

    def remove_old(self) -> list[str]:
        """Remove the versions that upgrades have kept, and return their names."""
        with said(self.server):
            return remove_old(self.client, prefix=self.prefix, kinds=FACETS)

    def prune(self, kind: Kind, before: dt.datetime) -> int:
        """Remove the kind's records first seen before then, and return how many there were."""
        with said(self.server):
            self.client.indices.refresh(index=self._alias(kind))
            answer = self.client.options(request_timeout=LONG_S).delete_by_query(
                index=self._alias(kind), query=seen_before(kind, before), conflicts="proceed", refresh=True
            )
            return int(answer["deleted"])

    def page(self, kind: Kind, *, after: str, size: int) -> list[Record]:
        """Return the next records by id."""
        with said(self.server):
            self._refresh()
            answer = self.client.search(
                index=self._alias(kind), sort=[{"id": "asc"}], size=size, search_after=[after] if after else None
            )
            return [from_dict(KINDS[kind], hit["_source"]) for hit in answer["hits"]["hits"]]

    def held(self, kind: Kind, ids: Sequence[str]) -> dict[str, Record]:
        """Return those of the records that are there."""
        if not ids:
            return {}
        with said(self.server):
            found = self.client.mget(index=self._alias(kind), ids=list(ids))["docs"]
            return {doc["_id"]: from_dict(KINDS[kind], doc["_source"]) for doc in found if doc.get("found")}

    def close(self) -> None:
        """Let others see what was written, and give back the connections."""
        with contextlib.suppress(ElasticError), said(self.server):
            self._refresh()
        self.client.close()

    def _alias(self, kind: str) -> str:
        return alias(self.prefix, kind)

    def _bulk(self, records: Sequence[Record]) -> list[Sent]:
        """Return one answer a record, in order, each with whether the record was there before."""
        sent: dict[int, Sent] = {}
        actions: list[Action] = []
        for place, record in enumerate(records):
            try:
                body = to_json(record).encode()
            except ValueError as e:
                sent[place] = Sent(Written(record.id, f"no JSON can hold it: {e}"))
            else:
                actions.append(_action(place, self._alias(kind_of(record)), record.id, body))
        self._fresh.update(action.key[0] for action in actions)
        replies = self.sender.send(actions)
        sent.update((action.place, _sent(action, replies[action.place])) for action in actions)
        return [sent[place] for place in range(len(records))]

    def _pruned(self, answers: list[list[Written]], existed: set[str]) -> list[list[Written]]:
        """Remove the parts that those documents had before and have no more; return the answers, or why it failed."""
        if not existed:
            return answers
        # of two readings of one document the last one stays
        last = {of_one[0].id: [part.id for part in of_one[1:]] for of_one in answers if of_one[0].id in existed}
        targets = [self._alias(kind) for kind in PARTS]
        try:
            with said(self.server):
                self.client.indices.refresh(index=targets)
                stale = of_documents(list(last), but=[id_ for ids in last.values() for id_ in ids])
                self.client.delete_by_query(index=targets, query=stale, conflicts="proceed")
                self._fresh.update(targets)
        except ElasticError as e:
            return [_unpruned(of_one, e) if of_one[0].id in existed else of_one for of_one in answers]
        return answers

    def _question(self, query: Query) -> dict[str, Any]:
        self._refresh()
        ids = frozenset(facet for facet, value in maybe_ids(query).items() if self._knows(query.kind, facet, value))
        return question(query, ids)

    def _knows(self, kind: Kind, facet: str, value: str) -> bool:
        asked = self.client.count(index=self._alias(kind), query=exact(kind, facet, value), terminate_after=1)
        return bool(asked["count"])

    def _page(self, query: Query, asked: dict[str, Any], size: int, after: list[Any] | None) -> list[dict[str, Any]]:
        answer = self.client.search(
            index=self._alias(query.kind),
            query=asked,
            sort=order(query.kind),
            size=size,
            search_after=after,
            track_total_hits=False,
        )
        hits: list[dict[str, Any]] = answer["hits"]["hits"]
        return hits

    def _refresh(self) -> None:
        if self._fresh:
            self.client.indices.refresh(index=sorted(self._fresh))
            self._fresh.clear()


def _action(place: int, target: str, id_: str, body: bytes) -> Action:
    head = json.dumps({"index": {"_index": target, "_id": id_}}).encode()
    return Action(place, "index", (target, id_), head, body)


def _sent(action: Action, reply: Reply) -> Sent:
    id_ = action.key[1]
    if reply.ok:
        return Sent(Written(id_), existed=reply.result == "updated")
    told = reply.reason if reply.type == NO_ANSWER else f"{reply.reason} ({reply.status})"
    return Sent(Written(id_, told, transient=reply.again or reply.status in TRANSIENT))


def _orphaned(part: Record, first: Written) -> Written:
    return Written(part.id, ORPHANED, transient=first.transient)


def _unpruned(answers: list[Written], error: ElasticError) -> list[Written]:
    first = Written(answers[0].id, f"its older statements are still there: {error}", transient=error.transient)
    return [first, *answers[1:]]
