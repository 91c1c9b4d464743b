"""What the commands do, as plain functions: settings and arguments in, records and tables out."""

import contextlib
import datetime as dt
import json as encoder
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dateutil.parser import isoparse

import samples
from pipelines import console
from pipelines.live import working
from schemas.codec import to_json
from schemas.durations import length_of
from schemas.errors import BadFile, Problem, UserError
from schemas.files import read_text
from schemas.query import Query
from schemas.rules import Rules, check_rules, default_rules, load_rules
from schemas.settings import Settings, load
from schemas.watchlist import Actor, Watchlist, load_watchlist
from schemas.wikidata import is_wikidata
from transforms.clients.opening import open_index
from transforms.events.frames import frames
from transforms.protocols import Index


def settings_of(config: Path | None, index: str) -> Settings:
    """Return the settings, with the index that the command line names."""
    settings = load(config)
    return (
        settings.model_copy(update={"index": settings.index.model_copy(update={"url": index})}) if index else settings
    )


def watchlist_of(files: Sequence[Path]) -> Watchlist:
    """Return the user's watchlist, or the bundled one."""
    try:
        return load_watchlist(*(files or [samples.WATCHLIST]))
    except BadFile as e:
        raise BadFile(_of_wikidata(files) or e.problems) from None


def _of_wikidata(files: Sequence[Path]) -> list[Problem]:
    """Return which of the files are Wikidata's own, told so instead of by every key that a watchlist does not have."""
    told = "Wikidata's entities: `newswatch watchlist import` makes a watchlist of them"
    there = [file for file in files if file.suffix.lower() == ".json" and file.is_file()]
    return [Problem(str(file), 0, told) for file in there if is_wikidata(read_text(file))]


def rules_of(file: Path | None, watchlist: Watchlist) -> Rules:
    """Return the user's rules, or the default ones, bound to the watchlist; their channels can be opened."""
    from transforms.clients.notify import check_channels  # noqa: PLC0415  (Apprise costs an eighth of a second)

    types = event_types()
    found = load_rules(file, watchlist, event_types=types) if file else default_rules()
    rules = check_rules(found, watchlist, event_types=types)
    check_channels(rules)
    return rules


def bundled(watchlist: Sequence[Path], rules: Path | None) -> list[str]:
    """Return what the user should know who gave no watchlist, or no rules."""
    return [
        *([] if watchlist else ["no --watchlist: the bundled one is used (`newswatch actors` shows whom it watches)"]),
        *([] if rules else ["no --rules: the default one is used (what a watched actor says, told here)"]),
    ]


def event_types() -> set[str]:
    """Return every type that an event can be of."""
    words = frames()
    return {*words.verbs.values(), *words.acts.values(), *words.nouns.values()}


def moment(text: str, *, now: dt.datetime) -> dt.datetime | None:
    """Return what `--since` means: nothing, an age before now, or a date; raises UserError."""
    if not text:
        return None
    age = length_of(text.strip())
    try:
        # not `fromisoformat`: in Python 3.10 it takes neither 20250216 nor a Z
        day = now - age if age is not None else isoparse(text.strip())
    except (ValueError, OverflowError):
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
    options: list[str],
) -> int:
    """Run one pass and show its report; returns the exit code. `beam` are arguments for it, `options` our own."""
    from pipelines.beam_options import check_options  # noqa: PLC0415  (Beam costs most of a second)
    from pipelines.passes import run_and_show  # noqa: PLC0415
    from transforms.feeds.sources import feeds_from  # noqa: PLC0415
    from transforms.language.model import choose  # noqa: PLC0415  (brings spaCy)

    settings, actors = settings_of(config, index), watchlist_of(watchlist)
    bound, due = rules_of(rules, actors), feeds_from(feeds)
    check_options(beam, options)
    choose(settings.language.model)
    for notice in bundled(watchlist, rules):
        console.say(notice)
    return run_and_show(due, actors, bound, settings, json=json, beam=beam)


@contextlib.contextmanager
def opened(settings: Settings) -> Iterator[Index]:
    """Give the index as it is: nothing is made where there is none, and that is said."""
    with working("asking the index"), contextlib.closing(open_index(settings, asking=True)) as index:
        yield index


def json_lines(records: Sequence[Any], write: Callable[[str], object] | None = None) -> None:
    """Print each record as one line of JSON."""
    for record in records:
        (write or sys.stdout.write)(console.json_line(to_json(record)) + "\n")


def json_object(value: object) -> None:
    """Print the value as one line of JSON."""
    sys.stdout.write(console.json_line(encoder.dumps(value, ensure_ascii=False)) + "\n")


def actors(watchlist: list[Path], config: Path | None, index: str, *, json: bool) -> None:
    """Print the watched actors with how often the index mentions and quotes them, where there is an index."""
    watched, settings = watchlist_of(watchlist).actors, settings_of(config, index)
    try:
        counts = _counts(settings, watched)
    except UserError as e:
        if index:
            raise
        console.say(f"no counts: {e}")
        counts = [(None, None)] * len(watched)
    heads = ("id", "name", "kind", "mentions", "statements")
    lines = [(a.id, a.name, a.kind, *counted) for a, counted in zip(watched, counts, strict=True)]
    if json:
        for line in lines:
            json_object(dict(zip(heads, line, strict=True)))
    else:
        console.rows(heads, [["" if cell is None else str(cell) for cell in line] for line in lines])


def _counts(settings: Settings, watched: Sequence[Actor]) -> list[tuple[int | None, int | None]]:
    with opened(settings) as asked:
        return [
            (
                asked.count(Query(kind="mentions", actor=actor.id)),
                asked.count(Query(kind="statements", by=actor.id)),
            )
            for actor in watched
        ]
