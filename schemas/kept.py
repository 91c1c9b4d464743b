"""What alerts keep in the ledger: counted hits, notices to be sent, silences."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from schemas.alerts import Alert, Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A match that a rule counts before it speaks.

    `series` is all that is counted together (the rule, by what it counts, and its `key`), `term` what a rule of
    new_term, cardinality or change tells apart.
    """

    series: str
    rule: str
    key: str = ""
    term: str = ""
    match: Match

    @property
    def seen(self) -> dt.datetime:
        """When newswatch first saw the article: the time that rules go by."""
        return self.match.origin.seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Where the counting of a series stands: since when it has hits not counted yet, and up to when all is."""

    id: str
    rule: str
    key: str = ""
    dirty: dt.datetime | None = None
    through: dt.datetime | None = None
    changes: int = 0


FIRST = "first"
"""The round of an item that tells of an alert at all."""

State = Literal["due", "sent", "dead", "silenced", "inhibited"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One alert that one channel is to be told of, in one round: first, grown, repeated or escalated.

    It is due `wait` after `since`. `bundle` is the notice that it goes out in, fixed before it is first tried; `count`
    are the alert's matches at that time.
    """

    alert: str
    channel: str
    round: str = FIRST
    since: dt.datetime
    wait: dt.timedelta = dt.timedelta()
    state: State = "due"
    tries: int = 0
    detail: str = ""
    bundle: str = ""
    group: str = ""
    count: int = 0

    @property
    def due(self) -> dt.datetime:
        """When it is to be sent."""
        return self.since + self.wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Alerts that nobody wants to be told of until it ends: those that every given field fits."""

    id: str
    rule: str = ""
    actor: str = ""
    outlet: str = ""
    alert: str = ""
    starts: dt.datetime
    ends: dt.datetime
    comment: str = ""
    created_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a channel sends at once: one alert or several, under an id by which a receiver knows it again.

    `tries` is how often it was tried in vain before.
    """

    id: str
    channel: str
    alerts: tuple[Alert, ...]
    note: str = ""
    tries: int = 0
