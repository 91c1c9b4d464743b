"""The guarded HTTP client: public addresses only, bounded in time, size and redirects, polite to each host."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn, Protocol
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2

from schemas.articles import Reply
from schemas.settings import Network
from transforms.articles.robots import MAX_DELAY, parse_robots
from transforms.clients.addresses import networks
from transforms.clients.sockets import Guard, PooledTransport, Resolve, literal_of, system_resolve
from transforms.printable import one_line
from transforms.protocols import WebError

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
BROKEN = (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError)
CUT_OFF = (httpcore2.ReadError, httpcore2.WriteError, httpcore2.RemoteProtocolError)
"""What a kept connection gives when its server has meanwhile closed it."""

UNASKED = frozenset({"br", "compress", "x-compress", "x-gzip", "zstd"})
"""Packings that the client never asks for; other words in that header come from servers that pack nothing."""

Place = tuple[str, int | None]
"""A host, and the port where the URL names one."""


class Transport(Protocol):
    """What carries one request; httpx2.MockTransport is one."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the reply, its body unread."""
        ...

    def close(self) -> None:
        """Give back the connections."""
        ...


def open_web(network: Network) -> "GuardedWeb":
    """Return the client that these settings ask for; raises UserError for a network that is none."""
    return GuardedWeb(network)


def refusal(url: str, network: Network) -> str:
    """Return why nobody would be asked at that URL; empty where it is asked, or where only looking up a name tells."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    address, guard = "127.0.0.1" if host == "localhost" else host, guard_of(network)
    if host in guard.hosts or literal_of(address) is None:
        return ""
    try:
        guard.addresses(address, 0)
    except WebError as e:
        return e.detail.partition(" is at ")[2].partition(": ")[2] or e.detail
    return ""


def guard_of(network: Network, resolve: Resolve = system_resolve, clock: Callable[[], float] = time.monotonic) -> Guard:
    """Return who may be asked by these settings; raises UserError for a network that is none."""
    hosts = frozenset(host.lower().rstrip(".") for host in network.allow_hosts)
    return Guard(networks(network.allow), resolve, clock, hosts)


class GuardedWeb:
    """A `Web` over real sockets, safe to be shared by threads."""

    def __init__(
        self,
        network: Network,
        *,
        transport: Transport | None = None,
        resolve: Resolve = system_resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.guard = guard_of(network, resolve, clock)
        self.transport: Transport = transport or PooledTransport(self.guard)
        self.turns = Turns(network.per_host_delay_s, self.guard.local_hosts, clock, sleep)
        self.timeout, self.clock = network.timeout_s, clock
        self.headers = {"User-Agent": user_agent(network), "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        """Return the reply, whatever its status, redirects followed; raises WebError."""
        try:
            return self._followed(url, headers or {}, max_bytes)
        except WebError as e:
            raise WebError(e.kind, one_line(e.detail)[:1000]) from e  # a server's own words may be in it

    def post(self, url: str, form: Mapping[str, str], *, max_bytes: int = 100_000) -> Reply:
        """Send the form and return the reply, whatever its status, no redirect followed; raises WebError."""
        try:
            with self.turns.of(place_of(url)):
                return self._once(url, self.headers, max_bytes, self.timeout, form=form)
        except WebError as e:
            raise WebError(e.kind, one_line(e.detail)[:1000]) from e

    def close(self) -> None:
        """Give back the connections."""
        self.transport.close()

    def _followed(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Reply:
        asked, left, permanent, moved_to = url, self.timeout, True, ""
        for _ in range(MAX_REDIRECTS + 1):
            with self.turns.of(place_of(url)):
                started = self.clock()
                reply = self._once(url, {**self.headers, **headers}, max_bytes, left)
                self.turns.heed(url, reply)
                left -= self.clock() - started  # waiting for a host's turn is not the request's time
            target = reply.header("location") if reply.status in REDIRECTS else ""
            if not target:
                return replace(reply, permanent_url=moved_to)
            permanent = permanent and reply.status in PERMANENT
            url = joined(url, target)
            moved_to = url if permanent else moved_to
        raise WebError("redirects", f"more than {MAX_REDIRECTS} redirects from {asked}")

    def _once(
        self,
        url: str,
        headers: Mapping[str, str],
        max_bytes: int,
        seconds: float,
        *,
        form: Mapping[str, str] | None = None,
    ) -> Reply:
        try:
            request = httpx2.Request("GET" if form is None else "POST", url, headers=headers, data=form)
            self.guard.start(seconds)
            with contextlib.closing(self._send(request)) as response:
                body = b"" if response.status_code in REDIRECTS else read(response, max_bytes)
        except (httpx2.InvalidURL, UnicodeError) as e:
            raise WebError("unreachable", f"not a web address: {url[:200]} ({e})") from e
        except BROKEN as e:
            refuse(e, self.timeout)
        pairs = tuple((key.lower(), value) for key, value in response.headers.multi_items())
        return Reply(url=url, status=response.status_code, headers=pairs, body=body)

    def _send(self, request: httpx2.Request) -> httpx2.Response:
        try:
            return self.transport.handle_request(request)
        except CUT_OFF:
            if not self.guard.reused():
                raise
            return self.transport.handle_request(request)  # the server had closed the kept connection


@dataclass
class Turns:
    """One request at a time to a host, and a pause between two; hosts on allowed networks need none but their own."""

    pause: float
    no_pause: set[str]
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    own_pauses: dict[Place, float] = field(default_factory=dict)
    locks: dict[Place, threading.Lock] = field(default_factory=dict)
    ended: dict[Place, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def of(self, place: Place) -> Iterator[None]:
        """Wait until it is the host's turn, and hold it."""
        with self.locks.setdefault(place, threading.Lock()):
            wait = self.ended[place] + self._pause(place) - self.clock() if place in self.ended else 0
            if wait > 0:
                self.sleep(wait)
            try:
                yield
            finally:
                self.ended[place] = self.clock()

    def heed(self, url: str, reply: Reply) -> None:
        """Ask the host no more often from now on than its robots.txt, where the reply is that, wants to be asked."""
        if urlsplit(url).path == "/robots.txt" and reply.status < 400:
            self.own_pauses[place_of(url)] = min(parse_robots(reply.body).delay, MAX_DELAY)

    def _pause(self, place: Place) -> float:
        return max(0.0 if place[0] in self.no_pause else self.pause, self.own_pauses.get(place, 0.0))


