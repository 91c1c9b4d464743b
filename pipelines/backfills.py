"""A backfill as a person sees it: progress while it runs, then what it added."""

import contextlib
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pipelines import console
from pipelines.backfill import Asked, Told, run_backfill
from pipelines.commands import bundled, json_object, moment, rules_of, settings_of, watchlist_of
from pipelines.live import Working, followed
from pipelines.options import ENDS
from pipelines.stopped import at_once
from schemas.errors import UserError
from schemas.query import Query
from schemas.rule import nearest
from schemas.rules import Rules
from schemas.watchlist import Watchlist
from transforms.backfill.stage import Wanted
from transforms.clients.opening import open_index, open_ledger
from transforms.clock import utc_now
from transforms.language.model import choose

LINES = {
    "looked": "articles looked through",
    "candidates": "of them read again, for a name of an actor stands in them",
    "documents": "articles changed",
    "mentions": "mentions added or changed",
    "uncertain": "uncertain mentions added or changed",
    "statements": "statements with the actor as speaker or subject",
    "events": "events with the actor",
    "removed": "mentions of the actor that today's list no longer takes for one, removed",
    "contested": "places left to another actor, whose mention stands there already",
}
"""What is counted, in the words and the order in which it is told."""


def backfill(
    *,
    watchlist: Sequence[Path],
    actors: Sequence[str],
    since: str,
    alert: bool,
    rules: Path | None,
    index: str,
    config: Path | None,
    json: bool,
) -> int:
    """Run the backfill and show what it added; returns the exit code."""
    settings, watched = settings_of(config, index), watchlist_of(watchlist)
    asked = Asked(
        watchlist=watched,
        actors=_known(actors, watched),
        since=moment(since, now=utc_now()),
        since_text=since,
        rules=_rules(rules, watched, alert=alert),
        settings=settings,
    )
    choose(settings.language.model)
    for notice in bundled(watchlist, rules if alert else Path()):
        console.say(notice)
    follow = partial(_follow, asked)
    with followed("looking through the index", follow), at_once("; the same command goes on from there"):
        told = run_backfill(asked)
    _show(told, json=json)
    for reason in told.to_mend():
        console.say(f"to mend: {reason}: see the failures, and run it again")
    return ENDS["mend"] if told.to_mend() else ENDS["ok"]


def _known(actors: Sequence[str], watched: Watchlist) -> frozenset[str]:
    for actor in actors:
        if actor not in watched.by_id:
            raise UserError(f"--actor: the watchlist has no {actor!r}{nearest(actor, set(watched.by_id))}")
    return frozenset(actors)


def _rules(file: Path | None, watched: Watchlist, *, alert: bool) -> Rules | None:
    if file and not alert:
        raise UserError("--rules: nobody is alerted without --alert")
    return rules_of(file, watched) if alert else None


def _follow(asked: Asked, done: threading.Event, shown: Working) -> None:
    """Show how far the backfill is, read from its bookmarks twice a second."""
    # what cannot be told now, the backfill itself will
    with contextlib.suppress(UserError):
        with contextlib.closing(open_index(asked.settings)) as index:
            number = index.count(Query(kind="documents"))
        with contextlib.closing(open_ledger(asked.settings)) as ledger:
            wanted: Wanted = asked.wanted
            while not done.wait(0.5):
                place = max(ledger.bookmark(wanted.looked), ledger.bookmark(wanted.task))
                shown.update(f"looking through {number} articles: {share(place):.0%} done")


def share(place: str) -> float:
    """Return how much of all ids comes before that one: they are hashes, and so spread evenly."""
    head = place[:8]
    return int(head, 16) / 16 ** len(head) if head and all(c in "0123456789abcdef" for c in head) else 0.0


def _show(told: Told, *, json: bool) -> None:
    failed = {f"{stage}/{reason}": n for stage, found in told.stages.items() for reason, n in found.items()}
    failed = {name: n for name, n in failed.items() if not name.endswith("/ok")}
    alerts = told.stages.get("notify", {}).get("ok", 0)
    if json:
        counted = {name: told.added[name] for name in LINES}
        json_object({**counted, "alerts": alerts, "failed": failed, "seconds": round(told.seconds, 1)})
        return
    shown = [(str(told.added[name]), says) for name, says in LINES.items()]
    shown += [(str(alerts), "alerts")] if "judge" in told.stages else []
    shown += [(str(n), f"failed: {name}") for name, n in failed.items()]
    title = f"This backfill took {told.seconds:.1f} s"
    console.rows(("n", "what"), [row for row in shown if row[0] != "0"] or shown[:1], title=title)
