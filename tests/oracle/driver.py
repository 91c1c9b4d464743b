"""Newswatch's passes over generated articles, with everything going wrong that can: run as a process that is killed.

python -m tests.oracle.driver FOLDER NUMBER SEED KILL,KILL,...
"""

import gc
import os
import random
import signal
import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from schemas.alerts import Alert
from schemas.articles import Entry
from schemas.feeds import FeedState
from schemas.kept import Notice
from tests.fakes.office import rules_read
from tests.oracle.items import MINUTE, START, Item, items, moment, reading_of
from tests.oracle.reference import RULES
from transforms.alerts.build import build, gather
from transforms.alerts.count import count
from transforms.alerts.deliver import Lanes
from transforms.alerts.judge import Judgement, judge
from transforms.alerts.outbox import Delivery, post
from transforms.clients.jsonl import Jsonl
from transforms.clients.sqlite_index import SqliteIndex
from transforms.clients.sqlite_ledger import SqliteLedger
from transforms.protocols import NotifyError

EVERY = 360
"""Minutes between two passes that read and tell."""

BEAT = 10
"""Minutes between two signs that newswatch is at work: a watch gives one a minute."""

CHANNELS = [{"id": "log", "jsonl": "notices.jsonl"}, {"id": "desk", "console": True}]
DAY = 24 * 60
AFTER = 3 * DAY


def rules_of() -> Any:
    """Return the rules of the oracle, told to both channels."""
    return rules_read(rules=RULES, channels=CHANNELS)


def ends_at(found: Sequence[Item]) -> int:
    """Return the minute of the last pass."""
    last = int(max(item.ready for item in found)) + AFTER
    return last - last % EVERY


