"""The ledger's file: many threads and processes, a killed one, a full disk."""

import dataclasses as dc
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.articles import Entry
from schemas.codec import from_json
from schemas.errors import UserError
from schemas.feeds import FeedState
from schemas.kept import Item
from tests.fakes.alerts import make_alert
from tests.unit.test_ledger_contract import FEED, NOON, STATE, entry, match
from transforms.clients.sqlite import SqliteError
from transforms.clients.sqlite_ledger import SqliteLedger

ROOT = Path(__file__).parents[2]
ITEM = Item(alert="x", channel="mail", since=NOON, state="sent")

TAKER = """
import sys
from tests.unit.test_ledger_contract import STATE, entry, match
from transforms.clients.sqlite_ledger import SqliteLedger

ledger = SqliteLedger(sys.argv[1])
ledger.prepare()
for number in range(int(sys.argv[3])):
    for taken in ledger.take(STATE, [entry(f"e{number}")], run=sys.argv[2]):
        ledger.conclude(taken.id, [match("x", taken.id)])
        print(taken.id, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def ledger(path: Path) -> SqliteLedger:
    opened = SqliteLedger(str(path))
    opened.prepare()
    return opened


def test_threads_that_have_ended_hold_no_file_open(ledger: SqliteLedger):
    for _ in range(5):
        thread = threading.Thread(target=ledger.progress)
        thread.start()
        thread.join()
    assert len(ledger.file._all) == 2, "this thread's, and that of the last one"


def taker(path: Path, run: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", TAKER, str(path), run, str(number)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_each_entry_goes_to_one_process(path: Path):
    with taker(path, "r1", 60) as one, taker(path, "r2", 60) as two:
        taken = [process.communicate(timeout=120)[0].split() for process in (one, two)]
    assert one.returncode == two.returncode == 0
    assert sorted(taken[0] + taken[1]) == sorted(f"e{n}" for n in range(60))
    ledger = SqliteLedger(str(path))
    assert ledger.progress() == (0, 60)
    assert len(list(ledger.matches("x"))) == 60
    ledger.close()


def test_a_killed_run_leaves_its_work_to_the_next(path: Path):
    with taker(path, "r1", 100_000) as process:
        assert process.stdout is not None
        for _ in range(20):
            process.stdout.readline()
        process.kill()
        concluded = 20 + len(process.stdout.read().split())
    ledger = SqliteLedger(str(path))
    pending, settled = ledger.progress()
    assert settled >= concluded
    assert pending <= 1
    assert len(ledger.left_over(run="r2")) == pending
    assert len(list(ledger.matches("x"))) == settled
    ledger.close()


def test_threads_have_connections_of_their_own(ledger: SqliteLedger):
    states = [FeedState(url=f"https://{n}.test/feed") for n in range(50)]

    def take(state: FeedState) -> list[Entry]:
        entries = [dc.replace(entry(id_), feed=state.url) for id_ in (state.url, "shared")]
        return ledger.take(state, entries, run="r1")

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, states))
    assert [state.url for state in ledger.feeds()] == sorted(state.url for state in states)
    assert sorted(e.id for of_one in taken for e in of_one) == sorted(["shared", *(state.url for state in states)])
    assert ledger.progress() == (51, 0)
    ledger.close()


def test_a_full_disk_is_said_in_one_line_and_takes_nothing(ledger: SqliteLedger, path: Path):
    with ledger.file.reading() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 1}")
    many = [dc.replace(entry(f"e{n}"), content="x" * 1000) for n in range(100)]
    with pytest.raises(UserError) as told:
        ledger.take(STATE, many, run="r1")
    assert str(told.value) == f"disk full: {path}"
    assert ledger.feed(FEED) is None
    assert ledger.progress() == (0, 0)
    ledger.close()


def test_a_lock_is_waited_for_then_said(path: Path, ledger: SqliteLedger):
    impatient = SqliteLedger(str(path), busy_s=0.1)
    with ledger.file.writing(), pytest.raises(SqliteError, match="another process holds it") as told:
        impatient.outbox.put([ITEM], now=NOON)
    assert told.value.transient
    impatient.outbox.put([ITEM], now=NOON)
    assert ledger.outbox.items("x") == [ITEM]
    ledger.close()
    impatient.close()


def test_what_was_remembered_is_there_after_opening_again(path: Path, ledger: SqliteLedger):
    ledger.take(STATE, [entry("a")], run="r1")
    ledger.conclude("a", [match("x", "m1", day=3)])
    ledger.outbox.put([ITEM], now=NOON)
    ledger.close()
    again = SqliteLedger(str(path))
    again.prepare()
    assert again.feed(FEED) == STATE
    assert list(again.matches("x")) == [match("x", "m1", day=3)]
    assert again.outbox.items("x") == [ITEM]
    again.close()


def test_a_state_of_an_older_version_is_read(ledger: SqliteLedger):
    with ledger.file.writing() as db:
        db.execute("INSERT INTO ledger_feeds VALUES (?, ?)", (FEED, f'{{"url": "{FEED}", "gone": 1}}'))
    assert ledger.feed(FEED) == from_json(FeedState, f'{{"url": "{FEED}"}}')
    ledger.close()


def test_what_an_earlier_version_has_sent_is_not_sent_again(ledger: SqliteLedger):
    with ledger.file.writing() as db:
        db.execute("INSERT INTO ledger_deliveries VALUES ('a', 'mail')")
    items = [Item(alert="a", channel=channel, since=NOON) for channel in ("desk", "mail")]
    ledger.outbox.post(make_alert(id="a"), items)
    assert ledger.outbox.waiting(NOON) == items[:1]
    ledger.close()
