"""Any documents to Elasticsearch in a small pipeline: what is taken flows on, what is refused says why."""

import json
from collections.abc import Sequence
from typing import Any

import apache_beam as beam
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to

from transforms.index.batches import Action, Limits
from transforms.index.refused import Refused
from transforms.index.retry import Retry
from transforms.index.sending import Reply
from transforms.index.sink import Sink
from transforms.index.stage import WriteDocuments
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


def test_a_waiting_time_changes_nothing_of_what_is_written():
    sink = Sink(index=things, id=number, limits=Limits(most=3, in_flight=2), retry=Retry(first_s=0.01))
    with BeamPipeline(runner="FnApiRunner") as p:
        written: Outcome = p | beam.Create([{"n": n} for n in range(8)]) | WriteDocuments(SomeRefused, sink, wait_s=1)
        assert_that(written.ok | beam.Map(number), equal_to(["0", "2", "4", "6"]), label="ok")
