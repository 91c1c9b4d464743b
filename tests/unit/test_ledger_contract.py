"""What every Ledger promises: the SQLite one and the one in memory do the same."""

import dataclasses as dc
import datetime as dt

from schemas.alerts import Match
from schemas.articles import Entry
from schemas.documents import Origin
from schemas.feeds import FeedState
from schemas.kept import Item
from tests.fakes.alerts import make_alert
from transforms.keeping import TOLD_FOR
from transforms.protocols import Ledger

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
FEED = "https://courier.test/feed"
STATE = FeedState(url=FEED, etag='"1"', polled=NOON, status="ok")


def entry(id_: str, minutes: int = 0, title: str = "") -> Entry:
    seen = NOON + dt.timedelta(minutes=minutes)
    return Entry(id=id_, feed=FEED, outlet="The Courier", url=f"https://courier.test/{id_}", title=title, seen=seen)


def match(alert: str, record: str, *, day: int | None = None, rule: str = "velden") -> Match:
    published = dt.datetime(2025, 2, day, tzinfo=dt.timezone.utc) if day else None
    of = Origin(document="e1", url="https://courier.test/e1", seen=NOON, published=published)
    return Match(alert=alert, rule=rule, record=record, kind="mention", confidence=0.9, origin=of)


def names(entries: list[Entry]) -> str:
    return " ".join(e.id for e in entries)


def test_a_feed_is_remembered_as_last_seen(ledger: Ledger):
    assert ledger.feed(FEED) is None
    other = FeedState(url="https://a.test/feed", due=NOON)
    ledger.take(STATE, [], run="r1")
    ledger.take(other, [], run="r1")
    changed = dc.replace(STATE, etag='"2"', failures=3)
    ledger.take(changed, [], run="r1")
    assert ledger.feed(FEED) == changed
    assert ledger.feeds() == [other, changed]
    assert ledger.known([FEED, other.url, "https://b.test/feed"]) == {FEED: changed, other.url: other}


def test_new_entries_are_taken_once(ledger: Ledger):
    assert names(ledger.take(STATE, [entry("b"), entry("a")], run="r1")) == "b a"
    assert names(ledger.take(STATE, [entry("c"), entry("b")], run="r2")) == "c"


def test_the_same_poll_again_in_a_run_gives_what_is_not_settled(ledger: Ledger):
    entries = [entry("a"), entry("b"), entry("c"), entry("a", title="twice in one feed")]
    assert names(ledger.take(STATE, entries, run="r1")) == "a b c"
    ledger.conclude("b", [])
    ledger.fail("c", "no-text", final=True)
    assert names(ledger.take(STATE, entries, run="r1")) == "a"


def test_an_entry_keeps_its_first_form(ledger: Ledger):
    first, later = entry("a", title="First"), entry("a", 60, title="Later")
    ledger.take(STATE, [first], run="r1")
    assert ledger.take(STATE, [later], run="r1") == [first]
    assert ledger.left_over(run="r2") == [first]


def test_of_one_entry_twice_in_a_feed_the_first_counts(ledger: Ledger):
    assert ledger.take(STATE, [entry("a", title="First"), entry("a", title="Second")], run="r1") == [
        entry("a", title="First")
    ]


def test_an_entry_of_two_feeds_is_worked_on_once(ledger: Ledger):
    first, second = entry("a"), dc.replace(entry("a"), feed="https://other.test/feed")
    assert ledger.take(STATE, [first], run="1") == [first]
    assert ledger.take(dc.replace(STATE, url="https://other.test/feed"), [second], run="1") == []


def test_what_a_killed_run_left_is_the_next_runs_work_once(ledger: Ledger):
    ledger.take(STATE, [entry("late", 5), entry("early", 1), entry("done"), entry("b", 5)], run="r1")
    ledger.conclude("done", [])
    assert ledger.left_over(run="r1") == []
    assert names(ledger.left_over(run="r2")) == "early b late"
    assert names(ledger.left_over(run="r2")) == "early b late"
    # still in the feed, but already this run's work: it must not flow twice
    assert names(ledger.take(STATE, [entry("late", 5), entry("new")], run="r2")) == "new"
    ledger.conclude("early", [])
    assert names(ledger.left_over(run="r2")) == "b late"
    assert names(ledger.left_over(run="r3")) == "new b late"


def test_an_entry_may_fail_in_five_runs(ledger: Ledger):
    ledger.take(STATE, [entry("a")], run="r1")
    for run in ("r2", "r3", "r4", "r5"):
        ledger.fail("a", "page-unreachable", final=False)
        ledger.fail("a", "page-unreachable", final=False)  # a repeated step of the same run
        assert names(ledger.left_over(run=run)) == "a"
    assert ledger.progress() == (1, 0)
    ledger.fail("a", "page-unreachable", final=False)
    assert ledger.progress() == (0, 1)
    assert ledger.left_over(run="r6") == []


