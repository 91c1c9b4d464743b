"""What a sink makes of an element: an action on a document, by functions of the element; what it refuses says why."""

import dataclasses as dc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from schemas.codec import to_json
from schemas.ids import stable_id
from transforms.index.batches import Action, Limits, Op
from transforms.index.retry import Retry, Waiting
from transforms.index.sending import Post, Reply, Sender

T = TypeVar("T")

Act = Literal["index", "create", "update", "upsert", "delete"]
"""What is done with a document: put in place of an older one, only where there is none, changed, changed or made,
removed."""

OPS: dict[Act, Op] = {"index": "index", "create": "create", "update": "update", "upsert": "update", "delete": "delete"}

UNFIT, TOO_LARGE = "unfit", "too_large"
"""Types of our own refusals."""


ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class Bulk(Protocol):
    """What a sink writes through."""

    def post(self, actions: Sequence[Action]) -> list[Reply]:
        """Return one reply an action, in order; raises Unanswered."""
        ...

    def close(self) -> None:
        """Give back the connections."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A document that is not in the index, and why: enough to mend it, or to send it again as it was.

    `lines` are the request's own; there are none where it could not be sent.
    """

    action: Act
    index: str
    id: str
    document: str
    status: int
    type: str
    reason: str
    lines: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Cut:
    """Cuts the longest of the named texts until the document fits."""

    fields: tuple[str, ...]

    def __call__(self, document: dict[str, Any], most: int) -> dict[str, Any]:
        """Return the document with one text shorter, or as it was where that does not help."""
        texts = {name: document[name] for name in self.fields if isinstance(document.get(name), str)}
        over = len(_json(document)) - most
        if not texts or over <= 0:
            return document
        name = max(texts, key=lambda name: len(texts[name]))
        written = json.dumps(texts[name], ensure_ascii=False).encode()
        # within the quotation marks; what was cut through (half a character, half an escape) is left out
        kept = written[1 : max(1, len(written) - 1 - over - 1)].decode(errors="ignore")
        return {**document, name: _closed(kept)}


def _closed(text: str) -> str:
    """Return the string of which this is the beginning in JSON."""
    for end in range(len(text), max(-1, len(text) - 12), -1):
        try:
            found: str = json.loads(f'"{text[:end]}"')
        except ValueError:
            continue
        if not ("\ud800" <= found[-1:] <= "\udfff"):
            return found
    return ""


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
    return Action(place, OPS[act], (target, id_), _json({OPS[act]: meta}), body, versioned=sink.version is not None)


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
        source = _json(document)
        if len(source) > sink.most_document and sink.cut:
            source = _json(sink.cut(json.loads(source), sink.most_document))
    except (ValueError, TypeError) as e:
        raise _UnfitError(repr(document), status=400, type_=UNFIT, reason=f"no JSON can hold it: {e}") from None
    if len(source) > sink.most_document:
        reason = f"a document of {len(source):,} bytes: at most {sink.most_document:,}"
        raise _UnfitError(source.decode(), status=413, type_=TOO_LARGE, reason=reason)
    return source


def _update(sink: Sink[T], act: Act, element: T, source: bytes) -> bytes:
    if sink.script is None:
        return b'{"doc":' + source + (b',"doc_as_upsert":true}' if act == "upsert" else b"}")
    script = b'{"script":' + _json(sink.script(element))
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


def resend(sender: Sender, refused: Sequence[Refused]) -> list[Refused | None]:
    """Send what was refused again, as it was; return for each why it is refused still, or None."""
    actions = [_again(place, one) for place, one in enumerate(refused) if one.lines]
    replies = sender.send(actions)
    return [_still(one, replies.get(place)) for place, one in enumerate(refused)]


def _again(place: int, refused: Refused) -> Action:
    head, *body = (line.encode() for line in refused.lines)
    return Action(place, OPS[refused.action], (refused.index, refused.id), head, b"".join(body))


def _still(refused: Refused, reply: Reply | None) -> Refused | None:
    if reply is None:
        return refused
    if reply.ok:
        return None
    return dc.replace(refused, status=reply.status, type=reply.type, reason=reply.reason)


def _json(value: Any) -> bytes:
    """Return the value as one line of JSON; what is JSON already passes, its line ends made spaces."""
    if isinstance(value, (str, bytes)):
        written = value.encode() if isinstance(value, str) else value
        return b" ".join(written.splitlines()) if b"\n" in written or b"\r" in written else written
    if is_dataclass(value):
        return to_json(value).encode()
    return ENCODED(value).encode()
