"""Health and metrics over HTTP, on loopback unless told otherwise."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from schemas.errors import UserError

DEFAULT = "127.0.0.1:9464"

JSON = "application/json; charset=utf-8"


class Request(NamedTuple):
    """What is asked of a path that is not one of the routes."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


class Answer(NamedTuple):
    """What stands at a path."""

    status: int
    type: str
    body: bytes


Routes = Mapping[str, Callable[[], Answer]]
Hook = Callable[[Request], Answer]

NOT_FOUND = Answer(404, JSON, b'{"paths": ["/healthz", "/readyz", "/metrics"]}\n')
TOO_LARGE = Answer(413, JSON, b'{"detail": "too large, or of no told length"}\n')

MAX_BODY = 10_000_000


def not_found(_request: Request) -> Answer:
    """Return that nothing is there."""
    return NOT_FOUND


def as_json(*, good: bool, detail: Mapping[str, Any]) -> Answer:
    """Return the detail, with a status that a supervisor understands."""
    return Answer(200 if good else 503, JSON, json.dumps(detail, ensure_ascii=False, default=str).encode() + b"\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    routes: Routes
    hook: Hook


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 10

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length[:12]) > MAX_BODY:
            self.close_connection = True
            self._send(TOO_LARGE, with_body=True)
            return
        body = self.rfile.read(int(length))
        self._send(self._hooked(body), with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, _words: str, /, *_values: object) -> None:
        """A line each few seconds would tell nothing."""

    def _answer(self, *, with_body: bool) -> None:
        made = self.server.routes.get(self.path.partition("?")[0])
        self._send(made() if made else self._hooked(b""), with_body=with_body)

    def _hooked(self, body: bytes) -> Answer:
        path, _, query = self.path.partition("?")
        return self.server.hook(Request(self.command, path, query, dict(self.headers), body))

    def _send(self, answer: Answer, *, with_body: bool) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)


@contextlib.contextmanager
def serve(listen: str, routes: Routes, hook: Hook = not_found) -> Iterator[str]:
    """Serve the routes at HOST:PORT until the context ends, and give the address; nothing where `listen` is empty."""
    if not listen:
        yield ""
        return
    server = _opened(listen)
    server.routes, server.hook = routes, hook
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        host, port = server.server_address[:2]
        yield f"http://{host!s}:{port}"
    finally:
        server.shutdown()
        server.server_close()


def _opened(listen: str) -> _Server:
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise UserError(f"--listen {listen!r}: not of the form HOST:PORT, such as {DEFAULT}")
    try:
        return _Server((host.strip("[]"), int(port)), _Handler)
    except OSError as e:
        raise UserError(f"--listen {listen}: {e.strerror or e}", transient=True) from None
