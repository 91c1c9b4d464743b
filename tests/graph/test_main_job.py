"""The main job over the sample outlets: real HTTP, model and index; whole, killed, on one process and on several."""

import contextlib
import datetime as dt
import itertools
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

import samples
from pipelines.commands import rules_of
from pipelines.run import Job, Report, run_once
from samples.server import feeds, serve
from schemas.codec import to_json
from schemas.feeds import Feed
from schemas.query import Query
from schemas.records import KINDS
from schemas.settings import Settings
from schemas.watchlist import load_watchlist
from tests.conftest import ROOT
from transforms.clients.opening import open_index, open_ledger

TIMES = {"seen", "first_seen", "last_seen", "id", "alert"}
NOW = dt.datetime(2025, 2, 21, 9, tzinfo=dt.timezone.utc)
KILLS = 5
pytestmark = pytest.mark.xdist_group("main job")


def clock() -> dt.datetime:
    return NOW


@pytest.fixture(scope="module")
def outlets() -> Iterator[tuple[Feed, ...]]:
    with serve() as bases:
        yield feeds(bases)


def settings_in(folder: Path, processes: int = 1) -> Settings:
    return Settings.model_validate(
        {
            "network": {"allow": ["127.0.0.0/8"], "timeout_s": 3},
            "language": {"model": "bundled", "processes": processes},
            "index": {"url": f"sqlite:///{folder / 'newswatch.db'}"},
            "failures": {"file": str(folder / "failures.jsonl")},
        }
    )


def run(feeds_: Sequence[Feed], settings: Settings, beam: Sequence[str] = ()) -> Report:
    actors = load_watchlist(samples.WATCHLIST, samples.ACTORS)
    rules = rules_of(quiet(settings), actors)
    job = Job(feeds=tuple(feeds_), watchlist=actors, rules=rules, settings=settings)
    return run_once(job, beam_args=beam, clock=clock)


def quiet(settings: Settings) -> Path:
    """The sample rules' file, with every notice going to a file beside the index."""
    folder = Path(settings.failures.file).parent
    text = samples.RULES.read_text("utf-8").replace("notify: [console]", "notify: []").replace("[]", "[log]")
    text += f"\nchannels:\n  - id: log\n    jsonl: {folder / 'notices.jsonl'}\n"
    file = folder / "rules.yaml"
    file.write_text(text, "utf-8")
    return file


def command_of(outlets: Sequence[Feed], settings: Settings) -> list[str]:
    """Write what the job goes by beside the index, and return the command that runs it in a process of its own."""
    rules, folder = quiet(settings), Path(settings.failures.file).parent
    lists, config = folder / "feeds.yaml", folder / "newswatch.toml"
    lists.write_text(json.dumps({"feeds": [json.loads(to_json(feed)) for feed in outlets]}), "utf-8")
    config.write_text(
        f'[network]\nallow = ["127.0.0.0/8"]\ntimeout_s = 3\n[language]\nmodel = "bundled"\nprocesses = 1\n'
        f'[index]\nurl = "{settings.index.url}"\nprefix = "{settings.index.prefix}"\nbatch = 3\n'
        f'[ledger]\nurl = "{settings.ledger.url}"\n[failures]\nfile = "{settings.failures.file}"\n'
    )
    return [
        sys.executable, "-m", "pipelines.cli", "run", "--feeds", str(lists), "--config", str(config),
        "--watchlist", str(samples.WATCHLIST), "--watchlist", str(samples.ACTORS), "--rules", str(rules),
    ]  # fmt: skip


def started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start it, where all of it can be killed."""
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=nowhere, stderr=nowhere)


def everything(settings: Settings) -> dict[str, list[str]]:
    """Every record of the index, as JSON, sorted."""
    with contextlib.closing(open_index(settings)) as index:
        index.prepare()
        queries = {kind: Query(kind=kind, limit=10_000, uncertain=True) for kind in KINDS}
        return {kind: sorted(map(to_json, index.find(query))) for kind, query in queries.items()}


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    """The records that only one side has, each from where the sides part."""
    found: list[str] = []
    for kind in KINDS:
        ours, theirs = {*one[kind]}, {*other[kind]}
        found += parted(sorted(ours - theirs), sorted(theirs - ours))
    return found[:6]


def parted(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The lines side by side, from a little before the first difference."""
    found = []
    for a, b in itertools.zip_longest(ours, theirs, fillvalue=""):
        at = max(0, next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0) - 60)
        found.append(f"{a[:90]} ... {a[at : at + 160]} <> {b[at : at + 160]}")
    return found


