"""The command `rerun`: the whole pipeline over what an archive holds, without the network."""

import dataclasses as dc
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.options import ENDS, Config, IndexUrl, Json, RulesFile, WatchlistFiles

if TYPE_CHECKING:
    from pipelines.run import Counts, Job
    from schemas.kept import Notice
    from schemas.rules import Rules
    from transforms.clients.archive import Pass
    from transforms.protocols import Notifier

app = typer.Typer(rich_markup_mode=None)


@app.command()
def rerun(
    archive: Annotated[Path, typer.Argument(help="The folder that `archive.folder` named.")],
    feeds: Annotated[str, typer.Option("--feeds", help="The list of feeds that was run.")],
    watchlist: WatchlistFiles = None,
    rules: RulesFile = None,
    index: IndexUrl = "",
    config: Config = None,
    json: Json = False,
) -> None:
    """Run the whole pipeline again over an archive, pass by pass, without the network; alerts are sent nowhere.

    Example: newswatch rerun archive --feeds feeds.yaml --index sqlite:///again.db
    """
    from pipelines import console
    from pipelines.commands import json_object, rules_of, settings_of, watchlist_of
    from pipelines.run import Job
    from transforms.clients.archive import passes_of
    from transforms.feeds.sources import feeds_from

    settings, actors = settings_of(config, index), watchlist_of(watchlist or [])
    job = Job(feeds=feeds_from(feeds), watchlist=actors, rules=rules_of(rules, actors), settings=settings)
    passes = passes_of(archive)
    found = run_again(job, passes)
    counts = {stage: dict(outcomes) for stage, outcomes in found.items()}
    if json:
        json_object({"passes": len(passes), "counts": counts})
        return
    for stage, outcomes in counts.items():
        console.out.print(f"{stage:14} {', '.join(f'{n} {outcome}' for outcome, n in outcomes.items())}")
    if not counts.get("index", {}).get("ok"):
        console.say("no article came of it: is it the list of feeds that was run?")
        raise typer.Exit(ENDS["mend"])


def run_again(job: "Job", passes: "Sequence[Pass]") -> "dict[str, Counter[str]]":
    """Run each pass that the archive holds, as often as it asked its feeds; returns the counts of all."""
    from pipelines.live import working

    found: dict[str, Counter[str]] = {}
    rounds = [(n, k) for n, p in enumerate(passes) for k in range(p.rounds([feed.url for feed in job.feeds]))]
    with working(f"{len(rounds)} passes", at_once=True) as shown:
        for done, (number, round_) in enumerate(rounds):
            shown.update(f"pass {done + 1} of {len(rounds)}, of {passes[number].began:%Y-%m-%d %H:%M}")
            for stage, outcomes in one_round(job, passes, number, round_).items():
                found.setdefault(stage, Counter()).update(outcomes)
    return found


def one_round(job: "Job", passes: "Sequence[Pass]", number: int, round_: int) -> "Counts":
    """Run the main job once, answered by the archive, at the time of the pass; returns its counts."""
    from pipelines.run import new_run, run_alone, runner_options, world_of
    from transforms.alerts.stage import lanes_of
    from transforms.clients.archive import Archived

    clock = partial(_at, passes[number].began + round_ * dt.timedelta(milliseconds=1))
    world = dc.replace(
        world_of(job, run=new_run(clock()), clock=clock),
        open_web=partial(Archived, tuple(passes), number, round_),
        open_lanes=partial(lanes_of, job.rules, partial(nobody, job.rules)),
    )
    return run_alone(world, job.feeds, runner_options([]))


class Nobody:
    """A channel that sends nothing: what an archive holds was told when it was news."""

    def send(self, notice: "Notice") -> None:
        """Send nothing."""

    def close(self) -> None:
        """Nothing is held."""


def nobody(rules: "Rules") -> "Mapping[str, Notifier]":
    """Return a channel that sends nothing for each that some rule sends to."""
    return {channel.id: Nobody() for channel in rules.used_channels()}


def _at(moment: dt.datetime) -> dt.datetime:
    return moment