def test_what_is_settled_stays_so(ledger: Ledger):
    ledger.take(STATE, [entry("a"), entry("b")], run="r1")
    ledger.conclude("a", [])
    ledger.fail("a", "bug", final=True)
    assert ledger.reopen(["a"]) == 0
    ledger.fail("b", "no-text", final=True)
    ledger.conclude("b", [])
    assert ledger.reopen(["b"]) == 0
    assert ledger.progress() == (0, 2)


def test_an_unknown_entry_is_nothing_to_settle(ledger: Ledger):
    ledger.fail("nobody", "bug", final=True)
    ledger.conclude("nobody", [match("x", "m1")])
    assert ledger.progress() == (0, 0)
    assert ledger.undelivered() == ["x"]


def test_failed_entries_are_reopened_for_the_next_run(ledger: Ledger):
    ledger.take(STATE, [entry("a", 1), entry("b"), entry("c")], run="r1")
    ledger.fail("a", "no-text", final=True)
    ledger.fail("b", "page-refused", final=True)
    assert ledger.reopen(["a", "b", "a", "c", "nobody"]) == 2
    assert ledger.reopen(["a", "b"]) == 0
    assert ledger.progress() == (3, 0)
    assert names(ledger.left_over(run="r2")) == "b c a"
    for run in ("r3", "r4", "r5", "r6"):  # its tries begin anew
        ledger.fail("a", "bug", final=False)
        assert "a" in names(ledger.left_over(run=run))


def test_a_match_is_kept_once_in_its_first_form(ledger: Ledger):
    first = match("x", "m1", day=3)
    ledger.conclude("e1", [first, match("x", "m0", day=5), match("y", "m1")])
    ledger.conclude("e1", [dc.replace(first, rule="other"), match("x", "m2", day=3), match("x", "m3", day=1)])
    assert [m.record for m in ledger.matches("x")] == ["m0", "m1", "m2", "m3"]
    assert list(ledger.matches("x"))[1] == first
    assert list(ledger.matches("nothing")) == []


def test_the_matches_of_an_alert_come_in_parts(ledger: Ledger):
    records = [f"m{number:04}" for number in range(1203)]
    ledger.conclude("e1", [match("x", record) for record in records])
    assert [found.record for found in ledger.matches("x")] == records


def test_an_alert_is_due_until_it_stands_as_it_is(ledger: Ledger):
    ledger.conclude("e1", [match("y", "m1"), match("x", "m1")])
    assert ledger.undelivered() == ["x", "y"]
    ledger.finish("x", 1)
    ledger.finish("x", 1)
    assert ledger.undelivered() == ["y"]
    ledger.conclude("e1", [match("x", "m1")])
    assert ledger.undelivered() == ["y"], "a replay brings nothing new"
    ledger.conclude("e2", [match("x", "m9")])
    assert ledger.undelivered() == ["x", "y"], "it has grown"
    ledger.finish("x", 1)
    assert ledger.undelivered() == ["x", "y"], "what was written was not all of it"
    ledger.finish("x", 2)
    assert ledger.undelivered() == ["y"]


def test_the_oldest_unsettled_entry(ledger: Ledger):
    assert ledger.oldest_unsettled() is None
    ledger.take(STATE, [entry("b", 5), entry("a", 1)], run="r1")
    assert ledger.oldest_unsettled() == NOON + dt.timedelta(minutes=1)
    ledger.conclude("a", [])
    assert ledger.oldest_unsettled() == NOON + dt.timedelta(minutes=5)


def test_waiting_entries_come_oldest_first_in_bounded_numbers(ledger: Ledger):
    ledger.take(STATE, [entry("late", 5), entry("early", 1), entry("done"), entry("b", 5)], run="r1")
    ledger.conclude("done", [])
    assert names(ledger.waiting(2)) == "early b"
    assert names(ledger.waiting(2)) == "early b"
    assert names(ledger.waiting(9, but_not={"early"})) == "b late"


def test_claimed_entries_are_this_runs_and_count_a_try_each_run(ledger: Ledger):
    ledger.take(STATE, [entry("a"), entry("b")], run="r1")
    for run in ("r2", "r3", "r4", "r5", "r6"):
        assert ledger.standing(["a", "b", "nobody"]) == {"a": "pending", "b": "pending"}
        ledger.claim(["a", "nobody"], run=run)
        assert names(ledger.take(STATE, [entry("a")], run=run)) == ""
        ledger.fail("a", "page-unreachable", final=False)
    ledger.conclude("b", [])
    assert ledger.standing(["a", "b"]) == {"a": "failed", "b": "done"}


def test_work_that_came_to_no_end_is_remembered(ledger: Ledger):
    ledger.take(STATE, [entry("a"), entry("b")], run="r1")
    ledger.claim(["a", "b"], run="r2")
    ledger.ended(["b", "nobody"])
    ledger.claim(["a"], run="r3")
    ledger.claim(["a", "b"], run="r4")
    ledger.claim(["a", "b"], run="r4")
    assert ledger.begun() == {"a": 3, "b": 1}
    ledger.ended(["a", "b"])
    assert ledger.begun() == {}


