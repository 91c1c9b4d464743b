"""Five hundred hosts on loopback in one process: most serve feeds well, some hang, some reset, some talk garbage."""

import argparse
import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

PORT = 8900
SUMMARY = "The minister said on Tuesday that talks over the bridge would resume within days as envoys met in town. " * 3

Writer = asyncio.StreamWriter


@dataclass(frozen=True)
class Hosts:
    """How many hosts there are, with how many feeds each, and how many of a hundred misbehave in each of the ways."""

    number: int = 500
    feeds: int = 20
    items: int = 30
    bad: int = 2
    port: int = PORT

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
            feed = asked.split(" ")[1].rpartition("/")[2]
            known = f'"{host}-{feed}"'
            if f"if-none-match: {known}" in asked.lower():
                writer.write(f"HTTP/1.1 304 Not Modified\r\nETag: {known}\r\n\r\n".encode())
            else:
                found = body(host, int(feed), hosts.items)
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
    given = [f"--{name}={getattr(hosts, name)}" for name in ("number", "feeds", "items", "bad", "port")]
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
    for name in ("number", "feeds", "items", "bad", "port"):
        arguments.add_argument(f"--{name}", type=int, default=getattr(Hosts, name))
    asyncio.run(serve(Hosts(**vars(arguments.parse_args()))))


if __name__ == "__main__":
    main()
