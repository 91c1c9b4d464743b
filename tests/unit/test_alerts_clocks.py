"""Every sort of rule, by a clock that is set forward and back, in the nights of summer time, and by feeds that are a
year ahead: no rule fires wrongly, and none falls silent."""

import dataclasses as dc
import datetime as dt
from collections import Counter
from typing import Any

import pytest

from schemas.records import Reading
from tests.fakes.records import make_event, make_mention, make_speaker, make_statement
from tests.fakes.wire import Wire, article, at

LOUD: dict[str, dict[str, Any]] = {
    "mention": {"when": "mention", "filters": {"outlets": {"only": "C"}}},
    "statement-by": {"when": "statement-by"},
    "statement-about": {"when": "statement-about"},
    "event": {"when": "event"},
    "together": {"when": "together", "in": "document"},
    "words": {"when": "words", "words": ["grain"], "in": "statements"},
    "throttled": {"when": "statement-by", "throttle": "1h"},
    "frequency": {"type": "frequency", "num_events": 12, "timeframe": "1h"},
    "spike": {"type": "spike", "spike_height": 3, "threshold_cur": 12, "timeframe": "1h"},
    "new_term": {"type": "new_term", "field": "outlet"},
    "change": {"type": "change", "when": "statement-by", "timeframe": "1d"},
    "cardinality": {"type": "cardinality", "max_cardinality": 2, "timeframe": "1h"},
}
"""What a burst of news sets off, and nothing else does."""

STILL: dict[str, dict[str, Any]] = {
    "flatline": {"type": "flatline", "timeframe": "1h"},
    "few": {"type": "cardinality", "min_cardinality": 2, "timeframe": "1h"},
    "down": {"type": "spike", "spike_type": "down", "spike_height": 3, "threshold_ref": 2, "timeframe": "1h"},
}
"""What silence sets off."""

YEAR = 365 * 24 * 60
JUMPS = [YEAR, -YEAR, 90, -90, 10, -10]
STEP = 5
BURST = 425
"""Its minutes lie in one hour whatever the jump: windows have fixed edges."""

Found = dict[str, set[str]]


def hum(minute: int, skew: float, **fields: Any) -> list[Reading]:
    """What comes all the time: an article every 25 minutes, in two outlets by turns."""
    if minute % 25:
        return []
    return [article(minute + skew, outlet="AB"[minute // 25 % 2], name=f"hum {minute}", **fields)]


def burst(skew: float, **fields: Any) -> list[Reading]:
    """Much news at once, in four outlets, with all that rules look for."""
    found = []
    for n in range(16):
        said, cue = ("We sold the grain to the ports", "deny" if n % 2 else "confirm")
        reading = article(BURST - n / 4 + skew, said=said, cue=cue, outlet="ABCD"[n % 4], name=f"burst {n}", **fields)
        document = reading.document
        karst = make_mention(document, "karst", start=40)
        about = make_statement(document, "Velden came.", make_speaker("Karst", "karst"), start=80, about=("velden",))
        event = make_event(document, "meet", agents=("velden",))
        statements, mentions = (*reading.statements, about), (*reading.mentions, karst)
        found.append(dc.replace(reading, statements=statements, mentions=mentions, events=(event,)))
    return found


class Day:
    """A day of news under rules of every sort, by a clock that shows `skew` minutes more than it should."""

    def __init__(self, start: float = 0, **fields: Any) -> None:
        rules = [{"id": name} | rule for name, rule in (LOUD | STILL).items()]
        self.wire = Wire(*rules, watches=False)
        self.wire.ledger.tally.rules.clear()
        self.minute, self.start, self.fields = 0, start, fields
        self.found: Found = {}

    def live(self, until: int, skew: float = 0, *, hums: bool = True) -> Counter[str]:
        """Let the time pass; returns how many alerts there are that were not there before, by rule."""
        while self.minute < until:
            readings = hum(self.minute, self.start + skew, **self.fields) if hums else []
            if self.minute == BURST:
                readings = burst(self.start + skew, **self.fields)
            self.wire.read(*readings)
            alerts = self.wire.look(self.start + self.minute + skew, watched=False)
            self.minute += STEP
        before = {name for names in self.found.values() for name in names}
        new = Counter(alert.rule for alert in alerts if alert.id not in before)
        for alert in alerts:
            self.found.setdefault(alert.rule, set()).add(alert.id)
        return new


def usual() -> list[Counter[str]]:
    """What such a day brings by a good clock: while it hums, at the burst, in the silence."""
    day = Day()
    return [day.live(180), day.live(300), day.live(BURST), day.live(BURST + STEP), day.live(660, hums=False)]


def test_a_usual_day():
    first, second, third, loud, still = usual()
    assert first == {"new_term": 2}
    assert second == third == {}
    assert loud.keys() == LOUD.keys()
    assert {name: number for name, number in still.items() if name in STILL} == dict.fromkeys(STILL, 2), (
        "of each of the two"
    )


@pytest.mark.parametrize("right_again", [True, False])
@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_that_is_set(jump: int, *, right_again: bool):
    day, expected = Day(), usual()
    assert day.live(180) == expected[0]
    assert day.live(300, jump) == {}, "an article every 25 minutes, whatever the clock says"
    skew = 0 if right_again else jump
    assert day.live(BURST, skew) == {}
    assert day.live(BURST + STEP, skew) == expected[3]
    assert day.live(660, skew, hums=False) == expected[4]


@pytest.mark.parametrize("published", [at(YEAR), at(-YEAR)])
def test_a_feed_whose_clock_is_a_year_ahead_or_behind(published: dt.datetime):
    found = [Day(), Day(published=published)]
    for day in found:
        day.live(BURST + STEP)
        day.live(660, hums=False)
    assert found[0].found == found[1].found


@pytest.mark.parametrize("night", ["2025-03-29T23:00", "2025-10-25T22:00"])
def test_the_nights_of_summer_time(night: str):
    start = (dt.datetime.fromisoformat(f"{night}+00:00") - at(0)) / dt.timedelta(minutes=1)
    day = Day(start)
    found = [day.live(180), day.live(300), day.live(BURST), day.live(BURST + STEP), day.live(660, hums=False)]
    assert found == usual()


def test_a_clock_that_was_a_year_ahead_at_the_first_start():
    day, expected = Day(), usual()
    day.live(20, YEAR)
    day.live(300)
    assert day.live(BURST) == {}
    assert day.live(BURST + STEP) == expected[3]
    assert day.live(660, hums=False) == expected[4]


def test_a_clock_that_is_set_back_behind_what_was_forgotten():
    wire = Wire({"type": "frequency", "num_events": 3, "timeframe": "1h"})
    days = 24 * 60
    wire.watch(0, 100 * days)
    wire.read(article(0))
    wire.look(1)
    wire.read(article(99 * days))
    wire.look(99 * days + 1)  # what is older than a month is forgotten
    wire.look(10 * days, watched=False)
    wire.read(*(article(10 * days + n, name=f"n{n}") for n in range(3)))
    assert wire.found(10 * days + 5, watched=False) == [f"velden {10 * days}-{10 * days + 2} x3"]
