"""One Elasticsearch index as a shelf of documents: read by id as they stand, changed by one writer at a time."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from elasticsearch import Elasticsearch

from transforms.clients.elastic import TRANSIENT, ElasticError, reason_of, said
from transforms.clients.elastic_bulk import NO_ANSWER, ElasticBulk
from transforms.clients.elastic_docs import Doc
from transforms.clients.elastic_look import PAGE, Look
from transforms.index.batches import Action, Limits, Op
from transforms.index.retry import Retry, Waiting
from transforms.index.sending import CONFLICT, Reply, Sender

Change = Callable[[Doc | None], Doc | None]
"""What stands there, or None -> the fields to be set, or None to leave it. It is asked again where another writer was
first, or an answer was lost: so it must not matter that its own fields stand there already."""

RACE = Retry(attempts=30, first_s=0.005, most_s=0.5)
"""How often a change is tried again that others' changes overtake."""

UP = Retry(attempts=8, most_s=5.0)
"""How long a shard may take that comes up; whole requests that fail are asked again by the client itself."""

BEARABLE = frozenset({CONFLICT, "document_missing_exception"})
"""Errors that say that another writer was first."""


class Held(NamedTuple):
    """A document as it stands, and what its next writer names to prove that it does."""

    source: Doc
    seq_no: int
    primary_term: int


class Changed(NamedTuple):
    """A document as it stands after a change; `done` where there was anything to change."""

    source: Doc | None
    done: bool


class Shelf:
    """The documents behind one alias; several threads may share it. Its methods raise ElasticError."""

    def __init__(
        self, client: Elasticsearch, *, server: str, name: str, retry: Retry, waiting: Waiting | None = None
    ) -> None:
        self.client, self.server, self.name = client, server, name
        self.waiting = waiting or Waiting()
        self.look = Look(client, server=server, name=name)
        post = ElasticBulk(client, server=server, aliases_only=True).post
        self.sender = Sender(post=post, limits=Limits(most=PAGE, in_flight=1), retry=retry, waiting=self.waiting)

    def get(self, ids: Iterable[str], fields: Sequence[str] | None = None) -> dict[str, Held]:
        """Return those of the documents that are there, as they stand this moment, with those fields or all."""
        found: dict[str, Held] = {}
        for part in parts(list(ids)):
            for doc in self._mget(part, fields):
                if doc["found"]:
                    found[doc["_id"]] = Held(doc.get("_source", {}), doc["_seq_no"], doc["_primary_term"])
        return found

    def _mget(self, ids: Sequence[str], fields: Sequence[str] | None) -> Sequence[Doc]:
        """Return what the server tells of each; while the shard of a new index comes up, that is asked again."""
        for pause in (*UP.pauses(self.waiting.chance), None):
            with said(self.server):
                docs: Sequence[Doc] = self.client.mget(index=self.name, ids=ids, source_includes=fields)["docs"]
            wrong = next((doc for doc in docs if "error" in doc), None)
            if wrong is None:
                return docs
            if pause is None:
                raise ElasticError(f"{self.server}: {reason_of(wrong)}", transient=True)
            self.waiting.sleep(pause)
        raise AssertionError  # the last pause is None

    def one(self, id_: str) -> Doc | None:
        """Return the document as it stands this moment."""
        held = self.get([id_]).get(id_)
        return held.source if held else None

    def create(self, docs: Mapping[str, Doc]) -> set[str]:
        """Write those of the documents that are not there, and return which they were."""
        replies = self._send([self._act("create", id_, doc) for id_, doc in docs.items()])
        return {id_ for id_, reply in replies.items() if reply.result == "created"}

    def put(self, docs: Mapping[str, Doc]) -> None:
        """Write the documents, each in place of what stood there."""
        self._send([self._act("index", id_, doc) for id_, doc in docs.items()])

    def merge(self, docs: Mapping[str, Doc], *, make: bool = False) -> set[str]:
        """Set the documents' fields and leave their others; those that are not there are left out, or made and told."""
        bodies = ((id_, {"doc": doc, "doc_as_upsert": make}) for id_, doc in docs.items())
        replies = self._send([self._act("update", id_, body, retry_on_conflict=9) for id_, body in bodies])
        return {id_ for id_, reply in replies.items() if reply.result == "created"}

    def remove(self, docs: Mapping[str, Held | None]) -> None:
        """Remove the documents; one that is given as it stood, only if it stands so still."""
        self._send([self._act("delete", id_, None, **_as_it_stood(held)) for id_, held in docs.items()])

    def change(self, wanted: Mapping[str, Change]) -> dict[str, Changed]:
        """Change each document by what stands there, one writer at a time; return them as they stand then."""
        after: dict[str, Changed] = {}
        left = list(wanted)
        for pause in (*RACE.pauses(self.waiting.chance), None):
            left = [id_ for part in parts(left) for id_ in self._change(part, wanted, after)]
            if not left:
                return after
            self.waiting.sleep(pause or 0.0)
        raise ElasticError(f"{self.server}: {self.name}: others change {left[0]!r} all the time", transient=True)

    def _change(self, ids: Sequence[str], wanted: Mapping[str, Change], after: dict[str, Changed]) -> list[str]:
        """Try once, and return the documents that others changed meanwhile."""
        held = self.get(ids)
        actions: list[Action] = []
        for id_ in ids:
            before = held.get(id_)
            source = before.source if before else None
            fields = wanted[id_](source)
            after[id_] = Changed(source if fields is None else {**(source or {}), **fields}, done=fields is not None)
            if fields is not None:
                how = _as_it_stood(before)
                acted = self._act("update", id_, {"doc": fields}, **how) if before else self._act("create", id_, fields)
                actions.append(acted)
        replies = self._send(actions)
        return [action.key[1] for action in actions if not _is_done(action, replies[action.key[1]])]

    def _send(self, actions: Sequence[Action]) -> dict[str, Reply]:
        """Return the reply to each action by its document's id: it was taken, or another writer was first."""
        if not actions:
            return {}
        placed = [action._replace(place=place) for place, action in enumerate(actions)]
        try:
            replies = self.sender.send(placed)
        finally:
            self.look.fall_behind()
        for reply in replies.values():
            if not reply.ok and reply.type not in BEARABLE:
                raise self._refused(reply)
        return {action.key[1]: replies[action.place] for action in placed}

    def _refused(self, reply: Reply) -> ElasticError:
        told = reply.reason if reply.type == NO_ANSWER else f"{self.server}: {reply.reason} ({reply.status})"
        return ElasticError(told, transient=reply.again or reply.status in TRANSIENT, status=reply.status)

    def _act(self, op: Op, id_: str, body: Doc | None, **how: int) -> Action:
        head = json.dumps({op: {"_index": self.name, "_id": id_, **how}}).encode()
        return Action(0, op, (self.name, id_), head, b"" if body is None else json.dumps(body).encode())


def parts(ids: Sequence[str]) -> Iterator[list[str]]:
    """Yield the ids, as many at once as go into one request."""
    return (list(ids[start : start + PAGE]) for start in range(0, len(ids), PAGE))


def _is_done(action: Action, reply: Reply) -> bool:
    """Return whether the change is ours; a creation that was told to be there may be anybody's."""
    return reply.ok and (action.op == "update" or reply.result == "created")


def _as_it_stood(held: Held | None) -> dict[str, int]:
    return {"if_seq_no": held.seq_no, "if_primary_term": held.primary_term} if held else {}
