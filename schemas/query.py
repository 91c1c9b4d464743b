"""A question to the index, the same for the embedded one and Elasticsearch."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["documents", "statements", "mentions", "events", "alerts", "failures", "feeds"]

Every = Literal["hour", "day", "week"]
"""How long a period is; each begins with the clock in UTC, a week on Monday."""


class Period(NamedTuple):
    """How many records were first seen from then on, until the next period."""

    since: dt.datetime
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to find: every given field must hold, and one that records of the kind do not have finds nothing.

    `by` is who speaks (statements) or acts (events), `about` whom or what the record is about, `actor` an actor that it
    names in any way: each is an actor's id where the index knows that id, else words of the name that must all be there
    (of `about`: of the content; of an event's: of whom it is done to); with a hyphen and without capitals or spaces it
    is never but an id, and so are those of the three that `by_id` names. A record that names nobody but by id, an
    alert or a document, is not found by words of an `actor`.
    `words` are full-text words that must all be there (English stemming, accents folded; a part in double quotes is a
    phrase). `type` is a statement's kind, a mention's form, an event's type, an alert's rule, a failure's reason,
    a feed's state.
    `since` (inclusive) and `until` (exclusive) bound the time newswatch first saw the article (of an alert: its last;
    of a feed: the last pass that had it), to the millisecond. `uncertain` adds mentions that are not sure.
    """

    kind: Kind
    words: str = ""
    by: str = ""
    about: str = ""
    actor: str = ""
    document: str = ""
    outlet: str = ""
    language: str = ""
    type: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    uncertain: bool = False
    by_id: frozenset[str] = frozenset()
    limit: int = 50
