"""The commands: each reads its arguments and calls one plain function; heavy imports stand inside."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipelines import process
from pipelines.asking import app as asking
from pipelines.counting import app as counting
from pipelines.feeds import app as feeding
from pipelines.indexing import app as indexing
from pipelines.kibana import app as kibana
from pipelines.options import BEAM, ENDS, Config, FeedList, IndexUrl, Json, RulesFile, WatchlistFiles
from pipelines.rerun import app as rerunning
from pipelines.revisions import app as revising
from pipelines.ruling import app as ruling
from pipelines.silencing import app as silencing
from pipelines.streaming import app as streaming
from pipelines.watching import app as watching
from pipelines.watchlists import app as watchlists

app = typer.Typer(
    name="newswatch",
    help="Watch the news for who said what about whom: feeds in; statements, mentions, events and alerts out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


@app.command(context_settings=BEAM)
def run(
    ctx: typer.Context,
    feeds: FeedList,
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
def replay(
    reason: Annotated[str, typer.Option("--reason", help="Only failures of this reason.")] = "",
    file: Annotated[Path | None, typer.Option("--file", help="Those of these dead letters, not the index's.")] = None,
    to: Annotated[str, typer.Option("--to", help="Where a sink's documents go; the index's server without.")] = "",
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Take failures up again: the next run works on failed entries; documents that a sink lost are sent at once.

    Example: newswatch replay --reason page-refused

    Ends with 3 where the server refuses a document still; it stays listed.
    """
    from pipelines import commands, replaying

    wanted = replaying.Replay(settings=commands.settings_of(config, index), reason=reason, file=file, to=to)
    raise typer.Exit(replaying.replay(wanted, json=json))


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


app.add_typer(asking)
app.add_typer(counting)
app.add_typer(watching)
app.add_typer(streaming)
app.add_typer(feeding)
app.add_typer(rerunning)
app.add_typer(revising)
app.add_typer(watchlists)
app.add_typer(kibana, name="kibana")
app.add_typer(indexing, name="index")
app.add_typer(ruling, name="rules")
app.add_typer(silencing, name="silence")


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
        _nobody_reads()
    except SystemExit as e:
        if isinstance(e.__context__, BrokenPipeError):  # Click's own answer to it is a 1
            _nobody_reads()
        raise
    except OSError as e:
        process.forget_output()
        process.end(f"{e.filename or 'cannot write the output'}: {e.strerror or e}", ENDS["mend"])


def _nobody_reads() -> NoReturn:
    process.forget_output()
    sys.exit(ENDS["pipe"])


if __name__ == "__main__":
    main()
