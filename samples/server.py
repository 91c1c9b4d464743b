"""The sample outlets over real HTTP on loopback: one small server an outlet."""

import contextlib
import email.utils
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import yaml

from samples.articles import SampleOutlet, outlets
from samples.render import POLL, Answer, Site, site
from schemas.feeds import Feed

HANG_S = 30.0
"""How long the address that hangs keeps a client waiting, unless the servers are shut down before."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    site: Site

    def __init__(self, port: int, stopping: threading.Event) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.stopping = stopping
        self.asked: Counter[str] = Counter()
        self.lock = threading.Lock()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, path: str) -> Answer:
        """Return what stands at the path; a churning body gets the number of this request."""
        found = self.site.get(path, Answer(status=404, body=b"<!doctype html><title>Not found</title>"))
        if POLL not in found.body:
            return found
        with self.lock:
            self.asked[path] += 1
            number = self.asked[path]
        return Answer(type=found.type, body=found.body.replace(POLL, str(number).encode()))

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        self._reply(with_body=True)

    def do_HEAD(self) -> None:
        self._reply(with_body=False)

    def log_message(self, _words: str, /, *_values: object) -> None:
        """Keep the console for the demo."""

    def _reply(self, *, with_body: bool) -> None:
        answer = self.server.answer(unquote(urlsplit(self.path).path))
        if answer.hang:
            self.server.stopping.wait(HANG_S)
            self.close_connection = True
            return
        unchanged = answer.status == 200 and self._has(answer)
        body = b"" if unchanged else answer.body
        self.send_response(304 if unchanged else answer.status)
        for name, value in _headers(answer, len(body)):
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _has(self, answer: Answer) -> bool:
        known = self.headers.get("If-None-Match")
        if known is not None:
            return answer.etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}
        since = self.headers.get("If-Modified-Since")
        return bool(answer.modified and since == email.utils.format_datetime(answer.modified, usegmt=True))


def _headers(answer: Answer, length: int) -> Iterator[tuple[str, str]]:
    yield "Content-Length", str(length)
    yield "Content-Type", answer.type
    if answer.location:
        yield "Location", answer.location
    if answer.status == 200:
        yield "ETag", answer.etag
    if answer.modified:
        yield "Last-Modified", email.utils.format_datetime(answer.modified, usegmt=True)


@contextlib.contextmanager
def serve(port: int = 0) -> Iterator[Mapping[str, str]]:
    """Serve every outlet on 127.0.0.1 and yield its base URL by outlet id.

    With `port` the outlets stand on that port and those after it, else on free ones.
    """
    stopping = threading.Event()
    with contextlib.ExitStack() as stack:
        stack.callback(stopping.set)
        servers = {o.id: _open(o, port + i if port else 0, stopping, stack) for i, o in enumerate(outlets())}
        yield {name: server.base for name, server in servers.items()}


def _open(outlet: SampleOutlet, port: int, stopping: threading.Event, stack: contextlib.ExitStack) -> _Server:
    server = stack.enter_context(_Server(port, stopping))
    server.site = site(outlet, server.base)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    stack.callback(server.shutdown)
    return server


def feeds(bases: Mapping[str, str]) -> tuple[Feed, ...]:
    """Return the sample feeds at those base URLs, as a feed list gives them."""
    return tuple(
        Feed(url=bases[o.id] + feed.path, outlet=o.name, language=o.language, groups=("samples",))
        for o in outlets()
        for feed in o.feeds
    )


def feed_list(bases: Mapping[str, str]) -> str:
    """Return the sample feeds at those base URLs as the YAML text of a feed list."""
    listed = [
        {"url": f.url, "outlet": f.outlet, "language": f.language, "groups": list(f.groups)} for f in feeds(bases)
    ]
    return yaml.safe_dump({"feeds": listed}, allow_unicode=True, sort_keys=False)


def main() -> None:
    """Serve the outlets on fixed ports until Ctrl-C, and show where."""
    with serve(port=8801) as bases, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write("".join(f"{name:<12} {base}/\n" for name, base in bases.items()) + "Ctrl-C stops.\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
