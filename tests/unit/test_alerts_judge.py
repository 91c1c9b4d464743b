import dataclasses as dc
from typing import Any

import pytest

from schemas.documents import Document
from schemas.rules import Rules
from schemas.rules_file import RulesFile
from tests.fakes.records import (
    NOON,
    make_document,
    make_event,
    make_mention,
    make_participant,
    make_reading,
    make_span,
    make_speaker,
    make_statement,
)
from transforms.alerts.judge import judge

DOCUMENT = make_document(text="The envoy left. A cease-fire now holds! It rained.", groups=("agencies",))


def rules_of(*rules: dict) -> Rules:
    return Rules(
        rules=RulesFile.model_validate({"rules": [{"id": f"r{i}"} | rule for i, rule in enumerate(rules)]}).rules
    )


def hits(rule: dict, document: Document = DOCUMENT, **parts: Any) -> list[tuple[tuple[str, ...], str]]:
    return [(match.actors, match.words) for match in judge(make_reading(document, **parts), rules_of(rule)).matches]


def test_a_mention():
    mentions = (make_mention(DOCUMENT, "velden"), make_mention(DOCUMENT, "karst", start=20))
    assert hits({"when": "mention"}, mentions=mentions) == [(("velden",), "velden"), (("karst",), "karst")]
    assert hits({"when": "mention", "actors": "karst"}, mentions=mentions) == [(("karst",), "karst")]


def test_an_uncertain_mention_never_alerts():
    unsure = (make_mention(DOCUMENT, "velden", outcome="uncertain", score=0.99),)
    said = (make_statement(DOCUMENT, "No.", make_speaker("Velden", "velden"), about=("velden",)),)
    met = (make_event(DOCUMENT, "meet", agents=("velden",)),)
    for when in ("mention", "statement-by", "statement-about", "event", "together"):
        assert hits({"when": when}, mentions=unsure, statements=said, events=met) == []


def test_one_sure_mention_is_enough_for_what_is_said():
    mentions = (make_mention(DOCUMENT, "velden", outcome="uncertain"), make_mention(DOCUMENT, "velden", start=30))
    said = (make_statement(DOCUMENT, "No.", make_speaker("Velden", "velden")),)
    assert hits({"when": "statement-by"}, mentions=mentions, statements=said) == [(("velden",), "No.")]


def test_a_statement_by():
    said = (
        make_statement(DOCUMENT, "We will come.", make_speaker("Marta Velden", "velden")),
        make_statement(DOCUMENT, "They lie.", make_speaker("an official", source="anonymous")),
        make_statement(DOCUMENT, "Rain."),
    )
    reading = make_reading(DOCUMENT, statements=said)
    (match,) = judge(reading, rules_of({"when": "statement-by"})).matches
    assert (match.actors, match.words, match.speaker) == (("velden",), "We will come.", "Marta Velden")
    assert (match.kind, match.type, match.confidence, match.rule) == ("statement", "direct", 0.9, "r0")
    assert match.sentence == "“We will come.” Marta Velden said."
    assert match.record == said[0].id
    assert match.origin == said[0].origin
    assert hits({"when": "statement-by", "actors": "karst"}, statements=said) == []


def test_a_statement_about_is_not_by_himself():
    said = (make_statement(DOCUMENT, "He and I.", make_speaker("Karst", "karst"), about=("karst", "velden")),)
    assert hits({"when": "statement-about"}, statements=said) == [(("velden",), "He and I.")]


def test_an_event_with_its_type_and_mode():
    met = make_event(DOCUMENT, "meet", agents=("velden",), targets=(make_participant("Karst", "karst"),))
    denied = dc.replace(make_event(DOCUMENT, "travel", agents=("velden",)), mode="denied")
    parts = {"events": (met, denied)}
    assert hits({"when": "event"}, **parts) == [(("karst", "velden"), "met")]
    assert hits({"when": "event", "actors": "karst"}, **parts) == [(("karst",), "met")]
    assert hits({"when": "event", "events": "travel"}, **parts) == []
    assert hits({"when": "event", "events": "Travel", "modes": "denied"}, **parts) == [(("velden",), "met")]
    assert hits({"when": "event", "actors": "hale"}, **parts) == []


def test_an_event_is_as_sure_as_who_takes_part():
    mentions = (make_mention(DOCUMENT, "velden", score=0.6),)
    met = (make_event(DOCUMENT, "meet", agents=("velden",)),)
    assert hits({"when": "event", "filters": {"confidence": 0.7}}, mentions=mentions, events=met) == []
    assert len(hits({"when": "event"}, mentions=mentions, events=met)) == 1


