"""Translates the main job for Dataflow in a process that may contact nobody.

`python -m tests.graph.dataflow_job FOLDER`: the portable form of each part goes to a file there; what the process asked
of the network, against its orders, is told.
"""

import json
import sys
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


def main() -> None:
    """Build, translate, write and tell."""
    asked: list[str] = []

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ASKING:
            asked.append(f"{event} {arguments[-1]!r}")
            raise PermissionError(event)

    sys.addaudithook(refuse)
    given = world("https://elastic.invalid:9200")
    for part in PARTS:
        job = translated(part, given)
        Path(sys.argv[1], part).write_bytes(job.proto_pipeline.SerializeToString())
        environments = job.proto_pipeline.components.environments.values()
        images = sorted({environment.payload.decode("latin-1") for environment in environments})
        sys.stdout.write(json.dumps({"part": part, "type": job.proto.type_.name, "images": images}) + "\n")
    sys.stdout.write(json.dumps({"asked": asked}) + "\n")


if __name__ == "__main__":
    main()
