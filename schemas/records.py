"""All that an index holds, and all that one article gave it: frozen, slotted dataclasses, as all records are."""

from dataclasses import dataclass

from schemas.alerts import Alert
from schemas.documents import Document
from schemas.events import Event
from schemas.failures import Failure
from schemas.feeds import FeedHealth
from schemas.mentions import Mention
from schemas.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one article gave: what the reading stage puts out and the index takes as one."""

    document: Document
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()


Record = Document | Statement | Mention | Event | Alert | Failure | FeedHealth
"""What an index holds."""

KINDS: dict[str, type[Record]] = {
    "documents": Document,
    "statements": Statement,
    "mentions": Mention,
    "events": Event,
    "alerts": Alert,
    "failures": Failure,
    "feeds": FeedHealth,
}
"""The index's kinds by their plural name."""
