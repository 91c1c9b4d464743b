"""Notices to several channels at once, one thread each, so that a channel that hangs holds up no other."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import NamedTuple

from schemas.kept import Notice
from transforms.attempt import attempt
from transforms.protocols import NotifyError

PATIENCE_S = 15.0
"""Seconds without news from any channel after which those that still owe an answer are given up."""

IN_A_ROW = 3
"""So many notices in a row that could not be sent, and the channel is left alone until the next batch."""


class Sent(NamedTuple):
    """What became of a notice at its channel; `error` is None where the channel took it."""

    notice: Notice
    error: Exception | None
    tried: bool = True


@dataclass
class Lanes:
    """The channels, each with its own thread while it has something to send."""

    senders: Mapping[str, Callable[[Notice], None]]
    patience_s: float = PATIENCE_S
    hanging: dict[str, threading.Thread] = field(default_factory=dict)

    def deliver(self, work: Mapping[str, Sequence[Notice]]) -> Iterator[Sent]:
        """Yield what became of each notice at its channel, as it becomes known."""
        done: SimpleQueue[Sent] = SimpleQueue()
        stop = threading.Event()
        threads: dict[str, threading.Thread] = {}
        for channel, notices in work.items():
            threads[channel] = self._start(channel, notices, done, stop)
        owed = {(channel, notice.id): notice for channel, notices in work.items() for notice in notices}
        try:
            while owed:
                sent = done.get(timeout=self.patience_s)
                del owed[sent.notice.channel, sent.notice.id]
                yield sent
        except Empty:
            self.hanging |= {channel: threads[channel] for channel, _ in owed}
            silent = NotifyError(f"no answer within {self.patience_s:g} s", transient=True)
            yield from (Sent(notice, silent) for notice in owed.values())
        finally:
            stop.set()

    def _start(
        self, channel: str, notices: Sequence[Notice], done: SimpleQueue[Sent], stop: threading.Event
    ) -> threading.Thread:
        send = self.senders.get(channel, _no_channel)
        before = self.hanging.get(channel)
        if before and before.is_alive():
            send = _hangs
        # a daemon: a send that never returns must not keep the process from ending
        thread = threading.Thread(target=_run, args=(send, notices, (done, stop)), daemon=True)
        thread.start()
        return thread


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
        done.put(Sent(notice, error, tried=function not in UNTRIED))


def _no_channel(_notice: Notice) -> None:
    raise NotifyError("no channel of that name is open", transient=True)


def _hangs(_notice: Notice) -> None:
    raise NotifyError("still hangs on an earlier notice", transient=True)


def _left_alone(_notice: Notice) -> None:
    raise NotifyError(f"not tried: {IN_A_ROW} notices in a row could not be sent", transient=True)


UNTRIED = (_hangs, _left_alone)
"""What is not the notice's fault, nor a try to deliver it."""
