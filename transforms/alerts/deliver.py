"""Alerts to several channels at once, one thread each, so that a channel that hangs holds up no other."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import NamedTuple

from schemas.records import Alert
from transforms.attempt import attempt
from transforms.protocols import NotifyError

PATIENCE_S = 30.0
"""Seconds without news from any channel after which those that still owe an answer are given up."""

IN_A_ROW = 3
"""So many alerts in a row that could not be sent, and the channel is left alone until the next batch."""


class Sent(NamedTuple):
    """What became of an alert at a channel; `error` is None where the channel took it."""

    channel: str
    alert: Alert
    error: Exception | None


@dataclass
class Lanes:
    """The channels, each with its own thread while it has something to send."""

    senders: Mapping[str, Callable[[Alert], None]]
    patience_s: float = PATIENCE_S
    hanging: dict[str, threading.Thread] = field(default_factory=dict)

    def deliver(self, work: Mapping[str, Sequence[Alert]]) -> Iterator[Sent]:
        """Yield what became of each alert at each channel, as it becomes known."""
        done: SimpleQueue[Sent] = SimpleQueue()
        stop = threading.Event()
        threads: dict[str, threading.Thread] = {}
        for channel, alerts in work.items():
            threads[channel] = self._start(channel, alerts, done, stop)
        owed = {(channel, alert.id): alert for channel, alerts in work.items() for alert in alerts}
        try:
            while owed:
                sent = done.get(timeout=self.patience_s)
                del owed[sent.channel, sent.alert.id]
                yield sent
        except Empty:
            self.hanging |= {channel: threads[channel] for channel, _ in owed}
            silent = NotifyError(f"no answer within {self.patience_s:g} s", transient=True)
            yield from (Sent(channel, alert, silent) for (channel, _), alert in owed.items())
        finally:
            stop.set()

    def _start(
        self, channel: str, alerts: Sequence[Alert], done: SimpleQueue[Sent], stop: threading.Event
    ) -> threading.Thread:
        send = self.senders.get(channel, _no_channel)
        before = self.hanging.get(channel)
        if before and before.is_alive():
            send = _hangs
        # a daemon: a send that never returns must not keep the process from ending
        thread = threading.Thread(target=_run, args=(channel, send, alerts, (done, stop)), daemon=True)
        thread.start()
        return thread


def _run(
    channel: str,
    send: Callable[[Alert], None],
    alerts: Sequence[Alert],
    talk: tuple[SimpleQueue[Sent], threading.Event],
) -> None:
    done, stop = talk
    in_a_row = 0
    for alert in alerts:
        if stop.is_set():
            return
        error = attempt(send if in_a_row < IN_A_ROW else _left_alone, alert)
        in_a_row = in_a_row + 1 if isinstance(error, NotifyError) and error.transient else 0
        done.put(Sent(channel, alert, error))


def _no_channel(_alert: Alert) -> None:
    raise NotifyError("no channel of that name is open", transient=True)


def _hangs(_alert: Alert) -> None:
    raise NotifyError("still hangs on an earlier alert", transient=True)


def _left_alone(_alert: Alert) -> None:
    raise NotifyError(f"not tried: {IN_A_ROW} alerts in a row could not be sent", transient=True)
