"""What rules found: matches, and the alerts that they fold into."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from schemas.documents import Origin
from schemas.fields import Nested, Stored, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One hit of a rule: the sentence that made it, who is in it, and the record it came from.

    `type` is the mention's form, the statement's kind or the event's type; `start` is where it stands in the text.
    `cue` is the word that reports a statement, where it tells more than that something was said: "denied".
    `key` is what a rule counts by where that is no actor: an outlet, a feed.
    """

    alert: str
    rule: str
    record: str
    kind: Literal["mention", "statement", "event", "document"]
    type: str = ""
    start: int = 0
    actors: tuple[str, ...] = ()
    speaker: str = ""
    cue: str = ""
    sentence: Annotated[str, Text()] = ""
    words: Annotated[str, Text()] = ""
    key: str = ""
    confidence: float
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a rule found, once: the matches of one rule about the same actors in one story or throttle window.

    `count` counts them all; `matches` holds the first of them. `reason` says why there is an alert.
    """

    id: str
    rule: str
    title: Annotated[str, Text(raw=True)]
    summary: Annotated[str, Text()] = ""
    reason: Annotated[str, Stored()] = ""
    actors: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    matches: Annotated[tuple[Match, ...], Nested(flat=True)]
    outlets: tuple[str, ...] = ()
    count: int
    first_seen: dt.datetime
    last_seen: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A document that the rules have been asked about, and the alerts that its matches belong to."""

    document: str
    alerts: tuple[str, ...] = ()
