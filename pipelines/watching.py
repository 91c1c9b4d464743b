"""The command that watches."""

from typing import Annotated, Literal

import typer

from pipelines.options import Config, FeedList, IndexUrl, RulesFile, WatchlistFiles

app = typer.Typer()

LISTEN = "127.0.0.1:9464"


@app.command()
def watch(
    feeds: FeedList,
    watchlist: WatchlistFiles = None,
    rules: RulesFile = None,
    index: IndexUrl = "",
    config: Config = None,
    listen: Annotated[
        str, typer.Option("--listen", help="Where /healthz, /readyz and /metrics are: HOST:PORT; empty: nowhere.")
    ] = LISTEN,
    log: Annotated[
        Literal["auto", "plain", "json"], typer.Option("--log", help="A screen on a terminal (auto), or lines.")
    ] = "auto",
) -> None:
    """Watch the feeds until told to stop: each is asked when it is due, what is new is read and told at once.

    Example: newswatch watch --feeds feeds.yaml --watchlist actors.yaml --rules rules.yaml

    Files that change are in force within five seconds, once they are sound. SIGTERM or Ctrl-C ends it within ten.
    """
    from pipelines import watch as watching
    from pipelines.commands import bundled, settings_of
    from pipelines.console import say
    from pipelines.reload import Files
    from pipelines.stopped import leave

    settings = settings_of(config, index)
    files = Files(feeds=feeds, watchlist=tuple(watchlist or ()), rules=rules)
    for notice in bundled(watchlist or [], rules):
        say(notice)
    leave(watching.watch(files, settings, listen=listen, log=log))
