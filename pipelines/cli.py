"""The commands: each reads its arguments and calls one plain function; heavy imports stand inside."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipelines import process
from pipelines.indexing import app as indexing
from pipelines.kibana import app as kibana

app = typer.Typer(
    name="newswatch",
    help="Watch the news for who said what about whom: feeds in; statements, mentions, events and alerts out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)

BEAM = {"allow_extra_args": True, "ignore_unknown_options": True}
ENDS = {"ok": 0, "bug": 1, "usage": 2, "mend": 3, "stopped": 130}
"""Exit codes: done; an error of our own; something in the arguments or files; something the user must mend;
Ctrl-C."""

Config = Annotated[Path | None, typer.Option("--config", help="Settings file (TOML).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
IndexUrl = Annotated[str, typer.Option("--index", help="sqlite:///PATH or an Elasticsearch URL.")]
WatchlistFiles = Annotated[
    list[Path] | None, typer.Option("--watchlist", help="Actors to watch (YAML, JSON, CSV); may be given again.")
]
RulesFile = Annotated[Path | None, typer.Option("--rules", help="Alert rules (YAML).")]
Since = Annotated[str, typer.Option("--since", help="Seen from then on: a date, or an age such as 24h or 7d.")]
Outlet = Annotated[str, typer.Option("--outlet", help="Only this outlet.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many.")]


@app.command(context_settings=BEAM)
def run(
    ctx: typer.Context,
    feeds: Annotated[str, typer.Option("--feeds", help="A YAML or OPML list of feeds, one feed's URL or its file.")],
    watchlist: WatchlistFiles = None,
    rules: RulesFile = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Read every feed once: index what is new, send the alerts.

    Example: newswatch run --feeds feeds.yaml --watchlist actors.yaml --rules rules.yaml

    Options that newswatch does not know go to Beam: --direct_num_workers=2 --direct_running_mode=multi_processing.
    Ends with 0, or 3 where something needs you (an index that refuses, no feed that answers).
    """
    from pipelines import commands

    raise typer.Exit(
        commands.run(
            feeds=feeds,
            watchlist=watchlist or [],
            rules=rules,
            index=index,
            config=config,
            json=json,
            beam=ctx.args,
            options=[name for param in ctx.command.params for name in param.opts],
        )
    )


@app.command()
def annotate(
    files: Annotated[list[Path] | None, typer.Argument(help=".txt, .jsonl or .html; standard input without.")] = None,
    watchlist: WatchlistFiles = None,
    config: Config = None,
) -> None:
    """Print what a document says, as one JSON object a document: entities, mentions, statements, events.

    Example: newswatch annotate article.txt | python3 -m json.tool
    """
    from pipelines import annotate as annotating

    raise typer.Exit(annotating.annotate(files or [], watchlist or [], config, sys.stdout))


