"""Kills at random moments while many feeds are polled and read: every article stands in the index once.

`make soak` does it ten times over 10,000 feeds on 500 hosts, of which some hang, reset or talk garbage;
`NEWSWATCH_KILLS_HOSTS` says on how many, with twenty feeds each.
"""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.hosts import Hosts, serving
from schemas.documents import Document
from schemas.query import Kind
from schemas.records import Record
from schemas.settings import Settings, load
from tests.conftest import ROOT
from tests.fakes.newsroom import Office
from transforms.clients.opening import open_index, open_ledger
from transforms.protocols import Ledger

pytestmark = pytest.mark.xdist_group("kills")

PAGE = 1000
HOSTS = int(os.environ.get("NEWSWATCH_KILLS_HOSTS", "500"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def started(arguments: list[str]) -> "subprocess.Popen[bytes]":
    nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "pipelines.cli", "run", *arguments]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, **nowhere)  # type: ignore[call-overload,no-any-return]


def kill_at(arguments: list[str], ledger: Ledger, work: float) -> bool:
    """Start newswatch, and kill it and its processes once so much work is done; returns whether it was at work."""
    going = started(arguments)
    while going.poll() is None and done(ledger) < work:
        time.sleep(0.02)
    was_at_work = going.poll() is None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(going.pid, signal.SIGKILL)
    going.wait()
    return was_at_work


def done(ledger: Ledger) -> int:
    """Return how much work is done: an article counts once when it is taken, and twice when it is settled."""
    unsettled, settled = ledger.progress()
    return unsettled + 2 * settled


def records(settings: Settings, kind: Kind) -> Iterator[Record]:
    """Yield every record of that kind."""
    after = ""
    with contextlib.closing(open_index(settings)) as index:
        while page := index.page(kind, after=after, size=PAGE):
            yield from page
            after = page[-1].id


@pytest.mark.skipif(sys.platform != "linux", reason="asks hosts on 127.1.0.0/16, which only Linux has")
@pytest.mark.parametrize(
    ("hosts", "kills"),
    [
        (Hosts(number=9, feeds=6, items=2, bad=0, stories=1), 2),
        pytest.param(Hosts(number=HOSTS, items=1, stories=1), 10, marks=[pytest.mark.soak, pytest.mark.timeout(7200)]),
    ],
    ids=["few feeds", "twenty a host"],
)
def test_killed_at_random_moments_every_article_stands_in_the_index_once(
    hosts: Hosts, kills: int, tmp_path: Path
) -> None:
    hosts = Hosts(**{**vars(hosts), "port": free_port()})
    office, good = Office(tmp_path), hosts.urls(only_good=True)
    arguments = office.files([], timeout=2)
    (tmp_path / "feeds.yaml").write_text("feeds:\n" + "".join(f"  - {url}\n" for url in hosts.urls()))
    settings, chance = load(tmp_path / "c.toml"), random.Random(8)
    expected = [f"{url.replace('/feed/', '/story/')}/{n}" for url in good for n in range(hosts.items)]
    moments = sorted(chance.uniform(0, 2 * len(expected)) for _ in range(kills))
    with serving(hosts), contextlib.closing(open_ledger(settings)) as ledger:
        began, killed = time.monotonic(), 0
        for moment in moments:
            killed += kill_at(arguments, ledger, moment)
            sys.stdout.write(f"{time.monotonic() - began:.0f} s: killed; of all work {moment:.0f} was done\n")
        assert started(arguments).wait() == 0
        assert ledger.progress() == (0, len(expected))
    assert killed == kills
    assert sorted(d.url for d in records(settings, "documents") if isinstance(d, Document)) == sorted(expected)
    told = [json.loads(line)["id"] for line in office.notices()]
    assert len(told) == len(set(told)) > 0
    assert sorted(told) == sorted(alert.id for alert in records(settings, "alerts"))
