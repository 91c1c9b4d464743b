"""The Beam steps of alerts: Reading -> Judged, alert id -> Alert, Alert -> sent."""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from schemas.records import Alert, Judged, Reading, Rejected
from schemas.rules import Rules
from transforms.alerts.build import build
from transforms.alerts.deliver import PATIENCE_S, Lanes
from transforms.alerts.judge import judge
from transforms.protocols import Ledger, Notifier, NotifyError
from transforms.stage import Clock, Each, Results, Stage, Step, Subject, utc_now

BATCH = 50
"""Alerts that go to the channels at once."""

OpenLedger = Callable[[], Ledger]


def judge_readings(
    *, rules: Rules, open_ledger: OpenLedger, strict: bool = False, clock: Clock = utc_now
) -> Stage[Reading, Judged]:
    """Return the step that asks the rules about an article and settles its entry together with the matches."""
    opened = partial(_open_judge, rules, open_ledger)
    return Stage("judge", open_step=opened, subject=_article, strict=strict, clock=clock)


def build_alerts(
    *, rules: Rules, open_ledger: OpenLedger, strict: bool = False, clock: Clock = utc_now
) -> Stage[str, Alert]:
    """Return the step from an alert's id to its record, made of all the matches that the ledger holds."""
    opened = partial(_open_build, rules, open_ledger)
    return Stage("alert", open_step=opened, subject=_named, strict=strict, clock=clock)


def notify(
    *,
    rules: Rules,
    open_notifiers: Callable[[], Mapping[str, Notifier]],
    open_ledger: OpenLedger,
    strict: bool = False,
    clock: Clock = utc_now,
    patience_s: float = PATIENCE_S,
) -> Stage[Alert, Alert]:
    """Return the step that sends each alert to those of its channels that have not had it."""
    opened = partial(_open_notify, rules, open_notifiers, open_ledger, patience_s)
    return Stage("notify", open_step=opened, subject=_alert, batch=BATCH, strict=strict, clock=clock)


@dataclass(frozen=True)
class Judge:
    """The rules, and where matches are kept."""

    rules: Rules
    ledger: Ledger

    def __call__(self, reading: Reading) -> Judged:
        """Return the document's alerts, its matches recorded and its entry settled."""
        matches = judge(reading, self.rules)
        self.ledger.conclude(reading.document.id, matches)
        return Judged(document=reading.document.id, alerts=tuple(sorted({match.alert for match in matches})))


@dataclass(frozen=True)
class Build:
    """The rules, and where matches are kept."""

    rules: Rules
    ledger: Ledger

    def __call__(self, alert_id: str) -> Alert:
        """Return the alert's record as of now."""
        return build(alert_id, self.ledger.matches(alert_id), self.rules)


@dataclass(frozen=True)
class Notify:
    """The channels, and where it is kept who has had what."""

    lanes: Lanes
    ledger: Ledger

    def __call__(self, batch: Sequence[Alert]) -> Results[Alert, Alert]:
        """Yield each alert, sent to every channel that was due, or why not."""
        failed: dict[str, list[tuple[str, Exception]]] = defaultdict(list)
        for channel, alert, error in self.lanes.deliver(self._work(batch)):
            if error is None:
                self.ledger.deliver(alert.id, channel)
            else:
                failed[alert.id].append((channel, error))
        for alert in batch:
            yield alert, self._end(alert, sorted(failed[alert.id], key=_channel))

    def _work(self, batch: Sequence[Alert]) -> dict[str, list[Alert]]:
        work: dict[str, list[Alert]] = defaultdict(list)
        for alert in batch:
            for channel in alert.channels:
                if not self.ledger.delivered(alert.id, channel):
                    work[channel].append(alert)
        return work

    def _end(self, alert: Alert, failed: Sequence[tuple[str, Exception]]) -> Alert | Exception:
        for _, error in failed:
            if not isinstance(error, NotifyError):
                return error
        detail = "; ".join(f"{channel}: {error}" for channel, error in failed)
        if any(isinstance(error, NotifyError) and error.transient for _, error in failed):
            return Rejected("notify-unreachable", detail)
        # a channel that refuses will do so each time: the failure tells of it, and nothing is due any more
        self.ledger.finish(alert.id)
        return Rejected("notify-refused", detail) if failed else alert


def _channel(failure: tuple[str, Exception]) -> str:
    return failure[0]


@contextlib.contextmanager
def _open_judge(rules: Rules, open_ledger: OpenLedger) -> Iterator[Step[Reading, Judged]]:
    with contextlib.closing(open_ledger()) as ledger:
        yield Each(Judge(rules, ledger))


@contextlib.contextmanager
def _open_build(rules: Rules, open_ledger: OpenLedger) -> Iterator[Step[str, Alert]]:
    with contextlib.closing(open_ledger()) as ledger:
        yield Each(Build(rules, ledger))


@contextlib.contextmanager
def _open_notify(
    rules: Rules, open_notifiers: Callable[[], Mapping[str, Notifier]], open_ledger: OpenLedger, patience_s: float
) -> Iterator[Step[Alert, Alert]]:
    with contextlib.ExitStack() as opened:
        ledger = opened.enter_context(contextlib.closing(open_ledger()))
        notifiers = open_notifiers()
        for notifier in notifiers.values():
            opened.enter_context(contextlib.closing(notifier))
        used = {channel.id for channel in rules.used_channels()}
        senders = {channel: notifier.send for channel, notifier in notifiers.items() if channel in used}
        yield Notify(Lanes(senders, patience_s), ledger)


def _article(reading: Reading) -> Subject:
    return Subject(reading.document.id, reading.document.url)


def _named(alert_id: str) -> Subject:
    return Subject("", alert_id)


def _alert(alert: Alert) -> Subject:
    return Subject("", alert.id)
