"""Rules over what is indexed already: which alerts there would have been, and what would have been sent."""

import dataclasses as dc
import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from schemas.alerts import Alert
from schemas.kept import Notice
from schemas.records import Reading
from schemas.rules import Rules
from transforms.alerts.build import build, gather
from transforms.alerts.count import count
from transforms.alerts.deliver import Lanes
from transforms.alerts.grouping import counting_id
from transforms.alerts.horizon import Span
from transforms.alerts.judge import judge
from transforms.alerts.outbox import Delivery, has_work, post
from transforms.index.back import readings
from transforms.protocols import Ledger
from transforms.upkeep import Keeper, Tell

STEP = dt.timedelta(minutes=5)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


@dc.dataclass(frozen=True)
class Sent:
    """A notice that would have been sent, and when."""

    at: dt.datetime
    notice: Notice


@dc.dataclass
class Rehearsal:
    """A ledger that begins empty, a clock that goes with the articles, and channels that only note what they get.

    `watched` are the spans in which newswatch was at work; none: all the time.
    """

    rules: Rules
    ledger: Ledger
    now: dt.datetime
    watched: Sequence[Span] = ()
    articles: int = 0
    sent: list[Sent] = dc.field(default_factory=list)
    found: list[Alert] = dc.field(default_factory=list)

    def play(self, index: Keeper, until: dt.datetime, tell: Tell) -> None:
        """Ask the rules about all articles that were first seen until then, as passes a minute apart would."""
        for rule in self.rules.rules:
            self.ledger.tally.rule_since(counting_id(rule), self.now)
        for found in readings(index, self.now, until):
            for _, of_minute in groupby(found, key=_minute):
                self._pass(list(of_minute))
            tell(f"{self.now:%Y-%m-%d}: {self.articles} articles, {len(self.sent)} notices")
        self._idle(until)

    def alerts(self) -> list[Alert]:
        """Return every alert that there would have been, by the time of its first match."""
        told = self.ledger.outbox.told({rule.id for rule in self.rules.rules}, since=EPOCH)
        found = [build(one.alert, gather(self.ledger.matches(one.alert)), self.rules) for one in told]
        return sorted(found, key=_first)

    def _pass(self, found: Sequence[Reading]) -> None:
        self.articles += len(found)
        touched: set[str] = set()
        self._idle(found[0].document.seen)
        for reading in found:
            self.now = max(self.now, reading.document.seen)
            matches, hits = judge(reading, self.rules)
            self.ledger.conclude(reading.document.id, matches, hits)
            touched |= {match.alert for match in matches}
        self._tell_of(touched)

    def _idle(self, until: dt.datetime) -> None:
        """Let the time pass until then, with the passes that find nothing new."""
        while self.now + STEP <= until:
            self.now += STEP
            if not self.watched or any(start <= self.now <= end for start, end in self.watched):
                self._tick()
        self.now = max(self.now, until)
        self._tell_of(())

    def _tick(self) -> None:
        timed = any(rule.of_time() for rule in self.rules.rules)
        if timed or has_work(self.ledger, self.rules, self.now):
            self._tell_of(())
        else:
            self.ledger.tally.beat(self.now)

    def _tell_of(self, touched: Iterable[str]) -> None:
        for name in sorted({*touched, *count(self.ledger, self.rules, self.now)}):
            post(build(name, gather(self.ledger.matches(name)), self.rules), self.ledger, self.rules, self.now)
        lanes = Lanes({name: partial(self._note, self.now) for name in self.rules.known_channels()})
        for _ in Delivery(self.rules, self.ledger, self.now).send(lanes):
            pass

    def _note(self, now: dt.datetime, notice: Notice) -> None:
        self.sent.append(Sent(now, notice))


def _minute(reading: Reading) -> int:
    return int(reading.document.seen.timestamp()) // 60


def _first(alert: Alert) -> tuple[dt.datetime, str]:
    return alert.first_seen, alert.id
