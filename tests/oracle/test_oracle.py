"""The oracle: what newswatch finds, with everything going wrong, is what a plain reference says must be found."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.alerts import Alert
from schemas.kept import Notice
from schemas.query import Kind, Query
from schemas.records import Reading, Record
from tests.conftest import ROOT
from tests.oracle import reference
from tests.oracle.driver import Driver, ends_at
from tests.oracle.items import MINUTE, START, Item, items, moment, reading_of
from transforms.alerts.judge import Judgement
from transforms.clients.sqlite_index import SqliteIndex
from transforms.clients.sqlite_ledger import SqliteLedger

NUMBER = int(os.environ.get("ORACLE_ITEMS", "20000"))
"""As many as take three minutes of one core, at 4.7 ms each on a busy machine.

`make oracle` takes 100,000, `make soak` a million.
"""

MEMORY = Path("/dev/shm")
"""Where files need no disk: what is asked for here is order, and not endurance."""

KILLS = (0.1, 0.45, 0.95)
"""When the process is killed: shares of what an unbroken run does."""


@contextlib.contextmanager
def in_memory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def steps_of(number: int) -> int:
    """About so many things are done: articles concluded, and again in two replays, alerts posted, notices sent."""
    return int(number * 7.5)


def run_killed(folder: Path, number: int, seed: int) -> int:
    """Run the driver until it ends by itself; returns how often it was killed."""
    marks = ",".join(str(int(share * steps_of(number))) for share in KILLS)
    command = [sys.executable, "-m", "tests.oracle.driver", str(folder), str(number), str(seed), marks]
    for killed in range(10):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return killed
        assert done.returncode == -signal.SIGKILL, done.stderr
    raise AssertionError("it does not end")


def seen_as(alert: Alert, records: tuple[str, ...]) -> reference.Alert:
    first, last = (round((time - START) / MINUTE, 3) for time in (alert.first_seen, alert.last_seen))
    return reference.Alert(alert.rule, alert.actors, records, alert.outlets, first, last)


def rounded(alert: reference.Alert) -> reference.Alert:
    return alert._replace(first=round(alert.first, 3), last=round(alert.last, 3))


def found_in(folder: Path) -> tuple[list[Alert], set[reference.Alert]]:
    index = SqliteIndex(str(folder / "index.db"))
    ledger = SqliteLedger(str(folder / "ledger.db"))
    alerts = [a for a in index.find(Query(kind="alerts", limit=10_000_000)) if isinstance(a, Alert)]
    seen = set()
    for alert in alerts:
        records = tuple(sorted({match.record for match in ledger.matches(alert.id)}))
        assert alert.count == len(records)
        seen.add(seen_as(alert, records))
    index.close()
    ledger.close()
    return alerts, seen


def check_alerts(folder: Path, found: list[Item]) -> set[reference.Alert]:
    """Compare the alerts with those of the reference, which are returned."""
    alerts, seen = found_in(folder)
    expected = {rounded(alert) for alert in reference.alerts(found, ends_at(found))}
    missed, wrong = expected - seen, seen - expected
    assert (sorted(missed)[:3], sorted(wrong)[:3]) == ([], [])
    assert len(alerts) == len(seen) == len(expected), "none doubled"
    return expected


def check_records(folder: Path, found: list[Item]) -> None:
    """Compare the records in the index with those of each article's latest version."""
    latest = list({item.name: item for item in found}.values())
    ids: Counter[Kind] = Counter()
    with contextlib.closing(SqliteIndex(str(folder / "index.db"))) as index:
        for n in range(0, len(latest), 500):
            readings = [reading_of(item) for item in latest[n : n + 500]]
            for kind, expected in parts_of(readings).items():
                ids[kind] += len(expected)
                held = index.held(kind, list(expected))
                assert held == expected, next(id_ for id_ in expected if held.get(id_) != expected[id_])
        for kind, number in ids.items():
            assert index.count(Query(kind=kind, uncertain=True)) == number, kind


