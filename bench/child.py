"""One measured run in a process of its own: what it was, its CPU and wall seconds and peak memory, as JSON.

Light at the top, as `newswatch` itself: a reading process imports its parent's main module.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator


def usage() -> Iterator[tuple[str, float]]:
    """Yield CPU seconds and peak memory, of this process and of its children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    yield "main_s", own.ru_utime + own.ru_stime
    yield "cpu_s", own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    yield "main_mb", own.ru_maxrss / 1024
    yield "reader_mb", children.ru_maxrss / 1024


def main() -> None:
    """Run what the arguments say and print the measures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", choices=["raw", "tuned", "given", "html", "news"])
    arguments.add_argument("documents", type=int)
    arguments.add_argument("--processes", type=int, default=1)
    chosen = arguments.parse_args()
    started = time.monotonic()
    from bench.measured import pipeline, raw  # noqa: PLC0415  (heavy)

    if chosen.what == "raw":
        raw(chosen.documents, tuned=False)
    elif chosen.what == "tuned":
        raw(chosen.documents, tuned=True)
    else:
        pipeline(chosen.documents, processes=chosen.processes, source=chosen.what)
    for reader in multiprocessing.active_children():
        reader.join()  # it ends by itself; what it took is known then
    found = dict(usage()) | {"wall_s": time.monotonic() - started}
    sys.stdout.write(json.dumps({**vars(chosen), **found}) + "\n")


if __name__ == "__main__":
    main()
