"""The web of the tests: a table of replies, and a real server on loopback that misbehaves as told."""

import contextlib
import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from schemas.articles import Reply
from transforms.protocols import WebError

Answer = Reply | WebError
Route = Callable[[BaseHTTPRequestHandler], None]


def reply(url: str, body: bytes = b"", status: int = 200, *, permanent_url: str = "", **headers: str) -> Reply:
    """A reply; `etag="x"` and the like become its headers."""
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(url=url, status=status, headers=pairs, body=body, permanent_url=permanent_url)


class FakeWeb:
    """A `Web` that answers each URL from its list in turn, the last answer for ever; what is not listed is a 404."""

    def __init__(self, answers: Mapping[str, Answer | list[Answer]]) -> None:
        self.answers = {url: [a] if isinstance(a, (Reply, WebError)) else list(a) for url, a in answers.items()}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.closed = False
        self.lock = threading.Lock()

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int) -> Reply:
        with self.lock:
            self.asked.append((url, dict(headers or {})))
            left = self.answers.get(url) or [reply(url, status=404)]
            answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, WebError):
            raise answer
        if len(answer.body) > max_bytes:
            raise WebError("too-large", f"more than {max_bytes} bytes")
        return answer

    def close(self) -> None:
        self.closed = True


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that goes away is what these tests are about: nothing to report."""


@contextlib.contextmanager
def serve(routes: Mapping[str, Route], *, host: str = "127.0.0.1") -> Iterator[str]:
    """Serve the routes on loopback; gives the address without a slash at its end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            routes.get(self.path.split("?")[0], sends(b"", status=404))(self)

        def log_message(self, *_: object) -> None:
            pass

    server = Server((host, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sends(body: bytes, status: int = 200, **headers: str) -> Route:
    """A route that sends the body."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return route


def keeps_validator(body: bytes, etag: str) -> Route:
    """A route that answers 304 to the ETag it gave."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == etag
        sends(b"" if known else body, 304 if known else 200, ETag=etag)(handler)

    return route


def redirects(target: str, status: int = 302) -> Route:
    """A route that sends the client elsewhere."""
    return sends(b"", status, Location=target)


def drips(stop: threading.Event, *, headers: bool = False) -> Route:
    """A route that sends one byte every 50 ms, of its headers or of its body, until it is stopped."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: " if headers else b"HTTP/1.1 200 OK\r\n\r\n")
        while not stop.wait(0.05):
            handler.wfile.write(b"x")

    return route


def streams(megabytes: int) -> Route:
    """A route that sends zeros without telling how many."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(megabytes):
            handler.wfile.write(bytes(1_000_000))

    return route


def bomb(megabytes: int) -> Route:
    """A route that sends a small gzip of so many megabytes."""
    return sends(gzip.compress(bytes(megabytes * 1_000_000)), Content_Encoding="gzip")


def resets(handler: BaseHTTPRequestHandler) -> None:
    """A route that closes the connection without a word."""
    handler.close_connection = True
    handler.connection.close()


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    """A route that promises more than it sends."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")


def talks_garbage(handler: BaseHTTPRequestHandler) -> None:
    """A route that does not speak HTTP."""
    handler.close_connection = True
    handler.wfile.write(b"\x00\x01 220 welcome to another protocol\r\n")
