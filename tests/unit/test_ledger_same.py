"""An article under another address: both ledgers fold it into the one that is known, and nothing else."""

import dataclasses as dc
import datetime as dt
from typing import Any

import pytest

from schemas.articles import Entry
from schemas.feeds import FeedState
from schemas.stories import Claim, Evidence, Folded, Sketch
from transforms.copies.compare import same_story
from transforms.copies.same import is_meant, likeness, same_article
from transforms.ledger.items import LOOKS
from transforms.protocols import Ledger

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
FEED, OTHER = "https://courier.test/feed", "https://other.test/feed"
TITLE = "Ferry to sail on Monday"


def entry(id_: str, title: str = TITLE, *, guid: str = "7", feed: str = FEED, **fields: Any) -> Entry:
    made = Entry(id=id_, feed=feed, outlet="", url=f"https://courier.test/{id_}", guid=guid, title=title, seen=NOON)
    return dc.replace(made, **fields)


def take(ledger: Ledger, *entries: Entry, run: str = "1") -> list[str]:
    (feed,) = {e.feed for e in entries}
    return [e.id for e in ledger.take(FeedState(url=feed), entries, run=run)]


def read(ledger: Ledger, article: str, exact: str, *addresses: str, done: bool = True) -> dict[str, Folded]:
    """Place the article's text, fold it, and settle what is left of it."""
    sketch = Sketch(article=article, exact=exact)
    ledger.copies.place([sketch], same_story, now=NOON, keep=dt.timedelta(days=7))
    ledger.fold([Claim(article=article, addresses=addresses)], same_article)
    found = ledger.folded([article])
    if done and not found:
        ledger.conclude(article, [])
    return found


def test_a_new_address_under_the_old_guid_is_the_same_article_again(ledger: Ledger) -> None:
    take(ledger, entry("old"))
    read(ledger, "old", "text")
    assert take(ledger, entry("new", "Ferry sails"), run="2") == ["new"]
    assert read(ledger, "new", "text") == {"new": Folded("old", goes_on=True)}
    assert ledger.standing(["old", "new"]) == {"old": "pending", "new": "done"}
    assert [(e.id, e.url) for e in ledger.left_over(run="3")] == [("old", "https://courier.test/new")]  # killed then
    ledger.conclude("old", [])
    assert take(ledger, entry("new", "Ferry sails"), run="4") == []
    assert take(ledger, entry("new", "Ferry sails again"), run="5") == ["old"]


def test_it_is_not_this_runs_work_a_second_time(ledger: Ledger) -> None:
    take(ledger, entry("old"))
    read(ledger, "old", "text")
    take(ledger, entry("new"), run="2")
    read(ledger, "new", "text")
    assert take(ledger, entry("new"), run="2") == []  # a repeated step of the same run
    assert read(ledger, "new", "text") == {"new": Folded("old", goes_on=True)}


def test_a_guid_alone_proves_nothing(ledger: Ledger) -> None:
    for number in range(4):
        name = f"e{number}"
        assert take(ledger, entry(name, f"Story {number} of {name}"), run=name) == [name]
        assert read(ledger, name, f"text {number}") == {}
    assert ledger.progress() == (0, 4)


def test_another_feeds_guid_is_another_guid(ledger: Ledger) -> None:
    take(ledger, entry("old"))
    read(ledger, "old", "text")
    take(ledger, entry("new", feed=OTHER), run="2")
    assert read(ledger, "new", "text") == {}


def test_a_daily_briefing_under_one_guid_stays_many(ledger: Ledger) -> None:
    for day in range(3):
        published = NOON + dt.timedelta(days=day)
        take(ledger, entry(f"day{day}", "Morning briefing", published=published), run=str(day))
        assert read(ledger, f"day{day}", f"news of day {day}") == {}


def test_of_one_moment_and_nearly_the_same_words_it_is_one_unless_both_are_listed(ledger: Ledger) -> None:
    take(ledger, entry("old", published=NOON))
    read(ledger, "old", "text")
    take(ledger, entry("new", "Ferry to sail on Tuesday", published=NOON), run="2")
    assert read(ledger, "new", "other text") == {"new": Folded("old", goes_on=True)}
    both = [entry("left", guid="8", published=NOON), entry("right", guid="8", published=NOON)]
    take(ledger, *both, run="3")
    assert [read(ledger, e.id, f"text of {e.id}") for e in both] == [{}, {}]


