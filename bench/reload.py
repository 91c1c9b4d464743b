"""How soon a changed watchlist of 100,000 is in force while reading processes are busy: `python -m bench.reload`."""

import contextlib
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench.actors import people
from bench.corpus import articles
from pipelines.reload import Files, Reloading
from pipelines.watch import TEND_S
from schemas.articles import Article
from schemas.settings import Settings
from schemas.watchlist import Actor, Watchlist
from transforms.clock import utc_now
from transforms.reading.kept import KeptReading
from transforms.reading.stage import BATCH

ACTORS, PROCESSES, TURNS = 100_000, 2, 3


def changed(actors: Watchlist, turn: int) -> Watchlist:
    """Return the list with one actor more, one fewer, and one of another name."""
    first, *others = actors.actors[turn:]
    renamed = first.model_copy(update={"name": f"{first.name}ova"})
    return actors.model_copy(update={"actors": (renamed, Actor(id=f"new{turn}", name=f"Ann Newcomer{turn}x"), *others)})


@contextlib.contextmanager
def busy(reading: KeptReading, reloading: Reloading, batch: list[Article]) -> Iterator[list[int]]:
    """Keep the processes reading until the context ends; gives how many articles were read."""
    stop, read = threading.Event(), [0]

    def go() -> None:
        while not stop.is_set():
            read[0] += sum(1 for _ in reading.read(reloading.in_force().spool, batch))

    thread = threading.Thread(target=go)
    thread.start()
    yield read
    stop.set()
    thread.join()


def seconds(reloading: Reloading) -> float:
    """Return how long it takes from the change of the file until the new list is in force, as `watch` looks at it."""
    began = time.monotonic()
    while reloading.check() is None:
        time.sleep(TEND_S)
    assert not reloading.fault, reloading.fault
    return time.monotonic() - began


def main() -> None:
    """Print the seconds of each turn."""
    folder = Path(tempfile.mkdtemp())
    feeds, listed = folder / "feeds.yaml", folder / "actors.json"
    feeds.write_text("feeds: [https://a.test/rss]\n", "utf-8")
    actors = people(ACTORS)
    listed.write_text(actors.model_dump_json(exclude_defaults=True, by_alias=True), "utf-8")
    reading = KeptReading("bundled", PROCESSES)
    began = time.monotonic()
    files = Files(feeds=str(feeds), watchlist=(listed,))
    reloading = Reloading(files, Settings(), reading.hand_out, reading.forget, clock=utc_now)
    print(f"{ACTORS:,} actors: first in force after {time.monotonic() - began:.1f} s")
    with contextlib.closing(reading), busy(reading, reloading, list(articles(BATCH))) as read:
        for turn in range(TURNS):
            time.sleep(5)
            listed.write_text(changed(actors, turn).model_dump_json(exclude_defaults=True, by_alias=True), "utf-8")
            print(f"  changed: in force after {seconds(reloading):.1f} s ({read[0]} articles read meanwhile)")


if __name__ == "__main__":
    main()