@dataclass
class Driver:
    """One process: what it has in memory is lost when it is killed, and the clock goes on where it stood."""

    folder: Path
    found: list[Item]
    kills: tuple[int, ...]
    done: int = 0
    was: int = 0
    rules: Any = field(default_factory=rules_of)

    def __post_init__(self) -> None:
        self.ledger = SqliteLedger(str(self.folder / "ledger.db"))
        self.ledger.prepare()
        self.index = SqliteIndex(str(self.folder / "index.db"))
        self.index.prepare()
        self.log = Jsonl(self.folder / "notices.jsonl")
        self.desk = self.folder / "desk.txt"
        self.at = self.folder / "clock.txt"
        self.lanes = Lanes({"log": self._killable(self.log.send), "desk": self._killable(self._to_desk)})
        self.end = ends_at(self.found)
        kept = self.folder / "steps.txt"
        self.was = int(kept.read_text()) if kept.exists() else 0

    def step(self) -> None:
        """Count one more thing done, and be killed where it is time."""
        self.done += 1
        if self.was + self.done in self.kills:
            (self.folder / "steps.txt").write_text(str(self.was + self.done))
            os.kill(os.getpid(), signal.SIGKILL)

    def _killable(self, send: Callable[[Notice], None]) -> Callable[[Notice], None]:
        def inner(notice: Notice) -> None:
            send(notice)
            self.step()  # sent, and nobody has written it down yet

        return inner

    def _to_desk(self, notice: Notice) -> None:
        if self.minute < 60 * DAY and self.minute % (9 * DAY) < 30 * 60:  # an outage of thirty hours, again and again
            raise NotifyError("no answer", transient=True)
        with self.desk.open("a") as file:
            file.write(f"{notice.id} {' '.join(alert.id for alert in notice.alerts)}\n")

    def run(self) -> None:
        """Run all passes that are left, with two full replays."""
        by_time = sorted(self.found, key=lambda item: (item.seen, item.name, item.version))
        self.minute = int(self.at.read_text()) if self.at.exists() else 0
        # what a pass that came to its end was given has been read, or stands in the file of what waits
        taken = bisect_right(by_time, self.minute - EVERY, key=lambda item: item.seen)
        read = bisect_right(self.found, self.minute - EVERY, key=lambda item: item.ready)
        while self.minute <= self.end:
            new: list[Item] = []
            while taken < len(by_time) and by_time[taken].seen <= self.minute:
                new.append(by_time[taken])
                taken += 1
            self._take(new)
            due: list[Item] = []
            while read < len(self.found) and self.found[read].ready <= self.minute:
                due.append(self.found[read])
                read += 1
            self._read(self._unread(due))
            if self.minute in {self._half(), self.end}:
                self._replay(self.found[:read])
            self._tell()
            for minute in range(self.minute, self.minute + EVERY, BEAT):
                self.ledger.tally.beat(START + minute * MINUTE)
            self.minute += EVERY
            self.at.write_text(str(self.minute))

    def _half(self) -> int:
        return self.end // 2 - self.end // 2 % EVERY

    def _take(self, new: Sequence[Item]) -> None:
        """Let a poll of the feed bring what is new in it."""
        firsts = [item for item in new if item.version == 1]
        known = self.ledger.standing([item.name for item in firsts])
        entries = [
            Entry(id=i.name, feed="f", outlet=i.outlet, url=f"https://news.test/{i.name}", seen=moment(i.seen))
            for i in firsts
            if i.name not in known
        ]
        if entries:
            self.ledger.take(FeedState(url="f"), entries, run="r")

    def _unread(self, due: Sequence[Item]) -> list[Item]:
        """Return what is not read yet; what is not in a process's memory, a revision for one, is read again."""
        held = self.folder / "waiting.txt"
        names = {*(held.read_text().split() if held.exists() else ())}
        waiting = [item for item in self.found if f"{item.name}.{item.version}" in names] if names else []
        return [*waiting, *(item for item in due if item not in waiting)]

    def _read(self, due: Sequence[Item]) -> None:
        out = 40 * DAY <= self.minute % (50 * DAY) < 40 * DAY + 2 * EVERY or 600 < self.minute < 900
        held = self.folder / "waiting.txt"
        if out:  # the index does not answer: what is due stays unread
            held.write_text("\n".join(f"{item.name}.{item.version}" for item in due))
            return
        for n in range(0, len(due), 20):
            self._written(due[n : n + 20])
        held.write_text("")

    def _written(self, part: Sequence[Item]) -> None:
        latest = {item.name: item for item in part}  # of an article twice in one write the last counts
        for group in ([i for i in part if latest[i.name] is not i], list(latest.values())):
            readings = [reading_of(item) for item in group]
            self.index.replace(readings)
            self.step()
            for reading in readings:
                self._conclude(reading.document.id, judge(reading, self.rules))
                self.step()

    def _conclude(self, name: str, judged: Judgement) -> None:
        self.ledger.conclude(name, *judged)

    def _replay(self, read: Sequence[Item]) -> None:
        latest = list({item.name: item for item in read}.values())
        random.Random(self.minute).shuffle(latest)
        for n in range(0, len(latest), 100):
            self._written(latest[n : n + 100])

    def _tell(self) -> None:
        now = START + self.minute * MINUTE
        ids = {*self.ledger.undelivered(), *count(self.ledger, self.rules, now)}
        alerts = [alert for name in sorted(ids) if (alert := self._build(name))]
        self.index.write(alerts)
        self.step()
        for alert in alerts:
            post(alert, self.ledger, self.rules, now)
            self.step()
        for _ in Delivery(self.rules, self.ledger, now, {alert.id: alert for alert in alerts}).send(self.lanes):
            self.step()

    def _build(self, name: str) -> Alert | None:
        return build(name, gather(self.ledger.matches(name)), self.rules)


def main(folder: str, number: str, seed: str, kills: str) -> None:
    """Run to the end, or until killed."""
    marks = tuple(int(mark) for mark in kills.split(",") if mark)
    driver = Driver(Path(folder), items(int(number), int(seed)), marks)
    gc.freeze()  # the articles stay: the collector need not walk them again and again
    driver.run()
    (Path(folder) / "steps.txt").write_text(str(driver.was + driver.done))


if __name__ == "__main__":
    partial(main)(*sys.argv[1:])
