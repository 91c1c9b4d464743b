"""A pass over many articles fetches and reads so many at a time, and gives what one pass over all would give."""

import contextlib
import dataclasses as dc
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.commands import rules_of
from pipelines.run import Job, new_run, run_graph, run_in_windows, runner_options, world_of
from schemas.articles import Entry
from schemas.documents import Document
from schemas.query import Query
from schemas.settings import Settings, load
from schemas.watchlist import load_watchlist
from tests.fakes.newsroom import Newsroom, Office, newsroom
from transforms.clients.opening import open_index, open_ledger
from transforms.clients.sqlite_ledger import SqliteLedger
from transforms.clock import utc_now
from transforms.feeds.sources import feeds_from


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom(3) as opened:
        opened.publish(9)
        yield opened


def job_in(folder: Path, room: Newsroom) -> Job:
    folder.mkdir()
    Office(folder).files(room.bases)
    watchlist = load_watchlist(folder / "actors.yaml")
    rules, settings = rules_of(folder / "rules.yaml", watchlist), load(folder / "c.toml")
    return Job(feeds=feeds_from(str(folder / "feeds.yaml")), watchlist=watchlist, rules=rules, settings=settings)


def found_in(settings: Settings) -> list[str]:
    with contextlib.closing(open_index(settings)) as index:
        records = [*index.find(Query(kind="documents", limit=99)), *index.find(Query(kind="alerts", limit=99))]
    return sorted(r.id + (r.story if isinstance(r, Document) else "") for r in records)


class Watched(SqliteLedger):
    """A ledger that notes what each window finds: the entries that are left, and the requests so far."""

    def __init__(self, settings: Settings, room: Newsroom) -> None:
        super().__init__(open_ledger(settings).file.path)  # type: ignore[attr-defined]
        self.room, self.windows = room, list[tuple[int, int]]()

    def waiting(self, limit: int, *, but_not: Collection[str] = ()) -> list[Entry]:
        self.windows.append((self.progress()[0], self.room.asked.total()))
        return super().waiting(limit, but_not=but_not)


def test_windows_settle_one_by_one_and_give_what_one_pass_gives(room: Newsroom, tmp_path: Path) -> None:
    whole, parts = (job_in(tmp_path / name, room) for name in ("whole", "parts"))
    worlds = [dc.replace(world_of(job, run=new_run(utc_now())), strict=True) for job in (whole, parts)]
    for job in (whole, parts):
        with contextlib.closing(open_index(job.settings)) as index:
            index.prepare()
        open_ledger(job.settings).close()
    at_once: dict[str, Any] = run_graph(worlds[0], whole.feeds, runner_options([]))
    room.asked.clear()
    with contextlib.closing(Watched(parts.settings, room)) as ledger:
        by_parts = run_in_windows(worlds[1], parts.feeds, runner_options([]), ledger, window=5)
        left, requests = zip(*ledger.windows, strict=True)
    assert left == (9, 4, 0)
    assert requests[0] == 3  # the feeds; no page is fetched before its window
    assert requests[1] <= 3 + 3 + 5 < requests[-1]  # robots.txt of each host, and five pages
    assert by_parts == at_once
    assert found_in(parts.settings) == found_in(whole.settings) != []
    notices = [(tmp_path / name / "notices.jsonl").read_text("utf-8").count("\n") for name in ("whole", "parts")]
    assert notices == [9, 9]
