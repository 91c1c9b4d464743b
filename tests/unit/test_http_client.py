"""The guarded HTTP client, against a real server on loopback that misbehaves."""

import gzip
import threading
import time
import tracemalloc
import zlib
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpcore2
import httpx2
import pytest

from schemas.settings import Network
from tests.fakes.web import (
    Route,
    bomb,
    breaks_off,
    drips,
    redirects,
    resets,
    sends,
    serve,
    streams,
    talks_garbage,
)
from transforms.clients.addresses import networks
from transforms.clients.http import GuardedWeb, open_web
from transforms.clients.sockets import Guard, GuardedBackend
from transforms.protocols import WebError

LOOPBACK = Network(allow=("127.0.0.0/8",), timeout_s=5)


@pytest.fixture
def web():
    web = open_web(LOOPBACK)
    yield web
    web.close()


def fails(web: GuardedWeb, url: str, **given: Any):
    with pytest.raises(WebError) as caught:
        web.get(url, max_bytes=given.pop("max_bytes", 100_000), **given)
    return caught.value


def test_a_reply_comes_whole_with_its_lower_case_headers(web: GuardedWeb):
    with serve({"/feed": sends(b"<rss/>", ETag='"1"', Content_Type="text/xml")}) as site:
        reply = web.get(f"{site}/feed", max_bytes=100)
    assert (reply.status, reply.body, reply.url) == (200, b"<rss/>", f"{site}/feed")
    assert (reply.header("etag"), reply.header("content-type")) == ('"1"', "text/xml")


def test_statuses_are_replies_not_errors(web: GuardedWeb):
    with serve({"/gone": sends(b"no more", 410), "/same": sends(b"", 304, ETag='"2"')}) as site:
        assert web.get(f"{site}/gone", max_bytes=100).status == 410
        same = web.get(f"{site}/same", headers={"If-None-Match": '"1"'}, max_bytes=100)
        assert (same.status, same.header("etag")) == (304, '"2"')
        assert web.get(f"{site}/missing", max_bytes=100).status == 404


def test_the_user_agent_says_who_asks():
    seen = []

    def server(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers)
        return httpx2.Response(200)

    network = Network(user_agent="newswatch/9", contact="desk@example.org")
    web = GuardedWeb(network, transport=httpx2.MockTransport(server))
    web.get("http://news.example/", headers={"If-None-Match": '"1"'}, max_bytes=10)
    assert seen[0]["user-agent"] == "newswatch/9 (+desk@example.org)"
    assert seen[0]["if-none-match"] == '"1"'
    assert seen[0]["host"] == "news.example"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_bodies_are_opened(web: GuardedWeb, encoding: str):
    packed = {"gzip": gzip.compress, "deflate": zlib.compress}[encoding](b"<rss/>")
    with serve({"/feed": sends(packed, Content_Encoding=encoding)}) as site:
        assert web.get(f"{site}/feed", max_bytes=100).body == b"<rss/>"


def test_a_body_that_is_not_compressed_as_told(web: GuardedWeb):
    with serve({"/feed": sends(b"<rss/>", Content_Encoding="gzip")}) as site:
        assert fails(web, f"{site}/feed").kind == "unreachable"


def test_redirects_are_followed_and_a_permanent_move_is_noted(web: GuardedWeb):
    routes = {"/a": redirects("/b", 301), "/b": redirects("c?x=1", 308), "/c": redirects("/d", 302), "/d": sends(b"ok")}
    with serve(routes) as site:
        reply = web.get(f"{site}/a", max_bytes=100)
        assert (reply.body, reply.url, reply.permanent_url) == (b"ok", f"{site}/d", f"{site}/c?x=1")
        assert web.get(f"{site}/c", max_bytes=100).permanent_url == ""


def test_redirects_without_end(web: GuardedWeb):
    with serve({"/a": redirects("/b"), "/b": redirects("/a")}) as site:
        assert fails(web, f"{site}/a").kind == "redirects"


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://[::1]:9/", "http://169.254.169.254/latest/meta-data/"])
def test_a_redirect_to_a_private_address_is_refused(web: GuardedWeb, target: str):
    with serve({"/a": redirects(target)}) as site:
        assert fails(web, f"{site}/a").kind == "forbidden"


