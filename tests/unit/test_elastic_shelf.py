"""A shelf in Elasticsearch: what a server tells while the shard of a new index comes up."""

from collections.abc import Sequence
from typing import Any, cast

import pytest
from elasticsearch import Elasticsearch

from transforms.clients.elastic import ElasticError
from transforms.clients.elastic_shelf import UP, Shelf
from transforms.index.retry import Retry, Waiting

NO_SHARD = {"_id": "a", "error": {"type": "no_shard_available_action_exception", "reason": "No shard available"}}
THERE = {"_id": "a", "found": True, "_source": {"body": "x"}, "_seq_no": 1, "_primary_term": 1}


class Server:
    """Answers each request for documents with the next of its answers, the last one again and again."""

    def __init__(self, *answers: Sequence[dict[str, Any]]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def options(self, **_options: object) -> "Server":
        """Be the client of these options too."""
        return self

    def mget(self, **_asked: object) -> dict[str, Any]:
        """Answer."""
        self.asked += 1
        return {"docs": self.answers[min(self.asked, len(self.answers)) - 1]}


def shelf(server: Server, slept: list[float]) -> Shelf:
    waiting = Waiting(sleep=slept.append, chance=lambda: 1.0)
    return Shelf(cast("Elasticsearch", server), server="http://es", name="n", retry=Retry(), waiting=waiting)


def test_a_shard_that_comes_up_is_waited_for() -> None:
    slept: list[float] = []
    assert shelf(Server([NO_SHARD], [NO_SHARD], [THERE]), slept).one("a") == {"body": "x"}
    assert slept == [0.5, 1.0]


def test_a_shard_that_stays_away_is_an_error_that_may_pass() -> None:
    server = Server([NO_SHARD])
    with pytest.raises(ElasticError, match="http://es: No shard available") as told:
        shelf(server, []).one("a")
    assert told.value.transient
    assert server.asked == UP.attempts
