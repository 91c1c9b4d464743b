"""A later version of an article: the same document, its next revision; only what is new in it is news."""

import dataclasses as dc
import datetime as dt
from typing import Any

import pytest

from schemas.documents import Document, Origin
from schemas.mentions import Mention
from schemas.records import Reading
from schemas.statements import Statement
from tests.fakes.records import make_document, make_event, make_mention, make_reading, make_speaker, make_statement
from transforms.copies.notices import notices_of
from transforms.copies.revise import KEPT, revise

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
LATER = NOON + dt.timedelta(hours=3)
QUOTE = "The bridge will open again before the ice comes, and I shall walk over it"


def version(text: str, *said: str, title: str = "Talks", seen: dt.datetime = LATER, **fields: Any) -> Reading:
    document = make_document(title=title, text=text, seen=seen)
    speaker = make_speaker("Mara Lindqvist", "mara-lindqvist")
    return make_reading(
        document, statements=tuple(make_statement(document, words, speaker) for words in said), **fields
    )


def place(record: Statement | Mention) -> tuple[int, dt.datetime]:
    return record.origin.revision, record.origin.seen


def test_the_same_text_is_the_same_revision() -> None:
    held = version("One.", QUOTE, seen=NOON)
    again = revise(held, version("One.", QUOTE, "A new model found this."))
    assert again.document == held.document
    assert [place(said) for said in again.statements] == [(1, NOON), (1, NOON)]
    assert revise(again, version("One.", QUOTE, "A new model found this.")) == again


def test_a_changed_text_is_the_next_revision_and_the_old_one_can_be_read() -> None:
    held = version("One.", QUOTE, "It is dear.", seen=NOON)
    now = revise(held, version("Two.", "It is not so dear after all.", QUOTE, title="Talks end"))
    document = now.document
    assert (document.revision, document.seen, document.revised, document.text) == (2, NOON, LATER, "Two.")
    (earlier,) = document.earlier
    assert (earlier.revision, earlier.title, earlier.text, earlier.seen) == (1, "Talks", "One.", NOON)
    assert (earlier.added, earlier.removed) == (("It is not so dear after all.",), ("It is dear.",))
    assert [place(said) for said in now.statements] == [(2, LATER), (1, NOON)]
    assert now.statements[1].origin.title == "Talks end"


def test_a_second_look_at_a_revision_changes_nothing() -> None:
    held = revise(version("One.", QUOTE, seen=NOON), version("Two.", QUOTE, "It is dear."))
    later = LATER + dt.timedelta(hours=1)
    assert revise(held, version("Two.", QUOTE, "It is dear.", seen=later)) == held
    third = revise(held, version("Three.", "It is dear.", seen=later))
    assert (third.document.revision, [place(said) for said in third.statements]) == (3, [(2, LATER)])
    assert [e.text for e in third.document.earlier] == ["One.", "Two."]


def test_a_new_headline_keeps_the_text_once() -> None:
    now = revise(version("One.", QUOTE, seen=NOON), version("One.", QUOTE, title="Talks end"))
    assert (now.document.revision, now.document.earlier[0].title, now.document.earlier[0].text) == (2, "Talks", "")
    assert place(now.statements[0]) == (1, NOON)


@pytest.mark.parametrize(
    ("words", "revision"),
    [
        (QUOTE.replace("The bridge", "This bridge"), 1),  # mended
        (QUOTE.replace("walk", "drive").replace("ice", "snow").replace("again", "soon").replace("shall", "will"), 2),
        ("It is dear.", 2),
    ],
)
def test_a_mended_quote_is_no_new_one(words: str, revision: int) -> None:
    now = revise(version("One.", QUOTE, seen=NOON), version("Two.", words))
    assert now.statements[0].origin.revision == revision


def test_another_speaker_makes_it_another_statement() -> None:
    fresh = version("Two.", QUOTE.replace("The", "This"))
    other = dc.replace(fresh.statements[0], speaker=make_speaker("Ivo Karst"))
    now = revise(version("One.", QUOTE, seen=NOON), dc.replace(fresh, statements=(other,)))
    assert place(now.statements[0]) == (2, LATER)


