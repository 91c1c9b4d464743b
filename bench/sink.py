"""What the sink costs: its documents a second on Beam's FnApiRunner over those of Elasticsearch's `parallel_bulk`.

Both write the same documents to the same node, in turns, in one run: `python -m bench.sink [URL]`; without a URL the
tests' own node is started, with its whole compiler. Written to bench/RESULTS-sink.md.
"""

import argparse
import contextlib
import importlib
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from elasticsearch import Elasticsearch, helpers

from schemas.settings import Index as IndexSettings
from tests.service import node
from transforms.clients.elastic import connect
from transforms.clients.elastic_bulk import open_bulk
from transforms.index.batches import Limits
from transforms.index.sink import Sink
from transforms.index.stage import WriteDocuments

RESULTS = Path(__file__).with_name("RESULTS-sink.md")

MARK = 0.8
MOST, IN_FLIGHT = 500, 4
"""Documents in a request and requests at once: the helper's own 500 and 4, for both."""

SENTENCE = "the minister said on tuesday that talks over the bridge would resume within days as envoys met"
WORDS = SENTENCE.split()

DOCUMENTS: list[dict[str, Any]] = []
"""What both write: in memory, since `beam.Create` alone costs more than all the rest (it infers each one's type)."""

SLICE = 1000


def document(number: int) -> dict[str, Any]:
    """Return a document of 1 kB with nested parts."""
    text = " ".join(WORDS[(number * 7 + i * i) % len(WORDS)] for i in range(120))
    spans = [{"start": i * 10, "end": i * 10 + 8, "text": text[i * 10 : i * 10 + 8]} for i in range(5)]
    return {"id": f"d{number:07}", "outlet": f"outlet {number % 40}", "text": text, "n": number, "spans": spans}


def id_of(element: dict[str, Any]) -> str:
    """Return the document's id."""
    return str(element["id"])


def constant(value: str, element: object) -> str:
    """Return the value, whatever the element."""
    del element
    return value


def slice_of(first: int) -> list[dict[str, Any]]:
    """Return the documents from there on."""
    return DOCUMENTS[first : first + SLICE]


def by_sink(url: str, name: str) -> None:
    """Write with the sink, in a pipeline."""
    sink: Sink[Any] = Sink(index=partial(constant, name), id=id_of, limits=Limits(most=MOST, in_flight=IN_FLIGHT))
    with beam.Pipeline(options=PipelineOptions(["--runner=FnApiRunner"])) as p:
        documents = p | beam.Create(range(0, len(DOCUMENTS), SLICE), reshuffle=False) | beam.FlatMap(slice_of)
        written = documents | WriteDocuments(partial(open_bulk, IndexSettings(url=url)), sink)
        written.failed | beam.Map(print)


def by_helper(url: str, name: str) -> None:
    """Write with Elasticsearch's own helper."""
    actions = ({"_op_type": "index", "_index": name, "_id": one["id"], "_source": one} for one in DOCUMENTS)
    with connect(IndexSettings(url=url)) as client:
        for taken, answer in helpers.parallel_bulk(client, actions, thread_count=IN_FLIGHT, chunk_size=MOST):
            assert taken, answer


class Rate(NamedTuple):
    """One turn: documents a second, and the client's own CPU time."""

    documents_s: float
    cpu_s: float


class Turn(NamedTuple):
    """The sink and the helper, one after the other."""

    sink: Rate
    helper: Rate

    @property
    def ratio(self) -> float:
        """Return how fast the sink was for one of the helper."""
        return self.sink.documents_s / self.helper.documents_s


def rate(write: Callable[[str, str], None], url: str) -> Rate:
    """Return how fast one turn was, into an index of its own."""
    name = f"bench-{time.time_ns()}"
    with connect(IndexSettings(url=url), timeout_s=120) as client:
        create(client, name)
        started, cpu = time.perf_counter(), time.process_time()
        write(url, name)
        taken, used = time.perf_counter() - started, time.process_time() - cpu
        client.indices.refresh(index=name)
        assert client.count(index=name)["count"] == len(DOCUMENTS)
        client.indices.delete(index=name)
    return Rate(len(DOCUMENTS) / taken, used)


