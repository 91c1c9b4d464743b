"""The parts of the ledger that alerts keep, in memory, by the same rules as the real ones."""

import dataclasses as dc
import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from schemas.alerts import Alert, Match
from schemas.kept import Hit, Item, Series, Silence
from transforms.keeping import Told, by_due, by_end, by_time, revived, told_of

JOINS = dt.timedelta(minutes=10)


def minute(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // 60


@dataclass
class MemoryTally:
    """A Tally; the matches and whether their alerts are finished are the ledger's."""

    kept: dict[tuple[str, str], Match] = field(default_factory=dict)
    finished: dict[str, bool] = field(default_factory=dict)
    of_series: dict[str, Series] = field(default_factory=dict)
    all_hits: dict[tuple[str, str, str], Hit] = field(default_factory=dict)
    spans: list[tuple[dt.datetime, dt.datetime]] = field(default_factory=list)
    rules: dict[str, dt.datetime] = field(default_factory=dict)
    gone: dict[str, dt.datetime] = field(default_factory=dict)
    waits: set[str] = field(default_factory=set)

    def add_matches(self, matches: Sequence[Match]) -> bool:
        new = [match for match in matches if (match.alert, match.record) not in self.kept]
        for match in new:
            self.kept.setdefault((match.alert, match.record), match)
            self.finished[match.alert] = False
        return bool(new)

    def add(self, hits: Sequence[Hit]) -> None:
        for hit in hits:
            place = (hit.series, hit.match.record, hit.term)
            too_old = hit.series in self.gone and hit.seen < self.gone[hit.series]
            if place in self.all_hits or too_old:
                continue
            self.all_hits[place] = hit
            series = self.of_series.get(hit.series, Series(id=hit.series, rule=hit.rule, key=hit.key))
            dirty = min(series.dirty or hit.seen, hit.seen)
            self.waits.discard(hit.series)
            self.of_series[hit.series] = dc.replace(series, dirty=dirty, changes=series.changes + 1)

    def beat(self, now: dt.datetime) -> None:
        self.gone = {series: before for series, before in self.gone.items() if before <= now}
        before = [span for span in self.spans if span[0] <= now]
        span = max(before, default=None)
        if span and minute(now) <= minute(span[1]):
            return
        if span and now - span[1] <= JOINS:
            self.spans.remove(span)
            self.spans.append((span[0], max(now, span[1])))
        else:
            self.spans.append((now, now))

    def watched(self) -> list[tuple[dt.datetime, dt.datetime]]:
        return sorted(self.spans)

    def rule_since(self, rule: str, now: dt.datetime) -> dt.datetime:
        self.rules[rule] = min(self.rules.get(rule, now), now)
        return self.rules[rule]

    def is_dirty(self) -> bool:
        return any(series.dirty is not None and series.id not in self.waits for series in self.of_series.values())

    def series(self, rules: Collection[str] = ()) -> list[Series]:
        found = [s for s in self.of_series.values() if s.dirty is not None or s.rule in rules]
        return sorted(found, key=lambda s: s.id)

    def hits(self, series: str, since: dt.datetime | None = None, until: dt.datetime | None = None) -> list[Hit]:
        found = [h for h in self.all_hits.values() if h.series == series and (since is None or h.seen >= since)]
        return sorted((h for h in found if until is None or h.seen <= until), key=by_time)

    def open_terms(
        self, series: str, since: dt.datetime, number: int, *, until: dt.datetime | None = None
    ) -> list[Hit]:
        found = self.hits(series, until=until)
        touched = {hit.term for hit in found if hit.seen >= since}
        decided = {term for term in touched if sum(hit.term == term and hit.seen < since for hit in found) >= number}
        return [hit for hit in found if hit.term in touched - decided]

    def next_hit(self, series: str, after: dt.datetime) -> dt.datetime | None:
        return min((h.seen for h in self.all_hits.values() if h.series == series and h.seen > after), default=None)

    def fold(self, alert: str, matches: Sequence[Match], *, whole: bool = False) -> bool:
        stale = {place for place in self.kept if place[0] == alert} - {(alert, match.record) for match in matches}
        for place in stale if whole else ():
            del self.kept[place]
            self.finished[alert] = False
        return self.add_matches(matches) or bool(whole and stale)

    def counted(self, series: Series, *, dirty: dt.datetime | None, through: dt.datetime) -> None:
        now = self.of_series[series.id]
        left = dirty if now.changes == series.changes else now.dirty
        if now.changes == series.changes:
            self.waits.add(series.id)
        self.of_series[series.id] = dc.replace(now, dirty=left, through=through)

    def forget(self, series: str, before: dt.datetime) -> None:
        self.gone[series] = max(self.gone.get(series, before), before)
        for place in [p for p, hit in self.all_hits.items() if hit.series == series and hit.seen < before]:
            del self.all_hits[place]

    def keep_firsts(self, series: str, number: int) -> None:
        met: dict[str, int] = {}
        for hit in self.hits(series):
            met[hit.term] = met.get(hit.term, 0) + 1
            if met[hit.term] > number:
                del self.all_hits[series, hit.match.record, hit.term]


@dataclass
class MemoryOutbox:
    """An Outbox."""

    held: dict[tuple[str, str, str], Item] = field(default_factory=dict)
    times: dict[tuple[str, str, str], dt.datetime] = field(default_factory=dict)
    alerts: dict[str, Told] = field(default_factory=dict)
    quiet: dict[str, Silence] = field(default_factory=dict)

    def post(self, alert: Alert, items: Sequence[Item]) -> None:
        self.alerts[alert.id] = told_of(alert)
        for item in items:
            self.held.setdefault(_place(item), item)

    def items(self, alert: str) -> list[Item]:
        return [self.held[place] for place in sorted(self.held) if place[0] == alert]

    def is_due(self, now: dt.datetime) -> bool:
        return any(i.state == "due" and (i.due <= now or i.since > now) for i in self.held.values())

    def waiting(self, now: dt.datetime) -> list[Item]:
        found = [dc.replace(i, since=min(i.since, now)) for i in self.held.values() if i.state == "due"]
        self.held |= {_place(item): item for item in found}
        return sorted(found, key=by_due)

    def put(self, items: Sequence[Item], *, now: dt.datetime) -> None:
        for item in items:
            self.held[_place(item)] = item
            if item.state == "sent":
                self.times[_place(item)] = now

    def sent(self, channel: str, since: dt.datetime, now: dt.datetime) -> int:
        found = {self.held[p].bundle for p, time in self.times.items() if p[1] == channel and since <= time <= now}
        return len(found)

    def last_sent(self, channel: str, group: str, now: dt.datetime) -> dt.datetime | None:
        of_group = [p for p, item in self.held.items() if p[1] == channel and item.group == group]
        return max((self.times[p] for p in of_group if p in self.times and self.times[p] <= now), default=None)

    def told(self, rules: Collection[str], *, since: dt.datetime) -> list[Told]:
        found = [told for told in self.alerts.values() if told.rule in rules and told.last >= since]
        return sorted(found, key=lambda told: (told.rule, told.alert))

    def revive(self) -> int:
        dead = [item for item in self.held.values() if item.state == "dead"]
        for item in dead:
            self.held[_place(item)] = revived(item)
        return len(dead)

    def silences(self) -> list[Silence]:
        return sorted(self.quiet.values(), key=by_end)

    def silence(self, silence: Silence) -> None:
        self.quiet[silence.id] = silence


def _place(item: Item) -> tuple[str, str, str]:
    return item.alert, item.channel, item.round
