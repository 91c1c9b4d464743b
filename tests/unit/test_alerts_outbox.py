"""From the outbox to the channels: once each, again later, given up visibly, and nobody held up by another."""

import datetime as dt
import time
from collections.abc import Callable

from tests.fakes.alerts import make_notice
from tests.fakes.notifier import FakeNotifier, HangingNotifier
from tests.fakes.office import Office, reason
from tests.fakes.wire import article
from transforms.alerts.backoff import WAITS_S
from transforms.alerts.count import count
from transforms.alerts.deliver import HANGS_S, IN_A_ROW, Lanes
from transforms.alerts.judge import judge
from transforms.alerts.outbox import has_work
from transforms.protocols import NotifyError

DOWN = NotifyError("no answer", transient=True)
REFUSED = NotifyError("answered 400", transient=False)
TWO = [{"id": "desk", "console": True}, {"id": "log", "console": True}]
SECONDS = dt.timedelta(seconds=1)


def until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not reached():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_each_channel_has_it_once():
    office = Office(channels=TWO)
    for _ in range(3):
        office.find("a1")
        office.send(SECONDS)
    assert (office.got("desk"), office.got("log")) == (["a1"], ["a1"])
    assert office.ledger.undelivered() == []
    assert office.desks["desk"].got == ["a1"], "the alert's own id is the key by which a receiver knows it"


def test_it_is_recorded_before_it_is_sent():
    office = Office()
    office.find("a1")
    again = Office()
    again.ledger = office.ledger  # killed here; another process takes it up
    again.send()
    assert again.got() == ["a1"]


def test_killed_between_sending_and_remembering_it_goes_out_again_under_the_same_key():
    office = Office()
    office.find("a1", "a2")
    held = office.ledger.outbox.held
    office.send()
    office.ledger.outbox.held = held | {
        place: item.__class__(**{f: getattr(item, f) for f in item.__slots__} | {"state": "due"})
        for place, item in office.ledger.outbox.held.items()
    }
    office.send()
    assert office.desks["desk"].got == ["a1", "a2", "a1", "a2"]


def test_a_channel_that_is_down_is_tried_again_later_and_later_and_given_up_visibly():
    office = Office(channels=TWO)
    office.desks["desk"].errors += [DOWN] * 100
    office.find("a1")
    (first,) = [result for result in office.send() if isinstance(result, Exception)]
    assert reason(first) == "notify-unreachable desk: no answer (try 1 of 10; again in 5s)"
    assert office.got("log") == ["a1"]
    assert office.send(2 * SECONDS) == [], "not yet"
    for wait in WAITS_S[:-1]:
        (result,) = office.send(wait * SECONDS)
        assert reason(result).startswith("notify-unreachable desk: no answer (try")
    (result,) = office.send(WAITS_S[-1] * SECONDS)
    assert reason(result) == "notify-given-up desk: no answer (tried 10 times)"
    assert office.states("desk") == {"a1 first": "dead"}
    assert office.send(dt.timedelta(days=300)) == []
    assert dt.timedelta(seconds=sum(WAITS_S)) > dt.timedelta(days=3)


def test_what_was_given_up_can_be_taken_up_again():
    office = Office()
    office.desks["desk"].errors += [REFUSED]
    office.find("a1")
    (result,) = office.send()
    assert reason(result) == "notify-refused desk: answered 400"
    assert office.send(dt.timedelta(days=1)) == []
    assert office.ledger.outbox.revive() == 1
    office.send()
    assert office.got() == ["a1"]


def test_a_clock_that_is_set_back_keeps_nothing_waiting():
    office = Office()
    office.desks["desk"].errors += [DOWN] * 3
    office.find("a1")
    office.send()
    office.send(6 * SECONDS)
    office.now -= dt.timedelta(days=365)
    office.find("a2")
    office.send()
    office.send(dt.timedelta(minutes=6))
    assert sorted(office.got()) == ["a1", "a2"]


def test_a_channel_that_hangs_holds_up_no_other():
    office = Office(channels=TWO)
    hanging = HangingNotifier()
    office.lanes = Lanes({"desk": hanging.send, "log": office.desks["log"].send}, patience_s=0.2)
    office.find(*(f"a{n}" for n in range(4)))
    results = office.send()
    assert office.got("log") == ["a0", "a1", "a2", "a3"]
    late = "notify-unreachable desk: no answer within 0.2 s (try 1 of 10; again in 5s)"
    assert sorted(reason(r) for r in results if isinstance(r, Exception)) == [late] * 4
    office.find("a9")
    assert office.got("log")[4:] == []
    office.send(6 * SECONDS)
    assert office.got("log")[4:] == ["a9"]
    thread, _ = office.lanes.hanging["desk"]
    hanging.close()
    thread.join(5)
    assert hanging.calls == 1, "what has been given up is not sent behind our back"
    office.send()
    assert office.states("desk")["a0 first"] == "sent", "it has arrived after all: it is not sent again"
    assert office.states("desk")["a1 first"] == "due"
    office.lanes.senders = {"desk": office.desks["desk"].send}
    office.send(60 * SECONDS)
    assert sorted(office.got("desk")) == ["a1", "a2", "a3", "a9"]


