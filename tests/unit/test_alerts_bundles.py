"""When a channel is told and of how much at once: groups, digests, limits, mute times, silences, repeats."""

import dataclasses as dc
import datetime as dt
from typing import Any

import pytest

from schemas.delivery import Digest, TimeInterval
from schemas.kept import Silence
from tests.fakes.office import Office
from tests.fakes.records import NOON
from transforms.alerts.waits import waits
from transforms.protocols import NotifyError

SECOND, MINUTE, HOUR, DAY = (dt.timedelta(seconds=n) for n in (1, 60, 3600, 86400))


def desk(**keys: Any) -> list[dict[str, Any]]:
    return [{"id": "desk", "console": True} | keys]


def rule(**keys: Any) -> list[dict[str, Any]]:
    return [{"id": "said", "when": "statement-by"} | keys]


def test_a_group_waits_for_others_and_then_for_its_interval():
    office = Office(channels=desk(group_by="actors"))
    office.find("a1")
    office.find("b1", actors=("karst",))
    assert office.send(29 * SECOND) == []
    office.find("a2")
    office.send(1 * SECOND)
    assert sorted(office.got()) == ["2 alerts: a1 a2", "b1"]
    office.find("a3")
    assert office.send(MINUTE) == [], "five minutes between two notices of a group"
    office.send(4 * MINUTE)
    assert office.got()[2:] == ["a3"]


def test_a_group_does_not_use_up_what_tells_again_later():
    steps = [{"after": "2h", "notify": ["desk"]}]
    office = Office(rules=rule(repeat_interval="1h", repeat_times=1, escalate=steps), channels=desk(group_by="all"))
    office.find("a1")
    for after in (MINUTE, HOUR, HOUR):
        office.send(after)
    assert office.got() == ["a1", "Again (1): a1", "Nobody has silenced this in 2h: a1"]


def test_the_last_look_waits_for_no_group_but_keeps_its_interval():
    office = Office(rules=rule(repeat_interval="1h"), channels=desk(group_by="all", group_wait="1m"))
    office.find("a1", "a2")
    office.send(last=True)
    assert office.got() == ["2 alerts: a1 a2"]
    assert waits(office.ledger, office.rules, office.now) == [], "what tells again later is no notice that waits"
    office.find("a3")
    office.send(SECOND, last=True)
    assert office.got() == ["2 alerts: a1 a2"]
    until = office.now + 5 * MINUTE
    assert waits(office.ledger, office.rules, office.now) == [("desk", 1, until, "its group was told of a moment ago")]
    office.send(5 * MINUTE)
    assert office.got()[1:] == ["a3"]


def test_a_group_need_not_wait():
    office = Office(channels=desk(group_by="all", group_wait="0s"))
    office.find("a1", "a2")
    office.send()
    assert office.got() == ["2 alerts: a1 a2"]


def test_what_waits_says_until_when_and_why():
    now = [{"id": "noon", "times": "11:00-14:30"}, {"id": "always", "times": "00:00-24:00"}]
    channels = [
        {"id": "muted", "console": True, "mute_time_intervals": ["noon"]},
        {"id": "mail", "console": True, "digest": {"every": "1d"}},
        {"id": "never", "console": True, "mute_time_intervals": ["always"]},
        {"id": "busy", "console": True, "limit": {"notices": 1, "every": "2h"}},
        {"id": "down", "console": True},
    ]
    office = Office(channels=channels, time_intervals=now)
    office.desks["down"].errors = [NotifyError("no answer", transient=True)]
    office.find("a1")
    office.send(last=True)
    office.find("a2")
    office.send(SECOND, last=True)
    midnight = NOON.replace(hour=0) + DAY
    assert waits(office.ledger, office.rules, office.now) == [
        ("down", 1, NOON + 5 * SECOND, "it could not be sent"),
        ("muted", 2, NOON.replace(hour=14, minute=30), "a mute time"),
        ("never", 2, None, "a mute time"),
        ("busy", 1, office.now + 2 * HOUR, "the channel's limit"),
        ("mail", 2, midnight, "the digest"),
    ]


def test_all_of_a_channel_and_a_story_can_be_a_group():
    office = Office(channels=desk(group_by="all", group_wait="1m"))
    office.find("a1", "a2", actors=("karst",))
    office.find("a3")
    office.send(MINUTE)
    assert office.got() == ["3 alerts: a1 a2 a3"]
    by_story = Office(channels=desk(group_by=["story", "rule"]))
    by_story.find("a1", "a2")
    by_story.send(HOUR)
    assert by_story.got() == ["a1", "a2"]


