"""One measured run in a process of its own: what it was, its CPU and wall seconds and peak memory, as JSON."""

import argparse
import datetime as dt
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import apache_beam as beam

from bench.corpus import articles, fetched, texts
from models import BUNDLED
from models.engine import use_numpy_products
from pipelines.commands import rules_of
from pipelines.graph import Parts, World, alert, keep, understand
from pipelines.run import Job, new_run, runner_options, world_of
from samples import ACTORS, RULES, WATCHLIST
from schemas.settings import Settings
from schemas.watchlist import load_watchlist
from transforms.articles.stage import extract

NOW = dt.datetime(2025, 2, 20, tzinfo=dt.timezone.utc)


def raw(documents: int, *, tuned: bool) -> None:
    """Parse the texts with the same components, and nothing else; tuned: with the matrix product that we read with."""
    import spacy  # noqa: PLC0415  (only this run needs it here)

    if tuned:
        use_numpy_products()
    nlp = spacy.load(BUNDLED)
    for _ in nlp.pipe(texts(documents)):
        pass


def pipeline(documents: int, *, processes: int, html: bool) -> None:
    """Run the graph from given texts, or from fetched pages, into an embedded index and its ledger."""
    with tempfile.TemporaryDirectory() as folder:
        world = _world(Path(folder), processes)
        options = runner_options([])
        for opening in (world.open_index, world.open_ledger):
            opened = opening()
            opened.close()
        with beam.Pipeline(options=options) as p:
            start = p | beam.Create([documents])
            parts = _pages(start, world) if html else Parts(start | beam.FlatMap(articles), ())
            written = understand(parts.out, world)
            alerted = alert(written.out, p | "No alerts" >> beam.Create([]), world)
            keep((*parts.failed, *written.failed, *alerted.failed), world)


def _pages(start: beam.PCollection, world: World) -> Parts:
    extracted = start | beam.FlatMap(fetched) | extract(settings=world.settings.articles)
    return Parts(extracted.ok, (extracted.failed,))


def _world(folder: Path, processes: int) -> World:
    settings = Settings.model_validate(
        {
            "index": {"url": f"sqlite:///{folder / 'bench.db'}"},
            "language": {"model": "bundled", "processes": processes},
            "failures": {"file": str(folder / "failures.jsonl")},
        }
    )
    actors = load_watchlist(WATCHLIST, ACTORS)
    job = Job(feeds=(), watchlist=actors, rules=rules_of(RULES, actors), settings=settings)
    return world_of(job, run=new_run(NOW))


def usage() -> Iterator[tuple[str, float]]:
    """Yield CPU seconds and peak memory, of this process and of its children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    yield "cpu_s", own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    yield "main_mb", own.ru_maxrss / 1024
    yield "reader_mb", children.ru_maxrss / 1024


def main() -> None:
    """Run what the arguments say and print the measures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", choices=["raw", "tuned", "given", "html"])
    arguments.add_argument("documents", type=int)
    arguments.add_argument("--processes", type=int, default=1)
    chosen = arguments.parse_args()
    started = time.monotonic()
    if chosen.what == "raw":
        raw(chosen.documents, tuned=False)
    elif chosen.what == "tuned":
        raw(chosen.documents, tuned=True)
    else:
        pipeline(chosen.documents, processes=chosen.processes, html=chosen.what == "html")
    found = dict(usage()) | {"wall_s": time.monotonic() - started}
    sys.stdout.write(json.dumps({**vars(chosen), **found}) + "\n")


if __name__ == "__main__":
    main()
