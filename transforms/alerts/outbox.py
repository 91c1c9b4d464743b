"""The outbox: alerts are posted into it, and what is due goes from it to the channels."""

import dataclasses as dc
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, partial

from schemas.alerts import Alert
from schemas.durations import shown
from schemas.failures import Rejected
from schemas.kept import FIRST, Item, Notice, Silence, State
from schemas.rules import Rules
from transforms.alerts.backoff import TRIES, wait
from transforms.alerts.build import build, gather
from transforms.alerts.bundles import BUSY, Bundle, Desk, bundles, is_ready, put_off
from transforms.alerts.deliver import Lanes, Sent
from transforms.alerts.plan import plan
from transforms.alerts.silences import inhibited_by, silenced_by, sources_of
from transforms.keeping import Told
from transforms.protocols import Ledger, NotifyError

LOOKS_BACK = dt.timedelta(days=7)
"""How old an alert may be that inhibits another."""


def has_work(ledger: Ledger, rules: Rules, now: dt.datetime) -> bool:
    """Return whether there is anything to be counted or sent by now, though no alert has grown."""
    counting = any(rule.enabled and rule.counts() for rule in rules.rules)
    return ledger.outbox.is_due(now) or (counting and ledger.tally.is_dirty())


def post(alert: Alert, ledger: Ledger, rules: Rules, now: dt.datetime) -> Alert:
    """Return the alert, recorded: whatever happens from now on, its channels will be told."""
    ledger.outbox.post(alert, plan(alert, rules, ledger.outbox.items(alert.id), now))
    ledger.finish(alert.id, alert.count)
    return alert


@dc.dataclass(frozen=True)
class Unwanted:
    """The silences and inhibitions in force."""

    rules: Rules
    ledger: Ledger
    now: dt.datetime

    def why_not(self, alert: Alert) -> tuple[State, str] | None:
        """Return what becomes of an alert that nobody is to be told of, and because of which silence or alert."""
        if silence := silenced_by(alert, self.silences, self.now):
            return "silenced", silence.id
        if source := inhibited_by(alert, self.rules.inhibit_rules, self.told):
            return "inhibited", source.alert
        return None

    @cached_property
    def silences(self) -> list[Silence]:
        """Every silence."""
        return self.ledger.outbox.silences()

    @cached_property
    def told(self) -> list[Told]:
        """The alerts that may keep others back."""
        inhibit = self.rules.inhibit_rules
        if not inhibit:
            return []
        since = self.now - LOOKS_BACK - max(rule.within for rule in inhibit)
        return self.ledger.outbox.told(sources_of(inhibit), since=since)


