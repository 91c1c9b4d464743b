"""Rules that count: what fires them, and that order, copies, late articles and replays do not show."""

import datetime as dt
import random
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.codec import to_json
from tests.fakes.wire import Wire, article
from transforms.alerts.counting import alike
from transforms.alerts.judge import judge

OFTEN = {"type": "frequency", "num_events": 3, "timeframe": "1h"}
HOUR = 60


def test_frequency_counts_within_the_timeframe_for_each_actor():
    wire = Wire(OFTEN)
    wire.read(article(0), article(30), article(61), article(10, "karst"), article(20, "karst"), article(90, "karst"))
    assert wire.found(100) == []
    wire.read(article(62))
    assert wire.found(100) == ["velden 30-62 x3"]


def test_the_timeframe_slides_so_that_no_burst_is_cut_in_two():
    wire = Wire(OFTEN)
    wire.read(article(58), article(59), article(61))
    assert wire.found(62) == ["velden 58-61 x3"]


def test_a_burst_that_goes_on_is_one_alert_a_window_that_grows():
    wire = Wire(OFTEN)
    wire.read(*(article(n) for n in range(0, 50, 10)))
    assert wire.found(50) == ["velden 0-40 x5"]
    wire.read(article(55))
    assert wire.found(56) == ["velden 0-55 x6"]
    wire.read(article(61))
    assert wire.found(62) == ["velden 0-55 x6", "velden 10-61 x6"]


def test_copies_of_a_story_count_once_unless_the_rule_says_otherwise():
    wire = Wire(OFTEN, OFTEN | {"count": "articles"})
    wire.read(*(article(n, story="wire", outlet=f"O{n}") for n in range(4)))
    assert [(a.rule, a.outlets) for a in wire.look(10)] == [("r1", ("O0", "O1", "O2", "O3"))]


@pytest.mark.parametrize(
    ("key", "found"),
    [("outlet", ["The Post 0-2 x3"]), ("feed", ["https://a.test/feed 0-2 x3"]), ("rule", ["hale karst velden 0-2 x3"])],
)
def test_what_is_counted_together(key: str, found: list[str]):
    wire = Wire(OFTEN | {"query_key": key})
    wire.read(article(0), article(1, "karst"), article(2, "hale"))
    assert wire.found(5) == found


def test_any_article_can_be_counted():
    wire = Wire(OFTEN | {"when": "article", "query_key": "outlet", "filters": {"outlets": {"not": "Spam"}}})
    wire.read(*(article(n, outlet="Spam") for n in range(5)), *(article(n) for n in range(3)))
    (alert,) = wire.look(5)
    assert (alert.outlets, alert.title) == (
        ("The Post",),
        "Often (3 matches, 3 articles): The Post: Talks at Port Ellery",
    )
    assert alert.reason == "rule r0: article, frequency num_events 3 timeframe 1h, confidence 1"


def test_cardinality_counts_different_outlets():
    wire = Wire({"type": "cardinality", "max_cardinality": 2, "timeframe": "1h"})
    wire.read(*(article(n, outlet=outlet) for n, outlet in enumerate(["A", "B", "a", "B"])))
    assert wire.found(10) == []
    wire.read(article(20, outlet="C", story="story velden 0 "))
    assert wire.found(21) == ["velden 0-20 x5"]


def test_new_terms_are_told_once_whenever_they_come():
    words = {"type": "new_term", "field": "words", "when": "words", "in": "statements", "words": ["peace", "war*"]}
    wire = Wire(words | {"actors": "any"})
    wire.read(article(0, said="No peace."), article(1, said="Peace, and war."), article(2, "karst", said="Warships."))
    assert [(a.actors, a.count) for a in wire.look(3)] == [(("velden",), 2), (("velden",), 1), (("karst",), 1)]
    wire.read(article(500, said="PEACE!"))
    assert len(wire.look(501)) == 3


