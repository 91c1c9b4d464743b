"""The main job as a stream on a real Flink: the same records and alerts as in one pass, whoever is killed meanwhile."""

import contextlib
import dataclasses as dc
import datetime as dt
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.commands import rules_of, watchlist_of
from pipelines.reload import Files
from pipelines.run import Job, run_once
from pipelines.stream import Stream
from pipelines.worker import Place
from schemas.errors import UserError
from schemas.settings import Settings, load
from tests.conftest import ROOT
from tests.fakes.newsroom import WATCHLIST, Newsroom, Office, newsroom
from tests.graph.test_main_job import differences, everything
from tests.graph.test_watch import going as watching
from tests.runner.flink import Flink, free_ports
from tests.service import node
from transforms.attempt import attempt
from transforms.clients.opening import open_ledger
from transforms.clock import Clock, utc_now
from transforms.feeds.sources import feeds_from

pytestmark = [
    pytest.mark.service,
    pytest.mark.xdist_group("flink"),
    pytest.mark.in_order,
    # Beam's own threads complain when the other side is killed
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
]
NOW = dt.datetime(2025, 2, 21, 9, tzinfo=dt.timezone.utc)


def noon() -> dt.datetime:
    return NOW


@dc.dataclass
class Told:
    """What a stream tells of."""

    events: list[str] = dc.field(default_factory=list)

    def tell(self, level: str, event: str, **fields: Any) -> None:
        self.events.append(f"{level} {event} {fields}")


@dc.dataclass
class Streamed:
    """A stream that goes on in a thread, and what it works on."""

    office: Office
    settings: Settings
    stream: Stream
    ended: list[object] = dc.field(default_factory=list)

    def begin(self) -> None:
        self.thread = threading.Thread(target=lambda: self.ended.append(attempt(_go_on, self.stream)), daemon=True)
        self.thread.start()

    def until(self, reached: Callable[[], object], seconds: float = 240) -> float:
        """Wait until that is so; returns the seconds that took."""
        began = time.monotonic()
        while not reached():
            assert self.thread.is_alive(), (self.ended, self.stream.show)
            assert time.monotonic() - began < seconds, (self.progress(), self.stream.show)
            time.sleep(0.2)
        return time.monotonic() - began

    def progress(self) -> tuple[int, int]:
        with contextlib.closing(open_ledger(self.settings)) as ledger:
            return ledger.progress()

    def settled(self, many: int) -> bool:
        return self.progress() == (0, many)

    def end(self) -> None:
        self.stream.stop.set()
        self.thread.join(120)
        assert self.ended == [None], (self.ended, self.stream.show)


def _go_on(stream: Stream) -> object:
    return stream.go_on()


def office_in(folder: Path, room: Newsroom, server: str = "") -> tuple[Office, Settings]:
    """Somebody's folder, index and ledger in it, or both on a server."""
    folder.mkdir()
    office, config = Office(folder), folder / "c.toml"
    office.files(room.bases, every=1, timeout=3)
    if server:
        text = config.read_text("utf-8").replace(f"sqlite:///{folder}/x.db", server)
        config.write_text(f'{text}[ledger]\nurl = "{server}"\n', "utf-8")
    return office, load(config)


def files_of(office: Office) -> Files:
    folder = office.folder
    return Files(feeds=f"{folder}/feeds.yaml", watchlist=(folder / "actors.yaml",), rules=folder / "rules.yaml")


@contextlib.contextmanager
def streaming(
    flink: Flink, room: Newsroom, folder: Path, *more: str, clock: Clock = utc_now, server: str = ""
) -> Iterator[Streamed]:
    office, settings = office_in(folder, room, server)
    if server:
        await_shards(settings)
    beam = [*flink.options(), *more]
    streamed = Streamed(
        office, settings, Stream(Place(files_of(office), office.folder / "c.toml", clock=clock), beam, 1, Told())
    )
    streamed.begin()
    try:
        yield streamed
        streamed.end()
    finally:
        streamed.stream.stop.set()


def await_shards(settings: Settings) -> None:
    """A server that has just begun tells of a new index before its shard answers."""
    end = time.monotonic() + 120
    while isinstance(attempt(_look_into, settings), UserError):
        assert time.monotonic() < end
        time.sleep(1)


def _look_into(settings: Settings) -> None:
    with contextlib.closing(open_ledger(settings)) as ledger:
        ledger.bookmark("none")


def run_in(folder: Path, room: Newsroom, clock: Clock = utc_now) -> tuple[Office, Settings]:
    """One pass over the same items."""
    office, settings = office_in(folder, room)
    files = files_of(office)
    watchlist = watchlist_of(files.watchlist)
    rules = rules_of(files.rules, watchlist)
    run_once(Job(feeds=feeds_from(files.feeds), watchlist=watchlist, rules=rules, settings=settings), clock=clock)
    return office, settings