def test_a_redirect_to_another_scheme_is_refused(web: GuardedWeb):
    with serve({"/a": redirects("file:///etc/passwd")}) as site:
        error = fails(web, f"{site}/a")
    assert (error.kind, "network.allow" in error.detail) == ("forbidden", False)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost:9/",
        "http://0x7f.1:9/",
        "http://2130706433:9/",
        "http://017700000001:9/",
        "http://127.1:9/",
        "http://[::ffff:127.0.0.1]:9/",
        "http://[::1]:9/",
        "http://0:9/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1/",
    ],
)
def test_private_addresses_in_all_their_spellings(url: str):
    assert fails(open_web(Network(timeout_s=5)), url).kind == "forbidden"


@pytest.mark.parametrize("url", ["", "news.example/feed", "http://", "http://[bad/", "http://a b/", "http://\x00/"])
def test_what_is_no_address(web: GuardedWeb, url: str):
    assert fails(web, url).kind in {"forbidden", "unreachable"}


class Dialled(httpcore2.MockBackend):
    """Connects to nothing, and notes which addresses it was to connect to."""

    def __init__(self) -> None:
        super().__init__([b"HTTP/1.1 200 OK\r\n\r\nhi"])
        self.addresses: list[str] = []

    def connect_tcp(self, host: str, port: int, *args: object, **given: object) -> httpcore2.NetworkStream:
        self.addresses.append(host)
        return super().connect_tcp(host, port)


def dial(*answers: list[str], allow: tuple[str, ...] = ()) -> list[str]:
    left = list(answers)
    guard = Guard(networks(allow), resolve=lambda _host, _port: left.pop(0))
    guard.start(5)
    backend = Dialled()
    GuardedBackend(guard, backend).connect_tcp("news.example", 80)
    return backend.addresses


def test_the_address_that_was_checked_is_the_one_that_is_connected_to():
    assert dial(["8.8.8.8"], ["127.0.0.1"]) == ["8.8.8.8"]  # a second look-up would have given the other


def test_private_addresses_among_public_ones_are_never_tried():
    assert dial(["10.0.0.1", "8.8.8.8", "::1"]) == ["8.8.8.8"]


def test_a_name_that_leads_only_to_private_addresses_is_refused():
    with pytest.raises(WebError, match=r"forbidden: news\.example is at 10\.0\.0\.1: .*; network\.allow"):
        dial(["10.0.0.1", "::1"])
    assert dial(["10.0.0.1"], allow=("10.0.0.0/8",)) == ["10.0.0.1"]


def test_a_resolver_that_hangs_costs_no_more_than_the_time_limit():
    stop = threading.Event()
    web = GuardedWeb(Network(timeout_s=0.2), resolve=lambda _host, _port: [str(stop.wait(10))])
    started = time.monotonic()
    assert fails(web, "http://news.example/").kind == "unreachable"
    assert time.monotonic() - started < 2
    stop.set()


