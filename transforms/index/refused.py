"""What a sink could not write: kept with all that is needed to mend it, or to send it again."""

import dataclasses as dc
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from transforms.index.batches import Action, Op
from transforms.index.sending import Reply, Sender

Act = Literal["index", "create", "update", "upsert", "delete"]
"""What is done with a document: put in place of an older one, only where there is none, changed, changed or made,
removed."""

OPS: dict[Act, Op] = {"index": "index", "create": "create", "update": "update", "upsert": "update", "delete": "delete"}


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


def resend(sender: Sender, refused: Sequence[Refused]) -> list[Refused | None]:
    """Send what was refused again, as it was; return for each why it is refused still, or None."""
    actions = [_again(place, one) for place, one in enumerate(refused) if one.lines]
    replies = sender.send(actions)
    return [_still(one, replies.get(place)) for place, one in enumerate(refused)]


def _again(place: int, refused: Refused) -> Action:
    head, *body = (line.encode() for line in refused.lines)
    versioned = b'"version":' in head  # within a string its quotation mark would be escaped
    return Action(place, OPS[refused.action], (refused.index, refused.id), head, b"".join(body), versioned)


def _still(refused: Refused, reply: Reply | None) -> Refused | None:
    if reply is None:
        return refused
    if reply.ok:
        return None
    return dc.replace(refused, status=reply.status, type=reply.type, reason=reply.reason)
