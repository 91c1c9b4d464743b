"""What a sink could not write, as failures: kept like all others, and sent again as they were."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from schemas.codec import from_json, to_json
from schemas.failures import Failure, Stage
from schemas.ids import stable_id
from transforms.index.refused import Refused, resend
from transforms.index.sending import Sender

STAGE: Stage = "write-documents"

LATER = frozenset({0, 429, 502, 503, 504})
"""Statuses of a server that did not answer, or had no time: the document may be taken another day."""


def failure_of(refused: Refused, now: dt.datetime) -> Failure:
    """Return the failure that keeps all of the refusal; of the same action on the same document it is one."""
    asked = (refused.action, refused.index, refused.id)
    return Failure(
        id=stable_id("failure", STAGE, *asked, refused.document, *refused.lines),
        stage=STAGE,
        reason="index-unreachable" if refused.status in LATER else "index-refused",
        element=f"{refused.action} {refused.index}/{refused.id}",
        detail=f"{refused.type}: {refused.reason} ({refused.status})",
        payload=to_json(refused),
        seen=now,
    )


class Again(NamedTuple):
    """A failure that was sent again, and why it is one still."""

    failure: Failure
    refused: Refused | None

    @property
    def sent(self) -> bool:
        """Return whether it was taken."""
        return self.refused is None


def send_again(sender: Sender, failures: Sequence[Failure]) -> list[Again]:
    """Send the sink's documents of those failures again, in order; return what became of each."""
    still = resend(sender, [from_json(Refused, failure.payload) for failure in failures])
    return [Again(failure, refused) for failure, refused in zip(failures, still, strict=True)]