def test_an_unknown_name():
    def nobody(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    error = fails(GuardedWeb(Network(), resolve=nobody), "http://news.example/")
    assert (error.kind, "unknown host news.example" in error.detail) == ("unreachable", True)


@pytest.mark.parametrize("headers", [True, False])
def test_a_server_that_drips_is_left_when_the_time_is_up(*, headers: bool):
    stop = threading.Event()
    web = open_web(Network(allow=("127.0.0.0/8",), timeout_s=0.4))
    with serve({"/drip": drips(stop, headers=headers)}) as site:
        started = time.monotonic()
        error = fails(web, f"{site}/drip")
        stop.set()
    assert error.kind == "unreachable"
    assert "0.4 s" in error.detail
    assert time.monotonic() - started < 3


def test_a_redirect_does_not_win_more_time():
    stop = threading.Event()
    web = open_web(Network(allow=("127.0.0.0/8",), timeout_s=0.5))

    def slow_redirect(handler: BaseHTTPRequestHandler) -> None:
        stop.wait(0.3)
        redirects("/drip")(handler)

    with serve({"/a": slow_redirect, "/drip": drips(stop)}) as site:
        started = time.monotonic()
        assert fails(web, f"{site}/a").kind == "unreachable"
        took = time.monotonic() - started
        stop.set()
    assert took < 1.5


def test_fifty_megabytes_are_not_read(web: GuardedWeb):
    with serve({"/told": sends(bytes(1_000_000)), "/untold": streams(50)}) as site:
        assert fails(web, f"{site}/told").kind == "too-large"
        started = time.monotonic()
        assert fails(web, f"{site}/untold").kind == "too-large"
        assert time.monotonic() - started < 2


def test_a_gzip_bomb_is_stopped_at_the_limit(web: GuardedWeb):
    with serve({"/bomb": bomb(100)}) as site:
        tracemalloc.start()
        assert fails(web, f"{site}/bomb", max_bytes=1_000_000).kind == "too-large"
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("route", [resets, breaks_off, talks_garbage])
def test_broken_answers(web: GuardedWeb, route: Route):
    with serve({"/": route}) as site:
        assert fails(web, f"{site}/").kind == "unreachable"


def test_nobody_listens(web: GuardedWeb):
    with serve({}) as site:
        pass
    assert fails(web, f"{site}/").kind == "unreachable"


def test_a_kept_connection_that_the_server_has_closed_is_opened_anew(web: GuardedWeb):
    asked = []

    def every_second_time_mute(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.client_address)
        if len(asked) == 2:
            resets(handler)
        else:
            sends(b"ok")(handler)

    with serve({"/": every_second_time_mute}) as site:
        assert web.get(f"{site}/", max_bytes=10).body == b"ok"
        assert web.get(f"{site}/", max_bytes=10).body == b"ok"
    assert asked[0] == asked[1] != asked[2]


def test_one_request_at_a_time_to_a_host_and_a_pause_between_two():
    now, slept, running, most = [0.0], [], [0], [0]
    lock = threading.Lock()

    def server(request: httpx2.Request) -> httpx2.Response:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.01)
        with lock:
            running[0] -= 1
        return httpx2.Response(200)

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    network = Network(per_host_delay_s=2)
    web = GuardedWeb(network, transport=httpx2.MockTransport(server), clock=lambda: now[0], sleep=sleep)
    threads = [
        threading.Thread(target=web.get, args=("http://a.example/",), kwargs={"max_bytes": 10}) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most[0], slept) == (1, [2, 2, 2, 2])
    web.get("http://b.example/", max_bytes=10)
    assert len(slept) == 4


def test_a_hosts_crawl_delay_is_kept():
    robots = b"User-agent: *\nCrawl-delay: 7"
    slept: list[float] = []

    def server(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=robots if request.url.path == "/robots.txt" else b"ok")

    transport = httpx2.MockTransport(server)
    web = GuardedWeb(Network(), transport=transport, clock=lambda: 0.0, sleep=slept.append)
    for path in ("a", "robots.txt", "a", "b"):
        web.get(f"http://a.example/{path}", max_bytes=100)
    web.get("http://b.example/", max_bytes=100)
    assert slept == [1, 7, 7]


def test_allowed_networks_need_no_pause(web: GuardedWeb):
    with serve({"/": sends(b"ok")}) as site:
        started = time.monotonic()
        for _ in range(5):
            web.get(f"{site}/", max_bytes=10)
    assert time.monotonic() - started < 0.8


def test_two_hosts_that_redirect_to_each_other_do_not_wait_for_each_other():
    def server(request: httpx2.Request) -> httpx2.Response:
        other = {"a.example": "b.example", "b.example": "a.example"}[request.url.host]
        time.sleep(0.02)
        there = httpx2.Response(302, headers={"location": f"http://{other}/end"})
        return there if request.url.path == "/" else httpx2.Response(200)

    web = GuardedWeb(Network(per_host_delay_s=0), transport=httpx2.MockTransport(server))
    threads = [
        threading.Thread(target=web.get, args=(f"http://{host}.example/",), kwargs={"max_bytes": 10}, daemon=True)
        for host in "ab" * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert not any(thread.is_alive() for thread in threads)
