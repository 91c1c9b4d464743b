"""Watchlists from and to what people have: tables, Wikidata's files, other lists."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from pipelines import console
from pipelines.commands import json_object, watchlist_of
from pipelines.options import ENDS
from schemas.errors import BadFile, Problem, UserError
from schemas.files import read_text
from schemas.names import LeftOut
from schemas.table import load_table
from schemas.watchlist import Watchlist, load_watchlist
from schemas.watchlist_text import Format, as_text
from schemas.wikidata import is_wikidata, load_wikidata

SUFFIXES: dict[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv"}
TABLES = {".csv", ".tsv", ".tab"}
SHOWN = 20
"""Aliases that were left out, told one by one; of more the number is told."""


class Taken(NamedTuple):
    """A list made of a file, and what of the file is not in it."""

    watchlist: Watchlist
    left_out: Sequence[LeftOut] = ()
    columns: Sequence[str] = ()


def import_list(file: Path, out: Path | None, *, one_word: bool, force: bool, json: bool) -> int:
    """Write the file's actors as a watchlist, and tell what was left out; returns the exit code."""
    form = form_of(out) if out else "yaml"
    _must_be_free(out, force=force)
    taken = read_list(file, one_word=one_word)
    text = as_text(taken.watchlist, form)
    if out:
        written(out, text)
    if json:
        json_object(_summary(taken, out))
    else:
        if not out:
            sys.stdout.write(text)
        tell(taken, out)
    return ENDS["ok"]


def read_list(file: Path, *, one_word: bool) -> Taken:
    """Return the actors of a table, a Wikidata file or a watchlist; raises BadFile."""
    suffix = file.suffix.lower()
    if suffix in TABLES:
        table = load_table(file)
        return Taken(table.watchlist, columns=table.unknown)
    if suffix in {".json", ".jsonl", ".ndjson"} and is_wikidata(read_text(file)):
        found = load_wikidata(file, one_word=one_word)
        return Taken(Watchlist(actors=found.actors), found.left_out)
    if suffix in SUFFIXES:
        return Taken(load_watchlist(file))
    raise BadFile([Problem(str(file), 0, "neither a table (.csv, .tsv), nor .json, .jsonl or .yaml")])


def export_list(files: Sequence[Path], form: str, out: Path | None, *, force: bool) -> int:
    """Write the watchlist in that form; returns the exit code."""
    known = _known(form)
    _must_be_free(out, force=force)
    watchlist = watchlist_of(files)
    text = as_text(watchlist, known)
    if out:
        written(out, text)
    else:
        sys.stdout.write(text)
    for line in _lost(watchlist, known):
        console.say(line)
    return ENDS["ok"]


def _known(form: str) -> Format:
    found: Format | None = next((known for known in get_args(Format) if known == form), None)
    if found is None:
        raise UserError(f"--format {form!r}: it is one of {', '.join(get_args(Format))}")
    return found


def _lost(watchlist: Watchlist, form: Format) -> list[str]:
    """Return what the form has no place for."""
    if form == "csv" and (watchlist.groups or watchlist.note):
        return [f"a CSV has no place for groups and note: left out {', '.join(watchlist.groups) or 'the note'}"]
    without = sum(not actor.wikidata for actor in watchlist.actors)
    if form == "wikidata-ids" and without:
        return [f"{without} of {len(watchlist.actors)} actors have no `wikidata` and are left out"]
    return []


def form_of(out: Path) -> Format:
    """Return the form that the file's name asks for; raises UserError."""
    if out.suffix.lower() not in SUFFIXES:
        raise UserError(f"--out {out}: its name ends in none of {', '.join(SUFFIXES)}")
    return SUFFIXES[out.suffix.lower()]


def _must_be_free(out: Path | None, *, force: bool) -> None:
    if out and out.exists() and not force:
        raise UserError(f"--out {out}: is there already; --force writes over it")


def written(out: Path, text: str) -> None:
    """Write the file whole or not at all: a running newswatch may be reading it."""
    part = out.with_name(f"{out.name}.part")
    try:
        part.write_text(text, "utf-8", newline="\n")
        part.replace(out)
    except OSError as e:
        raise UserError(f"--out {out}: {e.strerror}", transient=True) from None


def tell(taken: Taken, out: Path | None) -> None:
    """Tell on stderr what was made, and what was left out."""
    for one in taken.left_out[:SHOWN]:
        console.say(f"left out: {one.actor}: {one.alias}: {one.why}")
    if len(taken.left_out) > SHOWN:
        console.say(f"left out: {len(taken.left_out) - SHOWN} more aliases (--json has them all)")
    if any("one word" in one.why for one in taken.left_out):
        console.say("--one-word takes those of one word too")
    if taken.columns:
        console.say(f"left out: columns that a watchlist does not have: {', '.join(taken.columns)}")
    if out:
        number = len(taken.watchlist.actors)
        console.say(f"{out}: {number} actor{'' if number == 1 else 's'}; `newswatch check --watchlist {out}` checks it")


def _summary(taken: Taken, out: Path | None) -> dict[str, object]:
    actors = [actor.model_dump(mode="json", by_alias=True, exclude_defaults=True) for actor in taken.watchlist.actors]
    return {
        "out": str(out) if out else None,
        "actors": len(actors) if out else actors,
        "left_out": [one._asdict() for one in taken.left_out],
        "columns_left_out": list(taken.columns),
    }
