from collections.abc import Sequence

import pytest

from schemas.records import Alert, Rejected
from tests.fakes.matches import MatchLedger
from tests.fakes.notifier import FakeNotifier, HangingNotifier
from tests.fakes.records import NOON
from transforms.alerts.deliver import IN_A_ROW, Lanes
from transforms.alerts.stage import Notify
from transforms.protocols import Notifier, NotifyError

DOWN = NotifyError("no answer", transient=True)
REFUSED = NotifyError("answered 400", transient=False)


def make_alert(name: str = "a1", channels: tuple[str, ...] = ("desk", "log")) -> Alert:
    return Alert(id=name, rule="r", title="T", channels=channels, matches=(), count=1, first_seen=NOON, last_seen=NOON)


def told(notifiers: dict[str, Notifier], ledger: MatchLedger, alerts: Sequence[Alert]) -> list[Alert | Exception]:
    lanes = Lanes({channel: notifier.send for channel, notifier in notifiers.items()}, patience_s=0.3)
    return [result for _, result in Notify(lanes, ledger)(alerts)]


def reason(result: Alert | Exception) -> str:
    assert isinstance(result, Rejected)
    return f"{result.reason} {result.detail}"


def test_each_channel_has_it_once():
    desk, log, ledger = FakeNotifier(), FakeNotifier(), MatchLedger()
    alert = make_alert()
    for _ in range(3):
        assert told({"desk": desk, "log": log}, ledger, [alert]) == [alert]
    assert (desk.got, log.got) == (["a1"], ["a1"])
    assert ledger.finished == {"a1"}


def test_a_channel_that_is_down_gets_it_at_the_next_run():
    desk, log, ledger = FakeNotifier(errors=[DOWN]), FakeNotifier(), MatchLedger()
    (result,) = told({"desk": desk, "log": log}, ledger, [make_alert()])
    assert reason(result) == "notify-unreachable desk: no answer"
    assert not ledger.finished
    assert log.got == ["a1"]
    assert told({"desk": desk, "log": log}, ledger, [make_alert()]) == [make_alert()]
    assert (desk.got, log.got, ledger.finished) == (["a1"], ["a1"], {"a1"})


def test_a_refusal_ends_it_with_a_failure():
    desk, log, ledger = FakeNotifier(errors=[REFUSED]), FakeNotifier(), MatchLedger()
    (result,) = told({"desk": desk, "log": log}, ledger, [make_alert()])
    assert reason(result) == "notify-refused desk: answered 400"
    assert ledger.finished == {"a1"}
    assert not ledger.delivered("a1", "desk"), "handed in again, it is tried again"


def test_down_and_refused_stays_due():
    channels: dict[str, Notifier] = {"desk": FakeNotifier(errors=[REFUSED]), "log": FakeNotifier(errors=[DOWN])}
    ledger = MatchLedger()
    (result,) = told(channels, ledger, [make_alert()])
    assert reason(result) == "notify-unreachable desk: answered 400; log: no answer"
    assert not ledger.finished


def test_a_channel_that_hangs_holds_up_no_other():
    desk, log, ledger = HangingNotifier(), FakeNotifier(), MatchLedger()
    lanes = Lanes({"desk": desk.send, "log": log.send}, patience_s=0.2)
    alerts = [make_alert(f"a{n}") for n in range(4)]
    results = [result for _, result in Notify(lanes, ledger)(alerts)]
    assert log.got == ["a0", "a1", "a2", "a3"]
    assert {reason(result) for result in results} == {"notify-unreachable desk: no answer within 0.2 s"}
    (again,) = [result for _, result in Notify(lanes, ledger)([make_alert("a9", ("desk",))])]
    assert "still hangs" in reason(again)
    desk.close()
    lanes.hanging["desk"].join(5)
    assert desk.calls == 1, "what has been given up is not sent behind our back"


def test_a_channel_that_is_down_is_left_alone_for_a_batch():
    desk = FakeNotifier(errors=[DOWN] * 100)
    results = told({"desk": desk}, MatchLedger(), [make_alert(f"a{n}", ("desk",)) for n in range(10)])
    assert all(isinstance(result, Rejected) for result in results)
    assert len(desk.errors) == 100 - IN_A_ROW


def test_a_refusal_is_no_reason_to_leave_a_channel_alone():
    desk = FakeNotifier(errors=[REFUSED] * 5)
    told({"desk": desk}, MatchLedger(), [make_alert(f"a{n}", ("desk",)) for n in range(7)])
    assert desk.got == ["a5", "a6"]


def test_an_error_of_our_own_is_not_hidden():
    bug = ValueError("ours")
    ledger = MatchLedger()
    assert told({"desk": FakeNotifier(errors=[bug])}, ledger, [make_alert(channels=("desk",))]) == [bug]
    assert not ledger.finished


@pytest.mark.parametrize("channels", [(), ("gone",)])
def test_channels_that_are_not_there(channels: tuple[str, ...]):
    ledger = MatchLedger()
    (result,) = told({}, ledger, [make_alert(channels=channels)])
    assert isinstance(result, Rejected) is bool(channels)
    assert bool(ledger.finished) is not bool(channels)