def test_a_digest():
    office = Office(channels=desk(digest={"every": "1h"}))
    office.find("a1")
    office.send(10 * MINUTE)
    office.find("a2")
    office.send(49 * MINUTE)
    assert office.got() == []
    office.send(MINUTE)
    assert office.got() == ["Digest of 2 alerts: a1 a2"]
    office.send(DAY)
    assert len(office.got()) == 1, "of nothing there is no digest"


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2025-03-28T12:00+00:00", "2025-03-29T06:30+00:00"),
        ("2025-03-29T12:00+00:00", "2025-03-30T05:30+00:00"),
        ("2025-03-30T05:30+00:00", "2025-03-31T05:30+00:00"),
        ("2025-10-25T12:00+00:00", "2025-10-26T06:30+00:00"),
    ],
)
def test_a_digest_at_a_time_of_day_is_by_the_clocks_there(moment: str, due: str):
    digest = Digest(at="07:30", location="Europe/Prague")
    assert digest.after(dt.datetime.fromisoformat(moment)) == dt.datetime.fromisoformat(due)


@pytest.mark.parametrize("at", ["02:30", "03:30", "00:00"])
def test_a_digest_is_due_once_each_day_also_where_the_hour_is_missing_or_double(at: str):
    digest = Digest(at=at, location="Europe/Prague")
    moment = digest.after(dt.datetime(2025, 3, 1, tzinfo=dt.timezone.utc))
    gaps = []
    for _ in range(300):
        gaps.append((digest.after(moment) - moment) / HOUR)
        moment = digest.after(moment)
    assert sorted(gaps) == [23, *([24] * 298), 25]


def test_a_limit_says_what_it_held_back():
    office = Office(channels=desk(limit={"notices": 3, "every": "1h"}))
    office.find(*(f"a{n}" for n in range(7)))
    office.send()
    assert office.got() == ["a0", "a1", "5 alerts in one: no more than 3 notices in 1h: a2 a3 a4 a5 a6"]
    office.find("b1", "b2")
    assert office.send(10 * MINUTE) == []
    office.find("b3")
    assert office.send(10 * MINUTE) == []
    office.send(41 * MINUTE)
    assert office.got()[3:] == ["3 alerts in one: no more than 3 notices in 1h: b1 b2 b3"]
    office.find("c1")
    office.send(HOUR)
    assert office.got()[4:] == ["c1"]


def test_a_limit_and_a_clock_that_is_set_back():
    office = Office(channels=desk(limit={"notices": 1}))
    office.find("a1")
    office.send()
    office.find("a2")
    office.send()
    office.now -= 365 * DAY
    office.send(MINUTE)
    assert office.got() == ["a1", "a2"]


def test_what_came_while_muted_comes_together_afterwards():
    nights = {"id": "nights", "times": "22:00-07:00", "location": "UTC"}
    office = Office(channels=desk(mute_time_intervals="nights"), time_intervals=[nights])
    office.now = NOON + 11 * HOUR
    office.find("a1")
    assert office.send() == []
    office.find("a2")
    assert office.send(7 * HOUR + 59 * MINUTE) == []
    office.send(MINUTE)
    assert office.got() == ["2 alerts while muted: a1 a2"]


@pytest.mark.parametrize(
    ("interval", "moment", "holds"),
    [
        ({"times": "22:00-07:00"}, "2025-02-14T23:00", True),
        ({"times": "22:00-07:00"}, "2025-02-14T07:00", False),
        ({"times": ["09:00-12:00", "13:00-24:00"]}, "2025-02-14T23:59", True),
        ({"times": ["09:00-12:00", "13:00-24:00"]}, "2025-02-14T12:30", False),
        ({"times": "22:00-07:00", "weekdays": "friday"}, "2025-02-15T03:00", True),
        ({"times": "22:00-07:00", "weekdays": "friday"}, "2025-02-14T03:00", False),
        ({"weekdays": ["saturday:monday"]}, "2025-02-16T12:00", True),
        ({"weekdays": ["saturday:monday"]}, "2025-02-18T12:00", False),
        ({"times": "22:00-07:00", "location": "Asia/Tokyo"}, "2025-02-14T14:00", True),
        ({"times": "02:00-03:00", "location": "Europe/Prague"}, "2025-10-26T01:30", True),
        ({"times": "02:00-03:00", "location": "Europe/Prague"}, "2025-03-30T01:30", False),
    ],
)
def test_times_of_the_week(interval: dict[str, Any], moment: str, *, holds: bool):
    now = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.timezone.utc)
    assert TimeInterval.model_validate({"id": "x"} | interval).holds(now) is holds


def test_active_times():
    days = {"id": "days", "times": "08:00-18:00"}
    office = Office(channels=desk(active_time_intervals=["days"]), time_intervals=[days])
    office.find("a1")
    office.now = NOON + 8 * HOUR
    assert office.send() == []
    office.send(12 * HOUR)
    assert office.got() == ["a1"]


