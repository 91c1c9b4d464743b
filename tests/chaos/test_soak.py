"""What takes long: a big watchlist that changes while documents flow."""

import contextlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.documents import Document
from schemas.mentions import Mention
from schemas.query import Query
from schemas.settings import load
from tests.chaos.watcher import Watcher, until
from tests.fakes.newsroom import Newsroom, Office, newsroom
from transforms.clients.opening import open_index

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
    pytest.mark.xdist_group("soak"),
    pytest.mark.timeout(6 * 3600),
]


@contextlib.contextmanager
def watching(folder: Path, outlets: int, *, processes: int = 2) -> Iterator[tuple[Newsroom, Watcher]]:
    folder.mkdir(exist_ok=True)
    with newsroom(outlets) as room:
        office = Office(folder)
        watcher = Watcher(office, office.files(room.bases, every=1, timeout=5, processes=processes))
        try:
            yield room, watcher
        finally:
            watcher.end()


def actors(many: int, version: int) -> str:
    """A list of so many invented people, Ann Ash first; each version has a role of its own for her."""
    people = [{"id": f"p{n}", "name": f"Zork{n:x} Quell{n * 7:x}"} for n in range(many)]
    ann = {"id": "ann-ash", "name": "Ann Ash", "roles": [f"harbour master {version}"]}
    return json.dumps({"actors": [ann, *people]})


def flip(watcher: Watcher, many: int, version: int) -> float:
    """Put the next version in the old one's place; returns the seconds until it was in force."""
    file, before = watcher.office.folder / "actors.json", len(watcher.said("reloaded"))
    (watcher.office.folder / "new").write_text(actors(many, version), "utf-8")
    began = time.monotonic()
    (watcher.office.folder / "new").replace(file)
    until(lambda: len(watcher.said("reloaded")) > before, 120)
    return time.monotonic() - began


@pytest.mark.parametrize("many", [2_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_a_big_list_that_changes_loses_doubles_and_splits_no_document(many: int, tmp_path: Path) -> None:
    with watching(tmp_path / "watched", 4, processes=1 if many < 10_000 else 2) as (room, watcher):
        (tmp_path / "watched" / "actors.json").write_text(actors(many, 0), "utf-8")
        watcher.arguments = [word.replace("actors.yaml", "actors.json") for word in watcher.arguments]
        watcher.start()
        took = []
        for version in (1, 2, 3):
            room.publish(8)
            time.sleep(1.5)
            took.append(flip(watcher, many, version))
        room.publish(4)
        until(lambda: len(watcher.office.notices()) >= room.number, 120)
        assert watcher.stop() < 10
        sys.stdout.write(f"{many} actors in force after {took} s\n")
        busy = os.getloadavg()[0] > 2 * (os.cpu_count() or 1)  # such a machine measures others' work
        assert min(took) < (60 if busy else 5), took
        with contextlib.closing(open_index(load(tmp_path / "watched" / "c.toml"))) as index:
            documents = index.find(Query(kind="documents", limit=1000))
            mentions = index.find(Query(kind="mentions", limit=1000, uncertain=True))
        assert len({d.url for d in documents if isinstance(d, Document)}) == len(documents) == room.number
        lists: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            assert isinstance(mention, Mention)
            lists[mention.origin.document].add(mention.watchlist)
        assert {d.id: {d.watchlist} for d in documents if isinstance(d, Document)} == lists
        assert len(set.union(*lists.values())) > 1
        told = [json.loads(line)["id"] for line in watcher.office.notices()]
        assert len(told) == len(set(told)) == room.number
