"""What several commands take, and what each of them ends with."""

from pathlib import Path
from typing import Annotated

import typer

ENDS = {"ok": 0, "bug": 1, "usage": 2, "mend": 3, "stopped": 130, "pipe": 141}
"""Exit codes: done; an error of our own; something in the arguments or files; something the user must mend;
Ctrl-C; whoever reads the output has gone, as a shell tells of SIGPIPE."""

BEAM = {"allow_extra_args": True, "ignore_unknown_options": True}
"""Settings of a command that hands to Beam the options that it does not know."""

FeedList = Annotated[str, typer.Option("--feeds", help="A YAML or OPML list of feeds, one feed's URL or its file.")]
Config = Annotated[Path | None, typer.Option("--config", help="Settings file (TOML).")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
IndexUrl = Annotated[str, typer.Option("--index", help="sqlite:///PATH or an Elasticsearch URL.")]
WatchlistFiles = Annotated[
    list[Path] | None, typer.Option("--watchlist", help="Actors to watch (YAML, JSON, CSV); may be given again.")
]
RulesFile = Annotated[Path | None, typer.Option("--rules", help="Alert rules (YAML).")]
Since = Annotated[
    str, typer.Option("--since", help="First seen by newswatch from then on: a date, or an age such as 24h or 7d.")
]
Outlet = Annotated[str, typer.Option("--outlet", help="Only this outlet.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many.")]
