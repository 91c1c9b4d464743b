"""The Beam steps of alerts: Reading -> Judged; what is counted -> alert ids -> Alert -> posted; the outbox -> sent."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection

from schemas.alerts import Alert, Judged
from schemas.errors import UserError
from schemas.kept import Notice
from schemas.records import Reading
from schemas.rules import Rules
from transforms.alerts.build import build, gather
from transforms.alerts.count import count
from transforms.alerts.deliver import PATIENCE_S, Lanes
from transforms.alerts.judge import judge
from transforms.alerts.outbox import Delivery, post
from transforms.attempt import attempt
from transforms.clock import Clock, utc_now
from transforms.keeping import Conclusion
from transforms.protocols import Ledger, Notifier
from transforms.stage import Each, Results, Stage, Step, Subject

OpenLedger = Callable[[], Ledger]
OpenLanes = Callable[[], contextlib.AbstractContextManager[Lanes]]
"""Gives the channels: `lanes_of` for one pass, or such as stay from pass to pass."""

JUDGED = 50
"""Articles whose matches are recorded at once."""

Counted = tuple[str, ...]
"""The ids of the alerts that a look at the ledger's hits has touched."""


InForce = Callable[[], Rules]
"""Gives the rules as they are now: where steps live on, the files may change meanwhile."""


@dataclass(frozen=True)
class Fixed:
    """Rules that stay as they are."""

    rules: Rules

    def __call__(self) -> Rules:
        """Return them."""
        return self.rules


class Once(beam.PTransform):
    """One element after all of the input: the moment at which the ledger is looked at.

    Its input is what is waited for, and a pulse: one element in each window, even where there is no other.
    """

    def expand(self, waited_for: tuple[PCollection, PCollection]) -> PCollection:
        """Return the number of the elements, which is no more than a sign that they have passed."""
        # a runner may keep what it flattens until all of it has come: signs take less room than alerts
        signs = [each | f"Sign {n}" >> beam.Map(_sign) for n, each in enumerate(waited_for)]
        return signs | beam.Flatten() | "All of them" >> _count_all()


def _sign(_element: object) -> None:
    return None


def _count_all() -> beam.PTransform:
    # without a default, which only a window without end can have
    return beam.CombineGlobally(beam.combiners.CountCombineFn()).without_defaults()


def judge_readings(
    *, rules: InForce, open_ledger: OpenLedger, strict: bool = False, clock: Clock = utc_now
) -> Stage[Reading, Judged]:
    """Return the step that asks the rules about an article and settles its entry together with the matches."""
    opened = partial(_open_judge, rules, open_ledger)
    return Stage("judge", open_step=opened, subject=_article, batch=JUDGED, strict=strict, clock=clock)


def build_alerts(
    *, rules: InForce, open_ledger: OpenLedger, strict: bool = False, clock: Clock = utc_now
) -> Stage[str, Alert]:
    """Return the step from an alert's id to its record, made of all the matches that the ledger holds."""
    opened = partial(_each, open_ledger, _build, rules)
    return Stage("alert", open_step=opened, subject=_named, strict=strict, clock=clock)


def count_hits(
    *, rules: InForce, open_ledger: OpenLedger, strict: bool = False, clock: Clock = utc_now
) -> Stage[int, Counted]:
    """Return the step from a sign to the ids of the alerts that rules which count have found since the last."""
    opened = partial(_each, open_ledger, _count, rules, clock)
    return Stage("count", open_step=opened, subject=_whole, strict=strict, clock=clock)


def post_alerts(
    *, rules: InForce, open_ledger: OpenLedger, strict: bool = False, clock: Clock = utc_now
) -> Stage[Alert, Alert]:
    """Return the step that writes into the outbox who is to be told of the alert."""
    opened = partial(_each, open_ledger, _post, rules, clock)
    return Stage("post", open_step=opened, subject=_alert, strict=strict, clock=clock)


def notify(
    *,
    rules: InForce,
    open_lanes: OpenLanes,
    open_ledger: OpenLedger,
    last: bool = False,
    strict: bool = False,
    clock: Clock = utc_now,
) -> Stage[Any, Notice]:
    """Return the step from a sign to the notices that were due in the outbox, sent; no look follows the `last` soon."""
    opened = partial(_open_notify, rules, open_lanes, open_ledger, clock=clock, last=last)
    return Stage("notify", open_step=opened, subject=_notice, strict=strict, clock=clock)


