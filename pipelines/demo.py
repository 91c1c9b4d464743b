"""The main job over the bundled sample outlets, served on this machine."""

import shutil
import sys
from pathlib import Path
from urllib.parse import quote

import samples
from pipelines import console
from pipelines.commands import json_lines, opened, rules_of
from pipelines.digest import show
from pipelines.passes import run_and_show
from samples.server import feeds, serve
from schemas.errors import UserError
from schemas.query import Kind, Query
from schemas.settings import Failures, Index, Ledger, Network, Settings
from schemas.watchlist import load_watchlist
from transforms.protocols import Index as Asked

MARK = ".newswatch-demo"
"""Stands in a folder that the demo made, so that it deletes no other."""

KINDS: tuple[Kind, ...] = ("alerts", "statements", "failures")


def demo(folder: Path, *, json: bool) -> int:
    """Run the demo in a folder of its own and show the results; returns the exit code."""
    settings = settings_in(fresh(folder))
    actors = load_watchlist(samples.WATCHLIST, samples.ACTORS)
    rules = rules_of(samples.RULES, actors)
    with serve() as bases:
        code = run_and_show(feeds(bases), actors, rules, settings, json=json, failures=False)
    with opened(settings) as index:
        show_as_json(index) if json else show(index, actors, rules)
    if not json:
        console.say(f"\nThe articles are samples, written for newswatch. Their index stays; try:\n{hints(folder)}")
    return code


def fresh(folder: Path) -> Path:
    """Return the folder, empty; raises UserError where it holds something that is not the demo's."""
    try:
        if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
            raise UserError(f"{folder} holds files that are not the demo's: name another with --folder")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / MARK).touch()
    except OSError as e:
        raise UserError(f"--folder: {folder}: {e.strerror}") from None
    return folder


def settings_in(folder: Path) -> Settings:
    """Return settings that keep everything in the folder and may ask this machine; the user's variables count not."""
    return Settings.model_construct(  # which looks at no variable, as validation would
        network=Network(allow=("127.0.0.0/8",), timeout_s=5),
        index=Index(url=url_of(folder)),
        ledger=Ledger(url=url_of(folder)),
        failures=Failures(file=str(folder / "failures.jsonl")),
    )


def url_of(folder: Path) -> str:
    """Return the address of the demo's index."""
    return f"sqlite:///{quote(str(folder / 'newswatch.db'))}"


def hints(folder: Path) -> str:
    """Return commands to go on with."""
    program = sys.argv[0] if "/" in sys.argv[0] and not sys.argv[0].endswith(".py") else "newswatch"
    asked = (
        "statements --about keith-kellogg",
        "mentions keith-kellogg --uncertain",
        "events --type travel",
        "search ceasefire talks",
    )
    return "\n".join(f"  {program} {words} --index {url_of(folder)}" for words in asked)


def show_as_json(index: Asked) -> None:
    """Print alerts, statements and failures as JSON lines."""
    for kind in KINDS:
        json_lines(index.find(Query(kind=kind, limit=1000)))
