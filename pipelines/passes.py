"""One pass as a person sees it: progress while it runs, then the report and what failed."""

import contextlib
import datetime as dt
import threading
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import get_args

from pipelines import console
from pipelines.commands import json_object
from pipelines.live import Working, followed
from pipelines.options import ENDS
from pipelines.pace import Pace
from pipelines.run import Job, Report, run_once
from pipelines.stopped import at_once
from pipelines.tables import failure_row
from schemas.codec import from_json
from schemas.errors import UserError
from schemas.failures import Failure, Stage
from schemas.feeds import Feed
from schemas.rules import Rules
from schemas.settings import Settings
from schemas.watchlist import Watchlist
from transforms.alerts.waits import Waits
from transforms.clients.dead_letters import DeadLetters
from transforms.clients.opening import open_ledger
from transforms.clock import utc_now
from transforms.protocols import Ledger

STAGES = [stage for stage in get_args(Stage) if stage not in {"settle", "index-failures"}]


def run_and_show(
    feeds: tuple[Feed, ...],
    watchlist: Watchlist,
    rules: Rules,
    settings: Settings,
    *,
    json: bool = False,
    beam: Sequence[str] = (),
    failures: bool = True,
) -> int:
    """Run one pass and print its report, with or without the failures; returns the exit code."""
    job = Job(feeds=feeds, watchlist=watchlist, rules=rules, settings=settings)
    letters = Path(settings.failures.file)
    with contextlib.closing(DeadLetters(settings.failures.file)):  # that it cannot be written is better told now
        before = letters.stat().st_size
    follow = partial(_follow, settings, feeds)
    with followed(f"polling {len(feeds)} feeds", follow), at_once("; the next run takes up what is left"):
        report = run_once(job, beam_args=beam)
    failed = written_since(letters, before)
    wrong = [_with_detail(line, failed) for line in report.to_mend()]
    if json:
        told = {"run": report.run, "seconds": round(report.seconds, 1), "counts": report.counts}
        waiting = [one._asdict() | {"until": one.until and one.until.isoformat()} for one in report.waits]
        json_object(told | {"to_mend": wrong, "waiting": waiting})
    else:
        show(report, failed if failures else [])
    for one in report.waits:
        console.say(_waiting(one))
    for line in wrong:
        console.say(f"to mend: {line}")
    return ENDS["mend"] if wrong else ENDS["ok"]


def _follow(settings: Settings, feeds: Sequence[Feed], done: threading.Event, shown: Working) -> None:
    """Show how far the pass is, read from the ledger twice a second, and of many feeds less often."""
    began, pace = utc_now(), Pace(0.5)
    # what the ledger cannot tell now, the pass itself will
    with contextlib.suppress(UserError), contextlib.closing(open_ledger(settings)) as ledger:
        _, before = ledger.progress()
        while not done.wait(0.5):
            if pace.is_due():
                with pace.look():
                    shown.update(f"{_polled(ledger, feeds, began)}; {_read(ledger, before)}")


def _polled(ledger: Ledger, feeds: Sequence[Feed], began: dt.datetime) -> str:
    wanted = {feed.url for feed in feeds}
    asked = sum(1 for f in ledger.feeds() if f.url in wanted and f.polled and f.polled >= began)
    return f"feeds: {asked} of {len(wanted)} asked"


def _read(ledger: Ledger, before: int) -> str:
    unsettled, settled = ledger.progress()
    return f"articles: {settled - before} of {settled - before + unsettled} done"


def written_since(letters: Path, before: int) -> list[Failure]:
    """Return the failures that stand in the file after its first bytes."""
    if not letters.is_file():
        return []
    with letters.open("rb") as file:
        file.seek(before)
        return [from_json(Failure, line) for line in file]


def _waiting(one: Waits) -> str:
    number = "1 notice waits" if one.notices == 1 else f"{one.notices} notices wait"
    until = f"until {one.until:%Y-%m-%d %H:%M} UTC" if one.until else "for ever"
    return f"{number} for {one.channel} {until} ({one.why}); a run after that sends what is due"


def show(report: Report, failed: Sequence[Failure]) -> None:
    """Print what became of every element, and one failure of each sort."""
    lines = [
        (stage, str(report.counts[stage].get("ok", 0)), _failed(report, stage))
        for stage in STAGES
        if stage in report.counts
    ]
    console.rows(("stage", "ok", "failed"), lines, title=f"This pass took {report.seconds:.1f} s")
    if failed:
        console.rows(("stage", "reason", "n", "what", "detail"), _sorts(failed), title="What failed, one of each sort")


def _with_detail(line: str, failed: Sequence[Failure]) -> str:
    """Return the line with what the first such failure tells; its reason stands first."""
    first = next((f for f in failed if f.reason == line.partition(":")[0]), None)
    return line if first is None else f"{first.reason}: {failure_row(first)[3]} ({first.element})"


def _failed(report: Report, stage: str) -> str:
    reasons = {reason: n for (at, reason), n in report.failures().items() if at == stage}
    return ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items())) or "0"


def _sorts(failed: Sequence[Failure]) -> list[console.Row]:
    first = {(f.stage, f.reason): f for f in reversed(failed)}
    number = Counter((f.stage, f.reason) for f in failed)
    rows = [(number[sort], failure_row(first[sort])) for sort in sorted(first, key=lambda s: STAGES.index(s[0]))]
    return [(stage, reason, str(n), what, detail) for n, (stage, reason, what, detail) in rows]
