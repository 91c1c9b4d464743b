"""A watch in this process, over outlets that go on publishing: real HTTP, model, index and ledger."""

import contextlib
import dataclasses as dc
import datetime as dt
import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.commands import rules_of
from pipelines.lanes import FeedLane
from pipelines.lock import only_pass
from pipelines.reload import Files
from pipelines.run import Job, run_once
from pipelines.watch import Watch
from schemas.codec import to_json
from schemas.errors import UserError
from schemas.feeds import FeedState
from schemas.query import Query
from schemas.records import KINDS
from schemas.settings import Settings, load
from tests.fakes.newsroom import WATCHLIST, Newsroom, Office, newsroom
from transforms.clients.opening import ledger_path, open_index
from transforms.clock import utc_now

NOW = dt.datetime(2025, 2, 21, 9, tzinfo=dt.timezone.utc)
AHEAD = [dt.timedelta()]
pytestmark = [pytest.mark.xdist_group("watch"), pytest.mark.in_order]


def steered() -> dt.datetime:
    """A clock that a test may set; no closure, for Beam would pickle what it closes over."""
    return utc_now() + AHEAD[0]


@dc.dataclass
class Watched:
    """A watch that goes on, and what it works on."""

    room: Newsroom
    office: Office
    settings: Settings
    watch: Watch

    def until(self, reached: Callable[[], object], seconds: float = 60) -> float:
        """Tend the watch until that is so; returns the seconds that took."""
        began = time.monotonic()
        while not reached():
            assert time.monotonic() - began < seconds, json.dumps(self.watch.faring.status(), default=str, indent=1)
            self.watch.tend()
            time.sleep(0.1)
        return time.monotonic() - began

    def indexed(self) -> int:
        return int(self.watch.meter.value("newswatch_seen_to_indexed_seconds_count"))

    def articles(self) -> dict[str, list[str]]:
        """The records of the index, as JSON, sorted."""
        return everything(self.settings)


def everything(settings: Settings) -> dict[str, list[str]]:
    with contextlib.closing(open_index(settings)) as index:
        queries = {kind: Query(kind=kind, limit=10_000, uncertain=True) for kind in KINDS}
        return {kind: sorted(map(to_json, index.find(query))) for kind, query in queries.items()}


def files_of(office: Office) -> Files:
    folder = office.folder
    return Files(feeds=f"{folder}/feeds.yaml", watchlist=(folder / "actors.yaml",), rules=folder / "rules.yaml")


@contextlib.contextmanager
def going(room: Newsroom, folder: Path, clock: Callable[[], dt.datetime] = utc_now) -> Iterator[Watched]:
    folder.mkdir(exist_ok=True)
    office = Office(folder)
    office.files(room.bases, every=1, timeout=3)
    settings = load(folder / "c.toml")
    watch = Watch(files_of(office), settings, clock)
    with contextlib.closing(watch):
        watch.open()
        watch.start()
        yield Watched(room, office, settings, watch)
        watch.end()


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with newsroom(3) as room, going(room, tmp_path_factory.mktemp("watched"), steered) as found:
        yield found


def test_run_and_watch_give_identical_records(tmp_path: Path) -> None:
    with newsroom(3) as room:
        room.publish(9)
        with going(room, tmp_path / "watch", lambda: NOW) as watched:
            watched.until(lambda: watched.indexed() == 9 and len(watched.office.notices()) == 9)
            job = watched.watch.reloading.in_force().job
        by_watch, notices = everything(watched.settings), watched.office.notices()
        office = Office(tmp_path / "run")
        office.folder.mkdir()
        office.files(room.bases, every=1, timeout=3)
        settings = load(office.folder / "c.toml")
        rules = rules_of(office.folder / "rules.yaml", job.watchlist)
        run_once(Job(feeds=job.feeds, watchlist=job.watchlist, rules=rules, settings=settings), clock=lambda: NOW)
        assert everything(settings) == by_watch
        assert len(by_watch["documents"]) == 9
        assert min(len(by_watch[kind]) for kind in ("statements", "mentions", "alerts", "feeds")) > 0
        assert sorted(office.notices()) == sorted(notices)


def test_what_is_published_is_indexed_and_told_once(watched: Watched) -> None:
    watched.room.publish(3)
    watched.until(lambda: watched.indexed() == 3 and len(watched.office.notices()) == 3)
    watched.room.publish(2)
    watched.until(lambda: watched.indexed() == 5 and len(watched.office.notices()) == 5)
    meter = watched.watch.meter
    assert meter.value("newswatch_elements_total", stage="read", outcome="ok") == 5
    watched.until(lambda: meter.value("newswatch_seen_to_alerted_seconds_count") == 5)
    assert meter.value("newswatch_feeds", state="ok") + meter.value("newswatch_feeds", state="unchanged") == 3
    assert watched.watch.faring.status()["reload"] == "ok"
    assert watched.watch.faring._ready().status == 200


def test_a_second_pass_on_its_ledger_is_refused(watched: Watched) -> None:
    with pytest.raises(UserError, match="another pass is at work"), only_pass(ledger_path(watched.settings)):
        pass


