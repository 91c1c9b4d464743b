"""Rules and connectors of Kibana's own alerting, as its API takes them.

Imported as saved objects they would come without secrets and switched off, and their stored form changes with every
release; the API's form is the same in 8.19 and 9.x.
"""

import hashlib
import uuid

from schemas.mapping import alias
from schemas.query import Kind
from transforms.index.facets import FACETS
from transforms.kibana.objects import Json, packed

EVERY_MINUTES = 5
LOOKS_BACK_MINUTES = 15
"""Longer than the pause between two looks: what was seen twice is told once, as Kibana drops hits of the last look."""

FOUND = {
    "@timestamp": "{{date}}",
    "rule": "{{rule.name}}",
    "found": "{{context.value}}",
    "message": "{{context.title}}",
    "link": "{{context.link}}",
}
"""What both connectors are given of a hit, in Kibana's own words."""


def rules_of(prefix: str, *, webhook: str = "") -> Json:
    """Return the connectors and rules of that prefix, each with its id and the body that the API takes."""
    connectors = [_index_connector(prefix), *([_webhook_connector(prefix, webhook)] if webhook else [])]
    actions = [_index_action(prefix), *([_webhook_action(prefix)] if webhook else [])]
    asked: list[tuple[Kind, str, Json]] = [
        ("statements", "newswatch: a watched actor speaks", {"exists": {"field": "speaker.actor"}}),
        ("alerts", "newswatch: an alert of a rule of ours", {"match_all": {}}),
    ]
    return {
        "connectors": connectors,
        "rules": [_rule(prefix, kind, name, query=query, actions=actions) for kind, name, query in asked],
    }


def fixed_id(prefix: str, name: str) -> str:
    """Return the same id at every call, of the form that the API asks for: what is sent twice is there once."""
    return str(uuid.UUID(bytes=hashlib.sha256(f"{prefix}/{name}".encode()).digest()[:16], version=4))


def _index_connector(prefix: str) -> Json:
    config = {"index": f"{prefix}-fired", "refresh": False, "executionTimeField": None}
    body = {"name": f"{prefix}: what rules found", "connector_type_id": ".index", "config": config}
    return {"id": fixed_id(prefix, "index"), "body": body}


def _webhook_connector(prefix: str, url: str) -> Json:
    headers = {"Content-Type": "application/json"}
    config = {"url": url, "method": "post", "headers": headers, "hasAuth": False}
    body = {"name": f"{prefix}: webhook", "connector_type_id": ".webhook", "config": config, "secrets": {}}
    return {"id": fixed_id(prefix, "webhook"), "body": body}


def _index_action(prefix: str) -> Json:
    return _action(fixed_id(prefix, "index"), {"documents": [FOUND]})


def _webhook_action(prefix: str) -> Json:
    return _action(fixed_id(prefix, "webhook"), {"body": packed(FOUND)})


def _action(connector: str, params: Json) -> Json:
    often = {"summary": False, "notify_when": "onActiveAlert", "throttle": None}
    return {"group": "query matched", "id": connector, "params": params, "frequency": often}


def _rule(prefix: str, kind: Kind, name: str, *, query: Json, actions: list[Json]) -> Json:
    params = {
        "searchType": "esQuery",
        "index": [alias(prefix, kind)],
        "timeField": FACETS[kind].time,
        "esQuery": packed({"query": query}),
        "size": 100,
        "timeWindowSize": LOOKS_BACK_MINUTES,
        "timeWindowUnit": "m",
        "threshold": [0],
        "thresholdComparator": ">",
        "aggType": "count",
        "groupBy": "all",
        "excludeHitsFromPreviousRun": True,
    }
    body = {
        "name": name,
        "rule_type_id": ".es-query",
        "consumer": "stackAlerts",
        "enabled": True,
        "tags": ["newswatch"],
        "schedule": {"interval": f"{EVERY_MINUTES}m"},
        "params": params,
        "actions": actions,
    }
    return {"id": fixed_id(prefix, f"rule-{kind}"), "body": body}
