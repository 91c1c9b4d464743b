"""A WebSub hub on loopback."""

import contextlib
import hashlib
import hmac
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode
from urllib.request import Request, urlopen


def signed(body: bytes, secret: str, method: str = "sha256") -> str:
    return f"{method}={hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()}"


@contextlib.contextmanager
def hub(body: bytes) -> Iterator[tuple[str, list[int]]]:
    """A hub that confirms each subscription at once, and then pushes the body, signed and not."""
    told: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(raw).items()}
            self.send_response(202)
            self.end_headers()
            threading.Thread(target=self.go_on, args=(form,)).start()

        def go_on(self, form: dict[str, str]) -> None:
            asked = urlencode({"hub.mode": "subscribe", "hub.topic": form["hub.topic"], "hub.challenge": "xyz"})
            with urlopen(f"{form['hub.callback']}?{asked}") as answer:
                told.append(answer.status if answer.read() == b"xyz" else 0)
            for secret in ("guess", form["hub.secret"]):
                headers = {"X-Hub-Signature": signed(body, secret), "Content-Type": "application/rss+xml"}
                with urlopen(Request(form["hub.callback"], data=body, headers=headers)) as answer:
                    told.append(answer.status)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", told
    finally:
        server.shutdown()
        server.server_close()