def silence(**fields: Any) -> Silence:
    return Silence(**({"id": "s1", "starts": NOON, "ends": NOON + HOUR} | fields))


@pytest.mark.parametrize(
    ("fields", "silent"),
    [
        ({}, True),
        ({"rule": "said"}, True),
        ({"rule": "other"}, False),
        ({"actor": "velden"}, True),
        ({"actor": "karst"}, False),
        ({"alert": "a1"}, True),
        ({"alert": "a2"}, False),
        ({"outlet": "the post"}, True),
        ({"outlet": "The Times"}, False),
        ({"starts": NOON + MINUTE}, False),
        ({"ends": NOON}, False),
    ],
)
def test_silences(fields: dict[str, Any], *, silent: bool):
    office = Office()
    office.ledger.outbox.silence(silence(**fields))
    office.find("a1")
    office.send()
    assert office.states() == {"a1 first": "silenced" if silent else "sent"}


def test_a_silence_ends_by_itself_and_what_fell_into_it_is_not_sent_later():
    office = Office()
    office.ledger.outbox.silence(silence(rule="said"))
    office.find("a1")
    office.send(59 * MINUTE)
    office.find("a2")
    office.send(2 * MINUTE)
    assert office.got() == ["a2"]


def test_a_rule_inhibits_another_about_the_same_actors():
    rules = [*rule(), *rule(id="spike", notify=[])]
    office = Office(rules=rules, inhibit_rules=[{"source": "spike", "target": "said", "within": "30m"}])
    office.find("a1", seen=NOON - HOUR)
    office.find("x", rule="spike")
    office.find("a2")
    office.find("a3", actors=("karst",))
    office.find("x2", rule="spike")
    office.send()
    assert office.states() == {"a1 first": "sent", "a2 first": "inhibited", "a3 first": "sent"}


def test_an_alert_is_repeated_until_it_is_silenced():
    office = Office(rules=rule(repeat_interval="4h", repeat_times=2))
    office.find("a1", "b1")
    for _ in range(30):
        office.send(30 * MINUTE)
        if office.now == NOON + 5 * HOUR:
            office.ledger.outbox.silence(silence(alert="b1", ends=office.now + DAY))
    assert office.got() == ["a1", "b1", "Again (1): a1", "Again (1): b1", "Again (2): a1"]


def test_an_alert_is_escalated_unless_somebody_silences_it():
    channels = [*desk(), {"id": "boss", "console": True}]
    office = Office(rules=rule(notify=["desk"], escalate=[{"after": "1h", "notify": "boss"}]), channels=channels)
    office.find("a1", "a2")
    office.send(MINUTE)
    office.ledger.outbox.silence(silence(alert="a2", ends=NOON + DAY))
    assert office.got("boss") == []
    office.send(HOUR)
    assert (office.got(), office.got("boss")) == (["a1", "a2"], ["Nobody has silenced this in 1h: a1"])


def test_an_alert_that_grows_is_told_again_where_the_rule_says_so():
    office = Office(rules=rule(group_interval="5m"))
    office.find("a1")
    office.send()
    office.find("a1")
    office.send(HOUR)
    assert office.got() == ["a1"], "nothing new"
    office.find("a1", record="s2")
    assert office.send(4 * MINUTE) == []
    office.find("a1", record="s3")
    office.send(MINUTE)
    assert office.got() == ["a1", "Update: a1"]
    assert office.desks["desk"].notices[1].alerts[0].count == 3
    office.find("a1", record="s4")
    office.send(5 * MINUTE)
    office.send(DAY)
    assert office.got() == ["a1", "Update: a1", "Update: a1"]
    assert len(set(office.desks["desk"].got)) == 3, "each has a key of its own"


def test_without_that_it_grows_in_the_index_alone():
    office = Office()
    office.find("a1")
    office.send()
    office.find("a1", record="s2")
    office.send(DAY)
    assert office.got() == ["a1"]


def test_a_notice_is_tried_again_as_it_was():
    office = Office(channels=desk(group_by="all"))
    office.desks["desk"].errors += [NotifyError("no answer", transient=True)]
    office.find("a1", "a2")
    office.send(MINUTE)
    office.find("a3")
    office.send(10 * SECOND)
    office.send(6 * MINUTE)
    assert office.got() == ["2 alerts: a1 a2", "a3"]
    held = office.ledger.outbox.items("a1")[0]
    assert held.bundle == office.desks["desk"].got[0]


def test_an_item_says_why_it_waits():
    office = Office(channels=desk(limit={"notices": 1}))
    office.find("a1")
    office.send()
    office.find("a2")
    office.send(MINUTE)
    (item,) = office.ledger.outbox.items("a2")
    assert dc.replace(item, wait=MINUTE) == item
    assert (item.detail, item.state) == ("held back", "due")