def user_agent(network: Network) -> str:
    """Return the User-Agent, with the contact where the user gave one."""
    return f"{network.user_agent} (+{network.contact})" if network.contact else network.user_agent


def place_of(url: str) -> Place:
    """Return the URL's host, in lower case, and port; raises WebError where it is no http or https URL."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as e:
        raise WebError("unreachable", f"not a web address: {url[:200]} ({e})") from None
    if parts.scheme not in {"http", "https"}:
        raise WebError("forbidden", f"only http and https are asked: {url[:200]}")
    if not host:
        raise WebError("unreachable", f"not a web address: {url[:200]}")
    return host, port


def joined(base: str, target: str) -> str:
    """Return the redirect's target as a URL of its own; raises WebError where it is none."""
    try:
        return urljoin(base, target)
    except ValueError:
        raise WebError("redirects", f"{base} redirects to no address: {target[:200]}") from None


def read(response: httpx2.Response, max_bytes: int) -> bytes:
    """Return the body, decompressed; raises WebError as soon as it is larger than allowed."""
    packed = {part.strip().lower() for part in response.headers.get("content-encoding", "").split(",")}
    if unasked := sorted(packed & UNASKED):
        raise WebError("unreachable", f"the body is packed as nobody asked for: {', '.join(unasked)}")
    told = response.headers.get("content-length", "")
    if told.isdecimal() and len(told) < 20 and int(told) > max_bytes:
        raise WebError("too-large", f"{told} bytes, more than {max_bytes}")
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > max_bytes:
            raise WebError("too-large", f"more than {max_bytes} bytes")
    return bytes(body)


def refuse(error: Exception, seconds: float) -> NoReturn:
    """Raise the library's error as a WebError in plain words."""
    if isinstance(error, (httpcore2.TimeoutException, httpx2.TimeoutException)):
        raise WebError("unreachable", f"no complete answer in {seconds:g} s") from error
    if isinstance(error, (httpcore2.ConnectError, httpx2.ConnectError)):
        raise WebError("unreachable", f"cannot connect: {error}") from error
    if isinstance(error, httpx2.DecodingError):
        raise WebError("unreachable", f"the body is not compressed as its header says: {error}") from error
    raise WebError("unreachable", f"the connection broke: {error or type(error).__name__}") from error