def test_a_look_that_does_not_wait_tells_later_what_became_of_a_slow_channel():
    office = Office(channels=TWO)
    slow = HangingNotifier()
    office.lanes = Lanes({"desk": slow.send, "log": office.desks["log"].send}, patience_s=30, waits_s=0.3)
    office.find("a1")
    began = time.monotonic()
    assert len(office.send()) == 1
    office.find("a2")
    assert len(office.send(SECONDS)) == 1
    assert time.monotonic() - began < 5
    assert office.got("log") == ["a1", "a2"]
    assert office.lanes.busy() == {"desk"}
    assert not office.lanes.has_news()
    assert not has_work(office.ledger, office.rules, office.now + SECONDS), "nothing spins while it is waited for"
    slow.close()
    until(office.lanes.has_news)
    office.send(SECONDS)  # what waited behind it goes out at once
    assert office.states("desk") == {"a1 first": "sent", "a2 first": "sent"}
    assert slow.calls == 2


def test_a_channel_that_was_given_up_gets_another_thread_after_a_while():
    office, now = Office(), [0.0]
    hanging = HangingNotifier()
    office.lanes = Lanes({"desk": hanging.send}, patience_s=10, waits_s=0.1, clock=lambda: now[0] + time.monotonic())
    office.find("a1")
    assert office.send() == []
    now[0] += 11
    assert office.lanes.has_news()
    (result,) = office.send(11 * SECONDS)
    assert reason(result).startswith("notify-unreachable desk: no answer within 10 s (try 1 of 10")
    office.lanes.senders = {"desk": office.desks["desk"].send}
    office.send(60 * SECONDS)
    assert office.got() == []
    now[0] += HANGS_S
    office.send(60 * SECONDS)
    assert office.got() == ["a1"]
    hanging.close()


def test_a_channel_that_is_down_is_left_alone():
    office = Office()
    office.desks["desk"].errors += [DOWN] * 100
    office.find(*(f"a{n}" for n in range(10)))
    assert len(office.send()) == 10
    assert len(office.desks["desk"].errors) == 100 - IN_A_ROW
    office.find("b1")
    assert office.send(SECONDS) == [], "three wait for another try: the others wait as well"
    office.desks["desk"].errors.clear()
    office.send(5 * SECONDS)
    assert len(office.got()) == 11


def test_a_refusal_is_no_reason_to_leave_a_channel_alone():
    office = Office()
    office.desks["desk"].errors += [REFUSED] * 5
    office.find(*(f"a{n}" for n in range(7)))
    office.send()
    assert office.got() == ["a5", "a6"]


def test_an_error_of_our_own_is_not_hidden():
    office = Office()
    bug = ValueError("ours")
    office.desks["desk"].errors += [bug]
    office.find("a1")
    assert office.send() == [bug]
    assert office.states() == {"a1 first": "due"}


def test_a_rule_that_is_no_more_and_a_channel_that_is_not_open():
    office = Office(rules=[{"id": "said", "when": "statement-by", "notify": ["desk"]}])
    office.find("a1")
    office.find("a2", rule="gone")
    office.lanes = Lanes({}, patience_s=5)
    (result,) = office.send()
    assert reason(result).startswith("notify-unreachable desk: no channel of that name is open")
    office.rules = Office(channels=[{"id": "log", "console": True}]).rules
    office.send(SECONDS)
    assert office.states() == {"a1 first": "dead"}


def test_whether_there_is_work_is_asked_of_the_ledger_alone():
    counts = {"id": "often", "when": "mention", "type": "frequency", "num_events": 1, "timeframe": "1h", "notify": []}
    office = Office(rules=[{"id": "said", "when": "statement-by"}, counts])
    assert not has_work(office.ledger, office.rules, office.now)
    office.find("a1")
    assert has_work(office.ledger, office.rules, office.now)
    office.desks["desk"].errors += [DOWN]
    office.send()
    assert not has_work(office.ledger, office.rules, office.now + SECONDS)
    assert has_work(office.ledger, office.rules, office.now + 6 * SECONDS)
    office.send(6 * SECONDS)
    assert not has_work(office.ledger, office.rules, office.now)
    office.ledger.conclude("", *judge(article(0), office.rules))
    assert has_work(office.ledger, office.rules, office.now)
    count(office.ledger, office.rules, office.now)
    assert not has_work(office.ledger, office.rules, office.now)


def test_lanes_tell_what_became_of_each_notice():
    desk = FakeNotifier(errors=[DOWN])
    sent = list(Lanes({"desk": desk.send}).deliver({"desk": [make_notice(), make_notice(id="n2")]}))
    assert [(one.notice.id[:2], one.error, one.tried) for one in sent] == [("aa", DOWN, True), ("n2", None, True)]
