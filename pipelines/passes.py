"""One pass as a person sees it: progress while it runs, then the alerts and the report."""

import contextlib
import json as encoder
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import get_args

from pipelines import console
from pipelines.cli import ENDS
from pipelines.run import Job, Report, run_once
from schemas.records import Feed, Stage
from schemas.rules import Rules
from schemas.settings import Settings
from schemas.watchlist import Watchlist
from transforms.clients.opening import open_ledger


def run_and_show(
    feeds: tuple[Feed, ...],
    watchlist: Watchlist,
    rules: Rules,
    settings: Settings,
    *,
    json: bool = False,
    beam: Sequence[str] = (),
) -> int:
    """Run one pass and print its report; returns the exit code."""
    job = Job(feeds=feeds, watchlist=watchlist, rules=rules, settings=settings)
    with progress(settings, len(feeds)):
        report = run_once(job, beam_args=beam)
    if json:
        sys.stdout.write(encoder.dumps({"run": report.run, "seconds": report.seconds, "counts": report.counts}) + "\n")
    else:
        show(report)
    return ENDS["mend"] if report.to_mend() else ENDS["ok"]


@contextlib.contextmanager
def progress(settings: Settings, feeds: int) -> Iterator[None]:
    """Show how many of the pass's entries are done, read from the ledger twice a second."""
    with console.working(f"polling {feeds} feeds") as update:
        done = threading.Event()
        watcher = threading.Thread(target=_follow, args=(settings, done, update), daemon=True)
        if console.err.is_terminal:
            watcher.start()
        try:
            yield
        finally:
            done.set()
            if watcher.is_alive():
                watcher.join(timeout=2)


def _follow(settings: Settings, done: threading.Event, update: console.Update) -> None:
    with contextlib.closing(open_ledger(settings)) as ledger:
        while not done.wait(0.5):
            unsettled, settled = ledger.progress()
            update(f"{unsettled} articles to read; {settled} done so far, earlier passes included")


STAGES = [stage for stage in get_args(Stage) if stage not in {"settle", "index-failures"}]


def show(report: Report) -> None:
    """Print what became of every element, and what the user has to mend."""
    lines = [
        (stage, str(report.counts[stage].get("ok", 0)), _failed(report, stage))
        for stage in STAGES
        if stage in report.counts
    ]
    console.rows(("stage", "ok", "failed"), lines, title=f"This pass took {report.seconds:.1f} s")
    for wrong in report.to_mend():
        console.say(f"to mend: {wrong}")


def _failed(report: Report, stage: str) -> str:
    reasons = {reason: n for (at, reason), n in report.failures().items() if at == stage}
    return ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items())) or "0"
