"""The commands of a stream: the one that begins it, and the one that works for it."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from pipelines.options import BEAM, Config, FeedList, IndexUrl, RulesFile, WatchlistFiles

app = typer.Typer()


@app.command(context_settings=BEAM)
def stream(
    ctx: typer.Context,
    feeds: FeedList,
    watchlist: WatchlistFiles = None,
    rules: RulesFile = None,
    index: IndexUrl = "",
    config: Config = None,
    every: Annotated[int, typer.Option("--every", min=1, help="Seconds between two looks at what is due.")] = 30,
    log: Annotated[Literal["plain", "json"], typer.Option("--log", help="Lines for people or for programs.")] = "plain",
) -> None:
    """Watch the feeds on a Flink cluster: the job of `newswatch run` as one stream, until told to stop.

    Example: newswatch stream --feeds feeds.yaml --runner=FlinkRunner --job_endpoint=localhost:8099

    Options that newswatch does not know go to Beam. Workers read the files themselves: these stand at the same place
    everywhere, and what changes in them is in force within five seconds. SIGTERM or Ctrl-C ends it at the next look.
    """
    from pipelines.beam_options import check_options
    from pipelines.commands import bundled
    from pipelines.console import say
    from pipelines.reload import Files
    from pipelines.screen import Lines
    from pipelines.stopped import leave
    from pipelines.stream import OF_FLINK, Stream, follow, stream_options
    from pipelines.worker import Place
    from transforms.clock import utc_now

    check_options(ctx.args, [name for param in ctx.command.params for name in param.opts], also=OF_FLINK)
    stream_options(ctx.args)
    lists, own_rules = tuple(map(Path.absolute, watchlist or ())), rules and rules.absolute()
    files = Files(feeds=_absolute(feeds), watchlist=lists, rules=own_rules)
    place = Place(files, config and config.absolute(), index)
    for notice in bundled(watchlist or [], rules):
        say(notice)
    leave(follow(Stream(place, ctx.args, every, Lines(utc_now, as_json=log == "json"))))


@app.command()
def worker(
    port: Annotated[int, typer.Option("--port", help="Where Flink's task manager asks for work to be done.")] = 50000,
    host: Annotated[str, typer.Option("--host", help="The address that it listens at.")] = "localhost",
) -> None:
    """Work for streams on this machine, beside a Flink task manager, until told to stop.

    Example: newswatch worker --port 50000

    Whoever reaches the port can have any code run here: only this machine can, unless you name another host.
    """
    from pipelines.stopped import leave
    from pipelines.worker import serve

    leave(serve(port, host))


def _absolute(feeds: str) -> str:
    """Return the list's file as seen from any folder; an address as it is."""
    path = Path(feeds).expanduser()
    return str(path.absolute()) if path.exists() else feeds
