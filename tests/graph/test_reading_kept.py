"""A long watchlist that comes while documents flow: none is lost, none read twice, none judged by a part of a list."""

import contextlib
import threading
from collections.abc import Iterator

import pytest

from schemas.articles import Article
from schemas.records import Reading
from schemas.watchlist import Actor, Watchlist
from tests.fakes.records import NOON
from transforms.reading.kept import KeptReading
from transforms.reading.outlived import Answer

ANN, BO = Actor(id="ann-ash", name="Ann Ash"), Actor(id="bo-birch", name="Bo Birch")
OLD = Watchlist(actors=(ANN,))
LONG = Watchlist(actors=(ANN, *(Actor(id=f"a{n}", name=f"Carl Rowan{n}") for n in range(10_000)), BO))
BATCH = 12
ENOUGH = 3
"""Batches that are read by each list before the test is content."""


def batch(number: int) -> list[Article]:
    ids = [f"{number}-{n}" for n in range(BATCH)]
    return [
        Article(id=i, url=f"https://a.test/{i}", text="Ann Ash met Bo Birch.", text_from="page", seen=NOON) for i in ids
    ]


class Flow(threading.Thread):
    """Documents that are read one batch after the other, each by the list that is in force when it begins."""

    def __init__(self, reading: KeptReading, spool: str) -> None:
        super().__init__()
        self.reading, self.spool, self.going = reading, spool, True
        self.read: list[tuple[str, list[Answer]]] = []

    def run(self) -> None:
        while self.going:
            spool = self.spool
            self.read.append((spool, list(self.reading.read(spool, batch(len(self.read))))))

    def until(self, spool: str, batches: int) -> None:
        while self.is_alive() and sum(by == spool for by, _ in self.read) < batches:
            self.join(0.05)


@pytest.fixture
def reading() -> Iterator[KeptReading]:
    with contextlib.closing(KeptReading("bundled", 1)) as found:
        yield found


def judged(answer: Answer) -> tuple[frozenset[str], frozenset[str]]:
    """Whom the reading names, and by which lists."""
    found = answer[1]
    assert isinstance(found, Reading)
    return frozenset(m.actor for m in found.mentions), frozenset(m.watchlist for m in found.mentions)


def test_a_long_list_comes_while_documents_flow(reading: KeptReading) -> None:
    flow = Flow(reading, reading.hand_out(OLD))
    flow.start()
    flow.until(old := flow.spool, ENOUGH)
    flow.spool = reading.hand_out(LONG)
    flow.until(flow.spool, ENOUGH)
    flow.going = False
    flow.join()
    for number, (spool, answers) in enumerate(flow.read):
        whole = ({"ann-ash"}, {OLD.digest}) if spool == old else ({"ann-ash", "bo-birch"}, {LONG.digest})
        assert [article.id for article, _ in answers] == [article.id for article in batch(number)]
        assert {judged(answer) for answer in answers} == {tuple(map(frozenset, whole))}
    assert {spool for spool, _ in flow.read} == {old, flow.spool}
