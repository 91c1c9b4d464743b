"""Answers that came before they are needed: one asks and keeps, another is given what was kept, once."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from schemas.articles import Reply
from transforms.bounded import Bounded
from transforms.protocols import Web, WebError

ROBOTS_S = 3600.0
"""So long the robots.txt of a host is not asked for again (RFC 9309 allows a day)."""

FAILED_S = 60.0
"""So long a robots.txt that did not come is not asked for again."""

ROBOTS_BYTES = 32_000_000
"""What the robots.txt of all hosts may take in memory: most are of a kilobyte, some of a megabyte."""

Answer = Reply | WebError


@dataclass
class Answers:
    """What came, by its URL, until it is taken; for threads to share."""

    of: dict[str, Answer] = field(default_factory=dict)
    bytes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, url: str, answer: Answer) -> None:
        """Keep the answer, in place of an earlier one."""
        with self.lock:
            self._drop(url)
            self.of[url] = answer
            self.bytes += _size(answer)

    def take(self, url: str) -> Answer | None:
        """Return the answer, if there is one, and forget it."""
        with self.lock:
            return self._drop(url)

    def _drop(self, url: str) -> Answer | None:
        found = self.of.pop(url, None)
        self.bytes -= _size(found)
        return found


def _size(answer: Answer | None) -> int:
    return len(answer.body) if isinstance(answer, Reply) else 0


@dataclass(frozen=True)
class Recorder:
    """A `Web` that keeps what it is answered."""

    web: Web
    answers: Answers

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        """Return the reply, and keep it; raises WebError, and keeps that."""
        try:
            reply = self.web.get(url, headers=headers, max_bytes=max_bytes)
        except WebError as e:
            self._keep(url, e)
            raise
        self._keep(url, reply)
        return reply

    def close(self) -> None:
        """Nothing is held."""

    def _keep(self, url: str, answer: Answer) -> None:
        if not _is_robots(url):  # which is kept for all the pages of its host
            self.answers.put(url, answer)


@dataclass(frozen=True)
class Replayer:
    """A `Web` that gives what was kept, and asks only for what was not."""

    web: Web
    answers: Answers

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        """Return the reply that was kept, or else a new one; raises WebError likewise."""
        answer = self.answers.take(url)
        if isinstance(answer, WebError):
            raise WebError(answer.kind, answer.detail)
        return answer if answer is not None else self.web.get(url, headers=headers, max_bytes=max_bytes)

    def close(self) -> None:
        """Nothing is held: the next pass goes on with it."""


@dataclass
class KeepsRobots:
    """A `Web` that asks for the robots.txt of a host once an hour, whoever wants it."""

    web: Web
    clock: Callable[[], float] = time.monotonic
    known: Bounded[tuple[float, Answer]] = field(default_factory=lambda: Bounded(ROBOTS_BYTES))

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        """Return the reply, of a robots.txt also one of this hour; raises WebError likewise."""
        if not _is_robots(url):
            return self.web.get(url, headers=headers, max_bytes=max_bytes)
        known = self.known.find(url)
        answer = known[1] if known and self.clock() < known[0] else self._ask(url, headers, max_bytes)
        if isinstance(answer, WebError):
            raise WebError(answer.kind, answer.detail)
        return answer

    def close(self) -> None:
        """Give back the connections."""
        self.web.close()

    def _ask(self, url: str, headers: Mapping[str, str] | None, max_bytes: int) -> Answer:
        answer: Answer
        try:
            answer = self.web.get(url, headers=headers, max_bytes=max_bytes)
        except WebError as e:
            answer = WebError(e.kind, e.detail)
        good = isinstance(answer, Reply) and answer.status < 500
        self.known.put(url, (self.clock() + (ROBOTS_S if good else FAILED_S), answer), _weight(answer))
        return answer


def _weight(answer: Answer) -> int:
    told = answer.headers if isinstance(answer, Reply) else ()
    return _size(answer) + sum(len(name) + len(value) for name, value in told)


def _is_robots(url: str) -> bool:
    return urlsplit(url).path == "/robots.txt"
