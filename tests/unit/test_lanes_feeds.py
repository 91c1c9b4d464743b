"""The lane of feeds when a pass fails, and the lane of chores: what is left over, and what is asked again."""

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from operator import attrgetter

import pytest

from pipelines.ahead import Ahead
from pipelines.chores import ChoreLane
from pipelines.lanes import FAULTY, FeedLane
from pipelines.pace import Pace
from schemas.errors import UserError
from schemas.feeds import Feed, FeedState
from schemas.settings import Settings
from tests.fakes.ledger import MemoryLedger
from tests.unit.test_lanes import NOON, Counts, FakeDesk, until


def polling(pass_: Callable[[Sequence[Feed]], Counts]) -> tuple[FeedLane, FakeDesk]:
    """A lane with one feed, of which the ledger learns nothing; its pass is over."""
    desk = FakeDesk(MemoryLedger(), pass_, feeds=(Feed(url="https://post.test/rss"),))  # type: ignore[arg-type]
    ahead: Ahead[Feed] = Ahead(lambda _: None, attrgetter("url"), attrgetter("url"), 2)
    lane = FeedLane(desk, desk.ledger, ahead)  # type: ignore[arg-type]
    with contextlib.suppress(UserError, ZeroDivisionError):
        until(lane.step)
    return lane, desk


def full(_feeds: object) -> Counts:
    raise UserError("disk full", transient=True)


def wrong(_feeds: object) -> Counts:
    raise ZeroDivisionError


def test_after_a_full_disk_feeds_rest_as_ever_and_after_a_bug_longer():
    shortest = dt.timedelta(seconds=Settings().feeds.shortest_s)
    for pass_, rest in ((full, shortest), (wrong, FAULTY), (lambda _: {}, FAULTY)):
        lane, _ = polling(pass_)
        assert lane.states["https://post.test/rss"].due == NOON + rest
        assert lane.ahead.going() == set()


def test_a_feed_is_asked_again_though_the_ledger_could_not_tell_how_it_stands():
    class Away(MemoryLedger):
        def known(self, urls: object) -> dict[str, FeedState]:
            raise UserError("the ledger is away", transient=True)

    lane, desk = polling(lambda _: {})
    lane.ledger, lane.states = Away(), {}
    desk.now += 60
    with pytest.raises(UserError, match="away"):
        until(lane.step)
    assert lane.ahead.going() == set()
    desk.now += 60
    with pytest.raises(UserError, match="away"):
        until(lane.step)


def test_chores_are_done_now_and_then_and_a_ledger_that_is_away_is_asked_again():
    done: list[str] = []

    def count() -> None:
        done.append("counted")
        if len(done) == 1:
            raise UserError("the ledger is away", transient=True)

    now = [100.0]
    lane = ChoreLane(count, lambda: done.append("pruned"), Pace(2.0, lambda: now[0]))
    with pytest.raises(UserError):
        lane.step()
    assert not lane.step()
    now[0] += 2
    assert not lane.step()
    assert done == ["counted", "pruned", "counted", "pruned"]