def test_first_co_mention_and_first_outlet():
    pair = {"type": "new_term", "field": "actors", "when": "together", "in": "document"}
    wire = Wire({"type": "new_term", "field": "outlet"}, pair)
    one = article(0)
    both = article(1, name="both")
    two = dc_mentions(both, "karst")
    wire.read(one, two, dc_mentions(article(2, name="again"), "karst"))
    assert sorted((a.rule, a.actors) for a in wire.look(3)) == [
        ("r0", ("karst",)),
        ("r0", ("velden",)),
        ("r1", ("karst", "velden")),
    ]


def dc_mentions(reading: Any, other: str) -> Any:
    import dataclasses as dc

    from tests.fakes.records import make_mention

    return dc.replace(reading, mentions=(*reading.mentions, make_mention(reading.document, other, start=40)))


def test_what_is_met_while_learning_is_known():
    wire = Wire({"type": "new_term", "field": "outlet", "learn": "1h"})
    wire.read(article(0, outlet="A"), article(90, outlet="A"), article(91, outlet="B"))
    assert wire.found(100) == ["velden 91-91 x1"]


def test_only_the_first_hits_of_a_term_are_kept():
    wire = Wire({"type": "new_term", "field": "outlet"})
    wire.read(*(article(n) for n in range(60)))
    assert wire.found(70) == ["velden 0-19 x20"]
    assert len(wire.ledger.tally.all_hits) == 40
    wire.read(article(-5))
    assert wire.found(71) == ["velden -5-18 x20"], "one that came late is the first all the same"


def test_a_first_time_that_was_told_and_forgotten_stays_so_when_another_comes():
    wire = Wire({"type": "new_term", "field": "outlet"})
    wire.read(article(0, outlet="A"))
    assert wire.found(1) == ["velden 0-0 x1"]
    wire.ledger.tally.kept.clear()  # pruned
    later = 200 * 24 * HOUR
    wire.read(article(later, outlet="B"))
    assert wire.found(later + 1) == [f"velden {later}-{later} x1"]


DENIED = "We never sold grain to the northern ports"
ADMITTED = "We sold some grain to the northern ports"


def test_a_reversal():
    wire = Wire({"type": "change", "when": "statement-by", "timeframe": "7d"})
    wire.read(article(0, said=DENIED, cue="deny"), article(5, "karst", said=ADMITTED, cue="confirm"))
    wire.read(article(10, said="The harvest begins in August", cue="confirm"), article(12, said=ADMITTED))
    assert wire.found(20) == [], "another speaker, another subject, another verb"
    wire.read(article(30, said=ADMITTED, cue="admit"))
    (alert,) = wire.look(31)
    assert (alert.count, alert.title.partition(":")[0]) == (2, "Reversal")
    assert [match.words for match in alert.matches] == [DENIED, ADMITTED]


def test_a_reversal_of_the_user_s_own_verbs_has_a_direction():
    rule = {"type": "change", "when": "statement-by", "timeframe": "1h", "before": "promise", "after": ["refuse"]}
    wire = Wire(rule)
    wire.read(article(0, said=DENIED, cue="refuse"), article(10, said=ADMITTED, cue="promise"))
    assert wire.found(20) == []
    wire.read(article(75, said=DENIED, cue="refuse"))
    assert wire.found(76) == [], "too late"
    wire.read(article(65, said=DENIED, cue="refuse", name="x"))
    assert wire.found(77) == ["velden 10-65 x2"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (DENIED, ADMITTED, True),
        (DENIED, "The northern harvest was poor", False),
        ("", "", False),
        ("Sanctions on shipping will stay", "The shipping sanctions were lifted", True),
    ],
)
def test_statements_about_the_same(one: str, other: str, *, same: bool):
    assert alike(one, other) is same


