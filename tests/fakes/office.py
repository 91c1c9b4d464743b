"""A desk with rules, an outbox in memory, channels that keep what they get, and a clock that the test sets."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from schemas.failures import Rejected
from schemas.kept import Notice
from schemas.rules import Rules, rules_in
from schemas.rules_file import RulesFile
from tests.fakes.alerts import make_match
from tests.fakes.ledger import MemoryLedger
from tests.fakes.notifier import FakeNotifier
from tests.fakes.records import NOON, make_document, origin_of
from transforms.alerts.build import build, gather
from transforms.alerts.deliver import Lanes
from transforms.alerts.outbox import Delivery, post
from transforms.protocols import Notifier


def rules_read(**file: Any) -> Rules:
    """Return the rules of such a file."""
    return rules_in(RulesFile.model_validate(file))


class Office:
    """What runs once a pass, without Beam: alerts are posted, then what is due is sent."""

    def __init__(self, **file: Any) -> None:
        base: dict[str, Any] = {
            "rules": [{"id": "said", "when": "statement-by"}],
            "channels": [{"id": "desk", "console": True}],
        }
        self.rules = rules_read(**(base | file))
        self.ledger = MemoryLedger()
        self.now = NOON
        self.desks = {name: FakeNotifier() for name in self.rules.known_channels()}
        self.notifiers: Mapping[str, Notifier] = dict(self.desks)
        self.lanes = Lanes({name: notifier.send for name, notifier in self.notifiers.items()}, patience_s=5)

    def find(self, *alerts: str, record: str = "s1", **fields: Any) -> None:
        """Add a match to each of the alerts, and post them."""
        for name in alerts:
            of = origin_of(make_document(id=f"d of {name} {record}", seen=fields.pop("seen", self.now), story=name))
            match = make_match(**({"alert": name, "record": record, "origin": of} | fields))
            self.ledger.conclude("", [match])
            post(build(name, gather(self.ledger.matches(name)), self.rules), self.ledger, self.rules, self.now)

    def send(self, after: dt.timedelta = dt.timedelta(), *, last: bool = False) -> list[Notice | Exception]:
        """Let so much time pass, and send what is due."""
        self.now += after
        delivery = Delivery(self.rules, self.ledger, self.now, last=last)
        return [result for _, result in delivery.send(self.lanes)]

    def got(self, channel: str = "desk") -> list[str]:
        """What the channel was told, as notes and alerts."""
        notices = self.desks[channel].notices
        return [": ".join([*filter(None, [n.note]), " ".join(a.id for a in n.alerts)]) for n in notices]

    def states(self, channel: str = "desk") -> dict[str, str]:
        """What became of the items of the channel, by alert and round."""
        held = self.ledger.outbox.held.items()
        return {f"{alert} {round_}": item.state for (alert, at, round_), item in held if at == channel}


def reason(result: object) -> str:
    """Return why a notice did not arrive."""
    assert isinstance(result, Rejected)
    return f"{result.reason} {result.detail}"