@dc.dataclass
class Delivery:
    """One look into the outbox; after the `last` nobody looks again soon, so that a group waits for no more."""

    rules: Rules
    ledger: Ledger
    now: dt.datetime
    alerts: dict[str, Alert] = dc.field(default_factory=dict)
    fixed: dict[tuple[str, str], Bundle] = dc.field(default_factory=dict)
    last: bool = False

    def send(self, lanes: Lanes) -> Iterator[tuple[Notice, Notice | Exception]]:
        """Yield each notice that is due, or was under way, with what became of it at its channel."""
        yield from self._ends(lanes.landed())
        work: dict[str, list[Notice]] = defaultdict(list)
        for bundle in self._due(lanes.busy()):
            work[bundle.items[0].channel].append(self._notice(bundle))
        yield from self._ends(lanes.deliver(work))

    def _ends(self, landed: Iterable[Sent]) -> Iterator[tuple[Notice, Notice | Exception]]:
        """Yield what became of notices; what they told of stands in the ledger since before they were sent."""
        for sent in landed:
            bundle = self.fixed.get((sent.notice.channel, sent.notice.id)) or self._found(sent.notice)
            if bundle is not None:
                yield sent.notice, self._end(sent, bundle)

    def _found(self, notice: Notice) -> Bundle | None:
        """Return the notice's items, of one that an earlier look has sent; nothing where they have ended meanwhile."""
        waiting = self.ledger.outbox.waiting(self.now)
        items = tuple(item for item in waiting if (item.channel, item.bundle) == (notice.channel, notice.id))
        return Bundle(items) if items else None

    def _due(self, busy: Collection[str]) -> list[Bundle]:
        of_ledger = self.ledger.outbox.waiting(self.now)
        waiting = self._still_wanted([self._at_last(item) for item in of_ledger] if self.last else of_ledger)
        found: list[Bundle] = []
        marked: list[Item] = []
        known, intervals = self.rules.known_channels(), self.rules.intervals()
        for name, items in waiting.items():
            if name in busy:
                marked += put_off([item for item in items if item.due <= self.now], self.now, BUSY)
                continue
            desk = Desk(
                channel=known[name],
                intervals=intervals,
                alerts=self.alerts,
                now=self.now,
                sent=partial(self._sent, name),
                last_sent=partial(self._last_sent, name),
            )
            of_channel, waits = bundles(items, desk)
            found += [self._fixed(bundle) for bundle in of_channel]
            marked += waits
        self.fixed = {(bundle.items[0].channel, bundle.id): bundle for bundle in found}
        self._put([*marked, *(item for bundle in found for item in bundle.items if not item.tries)])
        return found

    def _at_last(self, item: Item) -> Item:
        channel = self.rules.known_channels().get(item.channel)
        is_new = item.round == FIRST and not (item.tries or item.bundle or item.detail)
        return dc.replace(item, wait=dt.timedelta()) if channel and channel.group_by and is_new else item

    def _sent(self, channel: str, since: dt.datetime) -> int:
        return self.ledger.outbox.sent(channel, since, self.now)

    def _last_sent(self, channel: str, group: str) -> dt.datetime | None:
        return self.ledger.outbox.last_sent(channel, group, self.now)

    def _still_wanted(self, waiting: Sequence[Item]) -> dict[str, list[Item]]:
        """Return the items by channel; those that are silenced, inhibited or without a channel are ended."""
        kept: dict[str, list[Item]] = defaultdict(list)
        ended: list[Item] = []
        known, wanted = self.rules.known_channels(), Unwanted(self.rules, self.ledger, self.now)
        for item in waiting:
            channel = known.get(item.channel)
            asleep = not is_ready(item, self.now) and not item.tries
            if channel and asleep and not channel.group_by:
                continue
            alert = self._alert(item.alert)
            if channel is None or alert is None:
                ended.append(dc.replace(item, state="dead", detail="its channel or its rule is no more"))
            elif not asleep and not item.bundle and (why := wanted.why_not(alert)):
                ended.append(dc.replace(item, state=why[0], detail=why[1]))
            else:
                kept[item.channel].append(item)
        self._put(ended)
        return kept

    def _alert(self, name: str) -> Alert | None:
        if name not in self.alerts:
            gathered = gather(self.ledger.matches(name))
            if gathered.count:
                self.alerts[name] = build(name, gathered, self.rules)
        return self.alerts.get(name)

    def _fixed(self, bundle: Bundle) -> Bundle:
        """Return the bundle with its id and what it tells of written on its items."""
        items = (dc.replace(item, bundle=bundle.id, count=self.alerts[item.alert].count) for item in bundle.items)
        return dc.replace(bundle, items=tuple(items))

    def _notice(self, bundle: Bundle) -> Notice:
        alerts = (self.alerts[name] for name in dict.fromkeys(item.alert for item in bundle.items))
        first = bundle.items[0]
        return Notice(id=bundle.id, channel=first.channel, alerts=tuple(alerts), note=bundle.note, tries=first.tries)

    def _end(self, sent: Sent, bundle: Bundle) -> Notice | Exception:
        """Return the notice, or why it did not arrive; either way the ledger knows."""
        error = sent.error
        if error is None:
            self._put([dc.replace(item, state="sent", detail="") for item in bundle.items])
            return sent.notice
        if not isinstance(error, NotifyError):
            return error
        said = f"{sent.notice.channel}: {error}"
        if not sent.tried:
            return Rejected("notify-unreachable", said)
        if not error.transient:
            self._put([dc.replace(item, state="dead", detail=error.detail) for item in bundle.items])
            return Rejected("notify-refused", said)
        return self._again(bundle, error, said)

    def _again(self, bundle: Bundle, error: NotifyError, said: str) -> Rejected:
        tries = 1 + max(item.tries for item in bundle.items)
        pause = wait(tries)
        if pause is None:
            self._put([dc.replace(item, state="dead", tries=tries, detail=error.detail) for item in bundle.items])
            return Rejected("notify-given-up", f"{said} (tried {tries} times)")
        again = [dc.replace(i, since=self.now, wait=pause, tries=tries, detail=error.detail) for i in bundle.items]
        self._put(again)
        return Rejected("notify-unreachable", f"{said} (try {tries} of {TRIES}; again in {shown(pause)})")

    def _put(self, items: Sequence[Item]) -> None:
        if items:
            self.ledger.outbox.put(items, now=self.now)
