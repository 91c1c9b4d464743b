"""How a watch ends: the first signal asks for it, the second does not ask."""

import signal
import subprocess
import sys
import threading
import time

import pytest

from pipelines.reload import Files
from pipelines.watch import CLOSE_S, GRACE_S, Watch, closed_in_time
from schemas.settings import Settings
from tests.conftest import ROOT

WAITS = """
import sys, threading, time
from pipelines.stopped import leave, until_told
stop = threading.Event()
threading.Thread(target=time.sleep, args=(60,)).start()  # a host that hangs: nobody waits for it
with until_told(stop):
    print("ready", flush=True)
    stop.wait()
    print("told", flush=True)
    time.sleep(float(sys.argv[1]))
print("done")
leave(0)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize(("pause", "twice", "code"), [(0.1, False, 0), (60, True, 130)])
def test_one_signal_ends_it_in_order_and_two_at_once(
    number: signal.Signals, pause: float, twice: bool, code: int
) -> None:
    going = subprocess.Popen([sys.executable, "-c", WAITS, str(pause)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert going.stdout is not None
    assert going.stdout.readline() == "ready\n"
    going.send_signal(number)
    assert going.stdout.readline() == "told\n"
    if twice:
        going.send_signal(number)
    out, _ = going.communicate(timeout=20)
    assert (going.returncode, out) == (code, "" if twice else "done\n")


ENDS_AT_ONCE = """
import multiprocessing, os, sys
from pipelines.process import quiet
if sys.argv[1:]:
    quiet()
shared = multiprocessing.get_context("spawn").Semaphore()
os._exit(0)
"""


@pytest.mark.parametrize(("args", "chatter"), [([], "resource_tracker"), (["quiet"], "")])
def test_what_ends_at_once_leaves_no_chatter_on_the_terminal(args: list[str], chatter: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDS_AT_ONCE, *args], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert chatter in done.stderr
    assert bool(chatter) == bool(done.stderr)


def test_an_end_does_not_wait_for_a_server_that_is_away() -> None:
    watch, back = Watch(Files(feeds="feeds.yaml"), Settings()), threading.Event()
    watch.held.callback(back.wait, 60)
    began = time.monotonic()
    with closed_in_time(watch):
        pass
    assert time.monotonic() - began < CLOSE_S + 5
    assert GRACE_S + CLOSE_S < 10
    back.set()
