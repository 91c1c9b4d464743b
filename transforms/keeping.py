"""What alerts ask of the ledger besides: what has been counted, what is to be sent; and by which rules."""

import dataclasses as dc
import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, Protocol

from schemas.alerts import Alert, Match
from schemas.kept import Hit, Item, Series, Silence


class Told(NamedTuple):
    """What is remembered of an alert once it is written: enough to let it inhibit others."""

    alert: str
    rule: str
    actors: tuple[str, ...]
    stories: tuple[str, ...]
    first: dt.datetime
    last: dt.datetime


class Conclusion(NamedTuple):
    """What an article gave: matches that are alerts, and hits that are counted first; its entry is settled by it."""

    entry: str
    matches: Sequence[Match]
    hits: Sequence[Hit] = ()


class Tally(Protocol):
    """The hits of rules that count, by series; written together with the matches of their article (`conclude`)."""

    def beat(self, now: dt.datetime) -> None:
        """Remember that newswatch is at work; where the clock was set back, nothing from now on has been forgotten."""
        ...

    def watched(self) -> list[tuple[dt.datetime, dt.datetime]]:
        """Return the spans in which newswatch was at work, sorted."""
        ...

    def rule_since(self, rule: str, now: dt.datetime) -> dt.datetime:
        """Return when the rule was first counted: now, where it never was, or where the clock was set back since."""
        ...

    def is_dirty(self) -> bool:
        """Return whether hits have come since they were counted."""
        ...

    def series(self, rules: Collection[str] = ()) -> list[Series]:
        """Return the series that have hits not counted yet, and all of those rules; sorted."""
        ...

    def hits(self, series: str, since: dt.datetime | None = None, until: dt.datetime | None = None) -> list[Hit]:
        """Return the hits of the series, seen from then on and by then, in order of time, record and term."""
        ...

    def open_terms(
        self, series: str, since: dt.datetime, number: int, *, until: dt.datetime | None = None
    ) -> list[Hit]:
        """Return all hits, by then, of the terms that have any since and had fewer than so many before, in order."""
        ...

    def next_hit(self, series: str, after: dt.datetime) -> dt.datetime | None:
        """Return when the first hit of the series after that moment was seen."""
        ...

    def fold(self, alert: str, matches: Sequence[Match], *, whole: bool = False) -> bool:
        """Add the matches to the alert (`whole`: put them in place of what it has), and return whether it changed."""
        ...

    def counted(self, series: Series, *, dirty: dt.datetime | None, through: dt.datetime) -> None:
        """Remember how far the series is counted, unless it has had hits since it was read."""
        ...

    def forget(self, series: str, before: dt.datetime) -> None:
        """Remove the hits of the series seen before then, and take none of that age any more."""
        ...

    def keep_firsts(self, series: str, number: int) -> None:
        """Remove all but so many of the first hits of each term of the series."""
        ...


class Outbox(Protocol):
    """What is to be sent to which channel, and what became of it; written before anything is sent."""

    def post(self, alert: Alert, items: Sequence[Item]) -> None:
        """Remember the alert and its items, each in its first form, in one transaction."""
        ...

    def items(self, alert: str) -> list[Item]:
        """Return the alert's items, by channel and round."""
        ...

    def is_due(self, now: dt.datetime) -> bool:
        """Return whether there is anything to be sent by now."""
        ...

    def waiting(self, now: dt.datetime) -> list[Item]:
        """Return all that is still to be sent, the longest due first.

        What began after now (the clock was set back) begins now.
        """
        ...

    def put(self, items: Sequence[Item], *, now: dt.datetime) -> None:
        """Write the items as they are now, through a power cut: what was sent must not be sent again."""
        ...

    def sent(self, channel: str, since: dt.datetime, now: dt.datetime) -> int:
        """Return how many notices the channel has had from then until now."""
        ...

    def last_sent(self, channel: str, group: str, now: dt.datetime) -> dt.datetime | None:
        """Return when, until now, the channel had its last notice of that group."""
        ...

    def told(self, rules: Collection[str], *, since: dt.datetime) -> list[Told]:
        """Return the alerts of those rules that were still growing then."""
        ...

    def revive(self) -> int:
        """Make what was given up due again, and return how many items there were."""
        ...

    def silences(self) -> list[Silence]:
        """Return every silence, by its end and id."""
        ...

    def silence(self, silence: Silence) -> None:
        """Write the silence, in place of an earlier form."""
        ...


TOLD_FOR = dt.timedelta(days=365)
"""So much longer than an article an alert is remembered, with all its matches: one that grows late is still itself."""


def moment_of(match: Match) -> dt.datetime:
    """Return the article's date; of one that is dated later than it was seen, when it was seen."""
    origin = match.origin
    return min(origin.published or origin.seen, origin.seen)


def told_of(alert: Alert) -> Told:
    """Return what is remembered of an alert that is written."""
    stories = {match.origin.story or match.origin.document for match in alert.matches}
    return Told(alert.id, alert.rule, alert.actors, tuple(sorted(stories)), alert.first_seen, alert.last_seen)


def by_time(hit: Hit) -> tuple[dt.datetime, str, str]:
    """Return what hits are ordered by."""
    return hit.seen, hit.match.record, hit.term


def revived(item: Item) -> Item:
    """Return the item that was given up as one that is due at once."""
    return dc.replace(item, state="due", tries=0, wait=dt.timedelta())


def by_end(silence: Silence) -> tuple[dt.datetime, str]:
    """Return what silences are ordered by."""
    return silence.ends, silence.id


def ended_before(moment: dt.datetime, silences: Iterable[Silence]) -> list[Silence]:
    """Return those of the silences that were over by then."""
    return [silence for silence in silences if silence.ends < moment]


def by_due(item: Item) -> tuple[dt.datetime, str, str, str]:
    """Return what items to be sent are ordered by."""
    return item.due, item.alert, item.channel, item.round