def mentions_of(document: Document, *actors: str, **fields: Any) -> tuple[Mention, ...]:
    return tuple(make_mention(document, actor, start=at * 10, **fields) for at, actor in enumerate(actors))


def test_a_name_once_more_is_no_new_name() -> None:
    old, new = make_document(text="One.", seen=NOON), make_document(text="Two.", seen=LATER)
    held = make_reading(old, mentions=mentions_of(old, "karst"))
    now = revise(held, make_reading(new, mentions=mentions_of(new, "velden", "karst", "karst")))
    assert [(m.actor, m.origin.revision) for m in now.mentions] == [("velden", 2), ("karst", 1), ("karst", 1)]


def test_a_name_that_was_in_doubt_and_is_sure_now_is_new() -> None:
    old, new = make_document(text="One.", seen=NOON), make_document(text="Two.", seen=LATER)
    held = make_reading(old, mentions=mentions_of(old, "karst", outcome="uncertain"))
    fresh = make_mention(new, "karst", start=7)
    assert place(revise(held, make_reading(new, mentions=(fresh,))).mentions[0]) == (2, LATER)


def test_the_same_actors_doing_the_same_is_no_new_event() -> None:
    old, new = make_document(text="One.", seen=NOON), make_document(text="Two.", seen=LATER)
    held = make_reading(old, events=(make_event(old, "meet", agents=("karst",)),))
    fresh = (
        make_event(new, "meet", agents=("karst",), id="another place"),
        make_event(new, "travel", agents=("karst",)),
        make_event(new, "meet", agents=("karst",), mode="denied", id="denied"),
    )
    now = revise(held, make_reading(new, events=fresh))
    assert [event.origin.revision for event in now.events] == [1, 2, 2]


def test_what_was_backfilled_stays_marked() -> None:
    old = make_document(text="One.", seen=NOON, actors=("karst", "velden"), backfilled=("karst",))
    held = make_reading(old, mentions=mentions_of(old, "karst", backfilled=("karst",)))
    new = make_document(text="Two.", seen=LATER, actors=("karst", "velden"))
    now = revise(held, make_reading(new, mentions=mentions_of(new, "karst", "velden")))
    assert now.document.backfilled == ("karst",)
    assert [m.backfilled for m in now.mentions] == [("karst",), ()]
    gone = revise(held, make_reading(make_document(text="Three.", seen=LATER)))
    assert gone.document.backfilled == ()


def test_of_many_versions_the_first_and_the_latest_are_kept() -> None:
    held = version("0", seen=NOON)
    for number in range(1, 15):
        held = revise(held, version(str(number)))
    assert held.document.revision == 15
    kept = [earlier.text for earlier in held.document.earlier]
    assert (len(kept), kept[0], kept[1], kept[-1]) == (KEPT, "0", "5", "13")


def test_what_an_older_newswatch_wrote_is_the_first_revision() -> None:
    assert Origin(document="d", url="", seen=NOON).revision == 1
    assert (make_document().revision, make_document().revised, make_document().earlier) == (1, None, ())


@pytest.mark.parametrize(
    ("title", "text", "flags"),
    [
        ("Talks", "Correction: the minister is 58, not 68.\nTalks began.", ("corrected",)),
        ("Talks", "Talks began.\n*An earlier version of this article misspelt his name.", ("corrected",)),
        ("CORRECTED-Talks begin", "Talks began.", ("corrected",)),
        ("Talks", "(Corrects name in paragraph 3)\nTalks began.", ("corrected",)),
        ("Talks", "This story has been corrected to show that he is 58.", ("corrected",)),
        ("Talks", "Editor’s note: This article has been retracted.", ("retracted",)),
        ("Retraction: talks that were none", "There were none.", ("retracted",)),
        ("Talks", "The Courier has withdrawn this story: its source made it up.", ("retracted",)),
        ("Correctional officers strike", "The report was corrected by nobody.", ()),
        ("Talks", "He retracted his words.\nThe correction of the border took years.", ()),
        ("Minister withdrawn from talks", "Withdrawn troops came home.", ()),
    ],
)
def test_what_an_article_says_of_itself(title: str, text: str, flags: tuple[str, ...]) -> None:
    assert notices_of(title, text) == flags
