"""When an article is looked at again: both ledgers do the same."""

import dataclasses as dc
import datetime as dt

import pytest

from schemas.articles import Entry
from schemas.feeds import FeedState
from transforms.ledger.items import LISTED, LOOKS, listed_now
from transforms.protocols import Ledger

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
FEED = "https://courier.test/feed"
STATE = FeedState(url=FEED)


def entry(id_: str, title: str = "Talks", **fields: str) -> Entry:
    made = Entry(id=id_, feed=FEED, outlet="", url=f"https://courier.test/{id_}", title=title, seen=NOON)
    return dc.replace(made, **fields)


def settle(ledger: Ledger, *ids: str) -> None:
    for id_ in ids:
        ledger.conclude(id_, [])


def taken(ledger: Ledger, *entries: Entry, run: str, feed: str = FEED) -> list[str]:
    return [entry.id for entry in ledger.take(dc.replace(STATE, url=feed), entries, run=run)]


@pytest.mark.parametrize("change", [{"title": "Talks end"}, {"summary": "They ended."}, {"updated": "2025-02-17"}])
def test_a_changed_item_is_looked_at_once_more(ledger: Ledger, change: dict[str, str]) -> None:
    taken(ledger, entry("a"), entry("b"), run="1")
    settle(ledger, "a", "b")
    again = entry("a", **change)
    assert ledger.take(STATE, [again, entry("b")], run="2") == [again]
    assert ledger.progress() == (1, 1)
    assert ledger.left_over(run="3") == [again]  # killed meanwhile: the new form is what is worked on
    settle(ledger, "a")
    assert taken(ledger, again, entry("b"), run="4") == []


def test_spaces_are_no_change(ledger: Ledger) -> None:
    taken(ledger, entry("a", "Talks begin"), run="1")
    settle(ledger, "a")
    assert taken(ledger, entry("a", "Talks  begin\n"), run="2") == []


def test_what_is_not_settled_keeps_its_form_and_is_looked_at_when_it_is(ledger: Ledger) -> None:
    taken(ledger, entry("a"), run="1")
    later = entry("a", "Talks end")
    assert ledger.take(STATE, [later], run="1") == [entry("a")]
    settle(ledger, "a")
    assert ledger.take(STATE, [later], run="2") == [later]


def test_what_failed_is_looked_at_when_its_item_changes(ledger: Ledger) -> None:
    taken(ledger, entry("a"), run="1")
    ledger.fail("a", "page-refused", final=True)
    assert taken(ledger, entry("a"), run="2") == []
    assert taken(ledger, entry("a", "Talks end"), run="3") == ["a"]
    assert ledger.progress() == (1, 0)


def test_another_feeds_words_are_no_change(ledger: Ledger) -> None:
    other = "https://other.test/feed"
    taken(ledger, entry("a"), run="1")
    settle(ledger, "a")
    for run in "234":
        assert taken(ledger, entry("a", "In other words", feed=other), run=run, feed=other) == []
        assert taken(ledger, entry("a"), run=run) == []


def test_an_item_that_changes_each_time_is_looked_at_so_often(ledger: Ledger) -> None:
    taken(ledger, entry("a"), run="0")
    looks = 0
    for number in range(2 * LOOKS):
        settle(ledger, "a")
        looks += len(taken(ledger, entry("a", f"Talks, {number} comments"), run=f"r{number}"))
    assert looks == LOOKS


def test_a_feed_that_dates_all_anew_says_nothing(ledger: Ledger) -> None:
    ids = [f"e{n}" for n in range(9)]
    taken(ledger, *(entry(id_, updated="1") for id_ in ids), run="1")
    settle(ledger, *ids)
    assert taken(ledger, *(entry(id_, updated="2") for id_ in ids), run="2") == []
    reworded = entry("e3", "Talks end", updated="3")
    assert taken(ledger, *(entry(i, updated="3") for i in ids if i != "e3"), reworded, run="3") == ["e3"]
    settle(ledger, "e3")
    assert taken(ledger, *(entry(id_, updated="1") for id_ in ids[1:]), entry("e0", updated="9"), run="4") == [
        "e3",
        "e0",
    ]


def test_of_two_items_with_one_id_the_first_counts(ledger: Ledger) -> None:
    taken(ledger, entry("a"), entry("a", "The other"), run="1")
    settle(ledger, "a")
    assert taken(ledger, entry("a"), entry("a", "The other"), run="2") == []


def test_a_change_that_comes_while_the_article_is_worked_on_is_met_again(ledger: Ledger) -> None:
    known = dc.replace(STATE, etag='"1"', modified="Sun, 16 Feb 2025 12:00:00 GMT", body_hash="h1", status="ok")
    ledger.take(known, [entry("a")], run="1")
    assert ledger.feed(FEED) == known
    again = entry("a", "Talks end")
    ledger.take(dc.replace(known, etag='"2"', body_hash="h2"), [again], run="2")
    assert ledger.feed(FEED) == dc.replace(known, etag="", modified="", body_hash="")  # asked anew, and parsed
    settle(ledger, "a")
    assert taken(ledger, again, run="3") == ["a"]


def test_what_a_hub_pushes_is_not_all_that_the_feed_lists(ledger: Ledger) -> None:
    pushed = dc.replace(STATE, polled=NOON, pushed=NOON)
    taken(ledger, entry("a"), entry("b"), run="1")
    ledger.take(pushed, [entry("c")], run="2")
    settle(ledger, "a", "b", "c")
    later = NOON + dt.timedelta(days=200)
    assert ledger.prune(later, most=9) == 0
    ledger.take(dc.replace(pushed, polled=NOON + dt.timedelta(hours=1)), [entry("b"), entry("c")], run="3")
    assert ledger.prune(later, most=9) == 1


def test_a_feed_that_came_cut_short_lists_what_it_listed_before_too(ledger: Ledger) -> None:
    taken(ledger, entry("a"), entry("b"), run="1")
    settle(ledger, "a", "b")
    later = NOON + dt.timedelta(days=200)
    ledger.take(dc.replace(STATE, polled=NOON, cut=NOON), [entry("a")], run="2")
    assert ledger.prune(later, most=9) == 0
    ledger.take(dc.replace(STATE, polled=later, cut=NOON), [entry("a")], run="3")  # whole again
    assert ledger.prune(later, most=9) == 1


def test_corrections_under_a_new_address_are_met_and_its_old_list_is_forgotten(ledger: Ledger) -> None:
    new = dc.replace(STATE, url="https://courier.test/new", formerly=(FEED,))
    taken(ledger, entry("a"), entry("b"), run="1")
    settle(ledger, "a", "b")
    again = entry("a", "Talks end", feed=new.url)
    assert ledger.take(new, [again], run="2") == [again]
    settle(ledger, "a")
    assert ledger.prune(NOON + dt.timedelta(days=200), most=9) == 1


def test_a_feed_in_parts_lists_so_many_items_at_most() -> None:
    part = dc.replace(STATE, polled=NOON, cut=NOON)
    assert len(listed_now(part, ["new"], map(str, range(2 * LISTED)))) == LISTED


def test_feeds_that_listed_the_same_are_found(ledger: Ledger) -> None:
    for url in ("https://b.test/", "https://a.test/"):
        ledger.take(FeedState(url=url, listing="l1"), [entry("a")], run="1")
    ledger.take(FeedState(url="https://c.test/", listing="l2"), [entry("a")], run="1")
    assert ledger.listing("l1") == ["https://a.test/", "https://b.test/"]
    assert ledger.listing("l3") == []
