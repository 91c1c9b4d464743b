"""Articles that come one after the other to rules that count: at the level of readings, with a clock of the test's."""

import dataclasses as dc
import datetime as dt
from typing import Any

from schemas.alerts import Alert
from schemas.articles import Entry
from schemas.records import Reading
from schemas.statements import Cue
from tests.fakes.ledger import MemoryLedger
from tests.fakes.office import rules_read
from tests.fakes.records import (
    NOON,
    make_document,
    make_mention,
    make_reading,
    make_span,
    make_speaker,
    make_statement,
)
from transforms.alerts.build import build, gather
from transforms.alerts.count import count
from transforms.alerts.grouping import counting_id
from transforms.alerts.judge import judge

MINUTE = dt.timedelta(minutes=1)


def at(minutes: float) -> dt.datetime:
    """Return so many minutes after noon."""
    return NOON + minutes * MINUTE


def article(minutes: float, actor: str = "velden", said: str = "", cue: str = "say", **fields: Any) -> Reading:
    """Return an article first seen then, which names the actor and has what the actor said in it."""
    name = fields.pop("name", f"{actor} {minutes:g} {said}")
    base: dict[str, Any] = {"id": name, "seen": at(minutes), "story": f"story {name}", "feed": "https://a.test/feed"}
    document = make_document(**(base | fields))
    mention = make_mention(document, actor, sentence=make_span(f"{actor} came."))
    verb = Cue(start=0, end=len(cue), text=cue, lemma=cue)
    words = make_statement(document, said, make_speaker(actor.title(), actor), cue=verb) if said else None
    return make_reading(document, mentions=(mention,), statements=(words,) if words else ())


class Wire:
    """A ledger, rules, and newswatch at work from noon on."""

    def __init__(self, *rules: dict[str, Any], watches: bool = True) -> None:
        named = [{"id": f"r{n}", "when": "mention", "notify": []} | rule for n, rule in enumerate(rules)]
        self.rules = rules_read(rules=named)
        self.ledger = MemoryLedger()
        for rule in self.rules.rules:
            self.ledger.tally.rule_since(counting_id(rule), NOON)
        if watches:
            self.watch(0, 0)

    def watch(self, start: float, end: float) -> None:
        """Be at work between the two, in minutes after noon."""
        self.ledger.tally.spans.append((at(start), at(end)))

    def read(self, *readings: Reading) -> None:
        """Judge the articles, in that order."""
        for reading in readings:
            self.ledger.conclude(reading.document.id, *judge(reading, self.rules))

    def wait_for(self, reading: Reading) -> None:
        """Have the article in the ledger, unread."""
        document = reading.document
        entry = Entry(id=document.id, feed="f", outlet=document.outlet, url=document.url, seen=document.seen)
        self.ledger.take(dc.replace(self.ledger.feed("f") or _state(), url="f"), [entry], run="r")

    def look(self, minutes: float, *, watched: bool = True) -> list[Alert]:
        """Count, so many minutes after noon, having been at work since the last time; returns all alerts by now."""
        spans = self.ledger.tally.spans
        if watched and spans and at(minutes) > spans[-1][1]:
            spans[-1] = (spans[-1][0], at(minutes))
        count(self.ledger, self.rules, at(minutes))
        names = sorted({alert for alert, _ in self.ledger.tally.kept})
        alerts = [build(name, gather(self.ledger.matches(name)), self.rules) for name in names]
        return sorted(alerts, key=lambda alert: (alert.first_seen, alert.rule, alert.id))

    def found(self, minutes: float, *, watched: bool = True) -> list[str]:
        """The alerts as text: the actors or keys, the first minute, how many matches."""
        return [said_of(alert) for alert in self.look(minutes, watched=watched)]


def said_of(alert: Alert) -> str:
    """Return whom the alert is about, the minutes of its first and last match, and how many it has."""
    who = alert.matches[0].key or " ".join(alert.actors)
    first, last = ((moment - NOON) / MINUTE for moment in (alert.first_seen, alert.last_seen))
    return f"{who} {first:g}-{last:g} x{alert.count}"


def _state() -> Any:
    from schemas.feeds import FeedState

    return FeedState(url="f")
