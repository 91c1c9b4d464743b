"""The hits in the ledger -> matches of alerts: every rule that counts, over the series that have something new."""

import dataclasses as dc
import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from schemas.alerts import Match
from schemas.kept import Hit, Series
from schemas.rule import Rule
from schemas.rules import Rules
from transforms.alerts.counting import FIRSTS, Verdict, cardinality, change, frequency, new_term
from transforms.alerts.grouping import counted_id, counting_id, placed
from transforms.alerts.horizon import Horizon, Span, back, joined
from transforms.alerts.quiet import few, flatline, spike
from transforms.protocols import Ledger

Judge = Callable[[Rule, Sequence[Hit], Horizon], Iterator[Verdict]]

MARGIN = dt.timedelta(days=30)
"""Watched time for which hits are kept longer than their rule looks back."""

EVERY = dt.timedelta(minutes=1)
"""How often a rule that waits for silence is asked though nothing has come."""

_JUDGES: dict[str, Judge] = {
    "frequency": frequency,
    "cardinality": cardinality,
    "new_term": new_term,
    "change": change,
    "flatline": flatline,
    "spike": spike,
}


def count(ledger: Ledger, rules: Rules, now: dt.datetime) -> list[str]:
    """Return the alerts that have new matches, now that every series with something new or to wait for is counted."""
    ledger.tally.beat(now)
    counting = {counting_id(rule): rule for rule in rules.rules if rule.enabled and rule.counts()}
    if not counting:
        return []
    sinces = {name: ledger.tally.rule_since(name, now) for name in counting}
    timed = [name for name, rule in counting.items() if rule.of_time()]
    work = [series for series in ledger.tally.series(timed) if series.rule in counting]
    return Counter(ledger, counting, now, sinces).changed(work) if work else []


@dc.dataclass
class Counter:
    """One look at the ledger's series."""

    ledger: Ledger
    rules: dict[str, Rule]
    now: dt.datetime
    sinces: dict[str, dt.datetime]
    watched: Sequence[Span] = ()
    unsettled: dt.datetime | None = None
    spans: dict[str, Sequence[Span]] = dc.field(default_factory=dict)

    def __post_init__(self) -> None:
        self.watched = self.ledger.tally.watched()
        self.unsettled = self.ledger.oldest_unsettled()

    def changed(self, work: Sequence[Series]) -> list[str]:
        """Return the alerts of the series that have new matches, sorted."""
        found: set[str] = set()
        for series in work:
            found |= self._count(series, self.rules[series.rule])
        return sorted(found)

    def _count(self, series: Series, rule: Rule) -> set[str]:
        horizon = self._horizon(series, rule)
        until = horizon.until if rule.needs_all() else None
        if until is not None and not _has_come(series, rule, until):
            self._wait(series, rule, horizon)
            return set()
        hits = self._hits(series, rule, horizon)
        verdicts = judge_of(rule)(rule, hits, horizon)
        changed = {alert for verdict in verdicts for alert in self._fold(series, rule, verdict)}
        left = None if until is None else self.ledger.tally.next_hit(series.id, until)
        self.ledger.tally.counted(series, dirty=left, through=horizon.until)
        self._forget(series, rule, horizon)
        return changed

    def _hits(self, series: Series, rule: Rule, horizon: Horizon) -> Sequence[Hit]:
        """Return what can still change what the rule says; of first times only those that are not decided."""
        until = horizon.until if rule.needs_all() else None
        if rule.type == "new_term" and horizon.start is not None:
            return self.ledger.tally.open_terms(series.id, horizon.start, FIRSTS, until=until)
        return self.ledger.tally.hits(series.id, _loaded(rule, horizon), until)

    def _wait(self, series: Series, rule: Rule, horizon: Horizon) -> None:
        """Remember that what has come is to be looked at later; silence goes on from the last look."""
        if series.dirty is not None and series.through is not None:
            through = series.through if rule.of_time() else horizon.until
            self.ledger.tally.counted(series, dirty=series.dirty, through=through)

    def _fold(self, series: Series, rule: Rule, verdict: Verdict) -> Iterator[str]:
        alert = counted_id(rule, series.key, verdict.bucket)
        if self.ledger.tally.fold(alert, matches_of(verdict, alert), whole=rule.type == "new_term"):
            yield alert

    def _horizon(self, series: Series, rule: Rule) -> Horizon:
        since = self.sinces[series.rule]
        spans = self._spans(rule) if rule.needs_all() else ()
        until = self.now
        if self.unsettled is not None and self.unsettled <= until:
            # what was seen before the oldest article that is still to be read is complete
            until = max(self.unsettled - dt.timedelta.resolution, until - rule.late)
        if series.through is None:
            return Horizon(until, spans, since)
        start: dt.datetime | None = min(series.dirty or series.through, series.through)
        if rule.of_time() and start is not None:
            start = back(spans, start, rule.span())
        return Horizon(until, spans, since, start)

    def _spans(self, rule: Rule) -> Sequence[Span]:
        if rule.id not in self.spans:
            self.spans[rule.id] = joined(self.watched, rule.span(), self.sinces[counting_id(rule)])
        return self.spans[rule.id]

    def _forget(self, series: Series, rule: Rule, horizon: Horizon) -> None:
        if series.through is not None and series.through.date() == horizon.until.date():
            return
        if rule.type == "new_term":
            self.ledger.tally.keep_firsts(series.id, 2 * FIRSTS)
            return
        before = back(self._spans(rule), self.now, 2 * (rule.span() + lookback(rule)) + MARGIN)
        # a flatline waits for the end of the last hits, however long newswatch has been off meanwhile
        if before is not None and horizon.start is not None:
            self.ledger.tally.forget(series.id, min(before, horizon.start))


def _has_come(series: Series, rule: Rule, until: dt.datetime) -> bool:
    """Return whether there is anything to decide by then: a hit, or enough silence, since the last look."""
    if series.through is None or (series.dirty is not None and series.dirty <= until):
        return True
    return rule.of_time() and abs(until - series.through) >= EVERY


def judge_of(rule: Rule) -> Judge:
    """Return what decides on the hits of such a rule."""
    return few if rule.min_cardinality is not None else _JUDGES[rule.type]


def matches_of(verdict: Verdict, alert: str) -> list[Match]:
    """Return the matches that the hits make, each record once."""
    found = {hit.match.record: hit.match for hit in verdict.hits}
    return [placed(match, alert=alert, rule=match.rule, key=match.key) for match in found.values()]


def lookback(rule: Rule) -> dt.timedelta:
    """Return how long before a moment the rule looks to decide on it; silence is looked for afterwards."""
    if rule.type == "spike":
        return rule.span() + (rule.reference or rule.span())
    return dt.timedelta() if rule.of_time() else rule.span()


def _loaded(rule: Rule, horizon: Horizon) -> dt.datetime | None:
    """Return from when on hits are needed: all of them for a first count."""
    return None if horizon.start is None else horizon.start - lookback(rule)
