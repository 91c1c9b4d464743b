"""The main job over the bundled sample outlets, served on this machine, and what came out of it."""

import shutil
import sys
from pathlib import Path

import samples
from pipelines import console
from pipelines.cli import ENDS
from pipelines.commands import json_lines, opened, rules_of
from pipelines.passes import run_and_show
from samples.server import feeds, serve
from schemas.errors import UserError
from schemas.query import Query
from schemas.records import Alert, Failure, Statement
from schemas.rules import Rules
from schemas.settings import Settings
from schemas.watchlist import Watchlist, load_watchlist
from transforms.protocols import Index

MARK = ".newswatch-demo"
"""Stands in a folder that the demo made, so that it deletes no other."""


def demo(folder: Path, *, json: bool) -> int:
    """Run the demo in a folder of its own and show the results; returns the exit code."""
    settings = settings_in(fresh(folder))
    actors = load_watchlist(samples.WATCHLIST, samples.ACTORS)
    rules = rules_of(samples.RULES, actors)
    with serve() as bases:
        code = run_and_show(feeds(bases), actors, rules, settings, json=json)
    with opened(settings) as index:
        show_as_json(index) if json else show(index, actors, rules, folder)
    return code if code != ENDS["mend"] else ENDS["ok"]  # the samples hold failures on purpose


def fresh(folder: Path) -> Path:
    """Return the folder, empty; raises UserError where it holds something that is not the demo's."""
    if folder.exists() and not (folder / MARK).exists() and any(folder.iterdir()):
        raise UserError(f"{folder} holds files that are not the demo's: name another with --folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    return folder


def settings_in(folder: Path) -> Settings:
    """Return settings that keep everything in the folder and may ask this machine."""
    return Settings.model_validate(
        {
            "network": {"allow": ["127.0.0.0/8"], "timeout_s": 5},
            "index": {"url": f"sqlite:///{folder / 'newswatch.db'}"},
            "failures": {"file": str(folder / "failures.jsonl")},
        }
    )


def show(index: Index, actors: Watchlist, rules: Rules, folder: Path) -> None:
    """Print the alerts, what each actor said and what was said about them, and the failures."""
    console.table(index.find(Query(kind="alerts", limit=30)), Alert, title=f"Alerts of {len(rules.rules)} rules")
    for actor in actors.actors:
        said = index.find(Query(kind="statements", by=actor.id, limit=8))
        if said:
            console.table(said, Statement, title=f"What {actor.name} said")
    for actor in actors.actors:
        about = index.find(Query(kind="statements", about=actor.id, limit=5))
        if about:
            console.table(about, Statement, title=f"What was said about {actor.name}")
    console.table(index.find(Query(kind="failures", limit=20)), Failure, title="Failures")
    console.say(f"The articles are samples, written for newswatch. The index stays: try\n\n{hints(folder)}")


def hints(folder: Path) -> str:
    """Return commands to go on with."""
    url = f"--index sqlite:///{folder / 'newswatch.db'}"
    program = Path(sys.argv[0]).as_posix() if "/" in sys.argv[0] else "newswatch"
    asked = ["statements --about keith-kellogg", "search ceasefire", "mentions --uncertain", "events --type travel"]
    return "\n".join(f"  {program} {words} {url}" for words in asked)


def show_as_json(index: Index) -> None:
    """Print alerts, statements and failures as JSON lines."""
    for kind in ("alerts", "statements", "failures"):
        json_lines(index.find(Query(kind=kind, limit=1000)))
