"""Traps on the way to feeds and pages: bounded time and memory, and a typed failure or a harmless reply."""

import contextlib
import datetime as dt
import gzip
import shutil
import ssl
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from schemas.articles import Reply
from schemas.failures import Rejected
from schemas.feeds import Feed
from schemas.settings import Network
from tests.fakes.web import Route, Server, redirects, sends, serve
from transforms.articles.page import read_page
from transforms.clients.http import GuardedWeb, open_web
from transforms.feeds.parse import read_feed
from transforms.protocols import WebError

MB = 1_000_000
SEEN = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[int, list[str]]]:
    """A server on loopback that nobody may reach: its port, and who did."""
    asked: list[str] = []

    class Any(dict[str, Route]):
        def get(self, path: str, default: Route | None = None) -> Route | None:  # type: ignore[override]
            asked.append(path)
            return sends(b"secret")

    with serve(Any()) as site:
        yield int(site.rpartition(":")[2]), asked


HERE = {
    "loopback": "http://127.0.0.1:{}/",
    "another loopback": "http://127.8.9.10:{}/",
    "localhost": "http://localhost:{}/",
    "localhost with a dot": "http://localhost.:{}/",
    "hexadecimal": "http://0x7f000001:{}/",
    "hexadecimal part": "http://0x7f.1:{}/",
    "octal": "http://017700000001:{}/",
    "octal parts": "http://0177.0.0.01:{}/",
    "one number": "http://2130706433:{}/",
    "two parts": "http://127.1:{}/",
    "zero": "http://0:{}/",
    "any address": "http://0.0.0.0:{}/",
    "v6 loopback": "http://[::1]:{}/",
    "v6 any": "http://[::]:{}/",
    "v4-mapped": "http://[::ffff:127.0.0.1]:{}/",
    "v4-mapped in hexadecimal": "http://[::ffff:7f00:1]:{}/",
    "v4-compatible": "http://[::127.0.0.1]:{}/",
    "6to4": "http://[2002:7f00:1::]:{}/",
    "NAT64": "http://[64:ff9b::7f00:1]:{}/",
    "Teredo": "http://[2001:0:7f00:1::]:{}/",
    "v6 with a zone": "http://[::1%25lo]:{}/",
    "full-width digits": "http://１２７.０.０.１:{}/",
    "circled digits": "http://①②⑦.⓪.⓪.①:{}/",
    "ideographic stops": "http://127。0。0。1:{}/",
    "a user before it": "http://news.example@127.0.0.1:{}/",
    "a user with a backslash": "http://news.example\\@127.0.0.1:{}/",
    "a port as password": "http://news.example:80@127.0.0.1:{}/",
    "a fragment after it": "http://127.0.0.1:{}#@news.example/",
    "a tab in it": "http://127.0.\t0.1:{}/",
    "a line break in it": "http://127.0.0.1\r\n:{}/",
    "three slashes": "http:///127.0.0.1:{}/",
    "no slashes": "http:127.0.0.1:{}/",
    "capitals": "HTTP://LOCALHOST:{}/",
}


@pytest.mark.parametrize("name", HERE)
def test_addresses_of_this_machine(canary: tuple[int, list[str]], name: str):
    web = open_web(Network(timeout_s=2))
    with contextlib.closing(web), pytest.raises(WebError) as caught:
        web.get(HERE[name].format(canary[0]), max_bytes=1000)
    assert caught.value.kind in {"forbidden", "unreachable"}
    assert canary[1] == []


V4 = (
    "10.0.0.1 172.16.0.1 192.168.1.1 100.64.0.1 169.254.169.254 100.100.100.200 192.0.0.192 168.63.129.16 198.18.0.1"
    " 224.0.0.1 240.0.0.1 255.255.255.255 192.0.2.1 0.1.2.3"
)
V6 = "fe80::1 fd00:ec2::254 fec0::1 ff02::1 ::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 2002:a00:1:: 100::1 2001:db8::1"


@pytest.mark.parametrize("host", [*V4.split(), *(f"[{host}]" for host in V6.split())])
def test_private_and_metadata_addresses(host: str):
    web = open_web(Network(timeout_s=2))
    with contextlib.closing(web), pytest.raises(WebError) as caught:
        web.get(f"http://{host}/latest/meta-data/", max_bytes=1000)
    assert caught.value.kind == "forbidden"


