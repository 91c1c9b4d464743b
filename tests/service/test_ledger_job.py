"""The main job with index and ledger on one server: twice, and killed and run again: the same records and notices."""

import contextlib
import json
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import samples
from pipelines.lock import alone
from samples.server import feeds, serve
from schemas.errors import UserError
from schemas.feeds import Feed
from schemas.settings import Settings
from tests.conftest import ROOT
from tests.fakes.commands import newswatch
from tests.graph.test_main_job import (
    command_of,
    differences,
    everything,
    lasting,
    run,
    started,
    total,
    without_times,
)
from tests.service.test_index_contract import remove
from transforms.clients.opening import open_ledger

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]

Place = Callable[[str], Settings]


@pytest.fixture(scope="module")
def outlets() -> Iterator[tuple[Feed, ...]]:
    with serve() as bases:
        yield feeds(bases)


@pytest.fixture(scope="module")
def place(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give settings, by name, with all that is kept on the server."""
    prefix = f"test-{uuid.uuid4().hex}"

    def settings(name: str) -> Settings:
        folder = tmp_path_factory.mktemp(name)
        return Settings.model_validate(
            {
                "network": {"allow": ["127.0.0.0/8"], "timeout_s": 3},
                "language": {"model": "bundled", "processes": 1},
                "index": {"url": elasticsearch_url, "prefix": f"{prefix}-{name}"},
                "ledger": {"url": elasticsearch_url},
                "failures": {"file": str(folder / "failures.jsonl")},
            }
        )

    yield settings
    remove(elasticsearch_url, f"{prefix}-*")


@pytest.fixture(scope="module")
def whole(outlets: tuple[Feed, ...], place: Place) -> tuple[Settings, dict[str, list[str]]]:
    """A first pass in one piece, and what stood in the index right after it."""
    settings = place("whole")
    report = run(outlets, settings)
    found = everything(settings)
    assert report.counts["read"]["ok"] == len(found["documents"]) > 40
    assert len(notices(settings)) == len(found["alerts"])
    return settings, found


def notices(settings: Settings) -> list[str]:
    file = Path(settings.failures.file).parent / "notices.jsonl"
    return [json.loads(line)["id"] for line in file.read_text("utf-8").splitlines()]


def test_a_second_run_writes_nothing_twice(whole: tuple[Settings, dict[str, list[str]]], outlets: tuple[Feed, ...]):
    settings, before = whole
    told = notices(settings)
    again = run(outlets, settings)
    assert total(again, "read") == 0
    assert lasting(everything(settings)) == lasting(before)
    assert notices(settings) == told


def test_killed_and_run_again(whole: tuple[Settings, dict[str, list[str]]], outlets: tuple[Feed, ...], place: Place):
    settings = place("killed")
    folder = Path(settings.failures.file).parent
    command, config = command_of(outlets, settings), folder / "newswatch.toml"
    kill_when_some_are_settled(command, settings)
    last = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert last.returncode == 0, last.stderr
    ours, theirs = (lasting(without_times(records)) for records in (everything(settings), whole[1]))
    assert differences(ours, theirs) == []
    assert len(notices(settings)) == len(set(notices(settings))) == len(whole[1]["alerts"])
    checked = newswatch("check", "--config", config)
    assert f"{len(outlets)} feeds known" in checked.out
    assert len(newswatch("feeds", "--config", config, "--json").json) == len(outlets)
    assert newswatch("silence", "add", "--actor", "keith-kellogg", "--for", "2h", "--config", config).code == 0
    assert len(newswatch("silence", "list", "--config", config, "--json").json) == 1
    assert newswatch("replay", "--config", config, "--json").code == 0
    rehearsed = newswatch("rules", "test", folder / "rules.yaml", "--since", "2025-02-01", "--config", config, "--json",
        "--watchlist", samples.WATCHLIST, "--watchlist", samples.ACTORS)  # fmt: skip
    assert len(rehearsed.json) == len(whole[1]["alerts"])


def kill_when_some_are_settled(command: list[str], settings: Settings) -> None:
    """Start the pass and kill it in its midst; nobody else could have begun one meanwhile."""
    with contextlib.closing(open_ledger(settings)) as ledger:
        going = started(command)
        until(lambda: sum(ledger.progress()) > 0, going)
        with pytest.raises(UserError, match=r"another pass is at work on http.*: process \d+ on "), alone(settings):
            pass
        until(lambda: ledger.progress()[1] > 0, going)
        os.killpg(going.pid, signal.SIGKILL)
        going.wait()
        assert ledger.progress()[0] or ledger.undelivered()


def until(done: Callable[[], bool], going: subprocess.Popen[bytes]) -> None:
    """Wait for that; the pass must not have come to its end."""
    end = time.monotonic() + 120
    while not done():
        assert going.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
