"""Five hundred hosts on loopback in one process: most serve feeds well, some hang, some reset, some talk garbage."""

import argparse
import asyncio
import contextlib
import dataclasses as dc
import hashlib
import subprocess
import sys
from collections.abc import Iterator

PORT = 8900
SUMMARY = "The minister said on Tuesday that talks over the bridge would resume within days as envoys met in town. " * 3

PLACES = "Ellery Hadmoor Torva Quenby Lisk Marrow Penholt Sundry Ostwick Varn Brill Cawdry Dunmore Elsk Farrow Harnow"
THINGS = "bridge harbour council school"

Writer = asyncio.StreamWriter


@dc.dataclass(frozen=True)
class Hosts:
    """How many hosts there are, with how many feeds each, and how many of a hundred misbehave in each of the ways.

    With `stories` each item has words of its own, and its page is asked of the host itself, which has none.
    """

    number: int = 500
    feeds: int = 20
    items: int = 30
    bad: int = 2
    port: int = PORT
    stories: int = 0

    def address(self, host: int) -> str:
        """Return the host's loopback address."""
        return f"127.1.{host // 250}.{host % 250 + 1}"

    def urls(self, *, only_good: bool = False) -> list[str]:
        """Return the address of every feed."""
        hosts = [h for h in range(self.number) if not only_good or self.way(h) == "good"]
        return [f"http://{self.address(h)}:{self.port}/feed/{n}" for h in hosts for n in range(self.feeds)]

    def way(self, host: int) -> str:
        """Return how the host behaves: spread evenly over the hosts."""
        place = host * 100 // self.number if self.number < 100 else host % 100
        ways = ["hangs"] * self.bad + ["resets"] * self.bad + ["garbage"] * self.bad
        return ways[place] if place < len(ways) else "good"


def story(host: int, feed: int, number: int) -> str:
    """Return a few sentences that no other item has."""
    places, things = PLACES.split(), THINGS.split()
    chosen = hashlib.sha256(f"{host} {feed} {number}".encode()).digest()
    words = (f"the {things[byte % 4]} of {places[byte // 16]}" for byte in chosen[:24])
    return f"We saw {' and '.join(words)}. “We have counted {host} ships,” Ann Ash said in {places[feed % 16]}."


def told(hosts: Hosts, host: int, feed: int) -> bytes:
    """Return the feed, with its own stories where they are wanted."""
    if not hosts.stories:
        return body(host, feed, hosts.items)
    site = f"http://{hosts.address(host)}:{hosts.port}/story/{feed}"
    items = "".join(
        f"<item><title>Host {host}, feed {feed}, story {n}</title><link>{site}/{n}</link>"
        f"<description>{story(host, feed, n)}</description></item>"
        for n in range(hosts.items)
    )
    return f"<rss version='2.0'><channel><title>Host {host}</title>{items}</channel></rss>".encode()


def body(host: int, feed: int, items: int) -> bytes:
    """Return the feed: its stories are its own."""
    stories = "".join(
        f"<item><title>Host {host}, feed {feed}, story {n}</title><link>https://host{host}.example/{feed}/{n}</link>"
        f"<guid isPermaLink='false'>{host}-{feed}-{n}</guid><pubDate>Mon, 17 Feb 2025 {n % 24:02}:00:00 GMT</pubDate>"
        f"<category>World</category><description><![CDATA[<p>{SUMMARY} {n}</p>]]></description></item>"
        for n in range(items)
    )
    return f"<rss version='2.0'><channel><title>Host {host}</title>{stories}</channel></rss>".encode()


async def answer(hosts: Hosts, reader: asyncio.StreamReader, writer: Writer) -> None:
    """Answer one connection's requests as its host does."""
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        while True:
            asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            address = writer.get_extra_info("sockname")[0].split(".")
            host = int(address[2]) * 250 + int(address[3]) - 1
            if not await _behave(hosts.way(host), writer):
                break
            way, _, feed = asked.split(" ")[1].rpartition("/")
            known = f'"{host}-{feed}"'
            if not way.startswith("/feed"):
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            elif f"if-none-match: {known}" in asked.lower():
                writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {known}\r\n\r\n".encode())
            else:
                found = told(hosts, host, int(feed))
                head = f"HTTP/1.1 200 OK\r\nETag: {known}\r\nContent-Length: {len(found)}\r\n"
                writer.write(f"{head}Content-Type: application/rss+xml\r\n\r\n".encode() + found)
            await writer.drain()
    writer.close()


async def _behave(way: str, writer: Writer) -> bool:
    """Misbehave as told; returns whether the request is to be answered after all."""
    if way == "hangs":
        await asyncio.sleep(3600)
    elif way == "resets":
        writer.transport.abort()
    elif way == "garbage":
        writer.write(b"\x00\x15\x03\x01 nonsense\r\n" * 100)
        await writer.drain()
    return way == "good"


@contextlib.contextmanager
def serving(hosts: Hosts) -> Iterator[None]:
    """Serve the hosts in a process of its own."""
    given = [f"--{name}={value}" for name, value in dc.asdict(hosts).items()]
    with subprocess.Popen([sys.executable, "-m", "bench.hosts", *given], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        server.stdout.readline()
        try:
            yield
        finally:
            server.kill()


async def serve(hosts: Hosts) -> None:
    """Serve until killed."""
    every_address = "0.0.0.0"  # noqa: S104  (all of 127.0.0.0/8, on a machine of no other network)
    server = await asyncio.start_server(
        lambda r, w: answer(hosts, r, w), every_address, hosts.port, limit=100_000, backlog=1000
    )
    print("ready", flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve what the arguments say."""
    arguments = argparse.ArgumentParser(description=__doc__)
    for name, value in dc.asdict(Hosts()).items():
        arguments.add_argument(f"--{name}", type=int, default=value)
    asyncio.run(serve(Hosts(**vars(arguments.parse_args()))))


if __name__ == "__main__":
    main()
