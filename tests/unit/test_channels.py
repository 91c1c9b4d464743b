"""The channels of a watch stay open from pass to pass, and are opened anew when rules or secrets may have changed."""

from dataclasses import dataclass, field

from pipelines.channels import OPEN_S, Channels
from schemas.rules import Rules
from tests.fakes.alerts import make_notice
from tests.fakes.notifier import FakeNotifier, HangingNotifier
from tests.fakes.office import rules_read
from transforms.alerts.deliver import Lanes
from transforms.protocols import Notifier


def rules(title: str = "") -> Rules:
    of_two = [{"id": "desk", "console": True}, {"id": "log", "console": True}]
    return rules_read(rules=[{"id": "said", "when": "statement-by", "title": title}], channels=of_two)


@dataclass
class Means:
    """Opens two channels each time, and a clock."""

    opened: list[dict[str, Notifier]] = field(default_factory=list)
    now: float = 0.0

    def open(self) -> dict[str, Notifier]:
        self.opened.append({"desk": HangingNotifier() if not self.opened else FakeNotifier(), "log": FakeNotifier()})
        return self.opened[-1]

    def clock(self) -> float:
        return self.now


def test_channels_are_opened_anew_when_the_rules_change_or_a_minute_has_passed():
    means = Means()
    channels = Channels(clock=means.clock)
    for _ in range(3):
        channels.open(rules(), means.open)
    assert len(means.opened) == 1
    channels.open(rules("Said"), means.open)
    means.now += OPEN_S
    lanes = channels.open(rules("Said"), means.open)
    assert len(means.opened) == 3
    assert [of["log"].closed for of in means.opened] == [True, True, False]
    sent = list(lanes.deliver({"log": [make_notice(channel="log")]}))
    assert [one.error for one in sent] == [None]
    assert means.opened[2]["log"].got == [make_notice().id]
    channels.close()
    assert means.opened[2]["log"].closed


def test_a_channel_that_is_under_way_goes_on_with_what_it_began_with():
    means = Means()
    channels = Channels(Lanes({}, waits_s=0.05), clock=means.clock)
    slow = channels.open(rules(), means.open).deliver({"desk": [make_notice()]})
    assert list(slow) == []
    assert not channels.has_news()
    channels.open(rules("Said"), means.open)
    hanging = means.opened[0]["desk"]
    assert isinstance(hanging, HangingNotifier)
    assert not hanging.released.is_set(), "it was not closed under its notice"
    assert means.opened[0]["log"].closed
    hanging.close()
    channels.lanes.flights["desk"].thread.join(5)
    assert channels.has_news()
    assert [one.error for one in channels.lanes.landed()] == [None]
    channels.close()
