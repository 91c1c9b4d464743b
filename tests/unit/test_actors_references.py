"""Mentions without the name: roles after the name, and those who speak under a pronoun."""

import datetime as dt

import pytest
import spacy

import samples
from schemas.documents import Origin, Span
from schemas.mentions import Mention
from schemas.statements import Speaker, Statement
from schemas.watchlist import Watchlist, load_watchlist
from transforms.actors.find import find
from transforms.actors.matcher import Matcher
from transforms.actors.references import by_speaking

NLP = spacy.blank("en")
BUNDLED = Matcher(load_watchlist(samples.WATCHLIST))
ORIGIN = Origin(document="d", url="", title="", language="en", seen=dt.datetime(2025, 3, 1, tzinfo=dt.timezone.utc))


def _roles(text: str, matcher: Matcher = BUNDLED) -> list[tuple[str, str]]:
    found = find(NLP(text), matcher, ORIGIN)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert len({m.id for m in found}) == len(found)
    return [(m.text, m.actor) for m in found if m.form == "role"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Keith Kellogg arrived in Kyiv. The envoy met soldiers.", "The envoy"),
        ("Keith Kellogg arrived in Kyiv. Aides of the US envoy waited.", "the US envoy"),
        ("Keith Kellogg arrived in Kyiv. Trump's envoy for Ukraine met soldiers.", "Trump's envoy for Ukraine"),
        ("Gen. Keith Kellogg arrived in Kyiv. The general met soldiers.", "The general"),
        ("Keith Kellogg and Steve Witkoff talked. The Ukraine envoy left.", "The Ukraine envoy"),
    ],
)
def test_a_role_after_the_name_is_a_mention(text: str, role: str):
    assert _roles(text) == [(role, "keith-kellogg")]


def test_an_apposition_gives_a_role():
    matcher = Matcher(Watchlist.model_validate({"actors": [{"id": "a", "name": "Ada Marsh"}]}))
    assert _roles("Ada Marsh, a lawyer from Hale, spoke. The lawyer was late.", matcher) == [("The lawyer", "a")]


@pytest.mark.parametrize(
    "text",
    [
        "The envoy met soldiers.",
        "Keith Kellogg arrived. Envoy Anna Berg met him. The envoy left.",
        "Keith Kellogg arrived. Anna Berg, the Swedish envoy, met him. The envoy left.",
        "Keith Kellogg and Steve Witkoff talked. The envoy smiled.",
        "Keith Kellogg arrived. “The envoy is late,” a soldier said.",
        "Keith Kellogg arrived. Berg is the envoy.",
        "Keith Kellogg, the envoy, arrived.",
        "Keith Kellogg arrived. The French envoy left.",
        "Keith Kellogg arrived. The envoy for Sudan left.",
        "Mark Rutte of NATO spoke. The general did not.",
        "Keith Kellogg arrived. It rained. It snowed. The sun came out. The envoy left.",
        "Miles Kellogg arrived. The envoy left.",
    ],
)
def test_a_role_that_may_be_another_s_is_none(text: str):
    assert _roles(text) == []


def test_who_speaks_under_a_pronoun_is_mentioned():
    text = "Keith Kellogg sat. “No,” he said."
    named = find(NLP(text), BUNDLED, ORIGIN)
    spoken = by_speaking([_statement(26, "he"), _statement(0, "Keith Kellogg")], named)
    assert [(m.text, m.form, m.actor, m.start) for m in spoken] == [("he", "pronoun", "keith-kellogg", 26)]
    assert spoken[0].evidence == "the speaker, by the name at 0"


def test_a_speaker_who_is_nobody_s_is_no_mention():
    named: tuple[Mention, ...] = ()
    assert by_speaking([_statement(26, "he", actor=None), _statement(26, "he")], named) == ()


def _statement(start: int, text: str, actor: str | None = "keith-kellogg") -> Statement:
    end = start + len(text)
    speaker = Speaker(
        start=start, end=end, text=text, name="Keith Kellogg", source="named", actor=actor, name_start=0, name_end=13
    )
    span = Span(start=19, end=33, text="“No,” he said.")
    return Statement(
        id="s",
        origin=ORIGIN,
        kind="direct",
        content=(span,),
        text="No",
        speaker=speaker,
        confidence=0.9,
        reason="",
        sentence=span,
    )