def test_old_settled_entries_are_forgotten_unless_a_feed_still_lists_them(ledger: Ledger):
    ledger.take(STATE, [entry("open"), entry("done"), entry("listed"), entry("late", 99), entry("elsewhere")], run="r1")
    for id_ in ("done", "listed", "late", "elsewhere"):
        ledger.conclude(id_, [])
    before = NOON + dt.timedelta(minutes=50)
    assert ledger.prune(before, most=9) == 0  # the feed lists them all
    ledger.take(STATE, [entry("listed")], run="r2")
    ledger.take(STATE, [], run="r3")  # unchanged: it still lists what it did
    ledger.take(dc.replace(STATE, url="https://other.test/feed"), [entry("elsewhere")], run="r3")
    assert ledger.prune(before, most=9) == 1
    assert ledger.prune(before, most=9) == 0
    assert names(ledger.take(STATE, [entry("listed"), entry("elsewhere"), entry("late"), entry("done")], run="r4")) == (
        "done"
    )


def test_old_entries_are_forgotten_in_parts(ledger: Ledger):
    ledger.take(STATE, [entry(id_) for id_ in "abc"], run="r1")
    for id_ in "abc":
        ledger.fail(id_, "no-text", final=True)
    ledger.take(STATE, [entry("new")], run="r2")
    assert [ledger.prune(NOON + dt.timedelta(days=1), most=2) for _ in range(3)] == [2, 1, 0]


def test_of_a_feed_that_is_forgotten_all_goes_that_is_not_to_be_done(ledger: Ledger):
    other = dc.replace(STATE, url="https://other.test/feed", listing="same")
    ledger.take(dc.replace(STATE, listing="same"), [entry("done"), entry("open")], run="r1")
    ledger.take(other, [dc.replace(entry("else"), feed=other.url)], run="r1")
    for id_ in ("done", "else"):
        ledger.conclude(id_, [])
    for _ in range(2):
        ledger.forget_feeds([FEED, "https://nobody.test/feed"])
    assert ledger.feeds() == [other]
    assert ledger.known([FEED, other.url]) == {other.url: other}
    assert ledger.listing("same") == [other.url]
    later = NOON + dt.timedelta(days=1)
    assert [ledger.prune(later, most=9) for _ in range(2)] == [1, 0]
    assert ledger.standing(["done", "open", "else"]) == {"open": "pending", "else": "done"}
    assert names(ledger.take(STATE, [entry("done"), entry("open")], run="r2")) == "done", "it is a new feed again"
    assert ledger.feed(FEED) == STATE


def test_bookmarks_are_kept_by_task_until_they_are_forgotten(ledger: Ledger):
    assert ledger.bookmark("one") == ""
    for task, place in (("one", "a"), ("two", "b"), ("one", "c"), ("one", "c")):
        ledger.keep_bookmark(task, place)
    assert (ledger.bookmark("one"), ledger.bookmark("two")) == ("c", "b")
    ledger.keep_bookmark("one", "")
    ledger.keep_bookmark("three", "")
    assert [ledger.bookmark(task) for task in ("one", "two", "three")] == ["", "b", ""]


def alerted(ledger: Ledger, name: str, item: Item) -> None:
    """Let the ledger know of an alert with one match, found at noon."""
    ledger.conclude(f"e-{name}", [match(name, "m1")])
    items = [dc.replace(item, alert=name)]
    ledger.outbox.post(make_alert(id=name, first_seen=NOON, last_seen=NOON), items)
    ledger.outbox.put(items, now=NOON)


def test_old_alerts_are_forgotten_a_year_after_their_articles_and_not_while_one_is_due(ledger: Ledger):
    sent, due = Item(alert="a", channel="log", since=NOON, state="sent"), Item(alert="b", channel="log", since=NOON)
    for name, item in (("a", sent), ("b", due), ("c", sent), ("d", sent)):
        alerted(ledger, name, item)
    for name in ("a", "b", "d"):
        ledger.finish(name, 1)  # c has grown since it was written
    over = NOON + TOLD_FOR + dt.timedelta(days=1)
    assert ledger.prune(NOON + TOLD_FOR, most=9) == 0
    assert [ledger.prune(over, most=1) for _ in range(3)] == [1, 1, 0]
    assert [len(list(ledger.matches(name))) for name in "abcd"] == [0, 1, 1, 0]
    assert [len(ledger.outbox.items(name)) for name in "abcd"] == [0, 1, 1, 0]
    assert ledger.undelivered() == ["c"]


def test_an_alert_that_grows_after_its_article_is_forgotten_keeps_what_it_had(ledger: Ledger):
    alerted(ledger, "a", Item(alert="a", channel="log", since=NOON, state="sent"))
    ledger.finish("a", 1)
    ledger.prune(NOON + dt.timedelta(days=200), most=9)
    ledger.conclude("e-late", [match("a", "m2")])
    assert [found.record for found in ledger.matches("a")] == ["m1", "m2"]
    assert ledger.undelivered() == ["a"]
    assert [item.state for item in ledger.outbox.items("a")] == ["sent"]  # and nobody is told twice
