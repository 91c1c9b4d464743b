"""What Kibana's alerting API takes of rules of type `.es-query` and of connectors, restated as strict models."""

# ruff: noqa: N815 - the names are Kibana's
from typing import Annotated, Any, Literal

from pydantic import Field, Json

from tests.fakes.kibana_base import Strict, Text


class EsQuery(Strict):
    query: dict[str, Any]


class EsQueryParams(Strict):
    """The parameters of `.es-query`, asked in Elasticsearch's own words."""

    searchType: Literal["esQuery"]
    index: Annotated[list[Text], Field(min_length=1)]
    timeField: Text
    esQuery: Json[EsQuery]
    size: Annotated[int, Field(ge=0, le=10_000)]
    timeWindowSize: Annotated[int, Field(ge=1)]
    timeWindowUnit: Literal["s", "m", "h", "d"]
    threshold: Annotated[list[int], Field(min_length=1, max_length=2)]
    thresholdComparator: Literal[">", ">=", "<", "<=", "between", "notBetween"]
    aggType: Literal["count"]
    groupBy: Literal["all"]
    excludeHitsFromPreviousRun: bool


class Frequency(Strict):
    summary: bool
    notify_when: Literal["onActiveAlert", "onActionGroupChange", "onThrottleInterval"]
    throttle: str | None


class IndexParams(Strict):
    documents: Annotated[list[dict[str, Any]], Field(min_length=1)]


class WebhookParams(Strict):
    body: Json[dict[str, str]]


class RuleAction(Strict):
    group: Literal["query matched", "recovered"]
    id: Text
    params: IndexParams | WebhookParams
    frequency: Frequency


class Interval(Strict):
    interval: Annotated[str, Field(pattern=r"^\d+[smhd]$")]


class RuleBody(Strict):
    name: Text
    rule_type_id: Literal[".es-query"]
    consumer: Literal["stackAlerts", "alerts"]
    enabled: bool
    tags: list[str]
    schedule: Interval
    params: EsQueryParams
    actions: list[RuleAction]


class IndexConfig(Strict):
    index: Text
    refresh: bool
    executionTimeField: str | None


class IndexConnector(Strict):
    name: Text
    connector_type_id: Literal[".index"]
    config: IndexConfig


class WebhookConfig(Strict):
    url: Annotated[str, Field(pattern=r"^https?://")]
    method: Literal["post", "put"]
    headers: dict[str, str]
    hasAuth: bool


class WebhookConnector(Strict):
    name: Text
    connector_type_id: Literal[".webhook"]
    config: WebhookConfig
    secrets: dict[str, str]


Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]


class SentRule(Strict):
    id: Uuid
    body: RuleBody


class SentConnector(Strict):
    id: Uuid
    body: IndexConnector | WebhookConnector


class Alerting(Strict):
    connectors: list[SentConnector]
    rules: list[SentRule]
