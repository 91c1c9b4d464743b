"""Silence and spikes, by a clock that is set forward and back, is switched off, or lies in the feed."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.fakes.wire import Wire, article, at
from transforms.alerts.horizon import Horizon, after, back, covered, joined

QUIET = {"type": "flatline", "timeframe": "1h"}
SPIKE = {"type": "spike", "timeframe": "1h", "spike_height": 3, "threshold_cur": 3}
HOUR, DAY, YEAR = 60, 24 * 60, 365 * 24 * 60


def test_silence_is_told_once_and_anew_after_the_next_word():
    wire = Wire(QUIET)
    wire.read(article(5), article(50))
    assert wire.found(109) == []
    assert wire.found(111) == ["velden 50-50 x1"]
    assert wire.found(900) == ["velden 50-50 x1"]
    wire.read(article(950))
    assert wire.found(1000) == ["velden 50-50 x1"]
    assert wire.found(1011) == ["velden 50-50 x1", "velden 950-950 x1"]
    assert wire.look(1011)[0].title == "velden: quiet for 1h; last: velden came.".replace("velden:", "Velden:", 1)


def test_fewer_than_the_threshold_is_quiet():
    wire = Wire(QUIET | {"threshold": 2})
    wire.read(article(0), article(10), article(55))
    assert wire.found(69) == []
    assert wire.found(71) == ["velden 10-10 x1"], "from the 11th to the 70th minute there was one"
    assert wire.found(500) == ["velden 10-10 x1"]


def test_one_who_is_quiet_again_and_again_is_told_of_once_a_throttle():
    wire = Wire(QUIET | {"throttle": "1d"})
    wire.read(article(0), article(90), article(300))
    assert wire.found(700) == ["velden 0-300 x3"]


def test_an_outlet_and_a_feed_gone_quiet():
    wire = Wire(QUIET | {"when": "article", "query_key": "outlet"}, QUIET | {"when": "article", "query_key": "feed"})
    wire.read(article(0, outlet="A"), article(1, outlet="B"), article(55, outlet="B"))
    assert wire.found(62) == ["A 0-0 x1"]
    assert wire.found(120) == ["A 0-0 x1", "B 55-55 x1", "https://a.test/feed 55-55 x1"]


def test_too_few_outlets():
    wire = Wire({"type": "cardinality", "min_cardinality": 2, "timeframe": "1h"})
    wire.read(article(0, outlet="A"), article(10, outlet="B"), article(40, outlet="B"), article(80, outlet="B"))
    assert wire.found(90) == ["velden 0-0 x1"]


def test_an_article_that_is_still_to_be_read_holds_up_what_it_could_take_back():
    wire = Wire(QUIET)
    late = article(40)
    wire.read(article(0))
    wire.wait_for(late)
    assert wire.found(100) == []
    wire.read(late)
    assert wire.found(101) == ["velden 40-40 x1"]


def test_looks_that_come_often_hear_the_silence_too():
    wire = Wire(QUIET)
    wire.read(article(0))
    wire.wait_for(article(95, name="unread"))
    for n in range(20 * 65):
        found = wire.found(n / 20)
        if n == 20 * 50:
            wire.read(article(96, name="ahead"))  # not to be counted yet, and there all the time
    assert found == ["velden 0-0 x1"]


def test_but_not_for_ever():
    wire = Wire(QUIET | {"late": "2h"})
    wire.read(article(0))
    wire.wait_for(article(40))
    assert wire.found(175) == []
    assert wire.found(185) == ["velden 0-0 x1"]


def test_nobody_was_quiet_while_newswatch_was_off():
    wire = Wire(QUIET)
    wire.read(article(0))
    assert wire.found(30) == []
    wire.watch(600, 600)
    assert wire.found(610) == []
    wire.read(article(615))
    assert wire.found(670) == []
    assert wire.found(676) == ["velden 615-615 x1"]


def test_and_the_silence_from_before_goes_on():
    wire = Wire(QUIET)
    wire.read(article(0))
    wire.look(30)
    wire.watch(600, 600)
    assert wire.found(629) == []
    assert wire.found(631) == ["velden 0-0 x1"]


def test_a_run_every_quarter_of_an_hour_watches_as_well():
    wire = Wire(QUIET, watches=False)
    wire.read(article(0))
    for minutes in range(0, 75, 15):
        found = wire.found(minutes, watched=False)
    assert found == ["velden 0-0 x1"]


@pytest.mark.parametrize("jump", [YEAR, -YEAR, 90, -90, 10, -10])
def test_a_clock_that_is_set_makes_nobody_quiet_and_nobody_missed(jump: int):
    often = {"type": "frequency", "num_events": 5, "timeframe": "1h"}
    wire = Wire(QUIET, often, SPIKE | {"threshold_cur": 5}, watches=False)
    minute = 0

    def live(until: int, skew: int, every: int) -> list[str]:
        nonlocal minute
        while minute < until:
            if minute % every == 0:
                wire.read(article(minute + skew))
            found = wire.found(minute + skew, watched=False)
            minute += 1
        return found

    assert live(180, 0, 50) == []
    assert live(300, jump, 50) == [], "an article each 50 minutes, whatever the clock says"
    assert live(420, 0, 50) == [], "and set right again"
    quiet = live(540, 0, 1000)
    assert len(quiet) == 1, "silence is heard"
    wire.read(*(article(minute + n, name=f"n{n}") for n in range(5)))
    minute += 5
    assert sorted(set(live(minute + 1, 0, 1000)) - set(quiet)) == ["velden 540-544 x5"], "and so are many at once"


def test_a_feed_whose_clock_is_a_year_ahead_or_behind_changes_nothing():
    found = []
    for published in (None, at(YEAR), at(-YEAR)):
        wire = Wire({"type": "frequency", "num_events": 2, "timeframe": "1h"}, QUIET, SPIKE)
        wire.watch(-600, 0)
        wire.read(*(article(n, published=published) for n in (0, 20, 40)))
        found.append([(a.id, a.count, a.first_seen) for a in wire.look(200)])
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 2


def test_a_date_to_come_does_not_stand_first_or_last():
    wire = Wire({"type": "frequency", "num_events": 2, "timeframe": "1h"})
    wire.read(article(0, published=at(YEAR), name="ahead"), article(5, published=at(3), name="right"))
    (alert,) = wire.look(10)
    assert [match.origin.document for match in alert.matches] == ["ahead", "right"]


@pytest.mark.parametrize("night", ["2025-03-30", "2025-10-26"])
def test_the_nights_in_which_the_hour_changes(night: str):
    midnight = dt.datetime.fromisoformat(night).replace(tzinfo=ZoneInfo("Europe/Prague"))
    wire = Wire(QUIET, {"type": "frequency", "num_events": 5, "timeframe": "1h"}, SPIKE, watches=False)
    start = (midnight.astimezone(dt.timezone.utc) - at(0)) / dt.timedelta(minutes=1)
    for minutes in range(0, 360, 5):
        if minutes % 30 == 0:
            wire.read(article(start + minutes))
        assert wire.found(start + minutes, watched=False) == []
    for minutes in range(360, 420, 5):
        found = wire.found(start + minutes, watched=False)
    assert len(found) == 1


def test_a_spike_is_against_one_s_own_past():
    wire = Wire(SPIKE)
    wire.read(*(article(n, "karst") for n in range(0, 60, 12)), article(30))
    wire.read(*(article(n, "karst") for n in range(61, 120, 12)))
    assert wire.found(120) == []
    wire.read(*(article(n) for n in (121, 122, 123)), *(article(n, "karst") for n in range(122, 160, 4)))
    assert wire.found(170) == ["velden 121-123 x3"], "twice as much of Karst is no spike; of Velden anything is"


def test_a_spike_needs_a_past_that_was_watched():
    wire = Wire(SPIKE)
    wire.read(article(1), article(2), article(3))
    assert wire.found(10) == []
    wire = Wire(SPIKE)
    wire.look(200)
    wire.watch(900, 900)
    wire.read(*(article(900 + n, name=f"n{n}") for n in range(9)))
    assert wire.found(910) == [], "after a night switched off everything is new at once"


def test_a_rule_is_counted_from_its_first_pass_and_not_from_its_first_hit():
    wire = Wire(SPIKE, watches=False)
    wire.ledger.tally.rules.clear()
    for minutes in range(0, 125, 5):
        assert wire.found(minutes, watched=False) == []
    wire.read(*(article(n) for n in (121, 122, 123)))
    assert wire.found(124, watched=False) == ["velden 121-123 x3"]


def test_a_longer_reference_and_its_least():
    rule = SPIKE | {"reference": "5h", "threshold_ref": 2}
    wire = Wire(rule)
    wire.watch(0, 1000)
    wire.read(article(100), *(article(n) for n in (500, 501, 502)), *(article(n, "karst") for n in (100, 200)))
    wire.read(*(article(n, "karst") for n in (500, 501, 502)))
    assert wire.found(600) == []
    wire = Wire(rule)
    wire.watch(0, 1000)
    wire.read(*(article(n) for n in (210, 300, 500, 501, 502)))
    assert wire.found(600) == ["velden 500-502 x3"]


def test_a_spike_down():
    wire = Wire(SPIKE | {"spike_type": "down"})
    wire.read(*(article(n) for n in range(0, 60, 10)), article(90))
    assert wire.found(100) == []
    (alert,) = wire.look(120)
    assert (alert.count, alert.title.startswith("Spike")) == (6, True)


def test_horizons():
    spans = [(at(0), at(10)), (at(20), at(40))]
    assert covered(spans, at(5), at(25)) == dt.timedelta(minutes=10)
    assert after(spans, at(5), dt.timedelta(minutes=5)) == at(10)
    assert after(spans, at(5), dt.timedelta(minutes=6)) == at(21)
    assert after(spans, at(5), dt.timedelta(minutes=26)) is None
    assert back(spans, at(30), dt.timedelta(minutes=12)) == at(8)
    assert back(spans, at(30), dt.timedelta(minutes=21)) is None
    half = dt.timedelta(minutes=30)
    assert joined(spans, half, at(-5)) == [(at(0), at(40))], "a pause of ten minutes is none"
    assert joined([*spans, (at(60), at(61))], half, at(15)) == [(at(20), at(40)), (at(60), at(61))]
    assert joined(spans, half, at(50)) == []
    assert Horizon(at(50), start=at(5)).is_open(at(5))
    assert not Horizon(at(50), start=at(5)).is_open(at(4))
