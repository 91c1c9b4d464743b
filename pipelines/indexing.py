"""What `newswatch index` does: upgrade, prune and copy an index."""

import contextlib
import dataclasses as dc
import datetime as dt
import json as encoder
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.options import ENDS, Config, IndexUrl, Json
from schemas.errors import UserError
from transforms.clock import utc_now

if TYPE_CHECKING:
    from schemas.query import Kind
    from transforms.upkeep import Keeper, Tell

app = typer.Typer(
    help="Keep an index: bring it to this version, remove what is old, copy it.\n\n"
    "Example: newswatch index prune --older-than 180d",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def upgrade(
    again: Annotated[bool, typer.Option("--again", help="Remove what a stopped upgrade left, and begin anew.")] = False,
    remove_old: Annotated[bool, typer.Option("--remove-old", help="Remove the versions kept by upgrades.")] = False,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Bring the index to this version of newswatch; readers see the old one until the new one is whole.

    Example: newswatch index upgrade --remove-old

    So with a ledger that stands in Elasticsearch.
    """
    from pipelines import commands
    from transforms.clients.opening import versioned

    done: list[dict[str, Any]] = []
    removed: list[str] = []
    with _working("upgrading") as tell:
        for one in versioned(commands.settings_of(config, index)):
            done += [dc.asdict(upgraded) for upgraded in one.upgrade(again=again, tell=tell)]
            removed += one.remove_old() if remove_old else []
    _show(done, json=json)
    _show([{"removed": name} for name in removed], json=json, only_if_any=True)


@app.command()
def prune(
    older_than: Annotated[str, typer.Option("--older-than", help="An age such as 90d, or a date.")],
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Remove what was first seen before then (alerts: what last matched before then).

    Example: newswatch index prune --older-than 180d

    Of feeds, those go that no pass has had on its list since. The ledger keeps what it has read: pruned articles are
    not fetched again.
    """
    before = _moment(older_than, now=utc_now())
    with _opened(config, index) as keeper, _working("pruning") as tell:
        done = []
        for kind in _kinds(keeper, index):
            tell(kind)
            done.append({"kind": kind, "removed": keeper.prune(kind, before)})
    _show(done, json=json)


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="sqlite:///PATH or an Elasticsearch URL.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The other one; made where it is missing.")],
    config: Config = None,
    json: Json = False,
) -> None:
    """Copy every record from one index to another; to run it again is to go on where it stopped.

    Example: newswatch index copy sqlite:///newswatch.db http://localhost:9200

    User, password and certificates of the settings file go to whichever of the two is a server.
    Ends with 0 where the target has every record, else with 3.
    """
    from transforms.clients.opening import shown
    from transforms.index.copying import copy as copied

    if source == target:
        raise UserError(f"{shown(source)}: cannot be copied to itself")
    with _opened(config, source, asking=True) as of, _opened(config, target) as to, _working("copying") as tell:
        kinds = _kinds(of, source)
        to.prepare()
        done = [copied(of, to, kind, tell=tell) for kind in kinds]
    _show([dc.asdict(one) for one in done], json=json)
    if not all(one.whole for one in done):
        raise typer.Exit(ENDS["mend"])


@contextlib.contextmanager
def _opened(config: Path | None, url: str, *, asking: bool = False) -> "Iterator[Keeper]":
    """Give the index as it stands."""
    from pipelines import commands
    from transforms.clients.opening import open_index

    with contextlib.closing(open_index(commands.settings_of(config, url), asking=asking)) as index:
        yield index


def _kinds(keeper: "Keeper", url: str) -> "list[Kind]":
    """Return the kinds that an index holds; raises UserError where it holds none."""
    from transforms.clients.opening import shown

    found = keeper.kinds()
    if not found:
        raise UserError(f"{shown(url) or 'the index'}: holds nothing of newswatch yet")
    return found


@contextlib.contextmanager
def _working(text: str) -> "Iterator[Tell]":
    """Show on a terminal how far it is."""
    from pipelines.live import working

    with working(text) as shown:
        yield lambda part: shown.update(f"{text}: {part}")


def _moment(text: str, *, now: dt.datetime) -> dt.datetime:
    from pipelines import commands

    try:
        found = commands.moment(text, now=now)
    except UserError as e:
        raise UserError(str(e).replace("--since", "--older-than")) from None
    if found is None:
        raise UserError("--older-than: an age such as 90d, or a date")
    return found


def _show(lines: Iterable[dict[str, Any]], *, json: bool, only_if_any: bool = False) -> None:
    from pipelines import console

    found = list(lines)
    if json:
        sys.stdout.write("".join(encoder.dumps(line) + "\n" for line in found))
    elif found or not only_if_any:
        console.rows(tuple(found[0]), [tuple(str(value) for value in line.values()) for line in found])
