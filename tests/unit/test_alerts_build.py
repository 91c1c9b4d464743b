import dataclasses as dc
import datetime as dt
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.alerts import Match
from schemas.codec import to_json
from schemas.records import Reading
from schemas.rules import Rules
from schemas.rules_file import RulesFile
from tests.fakes.ledger import MemoryLedger
from tests.fakes.records import (
    NOON,
    make_document,
    make_mention,
    make_reading,
    make_span,
    make_speaker,
    make_statement,
    origin_of,
)
from transforms.alerts.build import KEPT, build, gather, shorten
from transforms.alerts.judge import judge

RULES = Rules(
    rules=RulesFile.model_validate(
        {
            "rules": [
                {"id": "said", "when": "statement-by"},
                {"id": "named", "when": "mention", "throttle": "1h", "title": "Watch"},
                {"id": "pairs", "when": "together", "in": "document"},
                {"id": "peace", "when": "words", "words": "peace", "throttle": "1d", "notify": ["console"]},
                {"id": "of-velden", "when": "statement-about"},
                {"id": "reversal", "when": "statement-by", "type": "change", "timeframe": "30d"},
            ]
        }
    ).rules,
    names={"velden": "Marta Velden", "karst": "Ivo Karst"},
)


def make_match(number: int = 0, **fields: Any) -> Match:
    document = make_document(id=f"d{number}", outlet=fields.pop("outlet", "The Post"), seen=fields.pop("seen", NOON))
    base = {
        "alert": "a",
        "rule": "said",
        "record": f"s{number}",
        "kind": "statement",
        "type": "direct",
        "actors": ("velden",),
        "speaker": "Marta Velden",
        "sentence": "“We will come,” she said.",
        "words": "We will come",
        "confidence": 0.9,
        "origin": origin_of(document),
    }
    return Match(**(base | fields))


def test_an_alert_in_words():
    later = NOON + dt.timedelta(hours=1)
    alert = build("a", gather([make_match(1, outlet="The Times", seen=later), make_match(0)]), RULES)
    assert alert.title == "Marta Velden speaks: “We will come”"
    assert alert.summary == "“We will come,” she said. (The Post; 2 matches, 2 articles, 2 outlets)"
    assert (alert.first_seen, alert.last_seen, alert.count) == (NOON, later, 2)
    assert alert.outlets == ("The Post", "The Times")
    assert alert.channels == ("console",)
    assert [match.record for match in alert.matches] == ["s0", "s1"]


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"type": "indirect", "words": "she will come"}, "Marta Velden speaks: she will come"),
        ({"rule": "named"}, "Watch: Marta Velden is mentioned: “We will come,” she said."),
        ({"rule": "pairs", "actors": ("karst", "velden")}, "Ivo Karst and Marta Velden together: “We will come,” she"),
        ({"rule": "peace", "actors": (), "words": "peace"}, "“peace” (Marta Velden): “We will come,” she said."),
        ({"rule": "taken-out"}, "Marta Velden: “We will come,” she said."),
    ],
)
def test_titles(fields: dict[str, Any], title: str):
    assert build("a", gather([make_match(**fields)]), RULES).title.startswith(title)


def test_an_alert_of_a_rule_taken_out_goes_nowhere():
    assert build("a", gather([make_match(rule="taken-out")]), RULES).channels == ()


def test_the_publisher_s_date_orders_and_the_text_s_order_within():
    early = NOON - dt.timedelta(days=1)
    late, first, second = make_match(0), make_match(1, start=5, record="z"), make_match(1, start=90, record="a")
    dated = [dc.replace(match, origin=dc.replace(match.origin, published=early)) for match in (second, first)]
    assert [match.record for match in build("a", gather([late, *dated]), RULES).matches] == ["z", "a", "s0"]


