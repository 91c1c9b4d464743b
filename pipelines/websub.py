"""Subscriptions of a watch at the hubs that feeds name: asked for, confirmed, renewed; pushes are taken as replies."""

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from pipelines.health import Answer, Request
from schemas.articles import Reply
from schemas.feeds import FeedState
from transforms.attempt import attempt
from transforms.clock import Clock
from transforms.feeds.moves import address_of
from transforms.feeds.websub import LEASE_S, derived, is_signed, pushed_reply, subscription

PATH = "/websub/"
AGAIN = dt.timedelta(hours=1)
"""A hub that has not confirmed a subscription is asked again after so long."""

DENIED = dt.timedelta(days=1)
TEXT = "text/plain; charset=utf-8"
NONE = Answer(404, TEXT, b"no such subscription\n")
AT_ONCE = 50
"""So many hubs are asked at each look."""

Post = Callable[[str, Mapping[str, str]], object]
Take = Callable[[str, Reply], None]


@dataclass
class Lease:
    """A subscription: whose it is, where, and until when nothing is to be done about it; `until` once confirmed."""

    state: FeedState
    look: dt.datetime
    until: dt.datetime | None = None


@dataclass
class Subscriber:
    """Keeps a subscription for each feed that names a hub; hands what hubs push, if they signed it, to `take`."""

    callback: str
    key: bytes
    post: Post
    take: Take
    clock: Clock
    leases: dict[str, Lease] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.threads = ThreadPoolExecutor(4, thread_name_prefix="hubs")

    def tend(self, states: Iterable[FeedState]) -> None:
        """Ask hubs for the subscriptions that are missing, or that end soon."""
        now, wanted = self.clock(), [state for state in states if state.hub]
        with self.lock:
            due = [s for s in wanted if (lease := self.leases.get(self._token(s))) is None or now >= lease.look]
            for state in due[:AT_ONCE]:
                known = self.leases.get(self._token(state))
                self.leases[self._token(state)] = Lease(state, now + AGAIN, known.until if known else None)
        for state in due[:AT_ONCE]:
            self.threads.submit(attempt, self._subscribe, state)

    def answer(self, request: Request) -> Answer:
        """Return the answer to a hub: to its question whether a subscription is meant, or to what it pushes."""
        token = request.path.removeprefix(PATH)
        with self.lock:
            lease = self.leases.get(token)
        if lease is None or not request.path.startswith(PATH):
            return NONE
        return self._pushed(lease, request) if request.method == "POST" else self._confirmed(lease, request)

    def close(self) -> None:
        """Ask no hub any more."""
        self.threads.shutdown(wait=False, cancel_futures=True)

    def _subscribe(self, state: FeedState) -> None:
        callback = f"{self.callback.rstrip('/')}{PATH}{self._token(state)}"
        self.post(state.hub, subscription(state.topic, callback, self._secret(state)))

    def _confirmed(self, lease: Lease, request: Request) -> Answer:
        told = {name: values[0] for name, values in parse_qs(request.query).items()}
        now = self.clock()
        if told.get("hub.topic") != lease.state.topic:
            return NONE
        if told.get("hub.mode") == "denied":
            lease.look, lease.until = now + DENIED, None
            return Answer(200, TEXT, b"")
        if told.get("hub.mode") != "subscribe":
            return NONE  # nobody here has asked to be let go
        seconds = told.get("hub.lease_seconds", "")
        granted = dt.timedelta(seconds=min(int(seconds[:9]), LEASE_S) if seconds.isdecimal() else LEASE_S)
        lease.until, lease.look = now + granted, now + max(granted * 0.75, dt.timedelta(minutes=5))
        return Answer(200, TEXT, told.get("hub.challenge", "").encode())

    def _pushed(self, lease: Lease, request: Request) -> Answer:
        signature = next((v for name, v in request.headers.items() if name.lower() == "x-hub-signature"), "")
        is_ours = lease.until is not None and is_signed(request.body, signature, self._secret(lease.state))
        if is_ours:
            self.take(lease.state.url, pushed_reply(address_of(lease.state), request.body, request.headers))
        return Answer(202, TEXT, b"")  # a hub learns nothing of what was wrong with its signature

    def _token(self, state: FeedState) -> str:
        return derived(self.key, "callback", state.url)[:40]

    def _secret(self, state: FeedState) -> str:
        return derived(self.key, "secret", state.url)
