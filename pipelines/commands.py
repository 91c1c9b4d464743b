"""What the commands do, as plain functions: settings and arguments in, records and tables out."""

import contextlib
import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import samples
from pipelines import console
from schemas.codec import to_json
from schemas.errors import UserError
from schemas.query import Kind, Query
from schemas.records import KINDS, Failure
from schemas.rules import Rules, check_rules, default_rules, load_rules
from schemas.settings import Settings, load
from schemas.watchlist import Watchlist, load_watchlist
from transforms.clients.opening import open_index, open_ledger
from transforms.events.frames import frames
from transforms.protocols import Index

AGE = re.compile(r"(\d+)\s*([smhdw])")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def settings_of(config: Path | None, index: str) -> Settings:
    """Return the settings, with the index that the command line names."""
    settings = load(config)
    return (
        settings.model_copy(update={"index": settings.index.model_copy(update={"url": index})}) if index else settings
    )


def watchlist_of(files: Sequence[Path]) -> Watchlist:
    """Return the user's watchlist, or the bundled one."""
    return load_watchlist(*(files or [samples.WATCHLIST]))


def rules_of(file: Path | None, watchlist: Watchlist) -> Rules:
    """Return the user's rules, or the default ones, bound to the watchlist; their channels can be opened."""
    from transforms.clients.notify import check_channels  # noqa: PLC0415  (Apprise costs an eighth of a second)

    words = frames()
    types = {*words.verbs.values(), *words.acts.values(), *words.nouns.values()}
    rules = check_rules(load_rules(file) if file else default_rules(), watchlist, event_types=types)
    check_channels(rules)
    return rules


def moment(text: str, *, now: dt.datetime) -> dt.datetime | None:
    """Return what `--since` means: nothing, an age before now, or a date; raises UserError."""
    if not text:
        return None
    age = AGE.fullmatch(text.strip())
    if age:
        return now - dt.timedelta(seconds=int(age[1]) * SECONDS[age[2]])
    try:
        day = dt.datetime.fromisoformat(text)
    except ValueError:
        raise UserError(f"--since {text!r}: neither a date (2025-02-16) nor an age (24h, 7d)") from None
    return day if day.tzinfo else day.replace(tzinfo=dt.timezone.utc)


def run(
    *,
    feeds: str,
    watchlist: list[Path],
    rules: Path | None,
    index: str,
    config: Path | None,
    json: bool,
    beam: list[str],
) -> int:
    """Run one pass and show its report; returns the exit code."""
    from pipelines.passes import run_and_show  # noqa: PLC0415  (Beam costs most of a second)
    from transforms.feeds.sources import feeds_from  # noqa: PLC0415

    settings = settings_of(config, index)
    actors = watchlist_of(watchlist)
    return run_and_show(feeds_from(feeds), actors, rules_of(rules, actors), settings, json=json, beam=beam)


@contextlib.contextmanager
def opened(settings: Settings) -> Iterator[Index]:
    """Give the index, ready to be asked."""
    with contextlib.closing(open_index(settings)) as index:
        index.prepare()
        yield index


def find(kind: Kind, config: Path | None, index: str, *, json: bool, since: str = "", **asked: Any) -> None:
    """Print the records that fit, as a table or as JSON lines."""
    query = Query(kind=kind, since=moment(since, now=dt.datetime.now(dt.timezone.utc)), **asked)
    with opened(settings_of(config, index)) as found_in:
        records = found_in.find(query)
    show(records, KINDS[kind], json=json)


def show(records: Sequence[Any], kind: type[Any], *, json: bool) -> None:
    """Print records as JSON lines or as a table."""
    if json:
        json_lines(records)
    else:
        console.table(records, kind)


def json_lines(records: Sequence[Any], write: Callable[[str], object] = sys.stdout.write) -> None:
    """Print each record as one line of JSON."""
    for record in records:
        write(to_json(record) + "\n")


def replay(config: Path | None, index: str, *, reason: str, json: bool) -> None:
    """Make failed entries due again, and say how many."""
    settings = settings_of(config, index)
    with opened(settings) as failed_in:
        failures = [f for f in failed_in.find(Query(kind="failures", limit=10_000)) if isinstance(f, Failure)]
    wanted = sorted({f.entry for f in failures if f.entry and reason in {"", f.reason}})
    with contextlib.closing(open_ledger(settings)) as ledger:
        reopened = ledger.reopen(wanted)
    if json:
        sys.stdout.write(f'{{"reopened": {reopened}}}\n')
    else:
        console.say(f"{reopened} entries will be taken up by the next run")


def actors(watchlist: list[Path], config: Path | None, index: str, *, json: bool) -> None:
    """Print the watched actors with how often the index mentions and quotes them."""
    watched = watchlist_of(watchlist)
    settings = settings_of(config, index)
    with opened(settings) as asked:
        lines = [
            (
                actor.id,
                actor.name,
                actor.kind,
                asked.count(Query(kind="mentions", actor=actor.id)),
                asked.count(Query(kind="statements", by=actor.id)),
            )
            for actor in watched.actors
        ]
    heads = ("id", "name", "kind", "mentions", "statements")
    if json:
        import json as encoder  # noqa: PLC0415  (the option's name hides the module)

        sys.stdout.write("".join(encoder.dumps(dict(zip(heads, line, strict=True))) + "\n" for line in lines))
    else:
        console.rows(heads, [tuple(str(value) for value in line) for line in lines])