@dataclass(frozen=True)
class Judge:
    """The rules, and where matches are kept."""

    rules: InForce
    ledger: Ledger

    def __call__(self, batch: Sequence[Reading]) -> Results[Reading, Judged]:
        """Yield each document's alerts, its matches recorded and its entry settled."""
        found = [(reading, attempt(self._judge, reading)) for reading in batch]
        error = attempt(self.ledger.conclude_all, [one for _, one in found if not isinstance(one, Exception)])
        if isinstance(error, UserError):
            raise error
        for reading, one in found:
            alone = attempt(self._conclude, one) if error and not isinstance(one, Exception) else None
            yield reading, one if isinstance(one, Exception) else alone or _judged(one)

    def _judge(self, reading: Reading) -> Conclusion:
        return Conclusion(reading.document.id, *judge(reading, self.rules()))

    def _conclude(self, found: Conclusion) -> None:
        self.ledger.conclude(*found)


def _judged(found: Conclusion) -> Judged:
    return Judged(document=found.entry, alerts=tuple(sorted({match.alert for match in found.matches})))


@dataclass(frozen=True)
class Notify:
    """The channels, and the outbox."""

    open_lanes: OpenLanes
    rules: InForce
    ledger: Ledger
    clock: Clock
    last: bool

    def __call__(self, _signs: Sequence[int]) -> Results[Any, Notice]:
        """Yield each notice that was due: sent, or why not."""
        with self.open_lanes() as lanes:
            yield from Delivery(self.rules(), self.ledger, self.clock(), last=self.last).send(lanes)


def _build(ledger: Ledger, rules: InForce, alert_id: str) -> Alert:
    return build(alert_id, gather(ledger.matches(alert_id)), rules())


def _count(ledger: Ledger, rules: InForce, clock: Clock, _sign: int) -> Counted:
    return tuple(count(ledger, rules(), clock()))


def _post(ledger: Ledger, rules: InForce, clock: Clock, alert: Alert) -> Alert:
    return post(alert, ledger, rules(), clock())


@contextlib.contextmanager
def _each(open_ledger: OpenLedger, function: Callable[..., Any], *known: object) -> Iterator[Step[Any, Any]]:
    """Give the step that calls the function of a ledger, what is known, and each element."""
    with contextlib.closing(open_ledger()) as ledger:
        yield Each(partial(function, ledger, *known))


@contextlib.contextmanager
def _open_judge(rules: InForce, open_ledger: OpenLedger) -> Iterator[Step[Reading, Judged]]:
    with contextlib.closing(open_ledger()) as ledger:
        yield Judge(rules, ledger)


@contextlib.contextmanager
def _open_notify(
    rules: InForce, open_lanes: OpenLanes, open_ledger: OpenLedger, *, clock: Clock, last: bool
) -> Iterator[Step[Any, Notice]]:
    with contextlib.closing(open_ledger()) as ledger:
        yield Notify(open_lanes, rules, ledger, clock, last)


@contextlib.contextmanager
def lanes_of(
    rules: Rules, open_notifiers: Callable[[], Mapping[str, Notifier]], patience_s: float = PATIENCE_S
) -> Iterator[Lanes]:
    """Give the channels that some rule sends to, open until the pass is done with them."""
    with contextlib.ExitStack() as opened:
        notifiers = open_notifiers()
        for notifier in notifiers.values():
            opened.enter_context(contextlib.closing(notifier))
        lanes = Lanes(senders_of(notifiers, rules), patience_s)
        yield opened.enter_context(contextlib.closing(lanes))


def senders_of(notifiers: Mapping[str, Notifier], rules: Rules) -> dict[str, Callable[[Notice], None]]:
    """Return how to send to each of the channels that some rule sends to."""
    used = {channel.id for channel in rules.used_channels()}
    return {channel: notifier.send for channel, notifier in notifiers.items() if channel in used}


def _article(reading: Reading) -> Subject:
    return Subject(reading.document.id, reading.document.url)


def _named(alert_id: str) -> Subject:
    return Subject("", alert_id)


def _alert(alert: Alert) -> Subject:
    return Subject("", alert.id)


def _whole(_sign: int) -> Subject:
    return Subject("", "the rules that count")


def _notice(notice: Any) -> Subject:
    return Subject("", notice.alerts[0].id if isinstance(notice, Notice) else "the outbox")
