"""What is done beside a job: it is told to end, cancelled when it has, and so is one that was left alone before."""

import dataclasses as dc
import datetime as dt
import threading
from typing import Any

import pytest

from pipelines.pruning import Pruning
from pipelines.tending import PATIENCE, Tending
from pipelines.ticking import DRAINED, STREAM
from schemas.errors import UserError
from tests.fakes.ledger import MemoryLedger
from tests.fakes.records import NOON

DAY = dt.timedelta(days=1)


@dc.dataclass
class Desk:
    """A job, and those who tend it, with a clock that the test sets."""

    before: str = ""
    now: dt.datetime = NOON
    ledger: MemoryLedger = dc.field(default_factory=MemoryLedger)
    cancelled: list[str] = dc.field(default_factory=list)
    told: list[str] = dc.field(default_factory=list)
    refuses: bool = False

    def __post_init__(self) -> None:
        self.stop = threading.Event()
        self.ledger.keep_bookmark(STREAM, "ours")
        pruning = Pruning(
            ledger=self.ledger,
            keep=90 * DAY,
            listed=frozenset,
            stop=self.stop,
            clock=lambda: self.now,
            tell=self.tell,
        )
        self.tending = Tending(
            run="ours",
            job=self,
            ledger=self.ledger,
            show=self,
            stop=self.stop,
            pruning=pruning,
            clock=lambda: self.now,
            until=self.now + DAY,
            cancel=self.take_off,
            before=self.before,
        )

    def cancel(self) -> None:
        self.cancelled.append("the job server's")

    def take_off(self, run: str) -> None:
        if self.refuses:
            raise UserError("no answer", transient=True)
        self.cancelled.append(run)

    def tell(self, _level: Any, event: str, **_fields: Any) -> None:
        self.told.append(event)


def test_a_job_that_is_to_end_is_cancelled_once_it_has_drained():
    desk = Desk()
    desk.tending.look()
    assert desk.ledger.bookmark(STREAM) == "ours"
    desk.stop.set()
    desk.tending.look()
    assert (desk.ledger.bookmark(STREAM), desk.told) == ("", ["job is to end"])
    desk.tending.look()
    assert (desk.cancelled, desk.tending.drained) == ([], False)
    desk.ledger.keep_bookmark(DRAINED, "ours")
    desk.tending.look()
    assert (desk.cancelled, desk.tending.drained) == (["ours", "the job server's"], True)


def test_a_job_that_has_lasted_long_enough_is_told_to_end():
    desk = Desk()
    desk.now += DAY
    desk.tending.look()
    assert desk.ledger.bookmark(STREAM) == ""


def test_another_streams_name_stays():
    desk = Desk()
    desk.ledger.keep_bookmark(STREAM, "another")
    desk.stop.set()
    desk.tending.look()
    assert (desk.ledger.bookmark(STREAM), desk.tending.told) == ("another", True)


def test_a_job_that_was_left_alone_is_cancelled_when_it_has_drained_or_after_a_while():
    desk = Desk(before="earlier")
    desk.tending.look()
    assert desk.cancelled == []
    desk.ledger.keep_bookmark(DRAINED, "earlier")
    desk.tending.look()
    desk.tending.look()
    assert desk.cancelled == ["earlier"]
    desk = Desk(before="earlier")
    desk.now += PATIENCE
    desk.tending.look()
    assert desk.cancelled == ["earlier"]


def test_a_manager_that_does_not_answer_is_asked_again():
    desk = Desk(refuses=True)
    desk.stop.set()
    desk.ledger.keep_bookmark(DRAINED, "ours")
    desk.tending.look()
    with pytest.raises(UserError):
        desk.tending.look()
    desk.refuses = False
    desk.tending.look()
    assert desk.cancelled == ["ours", "the job server's"]
