"""The Elasticsearch index against a small server of our own: refusals, faults and secrets."""

import json
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from schemas.errors import UserError
from schemas.query import Query
from schemas.settings import Index as IndexSettings
from tests.fakes.index import document, failure
from transforms.clients.elastic import connect, reason_of
from transforms.clients.elastic_index import ElasticIndex, open_elastic
from transforms.clients.elastic_login import addresses, credentials

Answer = tuple[int, Any]
SECRET = "the-secret"


@dataclass
class Server:
    """Answers as it is told, and keeps what it was asked."""

    answer: Callable[[str, bytes], Answer]
    url: str = ""
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    product: str = "Elasticsearch"


def take_all(path: str, body: bytes) -> Answer:
    if path == "/":
        return 200, {"version": {"number": "9.4.3"}, "tagline": "You Know, for Search"}
    if "/_count" in path:
        return 200, {"count": 0}
    if path.startswith("/_bulk"):
        items = [{"index": {"status": 201, "result": "created"}} for _ in body.splitlines()[::2]]
        return 200, {"items": items}
    return 200, {}


@pytest.fixture
def server() -> Iterator[Server]:
    served = Server(take_all)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            served.asked.append(f"{self.command} {self.path}")
            served.headers.append({key.lower(): value for key, value in self.headers.items()})
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            status, answer = served.answer(self.path, body)
            sent = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("X-Elastic-Product", served.product)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_PUT = handle_one  # noqa: N815 (http.server's names)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    served.url = f"http://127.0.0.1:{http.server_port}"
    yield served
    http.shutdown()
    http.server_close()


def index_at(url: str, **settings: Any) -> ElasticIndex:
    found = IndexSettings(url=url, **settings)
    return ElasticIndex(connect(found, retries=0, timeout_s=5), server=url, prefix="newswatch")


def test_the_server_is_asked_in_the_language_of_version_8(server: Server):
    open_elastic(IndexSettings(url=server.url)).close()
    assert "compatible-with=8" in server.headers[0]["accept"]


@pytest.mark.parametrize(
    ("settings", "header"),
    [
        ({"username": "elastic", "password": SecretStr(SECRET)}, "Basic ZWxhc3RpYzp0aGUtc2VjcmV0"),
        ({"api_key": SecretStr(SECRET)}, f"ApiKey {SECRET}"),
        ({"bearer_token": SecretStr(SECRET)}, f"Bearer {SECRET}"),
        ({}, None),
    ],
)
def test_who_asks_is_told_to_the_server_and_to_nobody_else(
    server: Server, settings: dict[str, Any], header: str | None
):
    server.answer = lambda _path, _body: (401, {"error": {"type": "security_exception", "reason": f"no {SECRET}"}})
    with pytest.raises(UserError, match="user name, password or API key is refused") as told:
        open_elastic(IndexSettings(url=server.url, **settings))
    assert server.headers[0].get("authorization") == header
    assert SECRET not in str(told.value)


def test_user_and_password_may_stand_in_the_url():
    settings = IndexSettings(url="https://elastic:p%40ss@search.test:9243/prefix?x=1")
    assert credentials(settings) == ("https://search.test:9243/prefix", "elastic", "p@ss")
    assert credentials(IndexSettings(url="http://[::1]"))[0] == "http://[::1]:9200"


def test_secrets_may_stand_in_files_and_what_is_given_goes_first(server: Server, tmp_path: Path):
    (tmp_path / "key").write_text(f"{SECRET}\n")
    open_elastic(IndexSettings(url=server.url, api_key_file=str(tmp_path / "key"))).close()
    assert server.headers[0]["authorization"] == f"ApiKey {SECRET}"
    given = IndexSettings(url=server.url, username="u", password=SecretStr("own"), password_file="/nowhere")
    assert credentials(given)[2] == "own"
    assert SECRET not in repr(given)


def test_several_nodes_a_path_and_a_cloud_id():
    several = "https://u:p%2C@a.test/es, https://b.test:9243/es"
    assert addresses(several) == ["https://a.test:443/es", "https://b.test:9243/es"]
    assert credentials(IndexSettings(url=several)) == ("https://a.test:443/es", "u", "p,")
    cloud = b64encode(b"eu.cloud.test$abc123$kib456").decode()
    assert addresses(f"cloud:news:{cloud}") == ["https://abc123.eu.cloud.test:443"]
    ported = b64encode(b"eu.cloud.test:9243$abc123$").decode()
    assert addresses(f"cloud:news:{ported}") == ["https://abc123.eu.cloud.test:9243"]


def test_a_path_before_elasticsearch_stands_before_every_request(server: Server):
    server.answer = lambda path, body: take_all(path.removeprefix("/search"), body)
    index = open_elastic(IndexSettings(url=f"{server.url}/search"))
    assert index.write([document("d1")])[0].error is None
    index.prepare()
    index.close()
    assert len(server.asked) > 10
    assert all(asked.split()[1].startswith("/search") for asked in server.asked)


