"""Asking ahead: hosts are asked in threads outside the passes, so that one that hangs holds up nobody else."""

import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from transforms.attempt import attempt
from transforms.hosts import host_of

T = TypeVar("T")

SLOW_S = 3.0
"""A host that took longer the last time is asked by other threads than the rest."""

SLOW_THREADS = 8

A_HOST = 8
"""So many requests wait for one host at most; what comes after them stays where it is."""


@dataclass
class Ahead(Generic[T]):
    """Asks for each thing, one at a time a host, and gives those that have been answered."""

    ask: Callable[[T], object]
    key: Callable[[T], str]
    url_of: Callable[[T], str]
    threads: int
    clock: Callable[[], float] = time.monotonic
    queues: dict[str, deque[T]] = field(default_factory=dict)
    under_way: set[str] = field(default_factory=set)
    done: deque[T] = field(default_factory=deque)
    slow: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.quick_pool = ThreadPoolExecutor(self.threads, thread_name_prefix="ahead")
        self.slow_pool = ThreadPoolExecutor(SLOW_THREADS, thread_name_prefix="ahead-slow")

    def start(self, things: Iterable[T]) -> list[T]:
        """Ask for those that are not under way; returns those whose hosts have enough to do already."""
        return [thing for thing in things if not self._started(thing)]

    def give(self, thing: T, keep: Callable[[], object]) -> bool:
        """Keep the answer that has come unasked and take the thing as answered; not while it is under way."""
        with self.lock:
            if self.key(thing) in self.under_way:
                return False
            keep()
            self.under_way.add(self.key(thing))
            self.done.append(thing)
            return True

    def answered(self, most: int) -> list[T]:
        """Return at most so many of those that have been answered, in the order of their answers."""
        with self.lock:
            return [self.done.popleft() for _ in range(min(most, len(self.done)))]

    def finish(self, keys: Collection[str]) -> None:
        """Forget those: they may be asked for again."""
        with self.lock:
            self.under_way.difference_update(keys)

    def going(self) -> set[str]:
        """Return the keys of all that has been started and not been finished."""
        with self.lock:
            return set(self.under_way)

    def close(self) -> None:
        """Start nothing more; what hangs is not waited for."""
        for pool in (self.quick_pool, self.slow_pool):
            pool.shutdown(wait=False, cancel_futures=True)

    def _started(self, thing: T) -> bool:
        host, key = host_of(self.url_of(thing)), self.key(thing)
        with self.lock:
            if key in self.under_way:
                return True
            queue = self.queues.get(host)
            if queue is not None and len(queue) >= A_HOST:
                return False
            self.under_way.add(key)
            self.queues.setdefault(host, deque()).append(thing)
        if queue is None:
            self._go_on(host)
        return True

    def _go_on(self, host: str) -> None:
        pool = self.slow_pool if host in self.slow else self.quick_pool
        pool.submit(self._next, host)

    def _next(self, host: str) -> None:
        """Ask for the host's next thing, then let other hosts have the thread."""
        with self.lock:
            thing = self.queues[host].popleft()
        began = self.clock()
        attempt(self.ask, thing)  # what it gave is kept elsewhere; the pass meets it again
        is_slow = self.clock() - began > SLOW_S
        with self.lock:
            self.done.append(thing)
            (self.slow.add if is_slow else self.slow.discard)(host)
            more = bool(self.queues[host])
            if not more:
                del self.queues[host]
        if more:
            self._go_on(host)