def test_an_address_that_another_feed_leads_to_is_no_second_article(ledger: Ledger) -> None:
    take(ledger, entry("here"))
    read(ledger, "here", "text")
    take(ledger, entry("tracked", feed=OTHER), run="2")
    assert read(ledger, "tracked", "text", "here") == {"tracked": Folded("here")}
    assert ledger.progress() == (0, 2)  # the same words: nothing is read again
    take(ledger, entry("later", feed=OTHER), run="3")
    assert read(ledger, "later", "text, mended", "here") == {"later": Folded("here")}
    assert [(e.id, e.feed) for e in ledger.left_over(run="4")] == [("here", FEED)]  # read again as its own feed has it


def test_an_address_that_was_claimed_first_is_known_when_it_comes(ledger: Ledger) -> None:
    take(ledger, entry("tracked", feed=OTHER))
    read(ledger, "tracked", "text", "here")
    assert take(ledger, entry("here"), run="2") == []
    assert take(ledger, entry("here", "Council meets about roads"), run="3") == ["here"]  # its own after all
    assert read(ledger, "here", "another text") == {}
    assert take(ledger, entry("here"), run="4") == ["here"]  # which changes from now on


def test_where_all_readers_are_sent_to_one_page_nothing_is_folded(ledger: Ledger) -> None:
    for number, title in enumerate(["Bridge opens", "Minister resigns", "Ferry late"]):
        take(ledger, entry(f"e{number}", title, guid=""), run=str(number))
        assert read(ledger, f"e{number}", "subscribe now", "wall") == {}


def test_an_article_that_comes_late_to_its_own_address_is_the_one_that_claimed_it(ledger: Ledger) -> None:
    take(ledger, entry("here"))
    take(ledger, entry("tracked", feed=OTHER), run="2")
    assert read(ledger, "tracked", "text", "here") == {}  # nobody knows yet what is there
    assert read(ledger, "here", "text") == {"here": Folded("tracked")}


@pytest.mark.parametrize("state", ["failed", "unread"])
def test_what_has_no_text_stands_for_nothing(ledger: Ledger, state: str) -> None:
    take(ledger, entry("old"))
    if state == "failed":
        read(ledger, "old", "text", done=False)
        ledger.fail("old", "page-refused", final=True)
    take(ledger, entry("new", feed=OTHER), run="2")
    assert read(ledger, "new", "text", "old") == {}


def test_of_two_in_one_pass_one_goes_on(ledger: Ledger) -> None:
    take(ledger, entry("old"))
    take(ledger, entry("new"), run="2")
    read(ledger, "old", "text", done=False)
    assert read(ledger, "new", "text") == {"new": Folded("old")}
    assert ledger.standing(["old", "new"]) == {"old": "pending", "new": "done"}


def test_an_article_whose_address_changes_each_time_is_looked_at_so_often(ledger: Ledger) -> None:
    take(ledger, entry("e"))
    read(ledger, "e", "text")
    went_on = 0
    for number in range(2 * LOOKS):
        take(ledger, entry(f"e{number}"), run=f"r{number}")
        went_on += read(ledger, f"e{number}", "text")[f"e{number}"].goes_on
        ledger.conclude("e", [])
    assert went_on == LOOKS


def test_what_led_to_an_article_is_forgotten_with_it(ledger: Ledger) -> None:
    take(ledger, entry("old"))
    read(ledger, "old", "text", "elsewhere")
    take(ledger, entry("new"), run="2")
    read(ledger, "new", "text")
    ledger.conclude("old", [])
    later = entry("late", "Other news", guid="9", seen=NOON + dt.timedelta(days=9))
    take(ledger, later, run="3")
    assert ledger.prune(NOON + dt.timedelta(days=1), most=9) == 2
    assert take(ledger, entry("new"), entry("elsewhere"), run="4") == ["new", "elsewhere"]
    assert ledger.folded(["new"]) == {}


def test_evidence() -> None:
    known, new = entry("a"), entry("b")
    assert same_article(known, new, Evidence(address=True))
    other = entry("b", "Council meets about roads")
    assert not same_article(known, other, Evidence(address=True, story=True))
    assert same_article(known, other, Evidence(address=True, guid=True))
    assert same_article(known, other, Evidence(guid=True, story=True, together=True))
    assert not same_article(known, new, Evidence(guid=True))
    assert not same_article(known, new, Evidence(story=True))
    assert is_meant(known, entry("b", "Ferry to sail on Tuesday"))
    assert (likeness("", ""), likeness("A b", "a B!")) == (0.0, 1.0)
