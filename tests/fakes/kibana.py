"""A Kibana on loopback that takes imports as the real one does: it checks header, form, objects and references."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import ValidationError

from tests.fakes.kibana_alerting import RuleBody, SentConnector
from tests.fakes.kibana_schema import SAVED

Answer = tuple[int, dict[str, Any]]
KEY = "c2VjcmV0LWtleQ=="
TAKEN_ON_CHANGE = {"name", "tags", "schedule", "params", "actions"}


@dataclass
class FakeKibana:
    """What it was sent; `refuse` names an object's id, `broken` answers every request with that."""

    url: str = ""
    objects: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: list[tuple[str, str]] = field(default_factory=list)
    refuse: str = ""
    broken: tuple[int, bytes] | None = None

    def answer(self, method: str, path: str, headers: Message, body: bytes) -> Answer:
        self.seen.append((method, path))
        if headers.get("Authorization") != f"ApiKey {KEY}":
            return 401, {"statusCode": 401, "message": f"no key {headers.get('Authorization')}"}
        if not headers.get("kbn-xsrf"):
            return 400, {"statusCode": 400, "message": "Request must contain a kbn-xsrf header."}
        parts = urlsplit(path)
        space, _, rest = parts.path.removeprefix("/s/").partition("/api/") if path.startswith("/s/") else ("", "", "")
        rest = rest or parts.path.removeprefix("/api/")
        if rest == "saved_objects/_import" and parse_qs(parts.query) == {"overwrite": ["true"]}:
            return self._imported(space, headers, body)
        if rest.startswith(("alerting/rule/", "actions/connector/")):
            return self._made(method, rest, json.loads(body))
        return 404, {"statusCode": 404, "message": "Not Found"}

    def _imported(self, space: str, headers: Message, body: bytes) -> Answer:
        form = message_from_bytes(b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + body)
        [part] = form.get_payload()  # type: ignore[misc]
        assert part.get_param("name", header="content-disposition") == "file"  # type: ignore[union-attr]
        if not str(part.get_filename()).endswith(".ndjson"):  # type: ignore[union-attr]
            return 400, {"message": "Invalid file extension"}
        lines = part.get_payload(decode=True).decode().splitlines()  # type: ignore[union-attr]
        found = {(o["type"], o["id"]): o for o in map(json.loads, lines)}
        errors = [error for one in found.values() if (error := self._error(one, set(found)))]
        if not errors:
            self.objects.setdefault(space, {}).update({f"{t}:{i}": o for (t, i), o in found.items()})
        return 200, {"success": not errors, "successCount": len(found) - len(errors), "errors": errors}

    def _error(self, one: dict[str, Any], ids: set[tuple[str, str]]) -> dict[str, Any] | None:
        named = {"type": one["type"], "id": one["id"], "title": one["attributes"]["title"]}
        missing = [r for r in one["references"] if (r["type"], r["id"]) not in ids]
        if missing or one["id"] == self.refuse:
            lost = missing or [{"type": "index-pattern", "id": "gone"}]
            return {**named, "error": {"type": "missing_references", "references": lost}}
        try:
            SAVED.validate_python(one)
        except ValidationError as e:
            return {**named, "error": {"type": "unknown", "message": str(e)}}
        return None

    def _made(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        if method == "POST" and path in self.made:
            return 409, {"statusCode": 409, "message": "conflict"}
        if method == "PUT" and path not in self.made:
            return 404, {"statusCode": 404, "message": "Not Found"}
        rule = path.startswith("alerting/")
        if method == "PUT" and not set(body) <= (TAKEN_ON_CHANGE if rule else {"name", "config", "secrets"}):
            return 400, {"statusCode": 400, "message": f"[request body]: unknown {sorted(body)}"}
        if method == "POST" and rule:
            RuleBody.model_validate(body)
        elif method == "POST":
            SentConnector.model_validate({"id": path.rsplit("/", 1)[-1], "body": body})
        self.made[path] = body
        return 200, {"id": path.rsplit("/", 1)[-1], **body}


@contextmanager
def fake_kibana(**how: Any) -> Iterator[FakeKibana]:
    """Serve on a free port of loopback."""
    kept = FakeKibana(**how)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if kept.broken:
                return self.send(*kept.broken)
            status, told = kept.answer(self.command, self.path, self.headers, body)
            return self.send(status, json.dumps(told).encode())

        def do_PUT(self) -> None:
            self.do_POST()

        def send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