def three_mentions():
    first, second = make_span("Velden saw Karst."), make_span("Hale left.", 50)
    return (
        make_mention(DOCUMENT, "velden", sentence=first),
        make_mention(DOCUMENT, "karst", start=11, sentence=first),
        make_mention(DOCUMENT, "hale", start=50, sentence=second),
    )


@pytest.mark.parametrize(
    ("rule", "companies"),
    [
        ({}, [("karst", "velden")]),
        ({"in": "document"}, [("hale", "karst"), ("hale", "velden"), ("karst", "velden")]),
        ({"actors": ["velden", "hale"]}, []),
        ({"actors": ["velden", "hale"], "in": "document"}, [("hale", "velden")]),
        ({"actors": ["velden", "hale", "karst"], "in": "document", "require": "all"}, [("hale", "karst", "velden")]),
        ({"actors": ["velden", "hale", "karst"], "require": "all"}, []),
    ],
)
def test_together(rule: dict[str, Any], companies: list[tuple[str, ...]]):
    assert [actors for actors, _ in hits({"when": "together"} | rule, mentions=three_mentions())] == companies


def test_words_in_the_document():
    (match,) = judge(make_reading(DOCUMENT), rules_of({"when": "words", "words": ["rain", "cease-fire"]})).matches
    assert (match.words, match.sentence, match.actors) == ("cease-fire", "A cease-fire now holds!", ())
    assert (match.kind, match.record, match.start) == ("document", DOCUMENT.id, 18)
    assert hits({"when": "words", "words": "talks at port"}) == [((), "Talks at Port")], "in the title"
    assert hits({"when": "words", "words": "war"}) == []


def test_words_with_actors():
    rule = {"when": "words", "words": "rained", "actors": ["velden", "karst"]}
    assert hits(rule) == []
    mentions = (make_mention(DOCUMENT, "velden"), make_mention(DOCUMENT, "karst", outcome="uncertain"))
    assert hits(rule, mentions=mentions) == [(("velden",), "rained")]


def test_words_in_statements():
    said = (
        make_statement(DOCUMENT, "Peace holds.", make_speaker("Velden", "velden")),
        make_statement(DOCUMENT, "No peace.", make_speaker("someone", source="anonymous")),
        make_statement(DOCUMENT, "Nothing.", make_speaker("Karst", "karst")),
    )
    rule = {"when": "words", "in": "statements", "words": "peace"}
    assert hits(rule, statements=said) == [((), "Peace"), ((), "peace")]
    assert hits(rule | {"actors": "any"}, statements=said) == [(("velden",), "Peace")]
    assert hits(rule | {"filters": {"sources": "anonymous"}}, statements=said) == [((), "peace")]


@pytest.mark.parametrize(
    ("filters", "fires"),
    [
        ({"outlets": {"only": "the post"}}, True),
        ({"outlets": {"only": ["Other"]}}, False),
        ({"outlets": {"not": ["The Post"]}}, False),
        ({"outlets": {"not": ["Other"]}}, True),
        ({"groups": ["agencies", "tabloids"]}, True),
        ({"groups": "tabloids"}, False),
        ({"languages": "EN"}, True),
        ({"languages": ["uk", "ru"]}, False),
        ({"confidence": 0.9}, True),
        ({"confidence": 0.91}, False),
        ({"sources": ["named"]}, True),
        ({"sources": ["anonymous"]}, False),
        ({"kinds": ["direct"]}, True),
        ({"kinds": ["mixed", "indirect"]}, False),
    ],
)
def test_filters(filters: dict[str, Any], *, fires: bool):
    document = dc.replace(DOCUMENT, language="en-GB")
    said = (make_statement(document, "No.", make_speaker("Velden", "velden")),)
    assert bool(hits({"when": "statement-by", "filters": filters}, document, statements=said)) is fires


def test_a_rule_that_is_off_is_silent():
    assert hits({"when": "mention", "enabled": False}, mentions=(make_mention(DOCUMENT, "velden"),)) == []


def test_judging_twice_gives_the_same():
    reading = make_reading(DOCUMENT, mentions=three_mentions())
    rules = rules_of({"when": "mention"}, {"when": "together", "in": "document"}, {"when": "words", "words": "rain*"})
    assert judge(reading, rules) == judge(reading, rules)
    assert len({(match.alert, match.record) for match in judge(reading, rules).matches}) == 7


def test_the_clock_is_that_of_the_article():
    assert DOCUMENT.seen == NOON
    (match,) = judge(make_reading(DOCUMENT), rules_of({"when": "words", "words": "rained"})).matches
    assert match.origin.seen == NOON
