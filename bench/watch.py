"""`make bench-watch`: how long a watch takes from seeing an article to telling of it, and what it costs to wait.

Articles are offered at one rate, each with a statement that raises an alert; written to bench/RESULTS-watch.md.
"""

import argparse
import os
import platform
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.idle import Idle, idle_costs
from bench.procs import cpu, family, resident_mb
from bench.table import Row, publish
from tests.chaos.watcher import Watcher, until
from tests.fakes.newsroom import Newsroom, Office, newsroom

RESULTS = Path(__file__).with_name("RESULTS-watch.md")

OUTLETS = 20
EVERY_S = 2
"""Each outlet is polled so often: much more than any real one."""

LAG = "newswatch_seen_to_alerted_seconds"
WITHIN_S, SHARE = 5.0, 0.95
"""The mark: such a share of the alerts comes so soon."""

IDLE_S = 0.6
"""The mark for a minute with nothing due: CPU seconds, a hundredth of a core."""


@dataclass(frozen=True)
class Told:
    """What became of the articles offered."""

    articles: int
    took_s: float
    cpu_s: float
    memory_mb: float
    within: dict[float, float]
    mean_s: float


def offered(rate: float, seconds: float) -> Told:
    """Publish so many articles a second for so long; returns what the watch made of them."""
    with newsroom(OUTLETS, long=True) as room, tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        watcher = Watcher(office, office.files(room.bases, every=EVERY_S, processes=2))
        try:
            watcher.start()
            assert watcher.process is not None
            pid = watcher.process.pid
            before = cpu(pid)
            took = _publish(room, watcher, rate, seconds)
            lags = dict(_lags(watcher))
            within = {float(le): n / lags["count"] for le, n in lags.items() if le not in {"count", "sum"}}
            memory = sum(map(resident_mb, family(pid)))
            return Told(room.number, took, cpu(pid) - before, memory, within, lags["sum"] / lags["count"])
        finally:
            watcher.end()


def _publish(room: Newsroom, watcher: Watcher, rate: float, seconds: float) -> float:
    """Publish, and return how long it took until all was told."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        room.publish(int(passed * rate) - room.number)
        time.sleep(0.1)
    until(lambda: _is_done(watcher.health(), room.number), 10 * seconds + 60)
    return time.monotonic() - began


def _is_done(health: dict[str, Any], articles: int) -> bool:
    """Return whether so many articles are indexed and nothing waits."""
    return health["indexed"] >= articles and not any(health["queue"].values())


def _lags(watcher: Watcher) -> Iterator[tuple[str, float]]:
    """Yield how many alerts came within each time, how many there were, and their lags' sum."""
    with urllib.request.urlopen(f"{watcher.address}/metrics", timeout=10) as answer:  # noqa: S310  (our own, on loopback)
        lines = answer.read().decode().splitlines()
    for line in lines:
        name, _, value = line.rpartition(" ")
        if name.startswith(f"{LAG}_bucket"):
            yield name.split('"')[1], float(value)
        elif name in {f"{LAG}_count", f"{LAG}_sum"}:
            yield name.rpartition("_")[2], float(value)


def rows(rate: float, seconds: float, told: Told, idle: list[Idle]) -> list[Row]:
    """Return (what, figure, mark, met) for each thing measured."""
    busy, cores = told.cpu_s / seconds, float(os.cpu_count() or 1)
    soon = min(le for le, share in told.within.items() if share >= SHARE)
    return [
        ("articles offered", f"{told.articles:,}: {rate:g} a second for {seconds:g} s", "", ""),
        ("all told, none dropped, after", f"{told.took_s:.0f} s", "", ""),
        (f"seen to alert, {SHARE:.0%} within", f"{soon:g} s", f"≤ {WITHIN_S:g} s", "yes" if soon <= WITHIN_S else "NO"),
        ("seen to alert, in the mean", f"{told.mean_s:.1f} s", "", ""),
        *(
            (f"seen to alert, within {le:g} s", f"{share:.1%}", "", "")
            for le, share in told.within.items()
            if 0 < share < 1
        ),
        ("CPU used, for a second of offers", f"{busy:.2f} s", f"≤ {cores:g} s", "yes" if busy <= cores else "NO"),
        ("CPU used, for an article", f"{1000 * told.cpu_s / told.articles:.0f} ms", "", ""),
        ("memory, main and two reading processes", f"{told.memory_mb:.0f} MB", "", ""),
        *(_idle_row(one) for one in idle),
    ]


def _idle_row(one: Idle) -> Row:
    what = f"a minute with nothing due: CPU, {one.feeds:,} feeds, {one.articles:,} articles remembered"
    return what, f"{one.cpu_min_s:.2f} s", f"≤ {IDLE_S:g} s", "yes" if one.cpu_min_s <= IDLE_S else "NO"


def _machine(load: float) -> str:
    """Return how many cores there are, and whether others had them too."""
    cores = os.cpu_count() or 1
    told = f"{cores} cores, load average {load:.1f} before this run"
    others = "; others had the machine, and how soon an alert came tells of them: the CPU used tells of the watch"
    return f"{told}{others if load > 1 else ''}."


def main() -> None:
    """Measure and write the results."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=float, default=10.0, help="Articles a second.")
    arguments.add_argument("--seconds", type=float, default=60.0)
    chosen = arguments.parse_args()
    before = os.getloadavg()[0]
    told = offered(chosen.rate, chosen.seconds)
    publish(
        RESULTS,
        f"# How soon a watch tells\n\n{OUTLETS} outlets on loopback, each asked every {EVERY_S} s; articles of 3.5 kB, "
        f"each raises an alert; bundled pipeline, two reading processes, embedded index.\n{_machine(before)} "
        f"Python {platform.python_version()}, {platform.machine()}, `make bench-watch`.",
        rows(chosen.rate, chosen.seconds, told, idle_costs()),
    )


if __name__ == "__main__":
    main()
