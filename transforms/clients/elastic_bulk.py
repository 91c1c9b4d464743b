"""Bulk requests to an Elasticsearch server; whoever sends them decides what is tried again."""

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from schemas.settings import Index as IndexSettings
from transforms.clients.elastic import RETRIED, ElasticError, connect, reason_of, said
from transforms.clients.elastic_login import credentials
from transforms.index.batches import Action
from transforms.index.sending import Reply, Unanswered

SHOWN = "items.*.status,items.*.result,items.*.error"
"""What is read of a bulk's answer."""

NO_ANSWER = "no_answer"
"""The type of an error that no server gave."""


class ElasticBulk:
    """Sends bulk requests, each once; several threads may share it."""

    def __init__(self, client: Elasticsearch, *, server: str, aliases_only: bool = False) -> None:
        self.client = client.options(max_retries=0)
        self.server = server
        self.aliases_only = aliases_only

    def post(self, actions: Sequence[Action]) -> list[Reply]:
        """Return one reply an action, in order; raises Unanswered."""
        lines: list[Any] = [line for action in actions for line in (action.head, action.body) if line]
        try:
            with said(self.server):
                answer = self.client.bulk(operations=lines, require_alias=self.aliases_only or None, filter_path=SHOWN)
        except ElasticError as e:
            again = e.transient if e.status == 0 else e.status in RETRIED
            raise Unanswered(Reply(e.status, type=NO_ANSWER, reason=str(e), again=again)) from None
        return [_reply(next(iter(item.values()))) for item in answer["items"]]

    def close(self) -> None:
        """Give back the connections."""
        self.client.close()


def open_bulk(settings: IndexSettings) -> ElasticBulk:
    """Return what sends bulk requests to the server of the settings; asks it nothing yet."""
    return ElasticBulk(connect(settings), server=credentials(settings)[0])


def _reply(item: Mapping[str, Any]) -> Reply:
    error = item.get("error")
    if error is None:
        return Reply(item["status"], result=item.get("result", ""))
    type_ = error.get("type", "error") if isinstance(error, dict) else "error"
    reason = reason_of({"error": error})
    return Reply(item["status"], type=type_, reason=reason, again=item["status"] in RETRIED)