@app.command()
def statements(
    by: Annotated[str, typer.Option("--by", help="Who speaks: an actor's id, or words of the name.")] = "",
    about: Annotated[
        str, typer.Option("--about", help="Whom it is about: an actor's id, or words of the content.")
    ] = "",
    since: Since = "",
    outlet: Outlet = "",
    limit: Limit = 50,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show who said what.

    Example: newswatch statements --by keith-kellogg --since 7d
    """
    from pipelines import commands

    commands.find("statements", config, index, json=json, by=by, about=about, since=since, outlet=outlet, limit=limit)


@app.command()
def mentions(
    actor: Annotated[str, typer.Argument(help="The actor's id; all actors without.")] = "",
    since: Since = "",
    outlet: Outlet = "",
    limit: Limit = 50,
    uncertain: Annotated[bool, typer.Option("--uncertain", help="Also those that are not sure.")] = False,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show where a watched actor is mentioned, and why newswatch takes it for that actor.

    Example: newswatch mentions keith-kellogg --uncertain
    """
    from pipelines import commands

    commands.find(
        "mentions", config, index, json=json, actor=actor, since=since, outlet=outlet, limit=limit, uncertain=uncertain
    )


@app.command()
def events(
    actor: Annotated[str, typer.Option("--actor", help="Only events with this actor.")] = "",
    type_: Annotated[str, typer.Option("--type", help="Only this type: meet, travel, appoint, ...")] = "",
    since: Since = "",
    outlet: Outlet = "",
    limit: Limit = 50,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show who did what to whom, where and when.

    Example: newswatch events --type travel --actor keith-kellogg
    """
    from pipelines import commands

    commands.find("events", config, index, json=json, actor=actor, type=type_, since=since, outlet=outlet, limit=limit)


@app.command()
def alerts(
    actor: Annotated[str, typer.Option("--actor", help="Only alerts with this actor.")] = "",
    rule: Annotated[str, typer.Option("--rule", help="Only alerts of this rule.")] = "",
    since: Since = "",
    limit: Limit = 50,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show the alerts: which rule, which sentence, who.

    Example: newswatch alerts --since 24h
    """
    from pipelines import commands

    commands.find("alerts", config, index, json=json, actor=actor, type=rule, since=since, limit=limit)


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
    from pipelines import commands

    commands.find("documents", config, index, json=json, words=" ".join(words), since=since, outlet=outlet, limit=limit)


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
    from pipelines import commands

    commands.find("failures", config, index, json=json, type=reason, since=since, limit=limit)


@app.command()
def replay(
    reason: Annotated[str, typer.Option("--reason", help="Only failures of this reason.")] = "",
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Take failed entries up again: the next run works on them as if they were new.

    Example: newswatch replay --reason page-refused
    """
    from pipelines import commands

    commands.replay(config, index, reason=reason, json=json)


@app.command()
def actors(watchlist: WatchlistFiles = None, index: IndexUrl = "", config: Config = None, json: Json = False) -> None:
    """Show the watched actors, and how often the index has them.

    Example: newswatch actors --watchlist actors.yaml
    """
    from pipelines import commands

    commands.actors(watchlist or [], config, index, json=json)


@app.command()
def check(
    feeds: Annotated[str, typer.Option("--feeds", help="A list of feeds.")] = "",
    watchlist: WatchlistFiles = None,
    rules: RulesFile = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Check feeds, watchlist, rules, model and index, and say what is wrong, with file and line.

    Example: newswatch check --feeds feeds.yaml --watchlist actors.yaml --rules rules.yaml
    """
    from pipelines.check import Files
    from pipelines.check import check as check_files

    files = Files(feeds=feeds, watchlist=watchlist or [], rules=rules, index=index, config=config)
    raise typer.Exit(check_files(files, json=json))


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where the demo's index goes; made anew.")] = Path(
        "newswatch-demo"
    ),
    json: Json = False,
) -> None:
    """Serve the bundled sample outlets on this machine, run the main job over them, and show what came out.

    Example: newswatch demo
    """
    from pipelines import demo as demonstrating

    raise typer.Exit(demonstrating.demo(folder, json=json))


app.add_typer(kibana, name="kibana")
app.add_typer(indexing, name="index")


def show_version(*, wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        typer.echo(f"newswatch {process.version()}")
        raise typer.Exit


@app.callback()
def newswatch(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Watch the news for who said what about whom: feeds in; statements, mentions, events and alerts out."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command; what a user can cause ends in one clear line, and in exit code 2 or 3."""
    from schemas.errors import UserError

    process.quiet()
    try:
        try:
            app(args)
        finally:
            sys.stdout.flush()  # a full disk is told here, and not after the end
    except UserError as e:
        process.end(str(e), ENDS["mend" if e.transient else "usage"])
    except BrokenPipeError:  # `newswatch search x | head`
        process.forget_output()
        sys.exit(ENDS["ok"])
    except OSError as e:
        process.forget_output()
        process.end(f"{e.filename or 'cannot write the output'}: {e.strerror or e}", ENDS["mend"])


if __name__ == "__main__":
    main()
