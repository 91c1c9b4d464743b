"""A process that works for a stream: the files in force in it, and the reading processes that its steps share."""

import contextlib
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

import grpc
from apache_beam.portability.api import beam_fn_api_pb2_grpc as fn_api
from apache_beam.runners.worker.worker_pool_main import BeamFnExternalWorkerPoolServicer
from apache_beam.utils.thread_pool_executor import shared_unbounded_instance

from pipelines.channels import Channels
from pipelines.commands import settings_of
from pipelines.graph import World
from pipelines.options import ENDS
from pipelines.reload import Files, Reloading
from pipelines.stopped import until_told
from schemas.articles import Article
from schemas.errors import UserError
from schemas.feeds import Feed
from schemas.records import Reading
from schemas.rules import Rules
from schemas.settings import Settings
from transforms.alerts.deliver import Lanes
from transforms.attempt import attempt
from transforms.clients.archive import open_kept_web
from transforms.clients.notify import open_notifiers
from transforms.clients.opening import open_index, open_ledger
from transforms.clock import Clock, utc_now
from transforms.protocols import Index, Ledger, Web
from transforms.reading.kept import KeptReading
from transforms.reading.opening import processes
from transforms.reading.outlived import Answer
from transforms.stage import Step

LOOK_S = 0.25
"""Files are looked at so often; what two looks find alike is taken up."""

SHARE = 50
"""Entries of one poll that go on at once: a list of thousands shall hold up nothing else that a tick brings."""


@dataclass(frozen=True)
class Place:
    """What a worker goes by: files and variables that it has itself, so that no password travels with a job."""

    files: Files
    config: Path | None = None
    index: str = ""
    clock: Clock = utc_now

    @property
    def settings(self) -> Settings:
        """The settings, as this process finds them."""
        return _settings(self.config, self.index)


@cache
def _settings(config: Path | None, index: str) -> Settings:
    return settings_of(config, index)


@dataclass
class Worker:
    """What is open in this process, for all the steps that run in it."""

    place: Place
    ended: threading.Event = field(default_factory=threading.Event)
    channels: Channels = field(default_factory=Channels)

    def __post_init__(self) -> None:
        settings = self.place.settings
        self.reading = KeptReading(settings.language.model, processes(settings.language.processes))
        with contextlib.ExitStack() as held:
            held.callback(self.reading.close)
            self.reloading = Reloading(
                self.place.files, settings, self.reading.hand_out, self.reading.forget, clock=self.place.clock
            )
            held.pop_all()
        threading.Thread(target=self._tend, name="files", daemon=True).start()

    def read(self, batch: Sequence[Article]) -> Iterator[Answer]:
        """Yield each article with its reading by what is in force now, or with why there is none."""
        yield from self.reading.read(self.reloading.in_force().spool, batch)

    def close(self) -> None:
        """Let the reading processes end."""
        self.ended.set()
        self.channels.close()
        self.reading.close()

    def _tend(self) -> None:
        log = logging.getLogger("newswatch")
        while not self.ended.wait(LOOK_S):
            changed = attempt(Reloading.check, self.reloading)
            if changed is True:
                log.warning("files as they are now are in force")
            elif changed is False:
                log.error("%s; what was in force before stays so", self.reloading.fault)


def serve(port: int, host: str = "localhost") -> int:
    """Do what task managers ask for there, until a signal ends it; returns the exit code."""
    stop = threading.Event()
    with until_told(stop), served(port, host):
        stop.wait()
    return ENDS["ok"]


@contextlib.contextmanager
def served(port: int, host: str) -> Iterator[None]:
    """Answer task managers there and nowhere else; Beam's own way to start this would listen to the whole network."""
    options = [("grpc.http2.max_pings_without_data", 0), ("grpc.http2.max_ping_strikes", 0), ("grpc.so_reuseport", 0)]
    server = grpc.server(shared_unbounded_instance(), options=options)
    pool = BeamFnExternalWorkerPoolServicer(data_buffer_time_limit_ms=-1)
    fn_api.add_BeamFnExternalWorkerPoolServicer_to_server(pool, server)
    try:
        server.add_insecure_port(f"{host}:{port}")
    except RuntimeError:
        raise UserError(f"{host}:{port} cannot be had: does another program have it?", transient=True) from None
    server.start()
    try:
        yield
    finally:
        server.stop(None)


_WORKERS: dict[Place, Worker] = {}
_LOCK = threading.Lock()


def worker_at(place: Place) -> Worker:
    """Return this process's worker, which stays: a runner opens and closes steps as it likes."""
    with _LOCK:
        if place not in _WORKERS:
            _WORKERS[place] = Worker(place)
        return _WORKERS[place]


def let_go(place: Place) -> None:
    """Close this process's worker, where there is one."""
    with _LOCK:
        worker = _WORKERS.pop(place, None)
    if worker is not None:
        worker.close()


def world_at(place: Place, run: str) -> World:
    """Return what the graph is given where workers are elsewhere: each step finds what it needs in its process."""
    return World(
        open_web=partial(_web, place, run),
        open_index=partial(_index, place),
        open_ledger=partial(_ledger, place),
        open_lanes=partial(_lanes, place),
        open_reading=partial(_reading, place),
        rules=partial(rules_at, place),
        settings=place.settings,
        run=run,
        listed=partial(_listed, place),
        share=SHARE,
        clock=place.clock,
    )


def rules_at(place: Place) -> Rules:
    """Return the rules in force in this process."""
    return worker_at(place).reloading.in_force().job.rules


def feeds_at(place: Place) -> tuple[Feed, ...]:
    """Return the list of feeds in force in this process."""
    return worker_at(place).reloading.in_force().job.feeds


def _web(place: Place, run: str) -> Web:
    return open_kept_web(place.settings, run)


def _index(place: Place) -> Index:
    return open_index(place.settings)


def _ledger(place: Place) -> Ledger:
    return open_ledger(place.settings)


def _listed(place: Place) -> frozenset[str]:
    return worker_at(place).reloading.in_force().job.urls


@contextlib.contextmanager
def _lanes(place: Place) -> Iterator[Lanes]:
    rules = rules_at(place)
    yield worker_at(place).channels.open(rules, partial(open_notifiers, rules))


@contextlib.contextmanager
def _reading(place: Place) -> Iterator[Step[Article, Reading]]:
    yield worker_at(place).read
