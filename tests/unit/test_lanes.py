"""The lane of articles: what a pass takes up, what waits, and what it makes of a pass that failed."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.ahead import Ahead
from pipelines.desk import Desk
from pipelines.kept import keep, let_go
from pipelines.lanes import LEAST, RETRY_S, ArticleLane, endless
from pipelines.meter import Meter
from schemas.articles import Entry
from schemas.codec import from_json
from schemas.errors import UserError
from schemas.failures import TRANSIENT, Failure
from schemas.feeds import Feed, FeedState
from schemas.query import Query
from schemas.settings import Settings
from tests.fakes.ledger import MemoryLedger
from transforms.clients.opening import open_index
from transforms.clients.replay import Answers
from transforms.protocols import Ledger

NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)
Counts = dict[str, dict[str, int]]
AWAY: Counts = {"index": {"index-unreachable": 1}}


@dataclass
class FakeDesk:
    """Runs no pipeline: `passes` says what each pass does with its entries, and how long it takes."""

    ledger: MemoryLedger
    pass_: Callable[[Sequence[Entry]], Counts]
    took: float = 0.1
    now: float = 1000.0
    meter: Meter = field(default_factory=Meter)
    sizes: list[int] = field(default_factory=list)
    recorded: list[Failure] = field(default_factory=list)
    feeds: tuple[Feed, ...] = ()
    settings: Settings = field(default_factory=Settings)

    def in_force(self) -> Any:
        return SimpleNamespace(job=SimpleNamespace(feeds=self.feeds))

    def run(self, _lane: str, _build: object, entries: Sequence[Entry]) -> Counts:
        self.sizes.append(len(entries))
        self.now += self.took
        return self.pass_(entries)

    def record(self, failure: Failure, ledger: Ledger) -> None:
        self.recorded.append(failure)
        ledger.fail(failure.entry, failure.reason, final=failure.reason not in TRANSIENT)

    def monotonic(self) -> float:
        return self.now

    def clock(self) -> dt.datetime:
        return NOON


def made(
    pass_: Callable[[MemoryLedger, Sequence[Entry]], Counts], entries: int, **more: Any
) -> tuple[ArticleLane, Any]:
    ledger = MemoryLedger()
    feed = "https://post.test/rss"
    found = [
        Entry(id=f"{n:04}", feed=feed, outlet="", url=f"https://h{n}.test/", seen=NOON - dt.timedelta(seconds=900 - n))
        for n in range(entries)
    ]
    ledger.take(FeedState(url=feed), found, run="poll")
    desk = FakeDesk(ledger, lambda taken: pass_(ledger, taken), **more)
    ahead: Ahead[Entry] = Ahead(lambda _: None, lambda e: e.id, lambda e: e.url, 4)
    return ArticleLane(desk, ledger, ahead, Answers()), desk  # type: ignore[arg-type]


def passes(lane: ArticleLane, number: int = 1) -> None:
    """Let the lane do so many passes; what is asked ahead comes in a moment."""
    end = time.monotonic() + 10
    while number and time.monotonic() < end:
        number -= lane.step()
        time.sleep(0.01)
    assert not number


def until(reached: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not reached():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def concludes(ledger: MemoryLedger, entries: Sequence[Entry]) -> Counts:
    for entry in entries:
        ledger.conclude(entry.id, [])
    return {"index": {"ok": len(entries)}}


def test_what_is_oldest_is_read_first_and_all_of_it_in_the_end():
    lane, desk = made(concludes, 100)
    passes(lane)
    assert desk.ledger.progress() == (100 - desk.sizes[0], desk.sizes[0])
    while desk.ledger.progress()[0]:
        lane.step()
        time.sleep(0.005)
    assert sum(desk.sizes) == 100
    assert desk.meter.value("newswatch_seen_to_indexed_seconds_count") == 100
    assert lane.ahead.going() == set()


def test_quick_passes_grow_and_slow_ones_shrink():
    lane, desk = made(concludes, 400)
    lane._adapt(LEAST, 0.1)
    assert lane.most == 2 * LEAST
    lane._adapt(3, 0.1)  # too few waited to say how many would fit
    assert lane.most == 2 * LEAST
    lane._adapt(2 * LEAST, 4.0)
    assert LEAST < lane.most < 2 * LEAST
    lane._adapt(lane.most, 60.0)
    assert lane.most == LEAST
    del desk


def test_an_index_that_is_away_costs_no_try_and_is_asked_by_one_article():
    away = [True]
    lane, desk = made(lambda ledger, taken: AWAY if away[0] else concludes(ledger, taken), 40)
    with pytest.raises(UserError, match="articles wait"):
        passes(lane)
    with pytest.raises(UserError):
        passes(lane)
    assert desk.sizes[-1] == 1
    assert desk.ledger.progress() == (40, 0)
    assert lane.parked == {}
    away[0] = False
    passes(lane, 3)
    assert max(desk.sizes[-2:]) > 1


def test_what_failed_for_now_comes_back_later_and_holds_up_nothing():
    def fails_first(ledger: MemoryLedger, taken: Sequence[Entry]) -> Counts:
        for entry in taken:
            if entry.id == "0000":
                ledger.fail(entry.id, "page-unreachable", final=False)
            else:
                ledger.conclude(entry.id, [])
        return {}

    lane, desk = made(fails_first, 3)
    while desk.ledger.progress()[0] > 1:
        lane.step()
        time.sleep(0.005)
    for pause in (*RETRY_S, RETRY_S[-1]):
        taken = len(desk.sizes)
        for _ in range(5):
            assert not lane.step()
        desk.now += pause - 1
        assert not lane.step()
        desk.now += 1
        if desk.ledger.progress()[0]:
            passes(lane)
            assert len(desk.sizes) == taken + 1
    assert desk.ledger.standing(["0000"]) == {"0000": "failed"}  # five tries
    assert lane.tries == {}


def test_another_error_blames_no_article():
    def full(_ledger: MemoryLedger, _taken: Sequence[Entry]) -> Counts:
        raise UserError("disk full", transient=True)

    lane, desk = made(full, 1)
    for _ in range(8):
        with pytest.raises(UserError, match="disk full"):
            passes(lane)
    assert desk.ledger.standing(["0000"]) == {"0000": "pending"}
    assert lane.ahead.going() == set()


def test_a_host_with_many_pages_lets_the_others_have_their_turn():
    lane, desk = made(concludes, 0)
    feed, asked, go = FeedState(url="https://post.test/rss"), [], threading.Event()

    def slowly(entry: Entry) -> None:
        asked.append(entry.id)
        if entry.id.startswith("a"):
            go.wait(10)

    lane.ahead = Ahead(slowly, lambda e: e.id, lambda e: e.url, 4)
    many = [
        Entry(id=f"{host}{n:04}", feed=feed.url, outlet="", url=f"https://{host}.test/{n}", seen=NOON)
        for host, pages in (("a", 1000), ("b", 3))
        for n in range(pages)
    ]
    desk.ledger.take(feed, many, run="poll")
    for _ in range(40):
        lane.step()
        desk.now += 0.2
    go.set()
    end = time.monotonic() + 5
    while {"b0000", "b0001", "b0002"} - set(asked) and time.monotonic() < end:
        time.sleep(0.01)
    assert {"b0000", "b0001", "b0002"} <= set(asked)
    lane.ahead.close()


def test_what_no_step_could_record_is_in_the_letters_the_index_and_the_ledger(tmp_path: Path):
    files = {"failures": {"file": f"{tmp_path}/letters.jsonl"}, "index": {"url": f"sqlite:///{tmp_path}/index.db"}}
    settings = Settings.model_validate(files)
    ledger, index, told = MemoryLedger(), open_index(settings), Any
    index.prepare()
    entry = Entry(id="a", feed="f", outlet="", url="https://post.test/a", seen=NOON)
    ledger.take(FeedState(url="f"), [entry], run="poll")
    ledger.claim(["a"], run="read")
    keep("desk index", index)
    desk = Desk(key="desk", settings=settings, in_force=told, clock=told, meter=told, told=told, options=told)
    desk.record(endless(entry, NOON), ledger)
    let_go("desk index")
    (failure,) = index.find(Query(kind="failures"))
    index.close()
    assert isinstance(failure, Failure)
    assert (failure.entry, failure.reason) == ("a", "unreadable")
    assert from_json(Failure, (tmp_path / "letters.jsonl").read_text("utf-8")) == failure
    assert ledger.standing(["a"]) == {"a": "failed"}


def test_what_newswatch_was_ended_over_is_read_alone_and_given_up_the_third_time():
    read = []

    def notes(ledger: MemoryLedger, taken: Sequence[Entry]) -> Counts:
        read.append([entry.id for entry in taken])
        return concludes(ledger, taken)

    lane, desk = made(notes, 5)
    desk.ledger.claim(["0001", "0002"], run="a watch that was killed")
    for run in ("another", "and another"):
        desk.ledger.claim(["0002"], run=run)
    desk.ledger.claim(["0004"], run="a watch that was killed")
    desk.ledger.conclude("0004", [])
    lane = ArticleLane(desk, desk.ledger, lane.ahead, Answers())
    assert desk.ledger.begun() == {"0001": 1, "0002": 3}, "what was settled in time is no suspect"
    until(lambda: lane.step() or not desk.ledger.progress()[0])
    until(lambda: not desk.ledger.progress()[0] or (lane.step() and False))
    assert [taken for taken in read if {"0001", "0002"} & {*taken}] == [["0001"]]
    assert desk.ledger.standing([f"000{n}" for n in range(5)]) == {
        f"000{n}": "failed" if n == 2 else "done" for n in range(5)
    }
    assert [(failure.reason, failure.entry) for failure in desk.recorded] == [("unreadable", "0002")]
    assert desk.ledger.begun() == {}
    desk.ledger.reopen(["0002"])
    passes(lane)
    assert desk.ledger.standing(["0002"]) == {"0002": "done"}, "replayed, it is read like any other"


def test_what_newswatch_was_ended_over_once_is_read_in_a_few_parts():
    read: list[int] = []

    def notes(ledger: MemoryLedger, taken: Sequence[Entry]) -> Counts:
        read.append(len(taken))
        return concludes(ledger, taken)

    lane, desk = made(notes, 32)
    desk.ledger.claim([f"{n:04}" for n in range(30)], run="a watch that was killed")
    desk.ledger.claim(["0003"], run="and another")
    lane = ArticleLane(desk, desk.ledger, lane.ahead, Answers())
    until(lambda: len(lane.ahead.done) == 32 or lane._ask_ahead())
    lane.most = 100
    passes(lane, 6)
    assert sorted(read) == [1, 2, 5, 8, 8, 8]
    assert desk.ledger.begun() == {}