RULES: tuple[dict[str, Any], ...] = (
    OFTEN,
    OFTEN | {"throttle": "3h"},
    {"type": "cardinality", "max_cardinality": 1, "timeframe": "30m"},
    {"type": "new_term", "field": "outlet"},
    {"type": "change", "when": "statement-by", "timeframe": "2h"},
    {"type": "flatline", "timeframe": "1h", "threshold": 2, "late": "1d"},
    {"type": "spike", "timeframe": "30m", "spike_height": 2, "threshold_cur": 2, "spike_type": "both", "late": "1d"},
    {"type": "cardinality", "min_cardinality": 2, "timeframe": "1h", "late": "1d"},
)


def made(seed: int, number: int) -> list[Any]:
    chance = random.Random(seed)
    found = []
    for n in range(number):
        cue = chance.choice(["deny", "confirm", "say"])
        fields = {"outlet": f"O{chance.randrange(3)}", "story": f"s{chance.randrange(number)}", "name": f"n{n}"}
        who = chance.choice(["velden", "karst"])
        found.append(article(chance.randrange(400), who, said=chance.choice([DENIED, ADMITTED]), cue=cue, **fields))
    return found


def everything(wire: Wire, minutes: float) -> list[str]:
    wire.look(minutes)
    return [to_json(alert) for alert in wire.look(minutes + 1)]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), number=st.integers(1, 25), data=st.data())
def test_order_looks_and_replays_do_not_show(seed: int, number: int, data: st.DataObject):
    readings = made(seed, number)
    once = Wire(*RULES)
    once.watch(0, 600)
    once.read(*readings)
    expected = everything(once, 600)

    often = Wire(*RULES)
    often.watch(0, 600)
    for reading in readings:  # in the ledger since it was first seen: what is unread holds up what needs all
        often.wait_for(reading)
    order = data.draw(st.permutations(readings))
    for n, reading in enumerate(order):
        often.read(reading)
        if n % 3 == 0:
            often.look(400 + n)
        if n % 5 == 0:
            often.read(order[0])
    found = everything(often, 600)
    assert [one for one in found if one not in expected] == [one for one in expected if one not in found] == []


def test_every_order_of_a_burst_gives_the_same():
    readings = [article(n, outlet=f"O{n}") for n in (0, 20, 50, 65)]
    found = set()
    for order in permutations(readings):
        wire = Wire(OFTEN)
        for reading in order:
            wire.read(reading)
            wire.look(70)
        found.add(tuple(everything(wire, 80)))
    assert len(found) == 1


def test_a_rule_that_counts_otherwise_begins_anew():
    wire = Wire(OFTEN)
    wire.read(article(0), article(1))
    wire.look(2)
    wire.rules = Wire(OFTEN | {"when": "statement-by"}).rules
    wire.read(article(3, said="No."))
    assert wire.found(4) == [], "what was mentioned is not what was said"
    wire.rules = Wire(OFTEN).rules
    wire.read(article(5))
    assert wire.found(6) == ["velden 0-5 x3"]


def test_hits_are_of_the_rule_s_filters():
    wire = Wire(OFTEN | {"actors": "karst", "filters": {"confidence": 0.95}})
    judged = judge(article(0, "karst"), wire.rules)
    assert judged.matches == judged.hits == ()
    sure = Wire(OFTEN | {"actors": "karst"})
    assert len(judge(article(0, "karst"), sure.rules).hits) == 1


def test_hits_are_forgotten_once_no_rule_looks_back_so_far():
    wire = Wire(OFTEN)
    days = 24 * HOUR
    wire.watch(0, 100 * days)
    wire.read(article(0), article(1), article(2))
    wire.look(3)
    wire.read(article(99 * days))
    assert wire.found(99 * days + 1) == ["velden 0-2 x3"]
    assert len(wire.ledger.tally.all_hits) == 1
    wire.read(article(0), article(1), article(2))
    assert len(wire.ledger.tally.all_hits) == 1, "a replay of what was forgotten counts no more"
    assert dt.timedelta(days=99) > dt.timedelta(days=30)
