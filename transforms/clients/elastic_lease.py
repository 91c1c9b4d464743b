"""A right that one holder has at a time, in a ledger in Elasticsearch: for a while, and as long as it is renewed."""

import contextlib
import functools
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from schemas.codec import from_json, to_json
from transforms.clients.elastic import ElasticError
from transforms.clients.elastic_docs import Doc, id_of, made
from transforms.clients.elastic_shelf import Shelf
from transforms.index.retry import Retry

WAITS = Retry(attempts=400, first_s=0.01, most_s=0.5)
"""How long to wait for work that is done in a moment."""

RENEWALS = 4
"""How often a lease is renewed before it would end."""

Now = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has it: `where` is a set of processes in which `pid` means one of them, `host` what people call it."""

    token: str
    host: str
    where: str
    pid: int


def myself() -> Holder:
    """Return this process as a holder that no other is."""
    host = platform.node()
    where = " ".join([host, _read("/proc/sys/kernel/random/boot_id"), _link("/proc/self/ns/pid")])
    return Holder(uuid4().hex, host, where, os.getpid())


@functools.cache
def this_process() -> Holder:
    """Return this process as a holder, the same each time: for work of which its threads have a lock besides."""
    return myself()


@dataclass
class Lease:
    """The right of that name; times are of the clock, which must not be a minute apart on two machines."""

    shelf: Shelf
    name: str
    seconds: float = 60.0
    clock: Now = time.time
    holder: Holder = field(default_factory=myself)

    def take(self) -> Holder | None:
        """Take it, or return who has it; what an ended process of this machine had is free."""
        after = self.shelf.change({self._id: self._taken})[self._id].source
        has = _holder(after)
        return None if has is None or has.token == self.holder.token else has

    def give_back(self) -> None:
        """Let others have it."""
        self.shelf.change({self._id: self._given_back})

    @contextlib.contextmanager
    def waited_for(self) -> Iterator[None]:
        """Hold it for work that is done in a moment; raises ElasticError where others have it for minutes."""
        waiting = self.shelf.waiting
        for pause in (*WAITS.pauses(waiting.chance), None):
            has = self.take()
            if has is None:
                break
            if pause is None:
                raise ElasticError(f"{self.shelf.server}: {has.host} holds the {self.name}", transient=True)
            waiting.sleep(pause)
        try:
            yield
        finally:
            self.give_back()

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what was taken until the end, however long that is."""
        ended = threading.Event()
        renewing = threading.Thread(target=self._renew, args=(ended,), name=f"lease {self.name}", daemon=True)
        renewing.start()
        try:
            yield
        finally:
            ended.set()
            renewing.join()
            with contextlib.suppress(ElasticError):  # it ends by itself
                self.give_back()

    @property
    def _id(self) -> str:
        return id_of("lease", self.name)

    def _taken(self, source: Doc | None) -> Doc | None:
        now = self.clock()
        has = _holder(source)
        is_free = source is None or source["until"] <= now * 1000
        if not is_free and has and has.token != self.holder.token and not has_ended(has, self.holder):
            return None
        fields = {"body": to_json(self.holder), "until": int((now + self.seconds) * 1000)}
        return fields if source else made(self._id, **fields)

    def _given_back(self, source: Doc | None) -> Doc | None:
        has = _holder(source)
        return {"until": 0} if has and has.token == self.holder.token else None

    def _renew(self, ended: threading.Event) -> None:
        while not ended.wait(self.seconds / RENEWALS):
            with contextlib.suppress(ElasticError):  # the next one may succeed, and who works learns it from its work
                self.take()


def has_ended(holder: Holder, we: Holder) -> bool:
    """Return whether the holder is a process that we would see, and is no more."""
    if holder.where != we.where:
        return False
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _holder(source: Doc | None) -> Holder | None:
    return from_json(Holder, source["body"]) if source else None


def _read(path: str) -> str:
    try:
        return Path(path).read_text("ascii").strip()
    except OSError:
        return ""


def _link(path: str) -> str:
    try:
        return str(Path(path).readlink())
    except OSError:
        return ""
