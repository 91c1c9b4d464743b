"""`make bench-scale`: throughput by worker processes, what each stage costs, and how much machine many feeds need.

Everything is measured in one run, CPU rather than time where it can be: others may use the machine too. Written to
bench/SCALE.md.
"""

import argparse
import os
import platform
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from string import Template

from bench.__main__ import Measure, measure
from bench.capacity import Costs, Given, Plan, plan
from bench.idle import Idle, idle_costs
from bench.news import CHARS, source
from bench.room import Room, elastic_room
from bench.stages import ALL_NEW, UNCHANGED, Clocked, article_costs, poll_costs

RESULTS = Path(__file__).with_name("SCALE.md")
FEW = 48
"""A run over so few articles is mostly the start, which is taken off from the longer one."""

WORKERS = (1, 2, 4)
FEEDS = (10_000, 100_000, 180_000)

SHOWN: dict[str, Callable[[Plan], str]] = {
    "articles a day": lambda one: f"{one.articles_day:,.0f}",
    "articles a second in the busiest hour": lambda one: f"{one.peak_s:.0f}",
    "cores that read": lambda one: f"{one.reading}",
    "watches, a core each": lambda one: f"{one.watches}",
    "cores of Elasticsearch": lambda one: f"{one.elastic_cores:.1f}",
    "memory of newswatch": lambda one: f"{one.memory_gb:.0f} GB",
    "Elasticsearch grows a day, one copy": lambda one: f"{one.index_gb_day:.1f} GB",
    "disks of Elasticsearch": lambda one: f"{one.index_gb:,.0f} GB",
    "ledger": lambda one: f"{one.ledger_gb:,.0f} GB",
}
"""The lines of the plan."""

TOLD = Template("""# How newswatch scales

All of this is from one run of `make bench-scale` on $cores cores ($machine, Python $python), load average $load of
which this run is a part. Articles of $chars characters from $source, on pages of 150 kB; $articles of them for each
figure. CPU seconds hardly mind what else runs on the machine; articles a second do.

## Throughput by reading processes

From fetched pages to settled entries, embedded index, the start taken off.

| reading processes | articles a second | articles a CPU second | CPU of the main process an article |
|---|---|---|---|
$throughput

## What each stage costs

Milliseconds of CPU, the graph's own steps run one after another in one process.

| stage | CPU, ms |
|---|---|
$stages

## Room in Elasticsearch

$room

## Capacity plan

$plan

Assumed, besides what was measured: $given.
""")


def main() -> None:
    """Measure and write the results."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--articles", type=int, default=600)
    chosen = arguments.parse_args()
    runs = {workers: _marginal(chosen.articles, workers) for workers in WORKERS}
    stages, polls = article_costs(chosen.articles), poll_costs()
    room, idle = elastic_room(stages.readings), idle_costs(((0, 0), (10_000, 0)))
    costs = _costs(runs[2], stages, polls, room, idle)
    page = TOLD.substitute(
        cores=os.cpu_count(),
        machine=platform.machine(),
        python=platform.python_version(),
        load=f"{os.getloadavg()[2]:.1f}",
        chars=f"{CHARS:,}",
        source=source(),
        articles=chosen.articles,
        throughput=table(_throughput(workers, run) for workers, run in runs.items()),
        stages=table((name, f"{1000 * s:.1f}") for name, s in [*polls.items(), *stages.seconds.items()]),
        room=_room(room, stages),
        plan=_plans([plan(feeds, costs, Given()) for feeds in FEEDS]),
        given=_words(Given()),
    )
    RESULTS.write_text(page, encoding="utf-8")
    print(page)


def _marginal(articles: int, workers: int) -> Measure:
    """Return what an article costs in a run with so many reading processes: the start is in both, and drops out."""
    short, long = (measure("news", many, workers) for many in (FEW, FEW + articles))
    shares = {key: (long[key] - short[key]) / articles for key in ("wall_s", "cpu_s", "main_s")}
    return shares | {"main_mb": long["main_mb"], "reader_mb": long["reader_mb"]}


def _costs(run: Measure, stages: Clocked, polls: dict[str, float], room: Room | None, idle: Sequence[Idle]) -> Costs:
    """Return the costs of a watch with reading processes: what the graph's run shows, and the fetching besides."""
    unchanged, new = polls[UNCHANGED], polls[ALL_NEW]
    none, most = idle[0], max(idle, key=lambda one: one.feeds)
    return Costs(
        poll_s=unchanged,
        changed_poll_s=new,
        main_s=run["main_s"] + stages.seconds["fetch"],
        read_s=run["cpu_s"] - run["main_s"],
        elastic_s=room.cpu_s if room else 0.0,
        main_mb=none.main_mb,
        feed_kb=max(0.0, most.main_mb - none.main_mb) * 1000 / most.feeds,
        reader_mb=run["reader_mb"],
        index_bytes=room.an_article if room else 0.0,
        ledger_bytes=stages.ledger_bytes,
    )


def _throughput(workers: int, run: Measure) -> tuple[str, ...]:
    main = "all is in it" if workers == 1 else f"{1000 * run['main_s']:.0f} ms"
    return str(workers), f"{1 / run['wall_s']:.1f}", f"{1 / run['cpu_s']:.1f}", main


def _room(room: Room | None, stages: Clocked) -> str:
    ledger = f"The ledger (SQLite) takes {stages.ledger_bytes / 1000:.1f} kB an article."
    if room is None:
        return f"No Elasticsearch could be had. {ledger}"
    kinds = table(
        (kind, f"{room.records[kind] / room.articles:.1f}", f"{size / room.articles / 1000:.2f} kB")
        for kind, size in room.bytes.items()
    )
    return (
        f"One node, one copy, merged into one segment. An article with all its records: "
        f"**{room.an_article / 1000:.1f} kB** on disk, {1000 * room.cpu_s:.1f} ms of the server's CPU. {ledger}\n\n"
        f"| kind | records an article | bytes an article |\n|---|---|---|\n{kinds}"
    )


def _plans(plans: Sequence[Plan]) -> str:
    """Return the plans side by side."""
    lines = [(what, *(show(one) for one in plans)) for what, show in SHOWN.items()]
    head = " | ".join(f"{one.feeds:,} feeds" for one in plans)
    return f"| | {head} |\n|---|{'---|' * len(plans)}\n{table(lines)}"


def _words(given: Given) -> str:
    return (
        f"{given.articles:g} new articles and {given.polls:g} polls a feed and day, {given.changed_polls:g} of which "
        f"bring something and cost as much as the first one; the busiest hour has {given.peak:g} times the mean, and "
        f"uses {given.share:.0%} of each core, so that passes and what comes at once have room; the index "
        f"keeps {given.keep_days:g} days in {given.copies} copies, on disks {given.room:g} times as large; the ledger "
        f"keeps {given.ledger_days:g} days. What comes faster than that waits, and is not lost. Not in it: TLS (some "
        f"milliseconds a host), alerts that are sent, and whoever asks the index"
    )


def table(lines: Iterable[Sequence[str]]) -> str:
    """Return the lines of a table."""
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
