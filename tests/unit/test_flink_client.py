"""What is asked of a Flink manager."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from schemas.errors import UserError
from transforms.clients.flink import cancel

JOBS = [("1", "ours", "RUNNING"), ("2", "ours", "FINISHED"), ("3", "another", "RUNNING"), ("4", "ours", "RESTARTING")]


class Manager(BaseHTTPRequestHandler):
    """Tells of four jobs, and notes what it is asked to change."""

    asked: list[str]

    def do_GET(self) -> None:
        jobs = [{"jid": jid, "name": name, "state": state} for jid, name, state in JOBS]
        self._answer(200, {"jobs": jobs} if self.path == "/jobs/overview" else {})

    def do_PATCH(self) -> None:
        self.asked.append(self.path)
        self._answer(202, {})

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def manager() -> Iterator[str]:
    Manager.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Manager)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_jobs_of_that_name_that_still_run_are_cancelled(manager: str) -> None:
    cancel(manager, "ours")
    assert Manager.asked == ["/jobs/1?mode=cancel", "/jobs/4?mode=cancel"]


def test_a_manager_that_does_not_answer_as_one_is_told(manager: str) -> None:
    with pytest.raises(UserError, match=r"127\.0\.0\.1"):
        cancel(f"{manager}/elsewhere", "ours")
    with pytest.raises(UserError, match=r"127\.0\.0\.1:9"):
        cancel("http://127.0.0.1:9", "ours")
