"""Merging a fresh reading into a stored one: the new actors come in, marked, and nobody else's records change."""

import dataclasses as dc
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from schemas.documents import Earlier
from schemas.events import Participant
from schemas.mentions import Mention
from schemas.records import Reading
from schemas.statements import Speaker, Statement
from tests.fakes.records import (
    NOON,
    make_document,
    make_event,
    make_mention,
    make_reading,
    make_span,
    make_speaker,
    make_statement,
)
from transforms.backfill.merge import merge

DOCUMENT = make_document(text="Marta Velden met Ivo Karst. Velden spoke.", actors=("ivo-karst",))
VELDEN = make_mention(DOCUMENT, "marta-velden", start=0, end=12, text="Marta Velden", name="Marta Velden")
KARST = make_mention(DOCUMENT, "ivo-karst", start=17, end=26, text="Ivo Karst", name="Ivo Karst")
NEW = frozenset({"marta-velden"})


def participant(start: int, end: int, actor: str | None = None, name: str = "") -> Participant:
    text = DOCUMENT.text[start:end]
    return Participant(start=start, end=end, text=text, name=name or text, actor=actor)


MET = make_event(DOCUMENT, "meet")
MET = dc.replace(
    MET,
    agents=(participant(0, 12, name="she"),),
    targets=(participant(17, 26, "ivo-karst", "Ivo Karst"),),
    actors=("ivo-karst",),
)
SAID = make_statement(DOCUMENT, "Ivo Karst came.", make_speaker("Marta Velden"), start=17, about=("ivo-karst",))
STORED = make_reading(DOCUMENT, mentions=(KARST,), statements=(SAID,), events=(MET,))
FRESH = make_reading(DOCUMENT, mentions=(VELDEN, KARST), events=(MET,))


def test_the_actor_comes_in_and_is_marked_wherever_it_does():
    merged = merge(STORED, FRESH, NEW)
    assert merged.mentions == (dc.replace(VELDEN, backfilled=("marta-velden",)), KARST)
    assert (merged.document.actors, merged.document.backfilled) == (("ivo-karst", "marta-velden"), ("marta-velden",))
    (said,), (met,) = merged.statements, merged.events
    assert said.speaker
    assert (said.speaker.actor, said.about, said.backfilled) == ("marta-velden", ("ivo-karst",), ("marta-velden",))
    assert [p.actor for p in (*met.agents, *met.targets)] == ["marta-velden", "ivo-karst"]
    assert (met.actors, met.backfilled) == (("ivo-karst", "marta-velden"), ("marta-velden",))


def test_again_is_once():
    once = merge(STORED, FRESH, NEW)
    assert merge(once, FRESH, NEW) == once


def test_what_the_list_no_longer_says_is_taken_away_again():
    once = merge(STORED, FRESH, NEW)
    back = merge(once, make_reading(DOCUMENT, mentions=(KARST,), events=(MET,)), NEW)
    assert back == STORED


def test_what_was_found_before_is_not_marked():
    known = make_reading(dc.replace(DOCUMENT, actors=("ivo-karst", "marta-velden")), mentions=(VELDEN, KARST))
    assert merge(known, FRESH, NEW) == known


def test_what_was_uncertain_and_is_sure_now_is_marked():
    doubted = dc.replace(VELDEN, outcome="uncertain", score=0.3)
    merged = merge(make_reading(DOCUMENT, mentions=(doubted, KARST)), FRESH, NEW)
    assert merged.mentions[0] == dc.replace(VELDEN, backfilled=("marta-velden",))
    assert merged.document.backfilled == ("marta-velden",)


def test_uncertain_mentions_attach_to_nothing():
    doubted = dc.replace(VELDEN, outcome="uncertain")
    merged = merge(STORED, make_reading(DOCUMENT, mentions=(doubted,), events=(MET,)), NEW)
    assert merged.mentions == (dc.replace(doubted, backfilled=("marta-velden",)), KARST)
    assert (merged.statements, merged.events, merged.document) == (STORED.statements, STORED.events, DOCUMENT)


