"""What polling costs: 10,000 feeds on 500 hosts of this machine, some of which misbehave; written to bench/FEEDS.md.

`python -m bench.feeds`; each poll is a process of its own, so that its CPU time and peak memory are its own too.
"""

import argparse
import contextlib
import dataclasses as dc
import datetime as dt
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import feedparser

from bench.hosts import Hosts, body, serving
from bench.table import Row, publish
from schemas.failures import Rejected
from schemas.feeds import Feed
from schemas.settings import Feeds, Network
from transforms.clients.http import open_web
from transforms.clients.sqlite_ledger import SqliteLedger
from transforms.feeds.ask import Asking
from transforms.feeds.parse import read_feed
from transforms.feeds.stage import Poll
from transforms.sparing import Sparing

RESULTS = Path(__file__).with_name("FEEDS.md")
NOW = dt.datetime(2025, 2, 18, tzinfo=dt.timezone.utc)
HOUR = dt.timedelta(hours=1)
MARK = 0.1
"""The most CPU of a poll in which nothing has changed, over that of the first."""

Measure = dict[str, Any]


@contextlib.contextmanager
def polling(
    ledger: Path, at: dt.datetime, network: Network, settings: Feeds, *, listed: frozenset[str] = frozenset()
) -> Iterator[Poll]:
    """Give the poll step as the main job has it, with a count of its requests at `.ask.web`."""
    opened = SqliteLedger(str(ledger))
    opened.prepare()
    with (
        contextlib.closing(opened),
        contextlib.closing(Sparing(open_web(network))) as web,
        ThreadPoolExecutor(settings.concurrency) as threads,
    ):
        yield Poll(Asking(web, settings.max_bytes, lambda: at), opened, at.isoformat(), threads, listed)


def poll(urls: list[str], ledger: Path, at: dt.datetime, *, timeout_s: float) -> Measure:
    """Poll each feed once; returns what it took, and when the last feed that answered was done."""
    found: Counter[str] = Counter()
    started, last_good = time.monotonic(), 0.0
    network = Network(allow=("127.0.0.0/8",), timeout_s=timeout_s)
    with polling(ledger, at, network, Feeds(), listed=frozenset(urls)) as step:
        for _, result in step([Feed(url=url) for url in urls]):
            reason = result.reason if isinstance(result, Rejected) else type(result).__name__.lower()
            found[reason] += 1
            if reason == "polled":
                last_good = time.monotonic() - started
                found["entries"] += len(getattr(result, "entries", ()))
    used = resource.getrusage(resource.RUSAGE_SELF)
    measured = {"wall_s": time.monotonic() - started, "good_s": last_good, "cpu_s": used.ru_utime + used.ru_stime}
    return dict(found) | measured | {"peak_mb": used.ru_maxrss / 1024}


def in_a_process(hosts: Hosts, ledger: Path, hours: int, *, only_good: bool, timeout_s: float) -> Measure:
    """Return the measures of one poll in a process of its own."""
    given = json.dumps({"hosts": dc.asdict(hosts), "ledger": str(ledger), "hours": hours, "only_good": only_good})
    command = [sys.executable, "-m", "bench.feeds", "--child", given, "--timeout", str(timeout_s)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: Measure = json.loads(done.stdout.splitlines()[-1])
    print(f"{hours} h, {'only good hosts' if only_good else 'all hosts'}: {measured}", flush=True)
    return measured


def child(given: str, timeout_s: float) -> None:
    """Do one poll and print its measures."""
    told = json.loads(given)
    urls = Hosts(**told["hosts"]).urls(only_good=told["only_good"])
    at = NOW + told["hours"] * HOUR
    print(json.dumps(poll(urls, Path(told["ledger"]), at, timeout_s=timeout_s)))


def idle(timeout_s: float) -> float:
    """Return the CPU of a process that polls nothing: its imports."""
    given = json.dumps({"hosts": {"number": 0}, "ledger": ":memory:", "hours": 0, "only_good": True})
    command = [sys.executable, "-m", "bench.feeds", "--child", given, "--timeout", str(timeout_s)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1])["cpu_s"])


