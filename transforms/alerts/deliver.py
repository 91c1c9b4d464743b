"""Notices to several channels at once, one thread each, so that a channel that hangs holds up no other."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from queue import Empty, SimpleQueue
from typing import NamedTuple

from schemas.kept import Notice
from transforms.attempt import attempt
from transforms.protocols import NotifyError

PATIENCE_S = 15.0
"""Seconds without news from a channel after which the notices that it still owes an answer are given up."""

HANGS_S = 300.0
"""So long a channel that was given up is left alone; then it gets another thread, whatever became of the first."""

IN_A_ROW = 3
"""So many notices in a row that could not be sent, and the channel is left alone until the next batch."""


class Sent(NamedTuple):
    """What became of a notice at its channel; `error` is None where the channel took it."""

    notice: Notice
    error: Exception | None
    tried: bool = True


@dataclass
class Flight:
    """The notices that a channel is being sent, and when it was last heard of."""

    owed: dict[str, Notice]
    thread: threading.Thread
    stop: threading.Event
    heard: float


@dataclass
class Lanes:
    """The channels, each with its own thread while it has something to send.

    Args:
        senders: how to send to each channel.
        patience_s: after so long without news a channel is given up.
        waits_s: so long a look waits for channels in all; what is still under way is told by the next look.
    """

    senders: Mapping[str, Callable[[Notice], None]]
    patience_s: float = PATIENCE_S
    waits_s: float = inf
    clock: Callable[[], float] = time.monotonic
    flights: dict[str, Flight] = field(default_factory=dict)
    hanging: dict[str, tuple[threading.Thread, float]] = field(default_factory=dict)
    done: SimpleQueue[Sent] = field(default_factory=SimpleQueue)

    def busy(self) -> set[str]:
        """Return the channels that still send what they were given, or hang on it."""
        now = self.clock()
        return {*self.flights, *(c for c, (thread, since) in self.hanging.items() if _hangs(thread, since, now))}

    def has_news(self) -> bool:
        """Return whether there is anything to be told that was not known at the last look."""
        return not self.done.empty() or any(self._is_over(flight) for flight in self.flights.values())

    def deliver(self, work: Mapping[str, Sequence[Notice]]) -> Iterator[Sent]:
        """Yield what became of each notice at its channel, as it becomes known; also of those that are under way."""
        for channel, notices in work.items():
            self.flights[channel] = self._start(channel, notices)
        until = self.clock() + self.waits_s
        while self.flights:
            yield from self._landed(min(until, *(f.heard + self.patience_s for f in self.flights.values())))
            yield from self._given_up()
            if self.clock() >= until:
                return

    def landed(self) -> Iterator[Sent]:
        """Yield what has become known since the last look."""
        yield from self._landed(0)
        yield from self._given_up()

    def close(self) -> None:
        """Let no thread begin with another notice."""
        for flight in self.flights.values():
            flight.stop.set()

    def _start(self, channel: str, notices: Sequence[Notice]) -> Flight:
        send, stop = self.senders.get(channel, _no_channel), threading.Event()
        # a daemon: a send that never returns must not keep the process from ending
        thread = threading.Thread(target=_run, args=(send, notices, (self.done, stop)), daemon=True)
        thread.start()
        return Flight({notice.id: notice for notice in notices}, thread, stop, self.clock())

    def _landed(self, until: float) -> Iterator[Sent]:
        """Yield what has come back, or comes back next by then."""
        sent = self._next(until)
        while sent is not None:
            known = self._note(sent)
            if known or sent.error is None:  # one that was given up, and arrived after all, is not sent again
                yield sent
            sent = self._next(0)

    def _next(self, until: float) -> Sent | None:
        try:
            return self.done.get(timeout=max(0.0, min(until - self.clock(), threading.TIMEOUT_MAX)))
        except Empty:
            return None

    def _note(self, sent: Sent) -> bool:
        """Return whether the channel still owed that answer."""
        channel = sent.notice.channel
        flight = self.flights.get(channel)
        if flight is None:
            return False
        known = flight.owed.pop(sent.notice.id, None) is not None
        flight.heard = self.clock()
        if not flight.owed:
            del self.flights[channel]
        return known

    def _is_over(self, flight: Flight) -> bool:
        return flight.heard + self.patience_s <= self.clock()

    def _given_up(self) -> Iterator[Sent]:
        silent = NotifyError(f"no answer within {self.patience_s:g} s", transient=True)
        for channel in [channel for channel, flight in self.flights.items() if self._is_over(flight)]:
            flight = self.flights.pop(channel)
            flight.stop.set()
            self.hanging[channel] = flight.thread, self.clock()
            yield from (Sent(notice, silent) for notice in flight.owed.values())


def _hangs(thread: threading.Thread, since: float, now: float) -> bool:
    return thread.is_alive() and now < since + HANGS_S


def _run(
    send: Callable[[Notice], None], notices: Sequence[Notice], talk: tuple[SimpleQueue[Sent], threading.Event]
) -> None:
    done, stop = talk
    in_a_row = 0
    for notice in notices:
        if stop.is_set():
            return
        function = send if in_a_row < IN_A_ROW else _left_alone
        error = attempt(function, notice)
        in_a_row = in_a_row + 1 if isinstance(error, NotifyError) and error.transient else 0
        done.put(Sent(notice, error, tried=function is not _left_alone))


def _no_channel(_notice: Notice) -> None:
    raise NotifyError("no channel of that name is open", transient=True)


def _left_alone(_notice: Notice) -> None:
    raise NotifyError(f"not tried: {IN_A_ROW} notices in a row could not be sent", transient=True)
