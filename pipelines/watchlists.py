"""The commands that work with watchlists: why a name was taken for whom; heavy imports stand inside."""

from typing import Annotated

import typer

from pipelines.options import Config, Json, WatchlistFiles

app = typer.Typer(rich_markup_mode=None)


@app.command()
def explain(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE_OR_URL]...", help=".txt, .jsonl or .html, or a page's address; standard input without."
        ),
    ] = None,
    watchlist: WatchlistFiles = None,
    actor: Annotated[str, typer.Option("--actor", help="Tell only of this actor of the list.")] = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show what each watched name in a document was taken for, and why; and of whom it is not found, why not.

    Example: newswatch explain article.txt --watchlist actors.yaml

    Names that were refused are shown too. A page is asked for once, as `newswatch run` does; nothing is kept.
    """
    from pipelines import explain as explaining

    raise typer.Exit(explaining.explain(sources or [], watchlist or [], actor, config=config, json=json))
