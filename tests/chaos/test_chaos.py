"""A watch under faults: it always recovers alone, and in the end the index is that of a run that nothing befell.

`NEWSWATCH_CHAOS_S` says for how many seconds things befall it: three minutes, by `make chaos` thirty.
"""

import contextlib
import dataclasses as dc
import json
import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipelines.commands import rules_of
from pipelines.run import Job, run_once
from schemas.codec import to_json
from schemas.errors import UserError
from schemas.query import Query
from schemas.records import KINDS
from schemas.settings import Settings, load
from schemas.watchlist import load_watchlist
from tests.chaos.watcher import SOON_S, Watcher, troubled, until, until_settled
from tests.fakes.newsroom import LISTED, Newsroom, Office, newsroom
from transforms.clients.opening import open_index
from transforms.clients.sqlite_ledger import SqliteLedger
from transforms.feeds.sources import feeds_from

SECONDS = float(os.environ.get("NEWSWATCH_CHAOS_S", "180"))
OUTLETS = 4
TIMES = {"seen", "first_seen", "last_seen", "id", "alert"}
COMPARED = ("documents", "statements", "mentions", "events", "alerts")

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc and sets another process's limits"),
    pytest.mark.timeout(SECONDS + 7200),
    pytest.mark.xdist_group("chaos"),
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path / "watched")
    office.folder.mkdir()
    return office


@pytest.fixture
def publishing(office: Office) -> Iterator[Newsroom]:
    """Outlets that publish about one article a second until the test is done with them.

    They wait for a watch that has not taken up what they list: what has left a feed before is nobody's to find.
    """
    with newsroom(OUTLETS) as room:
        done = threading.Event()

        def publish() -> None:
            known = Known(office)
            while not done.wait(1):
                if not room.paused and room.number - known.articles() < LISTED:
                    room.publish()

        thread = threading.Thread(target=publish, daemon=True)
        thread.start()
        yield room
        done.set()
        thread.join()


@dc.dataclass
class Known:
    """How many articles the office's ledger knows of, as far as it can be asked."""

    office: Office
    number: int = 0

    def articles(self) -> int:
        ledger = SqliteLedger(str(self.office.folder / "x.db"))
        with contextlib.closing(ledger), contextlib.suppress(UserError):
            self.number = sum(ledger.progress())
        return self.number


@pytest.fixture
def watcher(publishing: Newsroom, office: Office) -> Iterator[Watcher]:
    found = Watcher(office, office.files([*publishing.bases, "http://nowhere.invalid"], every=1, timeout=5))
    yield found
    found.end()


def test_whatever_befalls_it_nothing_is_lost_and_nothing_told_twice(
    publishing: Newsroom, watcher: Watcher, tmp_path: Path
) -> None:
    watcher.start()
    chance, end = random.Random(7), time.monotonic() + SECONDS
    befall(watcher, publishing)
    while time.monotonic() < end:
        befall_one(watcher, publishing, chance)
    publishing.paused = True
    with troubled(publishing, 0, "hangs"):
        time.sleep(1)
        watcher.stop_soon()
    watcher.start()  # what failed is tried again at once
    began = time.monotonic()
    until_settled(watcher, publishing.number)
    sys.stdout.write(f"{publishing.number} articles, settled {time.monotonic() - began:.0f} s after the last fault\n")
    watcher.stop_soon()
    expected, notices = reference(publishing, tmp_path / "reference")
    found = records(watcher.settings())
    assert [line for kind in COMPARED for line in differing(kind, found[kind], expected[kind])] == [], watcher.story()
    told = [json.loads(line)["id"] for line in watcher.office.notices()]
    assert len(told) == len(set(told)) == len(notices) > 0


def differing(kind: str, found: Sequence[str], expected: Sequence[str]) -> list[str]:
    """What stands there too often, or not often enough, a few of each."""
    lost, doubled = Counter(expected) - Counter(found), Counter(found) - Counter(expected)
    of_each = [(word, record) for word, some in (("lost", lost), ("doubled", doubled)) for record in list(some)[:3]]
    return [f"{kind}: {len(lost)} lost, {len(doubled)} doubled; {word}: {record}" for word, record in of_each]


def befall(watcher: Watcher, room: Newsroom) -> None:
    """Let everything befall it once."""
    with troubled(room, 0, "hangs"):
        time.sleep(4)
        watcher.kill()
    with watcher.failing_disk(), troubled(room, 1, "resets"):
        time.sleep(4)
    with watcher.broken_watchlist(), troubled(room, 2, "refuses"):
        time.sleep(3)
    until(lambda: watcher.said("reloaded"), SOON_S)
    with watcher.locked_index():
        time.sleep(3)
    watcher.kill_a_reader()
    time.sleep(3)


def befall_one(watcher: Watcher, room: Newsroom, chance: random.Random) -> None:
    """Let something befall it for a while, and then nothing."""
    what = chance.choice(["hangs", "resets", "refuses", "disk", "index", "watchlist", "reader", "kill", "term"])
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {what}; {room.number} published, {watcher.starts} starts\n")
    sys.stdout.flush()
    with contextlib.ExitStack() as held:
        if what in {"hangs", "resets", "refuses"}:
            held.enter_context(troubled(room, chance.randrange(OUTLETS), what))
        elif what == "disk":
            held.enter_context(watcher.failing_disk())
        elif what == "index":
            held.enter_context(watcher.locked_index())
        elif what == "watchlist":
            held.enter_context(watcher.broken_watchlist())
        elif what == "reader":
            watcher.kill_a_reader()
        elif what == "kill":
            watcher.kill()
        else:
            watcher.stop_soon()
            watcher.start()
        time.sleep(chance.uniform(1, 12))
    time.sleep(chance.uniform(0, 8))


def reference(room: Newsroom, folder: Path) -> tuple[dict[str, list[str]], list[str]]:
    """Return what one undisturbed run makes of all that was published, and its notices."""
    folder.mkdir()
    office, room.listed = Office(folder), room.number
    office.files(room.bases, processes=2)
    settings, watchlist = load(folder / "c.toml"), load_watchlist(folder / "actors.yaml")
    rules = rules_of(folder / "rules.yaml", watchlist)
    feeds = feeds_from(str(folder / "feeds.yaml"))
    run_once(Job(feeds=feeds, watchlist=watchlist, rules=rules, settings=settings))
    return records(settings), office.notices()


def records(settings: Settings) -> dict[str, list[str]]:
    """Return the index's records as JSON, without the times at which they were seen, sorted."""

    def strip(value):
        if isinstance(value, dict):
            return {k: strip(v) for k, v in value.items() if k not in TIMES}
        return [strip(v) for v in value] if isinstance(value, list) else value

    with contextlib.closing(open_index(settings)) as index:
        found = {k: index.find(Query(kind=k, limit=100_000, uncertain=True)) for k in KINDS if k in COMPARED}
    return {k: sorted(json.dumps(strip(json.loads(to_json(r)))) for r in each) for k, each in found.items()}
