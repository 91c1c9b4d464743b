"""What a stream takes up again: nothing is left lying, nothing that is under way is doubled."""

import datetime as dt

from schemas.alerts import Match
from schemas.articles import Entry
from schemas.feeds import FeedState
from tests.fakes.ledger import MemoryLedger
from tests.fakes.records import make_document, origin_of
from transforms.ledger.again import A_HOST, RESTS, TURN, UNDER_WAY, LeftAlerts, LeftEntries

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
SECOND = dt.timedelta(seconds=1)
FEED = FeedState(url="https://a.test/rss")


class Desk:
    """A ledger, and a clock that the test sets."""

    def __init__(self) -> None:
        self.now, self.ledger = NOON, MemoryLedger()

    def takes(self, *names: str, host: str = "") -> None:
        entries = [
            Entry(id=name, feed=FEED.url, outlet="A", url=f"https://{host or name}.test/{name}", seen=self.now)
            for name in names
        ]
        self.ledger.take(FEED, entries, run="run")

    def begin(self) -> None:
        self.left = LeftEntries(self.ledger, lambda: self.now, "run")

    def look(self) -> list[str]:
        return [entry.id for entry in self.left()]


def test_what_was_there_before_the_start_is_given_at_once_and_once():
    desk = Desk()
    desk.takes("a", "b")
    desk.now += SECOND
    desk.begin()
    desk.takes("new")
    assert desk.look() == ["a", "b"]
    desk.now += SECOND
    assert desk.look() == []
    assert desk.ledger.entries["a"].taken == "run-0"


def test_what_is_under_way_for_too_long_is_given_again_and_rests_longer_each_time():
    desk = Desk()
    desk.begin()
    desk.takes("a")
    desk.now += UNDER_WAY
    assert desk.look() == []
    for rest in (SECOND, *RESTS, RESTS[-1]):
        desk.now += rest - SECOND
        assert desk.look() == []
        desk.now += SECOND
        assert desk.look() == ["a"]


def test_what_is_settled_is_not_given():
    desk = Desk()
    desk.takes("a", "b")
    desk.ledger.conclude("a", ())
    desk.ledger.fail("b", "page-refused", final=True)
    desk.now += SECOND
    desk.begin()
    assert desk.look() == []


def test_a_busy_host_has_its_share_at_a_time_and_holds_up_no_other():
    desk = Desk()
    busy = [f"busy{n:03}" for n in range(2 * A_HOST + 1)]
    desk.takes(*busy, host="busy")
    desk.takes("z")
    desk.now += SECOND
    desk.begin()
    assert desk.look() == [*busy[:A_HOST], "z"]
    desk.now += TURN
    assert desk.look() == busy[A_HOST : 2 * A_HOST]
    desk.now += TURN
    assert desk.look() == busy[2 * A_HOST :]


def test_tries_that_fail_are_counted_and_end():
    desk = Desk()
    desk.takes("a")
    desk.now += SECOND
    desk.begin()
    for _ in range(5):
        assert desk.look() == ["a"]
        desk.ledger.fail("a", "page-unreachable", final=False)
        desk.now += RESTS[-1]
    assert desk.look() == []
    assert desk.ledger.entries["a"].state == "failed"


def test_alerts_that_grew_before_the_start_are_given_and_later_ones_at_the_second_look():
    ledger = MemoryLedger()

    def grows(alert: str) -> None:
        document = make_document(id=f"d of {alert}")
        match = Match(
            alert=alert, rule="r", record=f"m of {alert}", kind="mention", confidence=1.0, origin=origin_of(document)
        )
        ledger.conclude("", [match])

    grows("old")
    left = LeftAlerts(ledger)
    assert left() == ["old"]
    grows("new")
    assert left() == ["old"]
    ledger.finish("old", 1)
    assert left() == ["new"]
