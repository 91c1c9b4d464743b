"""Translates the main job for Dataflow in a process that may contact nobody.

`python -m tests.graph.dataflow_job FOLDER`: the portable form of each part goes to a file there; what the process asked
of the network, against its orders, is told.
"""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

ASKING = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"})

OPTIONS = (
    "--runner=DataflowRunner",
    "--dry_run=True",
    "--no_auth",
    "--project=a-project",
    "--region=europe-west1",
    "--temp_location=gs://a-bucket/temp",
    "--staging_location=gs://a-bucket/staging",
    "--sdk_container_image=registry.invalid/newswatch:1",
)


PARTS = ("whole", "polls", "readings", "notices")
"""The main job, and the parts of it that a run over many feeds is made of."""

STREAM = "stream"
"""The main job behind its ticking source."""

SECRET = "not-to-travel"


def world(url: str) -> Any:
    """What the graph is given: index and ledger on a server that does not exist."""
    import samples
    from pipelines.commands import rules_of
    from pipelines.run import Job, world_of
    from schemas.settings import Settings
    from schemas.watchlist import load_watchlist

    actors = load_watchlist(samples.WATCHLIST, samples.ACTORS)
    settings = Settings.model_validate({"index": {"url": url}, "ledger": {"url": url}})
    return world_of(
        Job(feeds=(), watchlist=actors, rules=rules_of(samples.RULES, actors), settings=settings), run="a run"
    )


def translated(part: str, given: Any) -> Any:
    """The part as Dataflow's runner makes it."""
    import apache_beam as beam
    from apache_beam.options.pipeline_options import PipelineOptions

    from pipelines import graph
    from schemas.feeds import Feed

    feeds = [Feed(url=f"https://outlet{n}.invalid/rss") for n in range(100)]
    pipeline = beam.Pipeline(options=PipelineOptions(OPTIONS))
    if part == "whole":
        graph.build(pipeline, given, feeds=feeds, undelivered=["an alert"])
    else:
        source = feeds if part == "polls" else ["an element"]
        getattr(graph, f"build_{part}")(pipeline | "Elements" >> beam.Create(source), given)
    return pipeline.run().job


def streamed(folder: Path, url: str) -> Any:
    """The stream as Dataflow's runner makes it."""
    import apache_beam as beam

    import samples
    from pipelines.graph import flow
    from pipelines.reload import Files
    from pipelines.stream import stream_options
    from pipelines.ticking import Ticks, tell_when_drained
    from pipelines.worker import Place, feeds_at, world_at

    config = folder / "c.toml"
    named = f'url = "{url}"\nusername = "u"\npassword = "{SECRET}"\n'
    config.write_text(f'[index]\n{named}[ledger]\nurl = "{url}"\n', "utf-8")
    files = Files(feeds="feeds.yaml", watchlist=(samples.WATCHLIST, samples.ACTORS), rules=samples.RULES)
    place = Place(files=files, config=config)
    pipeline, given = beam.Pipeline(options=stream_options(OPTIONS)), world_at(place, "a run")
    sources = pipeline | Ticks(given, partial(feeds_at, place), 30)
    tell_when_drained(flow(sources, given), sources.pulse, given)
    return pipeline.run().job


def main() -> None:
    """Build, translate, write and tell."""
    asked: list[str] = []

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ASKING:
            asked.append(f"{event} {arguments[-1]!r}")
            raise PermissionError(event)

    sys.addaudithook(refuse)
    url, folder = "https://elastic.invalid:9200", Path(sys.argv[1])
    given = world(url)
    for part in (*PARTS, STREAM):
        job = streamed(folder, url) if part == STREAM else translated(part, given)
        (folder / part).write_bytes(job.proto_pipeline.SerializeToString())
        environments = job.proto_pipeline.components.environments.values()
        images = sorted({environment.payload.decode("latin-1") for environment in environments})
        sys.stdout.write(json.dumps({"part": part, "type": job.proto.type_.name, "images": images}) + "\n")
    sys.stdout.write(json.dumps({"asked": asked}) + "\n")


if __name__ == "__main__":
    main()
