"""The command that shows what an article said before; heavy imports stand inside."""

from typing import Annotated

import typer

from pipelines.options import Config, IndexUrl, Json

app = typer.Typer(rich_markup_mode=None)


@app.command()
def revisions(
    article: Annotated[str, typer.Argument(help="Its address, or its document's id.")],
    text: Annotated[int, typer.Option("--text", min=0, help="Print the text of this revision.")] = 0,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Show an article's revisions: when each was first seen, and which statements came and went with it.

    Example: newswatch revisions https://courier.example/2025/ferry-sails --text 1
    """
    from pipelines import versions

    versions.show(article, config, index, text=text, json=json)
