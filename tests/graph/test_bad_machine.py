"""`newswatch run` where the machine is to blame: full disks, models that do not load, Ctrl-C, kills, terminals."""

import contextlib
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fakes.desk import CONFIG, Desk


@pytest.mark.parametrize("processes", [1, 2])
def test_a_model_that_does_not_load(processes: int, desk: Desk) -> None:
    broken = desk.folder / "model"
    broken.mkdir()
    (broken / "meta.json").write_text("{}")
    config = CONFIG.replace("bundled", str(broken)).replace("processes = 1", f"processes = {processes}")
    done = desk.run("/rss", config=config)
    assert done.code == 3
    assert done.complaint.startswith(f"language.model: {broken} does not load: ")
    assert "while running" not in done.err
    done = desk.run("/rss")  # nothing is lost
    assert done.json[0]["counts"]["read"] == {"ok": 2}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_failures_that_cannot_be_kept_stop_the_pass(desk: Desk) -> None:
    config = CONFIG.replace("{folder}/failures.jsonl", "/dev/full")
    done = desk.run("/rss", "/html", config=config)
    assert done.code == 3
    assert "failures.file: /dev/full: No space left on device" in done.err
    assert "Traceback" not in done.err
    assert desk.run("/rss", config=config).code == 0  # where nothing fails nothing is to be kept


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB, where this user may make one."""
    yield from mounted(tmp_path / "small", "size=2m")


def mounted(folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this user may mount nothing")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_full_disk_loses_nothing(desk: Desk, small_disk: Path) -> None:
    config = CONFIG.replace("{folder}/x.db", f"{small_disk}/x.db")
    filler = small_disk / "filler"
    codes = []
    for free in (10, 200, 400, 600, 800):  # it fills at one moment or another
        filler.write_bytes(bytes(max(0, (2000 - free) * 1000 - used(small_disk))))
        done = desk.run("/rss", config=config)
        codes.append(done.code)
        assert done.code in {0, 3}
        assert "Traceback" not in done.err
        if done.code == 3:
            assert "disk full" in done.err
        filler.unlink()
    assert 3 in codes
    assert desk.run("/rss", config=config).code == 0
    assert len(desk.records("alerts")) == 2


def used(disk: Path) -> int:
    return sum(file.stat().st_size for file in disk.iterdir())


def test_an_index_that_may_not_be_written_to(desk: Desk, tmp_path: Path) -> None:
    for disk in mounted(tmp_path / "shut", "size=600k,ro"):
        done = desk.run("/rss", config=CONFIG.replace("{folder}/x.db", f"{disk}/x.db"))
        assert done.code == 3
        assert done.complaint == f"{disk}/x.db: cannot be opened"


def test_ctrl_c_ends_a_pass_in_a_line(desk: Desk) -> None:
    command = [
        sys.executable,
        "-m",
        "pipelines.cli",
        *desk.args("/rss", "/hangs", config=CONFIG.replace("= 2", "= 60")),
    ]
    going = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_for(desk.folder / "x.db")
    time.sleep(1)
    os.killpg(going.pid, signal.SIGINT)
    _, err = going.communicate(timeout=30)
    assert going.returncode == 130
    assert err == "newswatch: stopped; the next run takes up what is left\n"


def test_progress_on_a_terminal_garbles_no_notice(desk: Desk) -> None:
    shown = on_a_terminal([sys.executable, "-m", "pipelines.cli", *desk.args("/rss", "/hangs")])
    assert "polling 2 feeds (0 s)" in shown
    assert "feeds: 1 of 2 asked; articles: 0 of 2 done" in shown or "feeds: 2 of 2 asked" in shown
    screen = [line.rpartition("\r\x1b[K")[2] for line in shown.replace("\r\n", "\n").split("\n")]
    assert not any("asked" in line or "polling" in line for line in screen)
    assert len([line for line in screen if line.startswith("ALERT Ann: ")]) == 2
    assert any(line.startswith("This pass took ") for line in screen)


def on_a_terminal(command: list[str]) -> str:
    """Everything that the command writes to a terminal, its colours left out."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    env = os.environ | {"TERM": "xterm-256color"}
    going = subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # Linux's way to tell that the other side is gone
        while part := os.read(ours, 65536):
            shown += part
    os.close(ours)
    assert going.wait() == 0
    return re.sub(r"\x1b\[[\d;]*m", "", shown.decode())


def wait_for(file: Path) -> None:
    end = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < end
        time.sleep(0.05)


HOLDING = """
import multiprocessing, time
from schemas.watchlist import Watchlist
from transforms.clock import utc_now
from transforms.articles.extract import article_from_text
from transforms.reading.opening import open_reading
with open_reading("bundled", Watchlist(), 2) as read:
    list(read([article_from_text("Ann Ash came.", id=str(n), seen=utc_now()) for n in range(16)]))
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_reading_processes_end_with_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", HOLDING], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    children = [Path("/proc", pid) for pid in parent.stdout.readline().split()]
    assert len(children) == 2
    parent.kill()
    parent.communicate()
    end = time.monotonic() + 20
    while any(child.exists() for child in children):
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_that_nobody_takes(desk: Desk) -> None:
    desk.run("/rss")
    command = [sys.executable, "-m", "pipelines.cli", "alerts", "--config", str(desk.folder / "c.toml")]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "newswatch: cannot write the output: No space left on device\n")
    reader, writer = os.pipe()
    os.close(reader)  # as `| head` does once it has enough
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")  # as a shell tells of SIGPIPE
