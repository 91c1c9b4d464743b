"""The commands of watched actors: why a name was taken for whom, new actors; heavy imports stand inside."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.options import Config, IndexUrl, Json, RulesFile, Since, WatchlistFiles

app = typer.Typer(rich_markup_mode=None)
lists = typer.Typer(
    help="Make watchlists of what you have, and other files of watchlists.\n\n"
    "Example: newswatch watchlist import people.csv --out actors.yaml",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(lists, name="watchlist")

Out = Annotated[Path | None, typer.Option("--out", help="The file to write; standard output without.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


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


@app.command()
def backfill(
    actor: Annotated[
        list[str], typer.Option("--actor", help="Whom to look for: an id of the list; may be given again.")
    ],
    watchlist: WatchlistFiles = None,
    since: Since = "",
    alert: Annotated[bool, typer.Option("--alert", help="Also alert by the rules; else nobody is told.")] = False,
    rules: RulesFile = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Find a new actor in what is already indexed; nothing is fetched, and nobody else's records change.

    Example: newswatch backfill --watchlist actors.yaml --actor ada-marsh --since 90d

    What it adds is marked `backfilled`. It can be stopped at any time: the same command goes on from there.
    """
    from pipelines import backfills

    raise typer.Exit(
        backfills.backfill(
            watchlist=watchlist or [],
            actors=actor,
            since=since,
            alert=alert,
            rules=rules,
            index=index,
            config=config,
            json=json,
        )
    )


@lists.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A table (.csv, .tsv), Wikidata's .json or .jsonl, or a watchlist.")],
    out: Out = None,
    one_word: Annotated[bool, typer.Option("--one-word", help="Also take aliases of one word from Wikidata.")] = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """Make a watchlist of a table or of Wikidata's entities, and tell what was left out.

    Example: newswatch watchlist import Q6384253.json --out actors.yaml

    Wikidata gives an item as https://www.wikidata.org/wiki/Special:EntityData/Q6384253.json. The ending of --out
    (.yaml, .json, .csv) says which form is written. With --json a summary is printed instead of the list.
    """
    from pipelines import lists as listing

    raise typer.Exit(listing.import_list(file, out, one_word=one_word, force=force, json=json))


@lists.command("export")
def export(
    watchlist: WatchlistFiles = None,
    form: Annotated[str, typer.Option("--format", help="yaml, json, csv or wikidata-ids.")] = "yaml",
    out: Out = None,
    force: Force = False,
) -> None:
    """Write a watchlist, or several as one, in another form.

    Example: newswatch watchlist export --watchlist actors.yaml --format csv --out actors.csv
    """
    from pipelines import lists as listing

    raise typer.Exit(listing.export_list(watchlist or [], form, out, force=force))


@lists.command("schema")
def schema() -> None:
    """Print the JSON Schema of watchlists, for editors and other programs.

    Example: newswatch watchlist schema > watchlist.schema.json
    """
    import json
    import sys

    from schemas.watchlist import json_schema

    sys.stdout.write(json.dumps(json_schema(), indent=2) + "\n")