def parts_of(readings: list[Reading]) -> dict[Kind, dict[str, Record]]:
    return {
        "documents": {reading.document.id: reading.document for reading in readings},
        "statements": {one.id: one for reading in readings for one in reading.statements},
        "mentions": {one.id: one for reading in readings for one in reading.mentions},
    }


def check_sent(folder: Path, kills: int) -> None:
    """Each channel has had each alert, once; again only what was on its way when the process was killed."""
    alerts, _ = found_in(folder)
    ids = sorted(alert.id for alert in alerts)
    logged = [json.loads(line)["id"] for line in (folder / "notices.jsonl").read_text().splitlines()]
    assert sorted(logged) == ids
    notices = [line.split()[0] for line in (folder / "desk.txt").read_text().splitlines()]
    assert sorted(set(notices)) == ids
    twice = [name for name, number in Counter(notices).items() if number > 1]
    assert len(twice) <= 10 * kills, "under the same key"


@pytest.fixture(scope="module", params=[NUMBER, pytest.param(1_000_000, marks=pytest.mark.soak)])
def done(request: pytest.FixtureRequest) -> Iterator[tuple[Path, list[Item]]]:
    with in_memory() as folder:
        assert run_killed(folder, request.param, 1) == len(KILLS)
        yield folder, items(request.param, 1)


big = pytest.mark.xdist_group("oracle")
"""They share one run, which takes minutes."""

pytestmark = pytest.mark.timeout(7200)


@big
def test_the_alerts_are_those_of_the_reference(done: tuple[Path, list[Item]]):
    expected = check_alerts(*done)
    of_rule = Counter(alert.rule for alert in expected)
    assert set(of_rule) == {rule["id"] for rule in reference.RULES}, "each rule has something to find"


@big
def test_the_indexed_records_are_those_of_the_articles(done: tuple[Path, list[Item]]):
    check_records(*done)


@big
def test_each_alert_was_sent_once_to_each_channel(done: tuple[Path, list[Item]]):
    folder, _ = done
    check_sent(folder, len(KILLS))


@big
def test_the_articles_are_as_unruly_as_promised(done: tuple[Path, list[Item]]):
    _, found = done
    firsts = [item for item in found if item.version == 1]
    late = [item for item in firsts if item.ready > item.seen]
    assert 0.03 < len(late) / len(firsts) < 0.07
    assert max(item.ready - item.seen for item in late) <= 48 * 60
    assert len({item.story for item in firsts}) < 0.9 * len(firsts)
    assert len(found) > 1.02 * len(firsts)
    assert moment(0) == START


class Forgetful(Driver):
    """Writes down one alert less than there are, and tells nobody of it."""

    forgotten = ""

    def _build(self, name: str) -> Alert | None:
        self.forgotten = self.forgotten or name
        return None if name == self.forgotten else super()._build(name)


class Careless(Driver):
    """Loses what one article gave the rules, at every reading."""

    lost = ""

    def _conclude(self, name: str, judged: Judgement) -> None:
        self.lost = self.lost or (name if judged.matches else "")
        super()._conclude(name, Judgement() if name == self.lost else judged)


class Stammering(Driver):
    """Sends one notice twice, as if nobody had written down that it was sent."""

    stammered = False

    def _to_desk(self, notice: Notice) -> None:
        super()._to_desk(notice)
        if not self.stammered:
            self.stammered = True
            super()._to_desk(notice)


class Confused(Driver):
    """Finds one alert a second time, under another name."""

    doubled = False

    def _conclude(self, name: str, judged: Judgement) -> None:
        super()._conclude(name, judged)
        if judged.matches and not self.doubled:
            self.doubled = True
            super()._conclude(name, Judgement((replace(judged.matches[0], alert="again"),)))


@pytest.mark.parametrize("flaw", [Driver, Forgetful, Careless, Stammering, Confused])
def test_the_oracle_notices_one_fault(flaw: type[Driver]):
    found = items(150, 3)
    with in_memory() as folder:
        flaw(folder, found, ()).run()
        with contextlib.nullcontext() if flaw is Driver else pytest.raises(AssertionError):
            check_alerts(folder, found)
            check_records(folder, found)
            check_sent(folder, 0)
