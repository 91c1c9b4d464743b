"""Any documents to Elasticsearch in a small pipeline: what is taken flows on, what is refused says why."""

import datetime as dt
import json
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import apache_beam as beam
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to

from schemas.codec import from_json
from schemas.failures import Failure
from schemas.query import Query
from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from tests.conftest import ROOT
from transforms.clients.opening import open_index
from transforms.index.batches import Action, Limits
from transforms.index.refused import Refused
from transforms.index.retry import Retry
from transforms.index.sending import Reply
from transforms.index.sink import Sink
from transforms.index.stage import KeepRefused, WriteDocuments
from transforms.stage import Outcome


class SomeRefused:
    """Takes what is even, is busy once for what ends in 2, refuses what is odd."""

    def __init__(self) -> None:
        self.busy: set[str] = set()

    def post(self, actions: Sequence[Action]) -> list[Reply]:
        assert len(actions) <= 3
        return [self.reply(action.key[1]) for action in actions]

    def reply(self, id_: str) -> Reply:
        if int(id_) % 2:
            return Reply(400, type="odd", reason=f"{id_} is odd")
        if id_.endswith("2") and id_ not in self.busy:
            self.busy.add(id_)
            return Reply(429, type="busy", reason="later", again=True)
        return Reply(201, "created")

    def close(self) -> None:
        pass


def number(element: dict[str, Any]) -> str:
    return str(element["n"])


def things(element: object) -> str:
    return "things"


def test_documents_reach_the_index_or_say_why_not():
    sink = Sink(index=things, id=number, limits=Limits(most=3, in_flight=2), retry=Retry(first_s=0.01))
    elements = [{"n": n} for n in range(25)]
    with BeamPipeline(runner="FnApiRunner") as p:
        written: Outcome = p | beam.Create(elements) | WriteDocuments(SomeRefused, sink)
        assert_that(written.ok, equal_to([{"n": n} for n in range(0, 25, 2)]), label="ok")
        expected = [
            Refused(
                action="index",
                index="things",
                id=str(n),
                document=json.dumps({"n": n}, separators=(",", ":")),
                status=400,
                type="odd",
                reason=f"{n} is odd",
                lines=(f'{{"index":{{"_index":"things","_id":"{n}"}}}}', f'{{"n":{n}}}'),
            )
            for n in range(1, 25, 2)
        ]
        assert_that(written.failed, equal_to(expected), label="failed")


NOON = dt.datetime(2025, 2, 16, 12, tzinfo=dt.timezone.utc)


def noon() -> dt.datetime:
    return NOON


def test_what_is_refused_is_kept_in_the_file_and_among_the_failures(tmp_path: Path):
    settings = Settings(index=IndexSettings(url=f"sqlite:///{tmp_path}/x.db"))
    file = tmp_path / "refused.jsonl"
    sink = Sink(index=things, id=number, limits=Limits(most=3, in_flight=2), retry=Retry(first_s=0.01))
    for _ in range(2):  # a second run lists nothing twice
        with BeamPipeline(runner="FnApiRunner") as p:
            written: Outcome = p | beam.Create([{"n": n} for n in range(5)]) | WriteDocuments(SomeRefused, sink)
            kept = written.failed | KeepRefused(partial(open_index, settings), str(file), noon)
            assert_that(kept.failed, equal_to([]), label="failed")
            assert_that(kept.ok | beam.Map(element_of), equal_to(["index things/1", "index things/3"]), label="ok")
    index = open_index(settings)
    found = [f for f in index.find(Query(kind="failures")) if isinstance(f, Failure)]
    index.close()
    assert [(f.stage, f.reason, f.seen) for f in found] == [("write-documents", "index-refused", NOON)] * 2
    assert {f.detail for f in found} == {"odd: 1 is odd (400)", "odd: 3 is odd (400)"}
    assert {from_json(Failure, line).id for line in file.read_bytes().splitlines()} == {f.id for f in found}
    assert {from_json(Refused, f.payload).document for f in found} == {'{"n":1}', '{"n":3}'}


def element_of(failure: Failure) -> str:
    return failure.element


def test_what_the_doc_imports_is_there():
    doc = (ROOT / "docs" / "elasticsearch.md").read_text("utf-8")
    [sample] = re.findall(r"^```python\n(.+?)\n```$", doc, re.DOTALL | re.MULTILINE)
    found: dict[str, Any] = {}
    exec("\n".join(line for line in sample.splitlines() if line.startswith("from ")), found)
    assert {"Sink", "WriteDocuments", "KeepRefused", "Cut", "open_bulk", "open_index"} <= set(found)


def test_a_waiting_time_changes_nothing_of_what_is_written():
    sink = Sink(index=things, id=number, limits=Limits(most=3, in_flight=2), retry=Retry(first_s=0.01))
    with BeamPipeline(runner="FnApiRunner") as p:
        written: Outcome = p | beam.Create([{"n": n} for n in range(8)]) | WriteDocuments(SomeRefused, sink, wait_s=1)
        assert_that(written.ok | beam.Map(number), equal_to(["0", "2", "4", "6"]), label="ok")
