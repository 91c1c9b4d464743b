"""Two passes on one ledger: the second is refused, and what a killed one held is free again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.lock import only_pass
from schemas.errors import UserError
from tests.conftest import ROOT
from tests.fakes.desk import CONFIG, Desk


@pytest.fixture(autouse=True)
def _has_locks() -> None:
    pytest.importorskip("fcntl")


def test_one_pass_at_a_time_by_whatever_name_the_ledger_is_called(tmp_path: Path) -> None:
    ledger = tmp_path / "x.db"
    ledger.touch()
    (tmp_path / "y.db").symlink_to(ledger)
    with only_pass(str(ledger)):
        with (
            pytest.raises(UserError, match=r"another pass is at work on .*y\.db") as refused,
            only_pass(str(tmp_path / "y.db")),
        ):
            pass
        with only_pass(str(tmp_path / "other.db")):
            pass
    assert refused.value.transient
    with only_pass(str(ledger)):
        pass


def test_each_sort_of_work_has_a_lock_of_its_own(tmp_path: Path) -> None:
    ledger = str(tmp_path / "x.db")
    with (
        only_pass(ledger),
        only_pass(ledger, work="backfill"),
        pytest.raises(UserError, match="another backfill is at work"),
        only_pass(ledger, work="backfill"),
    ):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.db.backfill.lock", "x.db.lock"]


def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"x\.db\.lock: No such file"), only_pass(str(tmp_path / "no" / "x.db")):
        pass


def test_a_second_run_is_refused_and_one_after_a_kill_works(desk: Desk) -> None:
    going = started(desk)
    try:
        second = desk.run("/rss")
        assert (second.code, second.out) == (3, "")
        assert second.complaint == f"another pass is at work on {desk.folder}/x.db"
    finally:
        os.killpg(going.pid, signal.SIGKILL)
        going.wait()
    third = desk.run("/rss")
    assert third.code == 0
    assert third.json[0]["counts"]["read"] == {"ok": 2}
    assert third.err.count("ALERT") == 2


def started(desk: Desk) -> subprocess.Popen[bytes]:
    """Start a pass that waits for a feed which hangs; return once it holds the ledger."""
    args = desk.args("/hangs", config=CONFIG.replace("timeout_s = 2", "timeout_s = 60"))
    going = subprocess.Popen([sys.executable, "-m", "pipelines.cli", *args], cwd=ROOT, start_new_session=True)
    end = time.monotonic() + 60
    while not (desk.folder / "x.db.lock").exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    time.sleep(0.3)
    return going