def test_a_place_that_is_somebody_elses_stays_his():
    other = make_mention(DOCUMENT, "jonas-velden", start=6, end=12, text="Velden")
    stored = make_reading(DOCUMENT, mentions=(other,))
    assert merge(stored, make_reading(DOCUMENT, mentions=(VELDEN,)), NEW) == stored
    role = dc.replace(VELDEN, start=0, end=16, form="role")
    assert len(merge(stored, make_reading(DOCUMENT, mentions=(role,)), NEW).mentions) == 2
    of_role = make_reading(DOCUMENT, mentions=(dc.replace(other, start=0, end=16, form="role"),))
    assert len(merge(of_role, make_reading(DOCUMENT, mentions=(VELDEN,)), NEW).mentions) == 2
    within = dc.replace(VELDEN, start=7, end=11, form="pronoun")
    assert merge(stored, make_reading(DOCUMENT, mentions=(within,)), NEW) == stored
    doubted = make_reading(DOCUMENT, mentions=(dc.replace(other, outcome="uncertain"),))
    assert len(merge(doubted, make_reading(DOCUMENT, mentions=(VELDEN,)), NEW).mentions) == 2


def test_a_mention_is_of_the_revision_in_which_its_sentence_first_stood():
    later = NOON + dt.timedelta(hours=1)
    revised = dc.replace(DOCUMENT, revision=2, revised=later, earlier=(Earlier(revision=1, text="Old.", seen=NOON),))
    retitled = dc.replace(revised, earlier=(Earlier(revision=1, title="Old", seen=NOON),))
    for document, revision, seen in ((DOCUMENT, 1, NOON), (revised, 2, later), (retitled, 1, NOON)):
        sentence = make_span("Marta Velden met Ivo Karst.")
        fresh = make_reading(document, mentions=(dc.replace(VELDEN, sentence=sentence),))
        (found,) = merge(make_reading(document), fresh, NEW).mentions
        assert (found.origin.revision, found.origin.seen) == (revision, seen)


ACTORS = ("a", "b", "new")


@st.composite
def mentions(draw: st.DrawFn, actors: tuple[str, ...]) -> tuple[Mention, ...]:
    found = {}
    for start in draw(st.lists(st.integers(0, 12), max_size=5, unique=True)):
        actor = draw(st.sampled_from(actors))
        outcome = draw(st.sampled_from(("mention", "uncertain")))
        end = start + draw(st.integers(1, 4))
        made = make_mention(DOCUMENT, actor, start=start * 3, end=end * 3, outcome=outcome)
        found[made.id] = made
    return tuple(found.values())


def statement(draw: st.DrawFn, n: int) -> Statement:
    start, end = draw(st.integers(0, 20)), draw(st.integers(21, 60))
    who = draw(st.sampled_from((None, "a", "b", "new")))
    speaker = dc.replace(make_speaker("x" * 20, who), name_start=start, name_end=end)
    about = draw(st.sets(st.sampled_from(ACTORS)))
    return make_statement(DOCUMENT, f"Word {n}.", speaker, start=start, about=tuple(sorted(about)))


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, Reading]:
    found = draw(mentions(ACTORS))
    sure = {m.actor for m in found if m.outcome == "mention"}
    said = tuple(statement(draw, n) for n in range(draw(st.integers(0, 3))))
    document = dc.replace(DOCUMENT, actors=tuple(sorted(sure)))
    fresh = make_reading(document, mentions=draw(mentions(("new", "a"))))
    return make_reading(document, mentions=found, statements=said), fresh


def of_others(reading: Reading) -> object:
    """All that the reading says of actors who are not new."""

    def speaker(found: Speaker | None) -> Speaker | None:
        return dc.replace(found, actor=None) if found and found.actor == "new" else found

    return (
        [m for m in reading.mentions if m.actor != "new"],
        [a for a in reading.document.actors if a != "new"],
        [
            dc.replace(s, speaker=speaker(s.speaker), about=tuple(a for a in s.about if a != "new"), backfilled=())
            for s in reading.statements
        ],
    )


@given(readings())
def test_whatever_stands_there_others_keep_theirs_and_twice_is_once(pair: tuple[Reading, Reading]):
    stored, fresh = pair
    ordered = dc.replace(stored, mentions=tuple(sorted(stored.mentions, key=lambda m: (m.start, m.end, m.id))))
    merged = merge(ordered, fresh, frozenset({"new"}))
    assert of_others(merged) == of_others(ordered)
    assert merge(merged, fresh, frozenset({"new"})) == merged
    own = {(m.start, m.end, m.outcome) for m in merged.mentions if m.actor == "new"}
    assert own <= {(m.start, m.end, m.outcome) for m in fresh.mentions if m.actor == "new"}
    sure = any(m.actor == "new" and m.outcome == "mention" for m in merged.mentions)
    assert ("new" in merged.document.actors) == sure