def test_undated_articles_count_by_when_they_were_seen():
    found = [make_match(n, record=record) for n, record in enumerate(("undated", "before", "after"))]
    days = (None, NOON - dt.timedelta(days=1), NOON + dt.timedelta(days=1))
    dated = [
        dc.replace(one, origin=dc.replace(one.origin, published=day)) for one, day in zip(found, days, strict=True)
    ]
    alert = build("a", gather(dated), RULES)
    assert [match.record for match in alert.matches] == ["before", "undated", "after"], (
        "nothing is of after it was seen"
    )


def test_a_busy_alert_keeps_the_first_and_counts_all():
    alert = build("a", gather([make_match(n, outlet=f"O{n}") for n in range(KEPT + 20)]), RULES)
    assert (len(alert.matches), alert.count, len(alert.outlets)) == (KEPT, KEPT + 20, KEPT + 20)


def test_shorten_cuts_at_a_word():
    assert shorten("one two\n three", 40) == "one two three"
    assert shorten("one two three", 9) == "one two…"


ACTORS = ("velden", "karst")


@st.composite
def readings(draw: st.DrawFn):
    number = draw(st.integers(0, 8))
    seen = NOON + dt.timedelta(minutes=draw(st.integers(0, 180)))
    document = make_document(
        id=f"d{number}", story=f"story {number % 3}", outlet=f"Outlet {number}", seen=seen, text="Peace holds."
    )
    places = draw(st.lists(st.tuples(st.sampled_from(ACTORS), st.integers(0, 50)), max_size=4, unique=True))
    mentions = [make_mention(document, actor, start=start, sentence=make_span("S.")) for actor, start in places]
    speakers = draw(st.lists(st.sampled_from(ACTORS), max_size=2))
    said = [make_statement(document, f"No {i}.", make_speaker(who, who)) for i, who in enumerate(speakers)]
    return make_reading(document, mentions=tuple(mentions), statements=tuple(said))


def alerts_of(ledger: MemoryLedger) -> list[str]:
    return [to_json(build(alert, gather(ledger.matches(alert)), RULES)) for alert in ledger.undelivered()]


def told(ledger: MemoryLedger, reading: Reading) -> MemoryLedger:
    ledger.conclude(reading.document.id, *judge(reading, RULES))
    return ledger


@settings(max_examples=60, deadline=None)
@given(st.lists(readings(), max_size=7, unique_by=lambda reading: reading.document.id), st.data())
def test_order_parts_and_replays_do_not_show(found: list[Reading], data: st.DataObject):
    once = alerts_of(reduce(told, found, MemoryLedger()))
    shuffled = data.draw(st.permutations(found))
    replayed = [*shuffled, *data.draw(st.lists(st.sampled_from(found), max_size=4) if found else st.just([]))]
    ledger = reduce(told, replayed, MemoryLedger())
    assert alerts_of(ledger) == once

    cut = data.draw(st.integers(0, len(shuffled)))
    workers = [reduce(told, part, MemoryLedger()) for part in (shuffled[:cut], shuffled[cut:])]
    merged = MemoryLedger()
    merged.tally.add_matches([match for worker in workers for match in worker.tally.kept.values()])
    assert alerts_of(merged) == once


def test_who_denies_a_thing_has_not_said_it():
    denial = make_match(type="indirect", cue="denied", words="she had read the memo")
    assert build("a", gather([denial]), RULES).title == "Marta Velden denied: she had read the memo"
    about = dc.replace(denial, rule="of-velden", speaker="Ivo Karst")
    assert build("a", gather([about]), RULES).title == "Ivo Karst about Marta Velden (denied): she had read the memo"


def test_a_reversal_tells_both():
    early = make_match(0, type="indirect", cue="denied", words="she had read it", rule="reversal")
    late = make_match(1, type="indirect", cue="confirmed", words="she had read the memo", rule="reversal")
    seen = dc.replace(late, origin=dc.replace(late.origin, seen=NOON + dt.timedelta(hours=1)))
    title = build("a", gather([seen, early]), RULES).title
    assert title == "Reversal: Marta Velden denied, then confirmed: she had read the memo"