def test_when_one_node_does_not_answer_another_is_asked(server: Server):
    open_elastic(IndexSettings(url=server.url)).close()
    index = ElasticIndex(
        connect(IndexSettings(url=f"http://127.0.0.1:1,{server.url}"), retries=2), server="", prefix="newswatch"
    )
    assert [index.count(Query(kind="documents")) for _ in range(4)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"url": "http://h:1", "username": "u", "api_key": SecretStr(SECRET)}, "one of them must go"),
        ({"url": "http://h:port"}, "the port is not a number"),
        ({"url": "http://"}, "there is no host in it"),
        ({"url": "https://h", "ca_certs": "/nowhere/ca.pem"}, "/nowhere/ca.pem: no such file"),
        ({"url": "https://h", "client_cert": "/nowhere/me.pem"}, "client_cert: /nowhere/me.pem: no such file"),
        ({"url": "https://h", "client_key": "/nowhere/me.pem"}, "there is no index.client_cert"),
        ({"url": "https://h", "api_key_file": "/nowhere/key"}, "api_key_file: /nowhere/key: No such file"),
        (
            {"url": "https://h", "bearer_token": SecretStr(SECRET), "api_key": SecretStr(SECRET)},
            "an api_key and a bearer_token are given",
        ),
        ({"url": "https://a,ftp://b"}, "every node's URL begins with"),
        ({"url": "cloud:name:c2VjcmV0"}, "no cloud id"),
        ({"url": "cloud:name:???"}, "no cloud id"),
    ],
)
def test_settings_that_contradict_themselves(settings: dict[str, Any], message: str):
    with pytest.raises(UserError, match=message):
        connect(IndexSettings(**settings))


def test_another_kind_of_server_is_told_apart(server: Server):
    server.product = "Apache"
    with pytest.raises(UserError, match=r"is not Elasticsearch$"):
        open_elastic(IndexSettings(url=server.url))
    server.answer = lambda _path, _body: (404, "no such page")
    with pytest.raises(UserError, match=r"is not Elasticsearch$"):
        open_elastic(IndexSettings(url=server.url))


def test_no_server_is_one_line_for_the_user_and_another_try_for_records():
    url = "http://127.0.0.1:1"
    with pytest.raises(UserError, match=r"^http://127.0.0.1:1: no answer: .*refused") as told:
        open_elastic(IndexSettings(url=url))
    assert "\n" not in str(told.value)
    answers = index_at(url).write([failure("a"), failure("b")])
    assert [(answer.id, answer.transient) for answer in answers] == [("a", True), ("b", True)]


@pytest.mark.parametrize("status", [429, 502, 503, 504, 401, 403])
def test_what_lies_with_the_server_is_worth_another_try(server: Server, status: int):
    server.answer = lambda _path, _body: (status, {"error": {"reason": "busy"}})
    [answer] = index_at(server.url).write([document("d1")])
    assert answer.transient


def test_items_are_answered_one_by_one(server: Server):
    reasons = {"error": {"type": "x", "reason": "failed to parse", "caused_by": {"reason": "not a date"}}}
    items = [{"status": 201, "result": "created"}, {"status": 400, **reasons}, {"status": 429, **reasons}]
    server.answer = lambda _path, _body: (200, {"items": [{"index": item} for item in items]})
    answers = index_at(server.url).write([failure("a"), failure("b"), failure("c")])
    assert [(a.error, a.transient) for a in answers] == [
        (None, False),
        ("failed to parse: not a date (400)", False),
        ("failed to parse: not a date (429)", True),
    ]


def test_a_request_that_a_proxy_finds_too_large_goes_in_halves(server: Server):
    def small_only(path: str, body: bytes) -> Answer:
        return (413, {}) if len(body) > 4000 else take_all(path, body)

    server.answer = small_only
    records = [failure(f"f{i}", payload="x" * (5000 if i == 3 else 200)) for i in range(20)]
    answers = index_at(server.url).write(records)
    assert [answer.id for answer in answers if answer.error] == ["f3"]
    assert not answers[3].transient


def test_large_records_go_in_several_requests(server: Server):
    index = index_at(server.url)
    index.write([failure(f"f{i}", payload="x" * 1_000_000) for i in range(12)])
    index.write([failure(f"f{i}") for i in range(1001)])
    assert sum("_bulk" in asked for asked in server.asked) == 3 + 2


def test_a_question_to_a_server_that_fails_is_one_line(server: Server):
    server.answer = lambda _path, _body: (500, {"error": {"root_cause": [], "type": "oops", "reason": "broken\nshard"}})
    with pytest.raises(UserError, match=r"broken shard \(500\)$"):
        index_at(server.url).find(Query(kind="documents"))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"error": "no handler"}, "no handler"),
        ({"error": {"type": "t"}}, "t"),
        ({"error": {"reason": "r", "caused_by": {"reason": "r"}}}, "r"),
        ("<html>Bad\nGateway</html>", "<html>Bad Gateway</html>"),
        (None, ""),
    ],
)
def test_the_innermost_reason_is_told(body: object, reason: str):
    assert reason_of(body) == reason


@pytest.mark.parametrize(
    ("status", "error", "applied"),
    [
        (200, {}, True),
        (404, {"error": {"type": "resource_not_found_exception"}}, True),
        (404, {"error": {"type": "no_such_path"}}, False),
        (400, {"error": "no handler found for uri [/_ilm/policy/newswatch] and method [GET]"}, False),
        (403, {"error": {"type": "security_exception"}}, False),
        (410, {"error": {"type": "api_not_available_exception"}}, False),
    ],
)
def test_lifecycles_are_set_only_where_the_server_has_them(
    server: Server, status: int, error: dict[str, Any], *, applied: bool
):
    def answer(path: str, body: bytes) -> Answer:
        return (status, error) if path.startswith("/_ilm") and not body else take_all(path, body)

    server.answer = answer
    index_at(server.url).prepare()
    assert ("PUT /_component_template/newswatch-lifecycle" in server.asked) is applied
    assert ("PUT /_ilm/policy/newswatch" in server.asked) is (applied and status == 404)
