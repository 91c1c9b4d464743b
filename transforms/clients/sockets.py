"""Connections to checked addresses only, each read and write within the whole request's time."""

import contextlib
import functools
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

import httpcore2
import httpx2

from transforms.clients.addresses import Address, Networks, is_public, within
from transforms.protocols import WebError

Resolve = Callable[[str, int], list[str]]
"""Host and port -> addresses; raises OSError where the name is unknown."""

Options = Iterable[httpcore2.SOCKET_OPTION] | None


def system_resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system's resolver gives, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


@dataclass(frozen=True)
class Guard:
    """Who may be asked, how names become addresses, and how long the present request of each thread may last.

    `allow` are networks, `hosts` names in lower case, that may be asked though they are not public.
    """

    allow: Networks
    resolve: Resolve = system_resolve
    clock: Callable[[], float] = time.monotonic
    hosts: frozenset[str] = frozenset()
    local_hosts: set[str] = field(default_factory=set)
    thread: threading.local = field(default_factory=threading.local)

    def start(self, seconds: float) -> None:
        """Bound all that this thread reads and writes from now on to so many seconds."""
        self.thread.until, self.thread.connected = self.clock() + seconds, False

    def left(self, at_most: float | None = None) -> float:
        """Return the seconds that this thread's request has left; raises the timeout where there are none."""
        seconds: float = self.thread.until - self.clock()
        if seconds <= 0:
            raise httpcore2.ReadTimeout("no time left")
        return seconds if at_most is None else min(seconds, at_most)

    def reused(self) -> bool:
        """Return whether this thread's request went over a connection that was open already."""
        return not self.thread.connected

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of the host that may be asked; raises WebError where there is none."""
        found = [ipaddress.ip_address(text) for text in self._lookup(host, port)]
        named = host.lower().rstrip(".") in self.hosts
        good = found if named else [a for a in found if is_public(a) or within(a, self.allow)]
        if not found:
            raise WebError("forbidden", f"{host} has no address")
        if not good:
            private = f"{host} is at {found[0]}: not a public address"
            raise WebError("forbidden", f"{private}; network.allow in the settings lets it be asked")
        if all(within(a, self.allow) for a in good):
            self.local_hosts.add(host)
        return [str(a) for a in good]

    def _lookup(self, host: str, port: int) -> list[str]:
        literal = literal_of(host)
        return [str(literal)] if literal else self._ask_resolver(host, port)

    def _ask_resolver(self, host: str, port: int) -> list[str]:
        answer: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self.resolve(host, port))
            except (OSError, UnicodeError) as e:
                answer.put(e)

        # the system's resolver has no time limit of its own: it is left behind when the request's time is up
        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=self.left())
        except Empty:
            raise httpcore2.ConnectTimeout(f"no answer about the name {host}") from None
        if isinstance(found, Exception):
            raise httpcore2.ConnectError(f"unknown host {host}") from found
        return found


def literal_of(host: str) -> Address | None:
    """Return the address that stands in place of a host's name, or None where it is a name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


class GuardedBackend(httpcore2.NetworkBackend):
    """Resolves, checks, and connects to the very address that was checked."""

    def __init__(self, guard: Guard, inner: httpcore2.NetworkBackend) -> None:
        self.guard = guard
        self.inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore2.NetworkStream:
        addresses = self.guard.addresses(host, port)
        for address in addresses[:-1]:  # each may use half of what is left, so that a dead one is not the end
            with contextlib.suppress(httpcore2.ConnectError, httpcore2.ConnectTimeout):
                return self._connect((address, port), self.guard.left(timeout) / 2, local_address, socket_options)
        return self._connect((addresses[-1], port), self.guard.left(timeout), local_address, socket_options)

    def _connect(
        self, where: tuple[str, int], seconds: float, local: str | None, options: Options
    ) -> httpcore2.NetworkStream:
        stream = self.inner.connect_tcp(*where, timeout=seconds, local_address=local, socket_options=options)
        self.guard.thread.connected = True
        return TimedStream(stream, self.guard)


class TimedStream(httpcore2.NetworkStream):
    """A connection of which every read and write ends with the time of the request that uses it."""

    def __init__(self, inner: httpcore2.NetworkStream, guard: Guard) -> None:
        self.inner = inner
        self.guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, timeout=self.guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, timeout=self.guard.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        return TimedStream(self.inner.start_tls(ssl_context, server_hostname, self.guard.left(timeout)), self.guard)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


@functools.cache
def ssl_context() -> ssl.SSLContext:
    """Return the context that verifies every server, made once: to read the authorities takes 30 ms."""
    return httpx2.create_ssl_context()


class PooledTransport:
    """httpx2's requests over kept connections that the guard opens; each thread has its own.

    A pool looks at all its connections for every request, and a host is mostly asked by one thread: one pool for 64
    hosts took a third of the time of a poll in which nothing had changed.
    """

    def __init__(self, guard: Guard) -> None:
        self.ssl_context = ssl_context()
        self.backend = GuardedBackend(guard, httpcore2.SyncBackend())
        self.own = threading.local()
        self.pools: list[httpcore2.ConnectionPool] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the reply with its body still to be read; raises httpcore2's errors and WebError."""
        url = request.url
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        body = request.read() or None
        reply = self._pool().handle_request(
            httpcore2.Request(request.method, target, headers=request.headers.raw, content=body)
        )
        return httpx2.Response(reply.status, headers=reply.headers, stream=_Body(reply))

    def close(self) -> None:
        """Close every connection."""
        for pool in self.pools:
            pool.close()

    def _pool(self) -> httpcore2.ConnectionPool:
        if not hasattr(self.own, "pool"):
            self.own.pool = httpcore2.ConnectionPool(
                ssl_context=self.ssl_context,
                max_connections=None,
                max_keepalive_connections=4,
                keepalive_expiry=15.0,
                network_backend=self.backend,
            )
            self.pools.append(self.own.pool)
        pool: httpcore2.ConnectionPool = self.own.pool
        return pool


class _Body(httpx2.SyncByteStream):
    def __init__(self, reply: httpcore2.Response) -> None:
        self.reply = reply

    def __iter__(self) -> Iterator[bytes]:
        return self.reply.iter_stream()

    def close(self) -> None:
        self.reply.close()
