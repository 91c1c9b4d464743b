"""What a sink makes of an element: an action on a document, by functions of the element; what it refuses says why."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeVar

from schemas.ids import stable_id
from transforms.index.batches import Action, Limits
from transforms.index.documents import as_json
from transforms.index.refused import OPS, Act, Refused
from transforms.index.retry import Retry, Waiting
from transforms.index.sending import Post, Reply, Sender

T = TypeVar("T")

UNFIT, TOO_LARGE = "unfit", "too_large"
"""Types of our own refusals."""


class Bulk(Protocol):
    """What a sink writes through."""

    def post(self, actions: Sequence[Action]) -> list[Reply]:
        """Return one reply an action, in order; raises Unanswered."""
        ...

    def close(self) -> None:
        """Give back the connections."""
        ...


def index_always(element: object) -> Act:
    """Return what puts the document in place of an older one."""
    del element
    return "index"


def as_it_is(element: Any) -> Any:
    """Return the element: a mapping, a dataclass or a line of JSON."""
    return element


@dataclass(frozen=True, kw_only=True)
class Sink(Generic[T]):
    """How elements become documents; every function is of the element.

    Args:
        index: the name of the index, or of an alias that is written to.
        document: its fields: a mapping, a dataclass, or JSON. Of an update: the fields that change.
        id: without it, the id is a hash of the document, so that a repeated write is one document still.
        routing: the shard's key, where the index wants one.
        version: an external version: an older one never takes the place of a newer.
        action: what to do with the document.
        script: of an update or upsert: the script instead of the fields (`source`, `params`). With upsert it makes the
            document too, from `document`. A script may run twice where an answer was lost: let it bear that.
        most_document: a larger one, in bytes, is cut, or refused before it is sent.
        cut: makes a document smaller; refused all the same where it is still too large.
        ignored: types of the server's errors that are as good as taken (`version_conflict_engine_exception`).
    """

    index: Callable[[T], str]
    document: Callable[[T], Any] = as_it_is
    id: Callable[[T], str] | None = None
    routing: Callable[[T], str] | None = None
    version: Callable[[T], int] | None = None
    version_type: Literal["external", "external_gte"] = "external"
    action: Callable[[T], Act] = index_always
    script: Callable[[T], Mapping[str, Any]] | None = None
    most_document: int = 50_000_000
    cut: Callable[[dict[str, Any], int], dict[str, Any]] | None = None
    ignored: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)
    retry: Retry = field(default_factory=Retry)


def write(
    sink: Sink[T], post: Post, elements: Sequence[T], *, waiting: Waiting | None = None
) -> Iterator[tuple[T, Refused | None]]:
    """Yield each element with why it was refused, or None where its document is as asked."""
    refused: dict[int, Refused] = {}
    sender = Sender(post=post, limits=sink.limits, retry=sink.retry, ignored=sink.ignored, waiting=waiting or Waiting())
    for place, reply in sender.send(_actions(sink, elements, refused)).items():
        if not reply.ok:
            refused[place] = _refused(sink, elements[place], reply)
    for place, element in enumerate(elements):
        yield element, refused.get(place)


def _actions(sink: Sink[T], elements: Sequence[T], refused: dict[int, Refused]) -> Iterator[Action]:
    """Yield the elements' actions; lay aside what can have none."""
    for place, element in enumerate(elements):
        found = action_of(sink, element, place)
        if isinstance(found, Action):
            yield found
        else:
            refused[place] = found


def action_of(sink: Sink[T], element: T, place: int = 0) -> Action | Refused:
    """Return the element's action, or why it can have none."""
    act, target = sink.action(element), sink.index(element)
    try:
        source = b"" if act == "delete" else _sized(sink, sink.document(element))
        id_ = _id(sink, act, element, source)
    except _UnfitError as e:
        id_ = sink.id(element) if sink.id else ""
        return Refused(
            action=act,
            index=target,
            id=_sendable(id_),
            document=e.document,
            status=e.status,
            type=e.type,
            reason=e.reason,
        )
    meta: dict[str, Any] = {"_index": target, "_id": id_}
    if OPS[act] == "update":
        meta["retry_on_conflict"] = 3
    if sink.routing:
        meta["routing"] = sink.routing(element)
    if sink.version:
        meta |= {"version": sink.version(element), "version_type": sink.version_type}
    body = _update(sink, act, element, source) if OPS[act] == "update" else source
    return Action(place, OPS[act], (target, id_), as_json({OPS[act]: meta}), body, versioned=sink.version is not None)


def _id(sink: Sink[T], act: Act, element: T, source: bytes) -> str:
    if sink.id:
        id_ = sink.id(element)
        if id_ == _sendable(id_) != "":
            return id_
        raise _UnfitError(source.decode(errors="replace"), status=400, type_=UNFIT, reason=f"{id_!r} cannot be an id")
    if act not in {"index", "create"}:
        reason = f"{act}: which document? the sink has no function for ids"
        raise _UnfitError(source.decode(errors="replace"), status=400, type_=UNFIT, reason=reason)
    return stable_id(source.decode(errors="replace"))


def _sendable(id_: str) -> str:
    return id_.encode(errors="replace").decode()


class _UnfitError(Exception):
    """A document that cannot be sent."""

    def __init__(self, document: str, *, status: int, type_: str, reason: str) -> None:
        super().__init__(reason)
        self.document, self.status, self.type, self.reason = document, status, type_, reason


def _sized(sink: Sink[T], document: Any) -> bytes:
    """Return the document as JSON, cut where it is too large; raises _UnfitError."""
    try:
        source = as_json(document)
        if len(source) > sink.most_document and sink.cut:
            source = as_json(sink.cut(json.loads(source), sink.most_document))
    except (ValueError, TypeError) as e:
        raise _UnfitError(repr(document), status=400, type_=UNFIT, reason=f"no JSON can hold it: {e}") from None
    if len(source) > sink.most_document:
        reason = f"a document of {len(source):,} bytes: at most {sink.most_document:,}"
        raise _UnfitError(source.decode(), status=413, type_=TOO_LARGE, reason=reason)
    return source


def _update(sink: Sink[T], act: Act, element: T, source: bytes) -> bytes:
    if sink.script is None:
        return b'{"doc":' + source + (b',"doc_as_upsert":true}' if act == "upsert" else b"}")
    script = b'{"script":' + as_json(sink.script(element))
    return script + (b',"scripted_upsert":true,"upsert":' + source + b"}" if act == "upsert" else b"}")


def _refused(sink: Sink[T], element: T, reply: Reply) -> Refused:
    """Return the refusal; the action is made once more rather than all be kept."""
    action, act = action_of(sink, element), sink.action(element)
    if isinstance(action, Refused):
        return action
    source = "" if act == "delete" else _sized(sink, sink.document(element)).decode()
    return Refused(
        action=act,
        index=action.key[0],
        id=action.key[1],
        document=source,
        status=reply.status,
        type=reply.type,
        reason=reply.reason,
        lines=tuple(line.decode() for line in (action.head, action.body) if line),
    )
