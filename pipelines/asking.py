"""The commands that ask the index; heavy imports stand inside."""

from typing import Annotated, Any

import typer

from pipelines.options import Config, IndexUrl, Json, Limit, Outlet, RulesFile, Since, WatchlistFiles

app = typer.Typer(rich_markup_mode=None)


@app.command()
def statements(
    by: Annotated[str, typer.Option("--by", help="Who speaks: an actor's id, or words of the name.")] = "",
    about: Annotated[
        str, typer.Option("--about", help="Whom it is about: an actor's id, or words of the content.")
    ] = "",
    since: Since = "",
    outlet: Outlet = "",
    limit: Limit = 50,
    watchlist: WatchlistFiles = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show who said what.

    Example: newswatch statements --by keith-kellogg --since 7d
    """
    from pipelines import finding
    from pipelines.known import Lists

    asked: dict[str, Any] = {"by": by, "about": about, "since": since, "outlet": outlet, "limit": limit}
    finding.find("statements", config, index, json=json, lists=Lists(watchlist or ()), **asked)


@app.command()
def mentions(
    actor: Annotated[str, typer.Argument(help="The actor's id; all actors without.")] = "",
    since: Since = "",
    outlet: Outlet = "",
    limit: Limit = 50,
    uncertain: Annotated[bool, typer.Option("--uncertain", help="Also those that are not sure.")] = False,
    form: Annotated[str, typer.Option("--form", help="Only this form: name, alias, role or pronoun.")] = "",
    watchlist: WatchlistFiles = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show where a watched actor is mentioned, and why newswatch takes it for that actor.

    Example: newswatch mentions keith-kellogg --uncertain
    """
    from pipelines import finding
    from pipelines.known import Lists

    asked: dict[str, Any] = {"actor": actor, "type": form, "since": since, "outlet": outlet, "limit": limit}
    finding.find("mentions", config, index, json=json, lists=Lists(watchlist or ()), uncertain=uncertain, **asked)


@app.command()
def events(
    actor: Annotated[
        str, typer.Option("--actor", help="Only events with this actor: an id, or words of the name.")
    ] = "",
    type_: Annotated[str, typer.Option("--type", help="Only this type: meet, travel, appoint, ...")] = "",
    since: Since = "",
    outlet: Outlet = "",
    limit: Limit = 50,
    watchlist: WatchlistFiles = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show who did what to whom, where and when.

    Example: newswatch events --type travel --actor keith-kellogg
    """
    from pipelines import finding
    from pipelines.known import Lists

    asked: dict[str, Any] = {"actor": actor, "type": type_, "since": since, "outlet": outlet, "limit": limit}
    finding.find("events", config, index, json=json, lists=Lists(watchlist or ()), **asked)


@app.command()
def alerts(
    actor: Annotated[str, typer.Option("--actor", help="Only alerts about this actor: its id.")] = "",
    rule: Annotated[str, typer.Option("--rule", help="Only alerts of this rule: its id.")] = "",
    since: Since = "",
    limit: Limit = 50,
    watchlist: WatchlistFiles = None,
    rules: RulesFile = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show the alerts: which rule, which sentence, who.

    Example: newswatch alerts --since 24h
    """
    from pipelines import finding
    from pipelines.known import Lists

    lists = Lists(watchlist or (), rules)
    finding.find("alerts", config, index, json=json, lists=lists, actor=actor, type=rule, since=since, limit=limit)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help='Words that all must be there; "in quotes" is a phrase.')],
    since: Since = "",
    outlet: Outlet = "",
    limit: Limit = 20,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Search the articles' text.

    Example: newswatch search ceasefire talks --since 7d
    """
    from pipelines import finding

    finding.find("documents", config, index, json=json, words=" ".join(words), since=since, outlet=outlet, limit=limit)


@app.command()
def failures(
    reason: Annotated[str, typer.Option("--reason", help="Only failures of this reason.")] = "",
    since: Since = "",
    limit: Limit = 50,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show what could not pass, and why.

    Example: newswatch failures --since 24h
    """
    from pipelines import finding

    finding.find("failures", config, index, json=json, type=reason, since=since, limit=limit)


@app.command()
def actors(watchlist: WatchlistFiles = None, index: IndexUrl = "", config: Config = None, json: Json = False) -> None:
    """Show the watched actors, and how often the index has them.

    Example: newswatch actors --watchlist actors.yaml
    """
    from pipelines import commands

    commands.actors(watchlist or [], config, index, json=json)