def both(url: str, *, sink_first: bool) -> Turn:
    """Return the rates of the sink and of the helper, one after the other."""
    if sink_first:
        return Turn(rate(by_sink, url), rate(by_helper, url))
    helper = rate(by_helper, url)
    return Turn(rate(by_sink, url), helper)


def create(client: Elasticsearch, name: str) -> None:
    """Make the index that both write to."""
    keyword, number = {"type": "keyword"}, {"type": "integer"}
    span = {"start": number, "end": number, "text": keyword}
    properties = {
        "id": keyword,
        "outlet": keyword,
        "n": number,
        "text": {"type": "text", "analyzer": "english"},
        "spans": {"type": "nested", "properties": span},
    }
    settings = {"index.number_of_shards": 1, "index.number_of_replicas": 0, "index.refresh_interval": "-1"}
    client.indices.create(index=name, settings=settings, mappings={"dynamic": "strict", "properties": properties})


@contextlib.contextmanager
def server(url: str) -> Iterator[str]:
    """Give the URL, or that of a node of our own."""
    if url:
        yield url
        return
    os.environ["NEWSWATCH_TEST_JIT"] = "full"
    with node.running() as started:
        yield started


TOLD = Template("""# What the Elasticsearch sink costs

$documents documents of 1 kB a turn: the sink in a pipeline of the FnApiRunner (its start included), and
`elasticsearch.helpers.parallel_bulk`, in turns, on one node of the same machine ($machine);
$most documents a request and $in_flight requests at once, for both. $turns turns in one run of `python -m bench.sink`.

Load average of the last quarter of an hour, these two among it: $load.

**Ratio of documents a second: median $ratio** (mark: at least $mark).
Half of the turns lie between $half, all between $whole.

| median of a turn | sink | parallel_bulk |
|---|---|---|
| documents a second | $rates |
| CPU of the client, s | $cpu |

```
$every
```
""")


def main() -> None:
    """Measure in turns, and write what came out."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("url", nargs="?", default="")
    arguments.add_argument("--documents", type=int, default=50_000)
    arguments.add_argument("--turns", type=int, default=8)
    chosen = arguments.parse_args()
    DOCUMENTS.extend(map(document, range(chosen.documents)))
    with server(chosen.url) as url:
        rate(by_helper, url)  # the node's compiler warms up
        rate(by_sink, url)
        turns = [both(url, sink_first=number % 2 == 0) for number in range(chosen.turns)]
    RESULTS.write_text(told(turns), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


def told(turns: Sequence[Turn]) -> str:
    """Return the results, as the repository keeps them."""
    ratios = [turn.ratio for turn in turns]
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    every = [
        f"sink {sink.documents_s:7,.0f} documents/s   parallel_bulk {helper.documents_s:7,.0f}   ratio {ratio:.2f}"
        for (sink, helper), ratio in zip(turns, ratios, strict=True)
    ]
    return TOLD.substitute(
        documents=f"{len(DOCUMENTS):,}",
        machine=f"{os.cpu_count()} cores, Python {platform.python_version()}",
        load=f"{os.getloadavg()[2]:.1f}",
        most=MOST,
        in_flight=IN_FLIGHT,
        turns=len(turns),
        mark=f"{MARK}: {'met' if middle >= MARK else 'NOT met'}",
        ratio=f"{middle:.2f}",
        half=f"{low:.2f} and {high:.2f}",
        whole=f"{min(ratios):.2f} and {max(ratios):.2f}",
        rates=" | ".join(
            f"{statistics.median(rate.documents_s for rate in of):,.0f}" for of in zip(*turns, strict=True)
        ),
        cpu=" | ".join(f"{statistics.median(rate.cpu_s for rate in of):.2f}" for of in zip(*turns, strict=True)),
        every="\n".join(every),
    )


if __name__ == "__main__":
    # not as __main__: the worker is to find the documents there, rather than have them sent with the pipeline
    importlib.import_module("bench.sink").main()
