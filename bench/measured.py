"""What is measured: the parse alone, and the pipeline from texts or pages."""

import datetime as dt
import tempfile
from pathlib import Path

import apache_beam as beam

from bench import news
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


def pipeline(documents: int, *, processes: int, source: str) -> None:
    """Run the graph from given texts, or from fetched pages, into an embedded index and its ledger."""
    with tempfile.TemporaryDirectory() as folder:
        world = world_in(Path(folder), processes)
        options = runner_options([])
        for opening in (world.open_index, world.open_ledger):
            opened = opening()
            opened.close()
        with beam.Pipeline(options=options) as p:
            start = p | beam.Create([documents])
            parts = Parts(start | beam.FlatMap(articles), ()) if source == "given" else _pages(start, source, world)
            written = understand(parts.out, world)
            unsent, pulse = p | "No alerts" >> beam.Create([]), p | "Pulse" >> beam.Impulse()
            alerted = alert(written.out, unsent, pulse, world)
            keep((*parts.failed, *written.failed, *alerted.failed), world)


def _pages(start: beam.PCollection, source: str, world: World) -> Parts:
    pages = news.fetched if source == "news" else fetched
    extracted = start | beam.FlatMap(pages) | extract(settings=world.settings.articles)
    return Parts(extracted.ok, (extracted.failed,))


def world_in(folder: Path, processes: int, **sections: object) -> World:
    """Return what the graph is given, all that it writes in that folder; by the settings of those sections besides."""
    settings = Settings.model_validate(
        {
            "index": {"url": f"sqlite:///{folder / 'bench.db'}"},
            "language": {"model": "bundled", "processes": processes},
            "failures": {"file": str(folder / "failures.jsonl")},
            **sections,
        }
    )
    actors = load_watchlist(WATCHLIST, ACTORS)
    job = Job(feeds=(), watchlist=actors, rules=rules_of(RULES, actors), settings=settings)
    return world_of(job, run=new_run(NOW))
