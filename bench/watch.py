"""How long a watch takes from seeing an article to telling of it: `python -m bench.watch RATE SECONDS`."""

import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.chaos.watcher import Watcher, until
from tests.fakes.newsroom import Newsroom, Office, newsroom

OUTLETS = 20
EVERY_S = 2
"""Each outlet is polled so often: much more than any real one."""

LAG = "newswatch_seen_to_alerted_seconds"


def main(rate: float, seconds: float) -> None:
    """Publish so many articles a second for so long, and print what the watch tells of itself."""
    with newsroom(OUTLETS, long=True) as room, tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        watcher = Watcher(office, office.files(room.bases, every=EVERY_S, processes=2))
        try:
            watcher.start()
            took = publish(room, watcher, rate, seconds)
            print(f"{room.number} articles offered in {seconds:g} s, all told after {took:.1f} s")
            for line in told(watcher):
                print(line)
        finally:
            watcher.end()


def publish(room: Newsroom, watcher: Watcher, rate: float, seconds: float) -> float:
    """Publish, and return how long it took until all was told."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        room.publish(int(passed * rate) - room.number)
        time.sleep(0.1)
    until(lambda: is_done(watcher.health(), room.number), 10 * seconds + 60)
    return time.monotonic() - began


def is_done(health: dict[str, Any], articles: int) -> bool:
    """Return whether so many articles are indexed and nothing waits."""
    return health["indexed"] >= articles and not any(health["queue"].values())


def told(watcher: Watcher) -> list[str]:
    """Return the share of alerts that came within each time."""
    address = watcher.said("watching")[-1]["health"]
    with urllib.request.urlopen(f"{address}/metrics", timeout=10) as answer:  # noqa: S310  (our own, on loopback)
        lines = answer.read().decode().splitlines()
    counts = {line.split('"')[1]: float(line.split()[-1]) for line in lines if line.startswith(f"{LAG}_bucket")}
    within = [f"within {limit:>5} s: {n / counts['+Inf']:6.1%}" for limit, n in counts.items() if n < counts["+Inf"]]
    full = next(limit for limit, n in counts.items() if n == counts["+Inf"])
    return [*within, f"within {full:>5} s: all"]


if __name__ == "__main__":
    main(*(float(word) for word in sys.argv[1:3]))