def without_times(records: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same without what differs from run to run: when things were seen."""

    def strip(value):
        if isinstance(value, dict):
            return {k: strip(v) for k, v in value.items() if k not in TIMES}
        return [strip(v) for v in value] if isinstance(value, list) else value

    return {kind: sorted(json.dumps(strip(json.loads(r))) for r in lines) for kind, lines in records.items()}


class Whole(NamedTuple):
    """A first pass in one piece: where it is, what it told, and what stood in the index right after it."""

    settings: Settings
    report: Report
    records: dict[str, list[str]]


@pytest.fixture(scope="module")
def whole(outlets: tuple[Feed, ...], tmp_path_factory: pytest.TempPathFactory) -> Whole:
    settings = settings_in(tmp_path_factory.mktemp("whole"))
    return Whole(settings, run(outlets, settings), everything(settings))


def lasting(records: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same, but of feeds only which there are: how a feed fares may be another thing after each poll."""
    return {**records, "feeds": [json.loads(feed)["url"] for feed in records["feeds"]]}


def total(report: Report, stage: str) -> int:
    return sum(report.counts.get(stage, {}).values())


def test_counts_add_up(whole: Whole, outlets: tuple[Feed, ...]) -> None:
    _, report, found = whole
    assert total(report, "poll") == len(outlets)
    assert total(report, "fetch") > 40
    assert total(report, "extract") == report.counts["fetch"]["ok"]
    assert total(report, "read") == report.counts["extract"]["ok"]
    assert report.counts["read"]["ok"] == len(found["documents"])
    assert sum(report.failures().values()) == len(found["failures"])
    assert len(found["feeds"]) == total(report, "index-feeds") == len(outlets)
    failed = {json.loads(f)["element"] for f in found["failures"] if json.loads(f)["stage"] == "poll"}
    assert failed == {json.loads(f)["url"] for f in found["feeds"] if json.loads(f)["reason"]}
    assert "bug" not in {reason for _, reason in report.failures()}
    assert min(len(found[kind]) for kind in KINDS) > 0


def test_second_run_writes_nothing_twice(whole: Whole, outlets: tuple[Feed, ...]) -> None:
    settings, _, before = whole
    notices = (Path(settings.failures.file).parent / "notices.jsonl").read_text("utf-8")
    again = run(outlets, settings)
    assert total(again, "read") == 0
    assert lasting(everything(settings)) == lasting(before)
    assert (Path(settings.failures.file).parent / "notices.jsonl").read_text("utf-8") == notices


def test_one_process_and_several_give_the_same_bytes(whole: Whole, outlets: tuple[Feed, ...], tmp_path: Path) -> None:
    pool = settings_in(tmp_path, processes=2)
    run(outlets, pool)
    assert differences(everything(pool), whole.records) == []


def test_worker_processes_of_beam_give_the_same_bytes(whole: Whole, outlets: tuple[Feed, ...], tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    run(outlets, settings, ["--direct_num_workers=2", "--direct_running_mode=multi_processing"])
    assert differences(everything(settings), whole.records) == []


def test_killed_at_any_moment_and_run_again(whole: Whole, outlets: tuple[Feed, ...], tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    command = command_of(outlets, settings)
    chance = random.Random(7)
    for _ in range(KILLS):
        going = started(command)
        with contextlib.suppress(subprocess.TimeoutExpired):
            going.wait(chance.uniform(2.5, 9))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(going.pid, signal.SIGKILL)
        going.wait()
    last = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert last.returncode == 0, last.stderr
    ours, theirs = (lasting(without_times(records)) for records in (everything(settings), whole.records))
    assert differences(ours, theirs) == []
    with contextlib.closing(open_ledger(settings)) as ledger:
        assert ledger.progress()[0] == 0
    sent = [json.loads(line)["id"] for line in (tmp_path / "notices.jsonl").read_text("utf-8").splitlines()]
    assert len(sent) == len(set(sent)) == len(whole.records["alerts"])