def cpu(function: Callable[[], object], times: int = 7) -> float:
    """Return the CPU seconds of the fastest of some calls."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        function()
        best = min(best, time.process_time() - started)
    return best


def parsing() -> tuple[float, float]:
    """Return the CPU seconds that feedparser as it comes, and our reading, take of one feed of 226 kB."""
    large = body(1, 1, 50).replace(b"</p>]]>", b"</p>" + b"".join(map(_paragraph, range(12))) + b"]]>")
    headers = {"content-type": "application/rss+xml; charset=utf-8"}
    ours = cpu(lambda: read_feed(large, headers=headers, feed=Feed(url="https://host.example/feed"), seen=NOW))
    return cpu(lambda: feedparser.parse(large, response_headers=headers)), ours


def _paragraph(number: int) -> bytes:
    link = f"<a href='/story/{number}?a=1&amp;b=2'>more of it</a>"
    return f"<p class='x'>The talks went on for the {number}th day, <em>it was said</em>, {link}. </p>".encode() * 2


def run(hosts: Hosts, timeout_s: float) -> list[Row]:
    """Return (what, figure, mark, met) for each thing measured."""
    theirs, ours = parsing()
    print(f"parsing: {theirs * 1e3:.1f} ms as it comes, {ours * 1e3:.1f} ms ours", flush=True)
    rest = idle(timeout_s)
    with tempfile.TemporaryDirectory() as folder, serving(hosts):
        good = in_a_process(hosts, Path(folder) / "before.db", 0, only_good=True, timeout_s=timeout_s)
        first, second, third = (
            in_a_process(hosts, Path(folder) / "all.db", hours, only_good=False, timeout_s=timeout_s)
            for hours in (0, 24, 48)
        )
        again = in_a_process(hosts, Path(folder) / "after.db", 0, only_good=True, timeout_s=timeout_s)
    share = (second["cpu_s"] - rest) / (first["cpu_s"] - rest)
    slowed = 2 * first["good_s"] / (good["good_s"] + again["good_s"])
    total = sum(first.get(reason, 0) for reason in first if reason.startswith(("feed-", "bad-", "polled")))
    return [
        ("feeds asked", f"{total:,} on {hosts.number} hosts", "", ""),
        ("articles of the first poll", f"{first['entries']:,}", "", ""),
        ("first poll: CPU, wall time, peak memory", told(first), "", ""),
        ("second poll, nothing changed", told(second), "", ""),
        ("third poll, nothing changed", told(third), "", ""),
        ("CPU of the second over the first", f"{share:.1%}", f"≤ {MARK:.0%}", "yes" if share <= MARK else "NO"),
        ("time until the last good feed, with bad hosts over without", f"{slowed:.2f} ×", "", ""),
        ("reading a feed of 226 kB, over feedparser as it comes", f"{ours / theirs:.2f} ×", "", ""),
    ]


def told(measured: Measure) -> str:
    """Return what a poll took, in words."""
    return f"{measured['cpu_s']:.0f} s, {measured['wall_s']:.0f} s, {measured['peak_mb']:.0f} MB"


def main() -> None:
    """Measure and write the results."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hosts", type=int, default=Hosts.number)
    arguments.add_argument("--timeout", type=float, default=20.0)
    arguments.add_argument("--child", default="")
    chosen = arguments.parse_args()
    if chosen.child:
        child(chosen.child, chosen.timeout)
        return
    hosts = Hosts(number=chosen.hosts)
    rows = run(hosts, chosen.timeout)
    publish(
        RESULTS,
        f"# What polling costs\n\n{hosts.number} hosts on loopback, {hosts.feeds} feeds each of {hosts.items} items; "
        f"{hosts.bad} % of the hosts hang, {hosts.bad} % reset the connection, {hosts.bad} % talk garbage.\n"
        f"Each poll is a process of its own; its imports are in its figures, but not in the ratio.\n"
        f"Python {platform.python_version()}, {platform.machine()}, `python -m bench.feeds`.",
        rows,
    )


if __name__ == "__main__":
    main()