SCHEMES = ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "dict://a.example:11/", "ws://a.example/"]


@pytest.mark.parametrize("url", [*SCHEMES, "data:text/xml,<rss/>", "javascript:alert(1)", "jar:http://a.example!/"])
def test_other_schemes(url: str):
    web = open_web(Network())
    with contextlib.closing(web), pytest.raises(WebError) as caught:
        web.get(url, max_bytes=1000)
    assert caught.value.kind == "forbidden"


TARGETS = [
    "http://127.0.0.1:{}/",
    "//127.0.0.1:{}/",
    "http://2130706433:{}/",
    "http://[::ffff:127.0.0.1]:{}/",
    "http://inside.example:{}/",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "http://",
    "http://[bad",
]


@pytest.mark.parametrize("target", TARGETS)
def test_redirects_inside(canary: tuple[int, list[str]], target: str):
    """The site itself is allowed by its own network; where it leads is not."""

    def resolve(host: str, port: int) -> list[str]:
        return ["127.99.0.1"] if host == "site.example" else ["127.0.0.1"]

    web = GuardedWeb(Network(allow=("127.99.0.0/16",), timeout_s=2), resolve=resolve)
    with serve({"/": redirects(target.format(canary[0]))}, host="127.99.0.1") as site:
        port = site.rpartition(":")[2]
        with contextlib.closing(web), pytest.raises(WebError) as caught:
            web.get(f"http://site.example:{port}/", max_bytes=1000)
    assert caught.value.kind in {"forbidden", "unreachable", "redirects"}
    assert canary[1] == []


def test_a_host_that_is_allowed_by_name_and_no_other(canary: tuple[int, list[str]]):
    def resolve(host: str, port: int) -> list[str]:
        return ["127.99.0.1"] if host == "inside.example" else ["127.0.0.1"]

    web = GuardedWeb(Network(allow_hosts=("inside.example",), timeout_s=2), resolve=resolve)
    routes = {"/": sends(b"inside"), "/out": redirects(f"http://other.example:{canary[0]}/")}
    with serve(routes, host="127.99.0.1") as site, contextlib.closing(web):
        base = f"http://Inside.Example:{site.rpartition(':')[2]}"
        assert web.get(f"{base}/", max_bytes=100).body == b"inside"
        with pytest.raises(WebError, match="forbidden"):
            web.get(f"{base}/out", max_bytes=100)
    assert canary[1] == []


