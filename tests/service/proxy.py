"""A proxy before Elasticsearch that does to requests what networks and busy servers do."""

import contextlib
import http.client
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import urlsplit

Fault = Literal["", "busy", "unavailable", "lost", "unheard", "broken", "half"]
"""Nothing; 429; 503; reset before the server got it; reset after it did it; reset within its answer; 429 for every
second item."""

BUSY = {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "queue full"}}


@dataclass
class Proxy:
    """Where it stands, what it stands before, and what it does to the n-th bulk request."""

    upstream: str
    fault: Callable[[int], Fault]
    url: str = ""
    bulks: int = 0
    done: list[Fault] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self) -> Fault:
        with self.lock:
            self.bulks += 1
            self.done.append(self.fault(self.bulks))
            return self.done[-1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: Proxy

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        fault = self.proxy.next() if self.path.startswith("/_bulk") else ""
        if fault == "lost":
            return self.reset()
        if fault in {"busy", "unavailable"}:
            return self.answer(429 if fault == "busy" else 503, json.dumps({"error": BUSY["error"]}).encode())
        try:
            status, answer = self.halved(body) if fault == "half" else self.forwarded(body)
        except OSError:
            return self.reset()
        except http.client.HTTPException:
            return self.reset()
        if fault == "unheard":
            return self.reset()
        return self.answer(status, answer, broken=fault == "broken")

    def forwarded(self, body: bytes) -> tuple[int, bytes]:
        there = urlsplit(self.proxy.upstream)
        with contextlib.closing(http.client.HTTPConnection(there.hostname or "", there.port, timeout=60)) as server:
            kept = {k: v for k, v in self.headers.items() if k.lower() not in {"host", "connection", "content-length"}}
            server.request(self.command, self.path, body or None, {**kept, "Accept-Encoding": "identity"})
            reply = server.getresponse()
            return reply.status, reply.read()

    def halved(self, body: bytes) -> tuple[int, bytes]:
        """Let the server have every second item, and say that it was too busy for the others."""
        lines = body.splitlines(keepends=True)
        pairs = [b"".join(lines[i : i + 2]) for i in range(0, len(lines), 2)]
        status, answer = self.forwarded(b"".join(pairs[::2]))
        items: list[Any] = [{"index": BUSY} for _ in pairs]
        items[::2] = json.loads(answer)["items"]
        return status, json.dumps({"errors": True, "items": items}).encode()

    def answer(self, status: int, body: bytes, *, broken: bool = False) -> None:
        self.send_response(status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if broken else body)
        if broken:
            self.reset()

    def reset(self) -> None:
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    do_GET = do_POST = do_PUT = do_HEAD = handle_one  # noqa: N815  (http.server's names)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass


def free_port() -> int:
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def between(upstream: str, fault: Callable[[int], Fault], *, after_s: float = 0.0) -> Iterator[Proxy]:
    """Give a proxy before the server; for so many seconds nobody answers at its port."""
    proxy = Proxy(upstream, fault)
    port = free_port()
    handler = type("Handler", (_Handler,), {"proxy": proxy})
    proxy.url = f"http://127.0.0.1:{port}"
    servers: list[_Server] = []

    def serve() -> None:
        servers.append(_Server(("127.0.0.1", port), handler))
        servers[0].serve_forever(poll_interval=0.05)

    timer = threading.Timer(after_s, serve)
    timer.daemon = True
    timer.start()
    try:
        yield proxy
    finally:
        timer.cancel()
        for server in servers:
            server.shutdown()
            server.server_close()
