"""The oracle: what newswatch finds, with everything going wrong, is what a plain reference says must be found."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.alerts import Alert
from schemas.codec import to_json
from schemas.query import Query
from tests.conftest import ROOT
from tests.oracle import reference
from tests.oracle.driver import ends_at
from tests.oracle.items import MINUTE, START, Item, items, moment, reading_of
from transforms.clients.sqlite_index import SqliteIndex
from transforms.clients.sqlite_ledger import SqliteLedger

NUMBER = int(os.environ.get("ORACLE_ITEMS", "1000"))
"""`make oracle` takes 100,000, `make soak` a million."""

MEMORY = Path("/dev/shm")
"""Where files need no disk: what is asked for here is order, and not endurance."""

KILLS = (0.1, 0.45, 0.9)
"""When the process is killed: shares of what an unbroken run does."""


def steps_of(number: int) -> int:
    """About so many things are done: every article is concluded, and again in two replays."""
    return int(number * 3.2)


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
    seen = {seen_as(a, tuple(sorted({match.record for match in ledger.matches(a.id)}))) for a in alerts}
    assert all(alert.count == len(ledger.matches(alert.id)) for alert in alerts)
    index.close()
    ledger.close()
    return alerts, seen


@pytest.fixture(scope="module", params=[NUMBER, pytest.param(1_000_000, marks=pytest.mark.soak)])
def done(request: pytest.FixtureRequest) -> Iterator[tuple[Path, list[Item]]]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        assert run_killed(Path(folder), request.param, 1) == len(KILLS)
        yield Path(folder), items(request.param, 1)


def test_the_alerts_are_those_of_the_reference(done: tuple[Path, list[Item]]):
    folder, found = done
    alerts, seen = found_in(folder)
    expected = {rounded(alert) for alert in reference.alerts(found, ends_at(found))}
    of_rule = Counter(alert.rule for alert in expected)
    assert set(of_rule) == {rule["id"] for rule in reference.RULES}, "each rule has something to find"
    missed, wrong = expected - seen, seen - expected
    assert (sorted(missed)[:3], sorted(wrong)[:3]) == ([], [])
    assert len(alerts) == len(seen) == len(expected), "none doubled"


def test_the_indexed_records_are_those_of_the_articles(done: tuple[Path, list[Item]]):
    folder, found = done
    index = SqliteIndex(str(folder / "index.db"))
    latest = [reading_of(item) for item in {item.name: item for item in found}.values()]
    for kind, part in (("documents", "document"), ("statements", "statements"), ("mentions", "mentions")):
        records = [to_json(record) for record in index.find(Query(kind=kind, limit=10_000_000, uncertain=True))]  # type: ignore[arg-type]
        values = [getattr(reading, part) for reading in latest]
        expected = [to_json(one) for value in values for one in (value if isinstance(value, tuple) else (value,))]
        assert sorted(records) == sorted(expected)
    index.close()


def test_each_alert_was_sent_once_to_each_channel(done: tuple[Path, list[Item]]):
    folder, _ = done
    alerts, _ = found_in(folder)
    ids = sorted(alert.id for alert in alerts)
    logged = [json.loads(line)["id"] for line in (folder / "notices.jsonl").read_text().splitlines()]
    assert sorted(logged) == ids
    notices = [line.split()[0] for line in (folder / "desk.txt").read_text().splitlines()]
    assert sorted(set(notices)) == ids
    twice = [name for name, number in Counter(notices).items() if number > 1]
    assert len(twice) <= 10 * len(KILLS), "only what was on its way when the process was killed, under the same key"


def test_the_articles_are_as_unruly_as_promised(done: tuple[Path, list[Item]]):
    _, found = done
    firsts = [item for item in found if item.version == 1]
    late = [item for item in firsts if item.ready > item.seen]
    assert 0.03 < len(late) / len(firsts) < 0.07
    assert max(item.ready - item.seen for item in late) <= 48 * 60
    assert len({item.story for item in firsts}) < 0.9 * len(firsts)
    assert len(found) > 1.02 * len(firsts)
    assert moment(0) == START