def test_a_watchlist_that_changes_is_in_force_within_seconds(watched: Watched) -> None:
    file, meter = watched.office.folder / "actors.yaml", watched.watch.meter
    before = watched.watch.reloading.in_force().job.watchlist.digest
    file.write_text("actors: [{id: ann-ash", "utf-8")
    assert watched.until(lambda: not meter.value("newswatch_reload_ok")) < 5
    assert "not YAML" in json.loads(watched.watch.faring._health().body)["reload"]
    started = watched.indexed()
    watched.room.publish(1)
    watched.until(lambda: watched.indexed() == started + 1)  # the old one goes on
    file.write_text(WATCHLIST + "  - {id: bo-birch, name: Bo Birch}\n", "utf-8")
    assert watched.until(lambda: meter.value("newswatch_reload_ok")) < 5
    after = watched.watch.reloading.in_force().job.watchlist.digest
    watched.room.publish(1)
    watched.until(lambda: watched.indexed() == started + 2)
    mentions = [json.loads(line) for line in watched.articles()["mentions"]]
    assert {m["watchlist"] for m in mentions if m["actor"] == "bo-birch"} == {after}
    by_document: dict[str, set[str]] = {}
    for mention in mentions:
        by_document.setdefault(mention["origin"]["document"], set()).add(mention["watchlist"])
    assert {frozenset(lists) for lists in by_document.values()} == {frozenset({before}), frozenset({after})}


def test_a_host_that_hangs_holds_up_nobody_else(watched: Watched) -> None:
    watched.room.faults[0] = "hangs"
    started, told = watched.indexed(), len(watched.office.notices())
    number = watched.room.number
    watched.room.publish(6)
    good = sum(1 for n in range(number, number + 6) if n % 3)
    took = watched.until(lambda: watched.indexed() >= started + good and len(watched.office.notices()) >= told + good)
    assert took < 25
    del watched.room.faults[0]
    lane = watched.watch.loops["feeds"].lane
    assert isinstance(lane, FeedLane)

    def are_all_there() -> bool:
        lane.states.pop(f"{watched.room.bases[0]}/rss", None)  # what failed is due in minutes
        return watched.indexed() == started + 6

    watched.until(are_all_there)


def test_a_reading_process_that_is_killed_costs_only_time(watched: Watched) -> None:
    started = watched.indexed()
    pool = watched.watch.reading.pool
    assert pool is not None
    for process in pool._processes.values():
        process.kill()
    watched.room.publish(2)
    watched.until(lambda: watched.indexed() == started + 2)
    assert watched.watch.reading.pool is not pool
    watched.until(lambda: len(watched.office.notices()) == watched.room.number)


def test_reading_processes_are_renewed_and_find_their_list_though_it_was_swept_away(watched: Watched) -> None:
    started, reading = watched.indexed(), watched.watch.reading
    before, reading.renewed_after = reading.pool, 1
    shutil.rmtree(reading.folder.name)
    watched.room.publish(1)
    watched.until(lambda: watched.indexed() == started + 1 and reading.pool is not before)
    reading.renewed_after = 20_000
    watched.room.publish(1)
    watched.until(lambda: watched.indexed() == started + 2)
    assert watched.watch.meter.value("newswatch_elements_total", stage="read", outcome="bug") == 0


@pytest.mark.parametrize("days", [2, -365, 0], ids=["forward", "back", "right again"])
def test_a_clock_that_is_set_loses_delays_and_doubles_nothing(days: int, watched: Watched) -> None:
    alerted = "newswatch_seen_to_alerted_seconds"
    meter, number = watched.watch.meter, watched.room.number
    watched.until(lambda: meter.value(f"{alerted}_count") == number)  # what is under way would count the jump
    AHEAD[0] = dt.timedelta(days=days)
    watched.room.publish(3)
    watched.until(lambda: watched.indexed() == meter.value(f"{alerted}_count") == number + 3)
    assert len(watched.office.notices()) == number + 3
    assert max(meter.value("newswatch_seen_to_indexed_seconds_sum"), meter.value(f"{alerted}_sum")) < 3600


def test_with_nothing_due_nothing_runs(watched: Watched) -> None:
    lane, now = watched.watch.loops["feeds"].lane, watched.watch.clock()
    assert isinstance(lane, FeedLane)
    watched.until(lambda: not any(watched.watch.faring.depths.values()))
    for url in list(lane.states):
        lane.states[url] = FeedState(url=url, polled=now, due=now + dt.timedelta(days=1))
    watched.until(lambda: not lane.ahead.going())
    for url in list(lane.states):  # what was under way has told its own time
        lane.states[url] = FeedState(url=url, polled=now, due=now + dt.timedelta(days=1))
    time.sleep(0.5)
    passes, began = [loop.passes for loop in watched.watch.loops.values()], time.process_time()
    time.sleep(2)
    assert [loop.passes for loop in watched.watch.loops.values()] == passes
    assert time.process_time() - began < 0.2
