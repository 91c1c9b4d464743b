"""What `newswatch counts` does: how many records of a kind were first seen in each hour, day or week."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from pipelines.options import Config, IndexUrl, Json, Outlet, RulesFile, Since, WatchlistFiles
from schemas.errors import UserError
from schemas.query import Every, Kind
from transforms.clock import utc_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.known import Lists
    from schemas.query import Period

app = typer.Typer(rich_markup_mode=None)

BAR = 60
"""The longest bar, in characters."""


@app.command()
def counts(
    kind: Annotated[str, typer.Argument(help="documents, statements, mentions, events, alerts, failures or feeds.")],
    words: Annotated[str, typer.Option("--words", help='Words that all must be there; "in quotes" is a phrase.')] = "",
    every: Annotated[str, typer.Option("--every", help="hour, day or week.")] = "day",
    by: Annotated[str, typer.Option("--by", help="Who speaks or acts: an actor's id, or words of the name.")] = "",
    about: Annotated[str, typer.Option("--about", help="Whom it is about: an actor's id, or words.")] = "",
    actor: Annotated[
        str,
        typer.Option(
            "--actor", help="Only what has this actor: an id (of statements and events, words of a name too)."
        ),
    ] = "",
    type_: Annotated[str, typer.Option("--type", help="Only this type, rule, reason or state.")] = "",
    since: Since = "",
    outlet: Outlet = "",
    watchlist: WatchlistFiles = None,
    rules: RulesFile = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Count over time: how many records newswatch first saw in each hour, day or week.

    Example: newswatch counts mentions --actor keith-kellogg --every week

    Periods are of UTC, weeks begin on Monday; those without any are counted too, from the first to the last.
    """
    from pipelines.known import Lists

    asked = {"words": words, "by": by, "about": about, "actor": actor, "type": type_, "outlet": outlet}
    lists = Lists(watchlist or (), rules)
    of, by_every = _one_of(kind, get_args(Kind)), _one_of(every, get_args(Every))
    show(of, by_every, config, index, since=since, json=json, lists=lists, **asked)


def show(
    kind: Kind, every: Every, config: Path | None, index: str, *, since: str, json: bool, lists: "Lists", **asked: Any
) -> None:
    """Print the periods, as a table or as JSON lines."""
    from pipelines import commands, console
    from pipelines.known import check_type, checked
    from schemas.query import Query
    from transforms.index.periods import without_gaps

    check_type(kind, asked["type"])
    query = Query(kind=kind, since=commands.moment(since, now=utc_now()), **asked)
    with commands.opened(commands.settings_of(config, index)) as found_in:
        query = checked(query, found_in, lists)
        periods = list(without_gaps(found_in.over_time(query, every), every))
    if json:
        for period in periods:
            commands.json_object({"since": f"{period.since:%Y-%m-%dT%H:%M:%SZ}", "records": period.records})
    else:
        console.rows((every, kind, ""), _rows(periods, every))


def _one_of(given: str, known: tuple[Any, ...]) -> Any:
    from schemas.rule import nearest

    if given not in known:
        raise UserError(f"{given!r} is none of {', '.join(known)}{nearest(given, known)}")
    return given


def _rows(periods: "Sequence[Period]", every: Every) -> list[tuple[str, str, str]]:
    most = max((period.records for period in periods), default=0)
    form = "%Y-%m-%d %H:00" if every == "hour" else "%Y-%m-%d"
    return [(f"{p.since:{form}}", str(p.records), "█" * -(-p.records * BAR // most)) for p in periods]
