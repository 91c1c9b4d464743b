"""The sample servers over real HTTP on loopback: validators, churning GUIDs, and the addresses that misbehave."""

import http.client
import socket
import time
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import feedparser
import pytest
import yaml

from samples.server import feed_list, feeds, serve


@pytest.fixture(scope="module")
def bases() -> Iterator[Mapping[str, str]]:
    with serve() as found:
        yield found


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", parts.path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, {name.lower(): value for name, value in reply.getheaders()}, body


def test_each_outlet_is_a_host_of_its_own(bases: Mapping[str, str]) -> None:
    assert len(set(bases.values())) == len(bases) >= 6
    assert {urlsplit(base).hostname for base in bases.values()} == {"127.0.0.1"}


@pytest.mark.parametrize(("sent", "told"), [("If_None_Match", "etag"), ("If_Modified_Since", "last-modified")])
def test_what_is_known_is_not_sent_again(bases: Mapping[str, str], sent: str, told: str) -> None:
    url = bases["wire"] + "/feeds/world.xml"
    status, headers, body = get(url)
    assert (status, len(body) > 0) == (200, True)
    again, _, nothing = get(url, **{sent: headers[told]})
    assert (again, nothing) == (304, b"")


def test_another_validator_gets_the_body(bases: Mapping[str, str]) -> None:
    assert get(bases["wire"] + "/feeds/world.xml", If_None_Match='"old"')[0] == 200


def test_guids_churn(bases: Mapping[str, str]) -> None:
    polls = [feedparser.parse(get(bases["packet"] + "/feed/")[2]).entries for _ in range(2)]
    assert not {e.id for e in polls[0]} & {e.id for e in polls[1]}
    assert [e.link for e in polls[0]] == [e.link for e in polls[1]]


@pytest.mark.parametrize(
    ("outlet", "path", "status", "words"),
    [
        ("courant", "/feeds/opinion.xml", 410, b""),
        ("harbour", "/rss", 200, b"<!doctype html>"),
        ("packet", "/2025/02/16/road-closures/", 404, b"not here any more"),
        ("packet", "/2025/02/20/council-budget/", 301, b""),
        ("tidemark", "/essays/short-history-of-envoys", 403, b"Verify you are human"),
        ("tidemark", "/essays/masters-of-nothing", 200, b"accept all cookies"),
        ("wire", "/robots.txt", 200, b"Disallow: /search"),
        ("wire", "/nowhere", 404, b""),
    ],
)
def test_addresses_that_misbehave(bases: Mapping[str, str], outlet: str, path: str, status: int, words: bytes) -> None:
    got, _, body = get(bases[outlet] + path)
    assert got == status
    assert words in body


def test_a_moved_page_is_where_it_says(bases: Mapping[str, str]) -> None:
    _, headers, _ = get(bases["packet"] + "/2025/02/20/council-budget/")
    assert get(bases["packet"] + headers["location"])[0] == 200


def test_the_feed_of_a_lost_page_has_its_text(bases: Mapping[str, str]) -> None:
    entries = feedparser.parse(get(bases["packet"] + "/feed/")[2]).entries
    lost = next(e for e in entries if "road-closures" in e.link)
    assert "drawing of a herring" in lost.content[0].value
    assert [e for e in entries if "published" not in e]


def test_a_host_that_hangs_does_not_hold_up_the_end() -> None:
    started = time.monotonic()
    with serve() as found, socket.create_connection(("127.0.0.1", urlsplit(found["silent"]).port or 0)) as client:
        client.sendall(b"GET /feed.xml HTTP/1.1\r\nHost: silent\r\n\r\n")
        client.settimeout(0.3)
        with pytest.raises(TimeoutError):
            client.recv(1)
    assert time.monotonic() - started < 3


def test_feed_list_is_what_is_served(bases: Mapping[str, str]) -> None:
    listed = yaml.safe_load(feed_list(bases))["feeds"]
    assert [line["url"] for line in listed] == [feed.url for feed in feeds(bases)]
    assert all(line["outlet"] and line["language"] for line in listed)