def test_a_name_that_changes_its_address_between_check_and_connection(canary: tuple[int, list[str]]):
    answers = [["127.99.0.1"], ["127.0.0.1"], ["127.0.0.1"]]
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    web = GuardedWeb(Network(allow=("127.99.0.0/16",), timeout_s=2), resolve=resolve)
    with serve({"/": sends(b"public", Connection="close")}, host="127.99.0.1") as site:
        url = f"http://news.example:{site.rpartition(':')[2]}/"
        with contextlib.closing(web):
            assert web.get(url, max_bytes=100).body == b"public"  # the address that was checked, asked for once
            with pytest.raises(WebError) as caught:
                web.get(url, max_bytes=100)  # rebound: looked up and checked again
    assert (caught.value.kind, asked) == ("forbidden", ["news.example"] * 2)
    assert canary[1] == []


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not here to make a certificate")
def test_a_certificate_that_nobody_vouches_for(tmp_path: Path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    with Server(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        web = open_web(Network(allow=("127.0.0.0/8",), timeout_s=5))
        with contextlib.closing(web), pytest.raises(WebError, match="certificate verify failed") as caught:
            web.get(f"https://127.0.0.1:{server.server_address[1]}/", max_bytes=100)
        server.shutdown()
    assert (caught.value.kind, asked) == ("unreachable", [])


def raw(*pieces: bytes, times: int = 1, stop: threading.Event | None = None) -> Route:
    """A route that writes these bytes; the last piece so often, or until it is stopped."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        *first, last = pieces
        handler.wfile.write(b"".join(first))
        for _ in range(times):
            handler.wfile.write(last)
            if stop and stop.wait(0.05):
                return

    return route


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
STOP = threading.Event()
FOREVER = 100_000

ANSWERS: dict[str, Route] = {
    "gzip bomb": sends(gzip.compress(bytes(100 * MB), 1), Content_Encoding="gzip"),
    "deflate bomb": sends(zlib.compress(bytes(100 * MB), 1), Content_Encoding="deflate"),
    "a bomb in a bomb": sends(gzip.compress(gzip.compress(bytes(100 * MB), 1)), Content_Encoding="gzip, gzip"),
    "no such encoding": sends(b"<rss/>", Content_Encoding="br, zstd, compress"),
    "a body that is not compressed": sends(b"<rss/>", Content_Encoding="gzip"),
    "a gigabyte, told": raw(OK + b"Content-Length: 1000000000\r\n\r\n", bytes(MB), times=1000),
    "a gigabyte, untold": raw(OK + b"Connection: close\r\n\r\n", bytes(MB), times=1000),
    "endless chunks": raw(CHUNKED, b"10000\r\n" + bytes(65536) + b"\r\n", times=FOREVER),
    "endless tiny chunks": raw(CHUNKED, b"1\r\nx\r\n" * 1000, times=FOREVER),
    "a chunk of all memory": raw(CHUNKED + b"FFFFFFFFFFFFFFF\r\n", bytes(MB), times=1000),
    "a chunk that is no number": raw(CHUNKED + b"xyz\r\n", b"<rss/>"),
    "endless chunk extensions": raw(CHUNKED + b"1;", b"a" * 1000, times=FOREVER),
    "endless trailers": raw(CHUNKED + b"0\r\n", b"X-A: b\r\n" * 100, times=FOREVER),
    "slow body": raw(OK + b"\r\n", b"x", times=FOREVER, stop=STOP),
    "slow chunks": raw(CHUNKED, b"1\r\nx\r\n", times=FOREVER, stop=STOP),
    "slow headers": raw(OK + b"X-Slow: ", b"x", times=FOREVER, stop=STOP),
    "slow status": raw(b"HTTP/1.1 200 ", b"O", times=FOREVER, stop=STOP),
    "silence": raw(b"", b"", times=FOREVER, stop=STOP),
    "a flood of headers": raw(OK, b"X-Flood: 1\r\n" * 1000, times=1000),
    "one endless header": raw(OK + b"X-Long: ", b"a" * 10_000, times=FOREVER),
    "endless preliminary answers": raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 100, times=FOREVER),
    "a length too large": raw(OK + b"Content-Length: 1000\r\n\r\n", b"<rss>"),
    "a negative length": raw(OK + b"Content-Length: -5\r\n\r\n", b"<rss>"),
    "two lengths": raw(OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n", b"<rss>....."),
    "a length of words": raw(OK + b"Content-Length: many\r\n\r\n", b"<rss>"),
    "a length beyond numbers": raw(OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", b"<rss>"),
    "another protocol": raw(b"220 mail.example ESMTP\r\n", b"250 OK\r\n"),
    "no status": raw(b"\r\n\r\n", b"<rss/>"),
    "a status of letters": raw(b"HTTP/1.1 OK OK\r\n\r\n", b"<rss/>"),
    "a folded header": raw(OK + b"X-A: b\r\n c: d\r\nContent-Length: 5000\r\n\r\n", b"<rss/>"),
    "control characters where it leads": raw(b"HTTP/1.1 301 Moved\r\nLocation: http://[\x9b2J\xad\r\n\r\n", b""),
    "endless redirects": redirects("/"),
    "a redirect of a megabyte": redirects("/" + "a" * 90_000),
    "an upgrade": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", b"PRI"),
}


@contextlib.contextmanager
def bounded(*, seconds: float, megabytes: float) -> Iterator[None]:
    tracemalloc.start()
    started = time.monotonic()
    try:
        yield
        assert time.monotonic() - started < seconds
        assert tracemalloc.get_traced_memory()[1] < megabytes * MB
    finally:
        tracemalloc.stop()


@contextlib.contextmanager
def soon() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_that_never_end_or_never_fit(name: str):
    web = open_web(Network(allow=("127.0.0.0/8",), timeout_s=0.5))
    with contextlib.closing(web), serve({"/": ANSWERS[name]}) as site:
        with bounded(seconds=10, megabytes=25), pytest.raises(WebError) as caught:
            web.get(f"{site}/", max_bytes=MB)
        STOP.set()
    STOP.clear()
    assert caught.value.kind in {"unreachable", "too-large", "redirects"}
    assert caught.value.detail.isprintable()


def rss(inner: str, head: str = "") -> bytes:
    item = f"<item><title>A</title><link>https://news.example/a</link>{inner}</item>"
    return f"{head}<rss><channel><title>T</title>{item}</channel></rss>".encode()


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
FEEDS: dict[str, bytes] = {
    "a billion laughs": rss("<description>&a11;</description>", f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]>'),
    "one entity a thousand times": rss(
        f"<description>{'&a;' * 1000}</description>", f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]>'
    ),
    "an entity of itself": rss("<description>&a;</description>", '<!DOCTYPE r [<!ENTITY a "&a;">]>'),
    "a file as entity": rss("<description>&a;</description>", '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "a DTD from inside": rss("", '<!DOCTYPE r SYSTEM "http://169.254.169.254/x.dtd">'),
    "a parameter entity": rss("", '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1/x"> %a;]>'),
    "forty thousand levels": rss("<a>" * 40_000),
    "attributes": rss(f"<x {' '.join(f'a{n}=1' for n in range(50_000))}/>"),
    "one name of a megabyte": rss(f"<{'a' * MB}/>"),
    "namespaces": rss(f"<x {' '.join(f'xmlns:n{n}=u' for n in range(20_000))}/>"),
    "comments": rss("<!--" * 200_000),
    "open tags": rss("<" * 200_000),
    "character data": rss("<![CDATA[" * 100_000),
    "a gzip in the gzip": gzip.compress(gzip.compress(rss("") + bytes(50 * MB))),
    "stylesheet": b"<?xml-stylesheet href='http://127.0.0.1/x.xsl'?>" + rss(""),
    "an inclusion": rss('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    "deep JSON": b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 200_000,
    "numbers of JSON": b'{"version":"https://jsonfeed.org/version/1","items":[{"id":' + b"9" * 100_000 + b"}]}",
    "a sitemap of laughs": f'<!DOCTYPE u [<!ENTITY a0 "ha">{LAUGHS}]><urlset>&a11;</urlset>'.encode(),
}


@pytest.mark.parametrize("name", FEEDS)
def test_feeds_made_to_burst(name: str):
    with soon(), contextlib.suppress(Rejected):
        found = read_feed(FEEDS[name], headers={}, feed=Feed(url="https://a.example/"), seen=SEEN)
        assert all("root:" not in e.summary + e.content and len(e.summary) <= 100_000 for e in found.entries)


def page(inner: str) -> bytes:
    return f"<!doctype html><html><head><title>T</title></head><body><h1>T</h1>{inner}</body></html>".encode()


P = "<p>The bridge was closed on Monday, the county said, and will open again in spring.</p>"
PAGES: dict[str, Callable[[], bytes]] = {
    "divs": lambda: page("<div>" * 100_000 + P),
    "spans": lambda: page("<p>" + "<span>" * 100_000 + P),
    "unclosed b": lambda: page("<b>x" * 50_000 + P),
    "tables": lambda: page("<table><tr><td>" * 20_000 + P),
    "attributes": lambda: page(f"<div {' '.join(f'a{n}=1' for n in range(300_000))}>{P}</div>"),
    "attributes without blanks": lambda: page("<div " + "".join(f"a{n}='>'" for n in range(200_000)) + f">{P}</div>"),
    "a class of a megabyte": lambda: page(f"<div class='{'promo ' * 150_000}'>{P}</div>"),
    "comments": lambda: page("<!--" * 200_000 + P),
    "open tags": lambda: page("<" * 500_000 + P),
    "entities": lambda: page("&amp;" * 300_000 + P),
    "linked data": lambda: page("<script type='application/ld+json'>" + "[" * 200_000 + "</script>" + P),
    "links": lambda: page("<a href=x>y</a>" * 25_000 + P),
    "one word": lambda: page(f"<p>{'x' * MB}</p>{P}"),
    "forms": lambda: page("<form><select><option>" * 10_000 + P),
    "null": lambda: page("\0" * MB + P),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_made_to_burst(name: str):
    body = PAGES[name]()
    with soon():
        read_page(Reply(url="https://a.example/x", status=200, headers=(("content-type", "text/html"),), body=body))
