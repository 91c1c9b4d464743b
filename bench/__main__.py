"""`make bench`: every cost as a ratio to spaCy's own, taken in one run; written to bench/RESULTS.md."""

import argparse
import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.table import Row, publish

RESULTS = Path(__file__).with_name("RESULTS.md")
Measure = dict[str, Any]


def measure(what: str, documents: int, processes: int = 1) -> Measure:
    """Return the measures of one run in a process of its own."""
    command = [sys.executable, "-m", "bench.child", what, str(documents), "--processes", str(processes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Measure = json.loads(done.stdout.splitlines()[-1])
    print(f"{what} {documents} documents, {processes} reading processes: {found}", flush=True)
    return found


def run(documents: int, many: int) -> list[Row]:
    """Return (what, figure, mark, met) for each thing measured."""
    raw, tuned, html = (measure(what, documents) for what in ("raw", "tuned", "html"))
    given, two, given_again = (measure("given", documents, processes) for processes in (1, 2, 1))
    raw_again = measure("raw", documents)
    long = measure("given", many, 2)
    floor, cost = ((a["cpu_s"] + b["cpu_s"]) / 2 for a, b in ((raw, raw_again), (given, given_again)))
    one = (given["wall_s"] + given_again["wall_s"]) / 2
    peak = max(m[key] for m in (given, html, two, long) for key in ("main_mb", "reader_mb"))
    flat = max(long["main_mb"] / two["main_mb"], long["reader_mb"] / two["reader_mb"])
    return [
        row("CPU, text given, over raw nlp.pipe", cost / floor, 1.3),
        row("CPU, with HTML extraction, over raw nlp.pipe", html["cpu_s"] / floor, 1.8),
        row("CPU, text given, over nlp.pipe with the faster matrix product that we use", cost / tuned["cpu_s"]),
        row("wall time, two reading processes over one", two["wall_s"] / one, 0.65),
        row("peak memory of a process", peak, 1200, "MB"),
        row(f"peak memory, {many:,} documents over {documents:,}", flat, 1.1),
    ]


def row(what: str, figure: float, mark: float | None = None, unit: str = "×") -> Row:
    """Return a line of the table: what, its figure, the mark if it has one, and whether that is met."""
    shown = f"{figure:.{0 if unit == 'MB' else 2}f} {unit}"
    return what, shown, f"≤ {mark} {unit}" if mark else "", "" if mark is None else "yes" if figure <= mark else "NO"


def main() -> None:
    """Measure and write the results."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=2000)
    arguments.add_argument("--many", type=int, default=20_000)
    chosen = arguments.parse_args()
    rows = run(chosen.documents, chosen.many)
    publish(
        RESULTS,
        f"# What newswatch costs\n\nThe sample articles repeated to {chosen.documents:,} documents ({chosen.many:,} "
        f"for memory), all figures from one run of `make bench`; raw `nlp.pipe` was measured first and last, "
        f"one reading process before and after two.\n"
        f"Python {platform.python_version()}, {platform.machine()}, bundled pipeline.",
        rows,
    )


if __name__ == "__main__":
    main()
