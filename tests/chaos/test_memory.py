"""Memory of a watch over many documents: flat, by the slope of what its processes hold.

`make soak` takes `NEWSWATCH_SOAK_DOCUMENTS` (100,000 by default), of which one in `NEWSWATCH_SOAK_ENGLISH` is parsed
(1: all, for hours), of `NEWSWATCH_SOAK_SENTENCES` (25) sentences; CI takes fewer, of which few are parsed.
"""

import math
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.chaos.watcher import Watcher, children, told, until
from tests.fakes.newsroom import LONG, Office, newsroom

DOCUMENTS = int(os.environ.get("NEWSWATCH_SOAK_DOCUMENTS", "100000"))
ENGLISH = int(os.environ.get("NEWSWATCH_SOAK_ENGLISH", "1"))
SENTENCES = int(os.environ.get("NEWSWATCH_SOAK_SENTENCES", str(LONG)))
POINTS = 24
AT_ONCE = 1_000
"""Articles that wait to be read at most."""

SPARE = 50
"""Articles beyond those that are waited for: one or the other may come late on a busy machine."""

GROWING = 400
"""Documents over which processes come to their size, whatever comes after."""

LOADED_MB = 100
"""What a process that reads holds at least, once it has its model."""

OUTLETS, EVERY_S = 40, 20

Point = tuple[int, float]
"""After how many documents, megabytes."""


def slope(points: Sequence[Point]) -> float:
    """Megabytes a thousand documents, after the first of them, over which processes come to their size."""
    late = [point for point in points[len(points) // 3 :] if point[0] > GROWING]
    n, x_mean, y_mean = len(late), sum(x for x, _ in late) / len(late), sum(y for _, y in late) / len(late)
    assert n > 2
    above = sum((x - x_mean) * (y - y_mean) for x, y in late)
    return 1000 * above / sum((x - x_mean) ** 2 for x, _ in late)


def grown(documents: int, *, a_document_kb: float) -> list[Point]:
    """What a process would show that comes to its size, is noisy, and keeps so much of every document."""
    chance = random.Random(1)
    step = documents // POINTS
    return [
        (n, 250 - 60 * math.exp(-12 * n / documents) + chance.gauss(0, 1.5) + n * a_document_kb / 1024)
        for n in range(step, documents + 1, step)
    ]


@pytest.mark.parametrize(("documents", "allowed", "leak_kb"), [(1_000, 35.0, 50.0), (100_000, 0.2, 0.4)])
def test_the_slope_tells_a_leak_from_noise(documents: int, allowed: float, leak_kb: float) -> None:
    assert slope(grown(documents, a_document_kb=0)) < allowed
    assert slope(grown(documents, a_document_kb=leak_kb)) > allowed


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.timeout(12 * 3600)
@pytest.mark.xdist_group("soak")
@pytest.mark.parametrize(
    ("documents", "english", "sentences", "allowed"),
    [
        (1_000, 60, 4 * LONG, 35.0),  # busy machines showed 2 to 18; pages that were kept, tried once, 66
        pytest.param(DOCUMENTS, ENGLISH, SENTENCES, 0.2, marks=pytest.mark.soak),
    ],
)
def test_memory_is_flat_over_many_documents(
    documents: int, english: int, sentences: int, allowed: float, tmp_path: Path
) -> None:
    with newsroom(OUTLETS) as room:
        room.english, room.sentences = english, sentences
        office = Office(tmp_path)
        watcher = Watcher(office, office.files(room.bases, every=EVERY_S, timeout=5, processes=1))
        points: dict[str, list[Point]] = {"main": [], "reader": []}
        try:
            watcher.start()
            began = time.monotonic()
            for goal in range(documents // POINTS, documents + 1, documents // POINTS):
                while (done := watcher.health()["indexed"]) < goal:
                    room.publish(max(0, min(AT_ONCE - (room.number - done), documents + SPARE - room.number)))
                    time.sleep(0.3)
                until(lambda: held(watcher)["reader"] > LOADED_MB, 120)  # it is replaced now and then
                for name, megabytes in held(watcher).items():
                    points[name].append((done, megabytes))
                tell(watcher, done, time.monotonic() - began, points)
            assert watcher.stop() < 10
        finally:
            watcher.end()
    assert {name: rate for name, of in points.items() if (rate := slope(of)) > allowed} == {}, points


def tell(watcher: Watcher, done: int, seconds: float, points: dict[str, list[Point]]) -> None:
    """Tell how it stands: of a run that somebody ends, that is what there is."""
    assert watcher.process is not None
    last = ", ".join(f"{name} {of[-1][1]:.0f}" for name, of in points.items())
    rates = ", ".join(f"{slope(of):.3f}" for of in points.values()) if len(points["main"]) > POINTS // 2 else "-"
    files = len(list(Path(f"/proc/{watcher.process.pid}/fd").iterdir()))
    sys.stdout.write(
        f"{done} documents in {seconds:.0f} s, MB: {last}; MB a thousand so far: {rates}; {files} open files\n"
    )
    sys.stdout.flush()


def held(watcher: Watcher) -> dict[str, float]:
    """Megabytes that the main process holds, and its largest child: the one that reads."""
    assert watcher.process is not None
    main = watcher.process.pid
    return {"main": resident(str(main)), "reader": max(map(resident, children(main)), default=0.0)}


def resident(pid: str) -> float:
    lines = told(f"/proc/{pid}/status").decode("ascii").splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)  # one that has ended