def test_run_watch_and_stream_give_identical_records_and_alerts(flink: Flink, tmp_path: Path) -> None:
    with newsroom(3) as room:
        room.publish(9)
        office, settings = run_in(tmp_path / "run", room, noon)
        by_run = everything(settings)
        with watching(room, tmp_path / "watch", noon) as watched:
            watched.until(lambda: watched.indexed() == 9 and len(watched.office.notices()) == 9)
        with streaming(flink, room, tmp_path / "stream", clock=noon) as streamed:
            streamed.until(lambda: streamed.settled(9) and len(streamed.office.notices()) == 9)
        for other in (watched, streamed):
            assert differences(by_run, everything(other.settings)) == []
            assert sorted(other.office.notices()) == sorted(office.notices())
        assert [len(by_run[kind]) for kind in ("documents", "alerts", "failures")] == [9, 9, 0]


@dc.dataclass
class Worker:
    """`newswatch worker` as a process of its own, which may be killed."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        [self.port] = free_ports(1)

    def start(self) -> None:
        command = [sys.executable, "-m", "pipelines.cli", "worker", "--port", str(self.port)]
        with (self.folder / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stderr=log, stdin=subprocess.DEVNULL)

    def end(self, how: int) -> int:
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(30)

    def stop(self) -> None:
        assert self.end(signal.SIGTERM) == 0


@dc.dataclass
class Deployed:
    """A stream with a worker elsewhere."""

    flink: Flink
    room: Newsroom
    streamed: Streamed
    worker: Worker


@pytest.fixture(scope="module", params=["file", pytest.param("server", marks=pytest.mark.soak)])
def deployed(
    request: pytest.FixtureRequest, flink: Flink, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployed]:
    """A stream with a worker elsewhere; index and ledger in a file, or in Elasticsearch."""
    folder = tmp_path_factory.mktemp("deployed")
    worker = Worker(folder)
    elsewhere = ("--environment_type=EXTERNAL", f"--environment_config=localhost:{worker.port}", "--parallelism=2")
    with contextlib.ExitStack() as held:
        server = held.enter_context(node.running()) if request.param == "server" else ""
        worker.start()
        held.callback(worker.stop)
        room = held.enter_context(newsroom(3))
        streamed = held.enter_context(streaming(flink, room, folder / "stream", *elsewhere, server=server))
        yield Deployed(flink, room, streamed, worker)


TIMES = {"seen", "first_seen", "last_seen"}


def lasting(settings: Settings) -> dict[str, list[str]]:
    """All records but those of how feeds fare, without when things were seen."""

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: strip(inner) for key, inner in value.items() if key not in TIMES}
        return [strip(inner) for inner in value] if isinstance(value, list) else value

    found = everything(settings) | {"feeds": []}
    return {kind: sorted(json.dumps(strip(json.loads(line))) for line in lines) for kind, lines in found.items()}


def mentions_of(actor: str, settings: Settings) -> int:
    return sum(json.loads(line)["actor"] == actor for line in everything(settings)["mentions"])


def told(office: Office) -> set[str]:
    return {json.loads(line)["id"] for line in office.notices()}


def test_a_killed_task_manager_and_a_killed_worker_change_nothing(deployed: Deployed, tmp_path: Path) -> None:
    room, streamed = deployed.room, deployed.streamed
    room.publish(12)
    streamed.until(lambda: streamed.progress()[0])
    deployed.flink.kill("tasks")
    deployed.flink.start_tasks()
    room.publish(6)
    streamed.until(lambda: streamed.settled(18))
    room.publish(6)
    streamed.until(lambda: streamed.progress()[0])
    deployed.worker.end(signal.SIGKILL)
    deployed.worker.start()
    streamed.until(lambda: streamed.settled(24) and len(told(streamed.office)) == 24)
    whole, settings = run_in(tmp_path / "run", room)
    assert differences(lasting(streamed.settings), lasting(settings)) == []
    assert len(lasting(settings)["alerts"]) == 24
    assert told(streamed.office) == told(whole)


def test_a_watchlist_that_changes_is_in_force_in_the_worker_within_five_seconds(deployed: Deployed) -> None:
    room, streamed = deployed.room, deployed.streamed
    before = streamed.progress()[1]
    file = streamed.office.folder / "actors.yaml"
    file.write_text(WATCHLIST + "  - {id: bo-birch, name: Bo Birch}\n", "utf-8")
    time.sleep(5)
    room.publish(3)
    streamed.until(lambda: streamed.settled(before + 3))
    streamed.until(
        lambda: mentions_of("bo-birch", streamed.settings) == 3, seconds=20
    )  # a server shows it a little later
