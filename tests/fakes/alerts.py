"""An alert written by hand."""

from typing import Any

from schemas.alerts import Alert, Match
from schemas.kept import Notice
from tests.fakes.records import NOON, make_document, origin_of


def make_match(**fields: Any) -> Match:
    """Return a match of a rule `said`."""
    base: dict[str, Any] = {
        "alert": "a" * 32,
        "rule": "said",
        "record": "s1",
        "kind": "statement",
        "type": "direct",
        "actors": ("velden",),
        "speaker": "Marta Velden",
        "sentence": "“We will come,” Marta Velden said.",
        "words": "We will come,",
        "confidence": 0.9,
        "origin": origin_of(make_document()),
    }
    return Match(**(base | fields))


def make_alert(**fields: Any) -> Alert:
    """Return an alert of one match."""
    base: dict[str, Any] = {
        "id": "a" * 32,
        "rule": "said",
        "title": "Marta Velden speaks: “We will come,”",
        "summary": "“We will come,” Marta Velden said. (The Post; 1 match)",
        "reason": "rule said: statement-by, confidence 0.9",
        "actors": ("velden",),
        "channels": ("console",),
        "matches": (make_match(),),
        "outlets": ("The Post",),
        "count": 1,
        "first_seen": NOON,
        "last_seen": NOON,
    }
    return Alert(**(base | fields))


def make_notice(*alerts: Alert, **fields: Any) -> Notice:
    """Return the notice of those alerts, or of one."""
    told = alerts or (make_alert(),)
    return Notice(**({"id": told[0].id, "channel": "desk", "alerts": told} | fields))
