"""What rules have counted, in a ledger in Elasticsearch."""

import dataclasses as dc
import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import groupby
from operator import attrgetter

from schemas.alerts import Match
from schemas.codec import from_json
from schemas.kept import Hit, Series
from transforms.clients import elastic_alerts
from transforms.clients.elastic_docs import Doc, among, any_of, has, id_of, is_, made, within
from transforms.clients.elastic_shelf import Change, Shelf
from transforms.index.rows import millis, moment
from transforms.keeping import by_time
from transforms.ledger.spans import Spans, with_beat

SERIES = ("body", "dirty", "through", "changes")
BEATS = id_of("note", "watched")


class ElasticTally:
    """A Tally on the ledger's shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def beat(self, now: dt.datetime) -> None:
        """Remember that newswatch is at work, to the minute; what is still to come has not been forgotten."""
        if with_beat(self._spans(), millis(now)) is not None:
            ahead = self.shelf.look.find("series", within("gone", gt=millis(now)), fields=())
            self.shelf.merge({id_of("series", doc["key"]): {"gone": None} for doc in ahead})
            self.shelf.change({BEATS: _beaten(millis(now))})

    def watched(self) -> list[tuple[dt.datetime, dt.datetime]]:
        """Return the spans in which newswatch was at work, sorted."""
        return [(moment(start), moment(end)) for start, end in self._spans()]

    def _spans(self) -> Spans:
        return _spans_of(self.shelf.one(BEATS))

    def rule_since(self, rule: str, now: dt.datetime) -> dt.datetime:
        """Return when the rule was first counted: now, where it never was, or where the clock was set back since."""
        id_ = id_of("note", "rule", rule)
        found = self.shelf.one(id_)
        if found is None or found["time"] > millis(now):
            found = self.shelf.change({id_: _since(id_, millis(now))})[id_].source
        return moment(found["time"] if found else millis(now))

    def is_dirty(self) -> bool:
        """Return whether hits have come since they were counted."""
        return self.shelf.look.is_any("series", has("dirty"), is_("waits", value=False))

    def series(self, rules: Collection[str] = ()) -> list[Series]:
        """Return the series that have hits not counted yet, and all of those rules; sorted."""
        wanted = any_of(has("dirty"), among("rule", rules))
        found = self.shelf.look.find("series", wanted, fields=SERIES)
        return sorted(map(_series, found), key=attrgetter("id"))

    def hits(self, series: str, since: dt.datetime | None = None, until: dt.datetime | None = None) -> list[Hit]:
        """Return the hits of the series, seen from then on and by then, in order of time, record and term."""
        bounds = {"gte": millis(since)} if since else {}
        bounds |= {"lte": millis(until)} if until else {}
        docs = self.shelf.look.find("hit", is_("series", series), within("time", **bounds))
        found = sorted((from_json(Hit, doc["body"]) for doc in docs), key=by_time)
        return [hit for hit in found if hit.seen <= until] if until else found

    def open_terms(
        self, series: str, since: dt.datetime, number: int, *, until: dt.datetime | None = None
    ) -> list[Hit]:
        """Return all hits, by then, of the terms that have any since and had fewer than so many before."""
        last = {"lte": millis(until)} if until else {}
        newer = within("time", gte=millis(since), **last)
        terms = {doc["term"] for doc in self.shelf.look.find("hit", is_("series", series), newer, fields=("term",))}
        of_terms = (is_("series", series), among("term", sorted(terms)), within("time", **last))
        found = sorted((from_json(Hit, doc["body"]) for doc in self.shelf.look.find("hit", *of_terms)), key=by_time)
        before = Counter(hit.term for hit in found if hit.seen < since)
        return [hit for hit in found if before[hit.term] < number and (until is None or hit.seen <= until)]

    def next_hit(self, series: str, after: dt.datetime) -> dt.datetime | None:
        """Return when the first hit of the series after that moment was seen."""
        later = within("time", gte=millis(after))
        docs = self.shelf.look.find("hit", is_("series", series), later, sort=("time", "key"))
        found = (from_json(Hit, doc["body"]).seen for doc in docs)
        # of one millisecond they may come in any order
        firsts = next((list(same) for _, same in groupby(filter(after.__lt__, found), key=millis)), [])
        return min(firsts, default=None)

    def fold(self, alert: str, matches: Sequence[Match], *, whole: bool = False) -> bool:
        """Add the matches to the alert (`whole`: put them in place of what it has), and return whether it changed."""
        return elastic_alerts.fold(self.shelf, alert, matches, whole=whole)

    def counted(self, series: Series, *, dirty: dt.datetime | None, through: dt.datetime) -> None:
        """Remember how far the series is counted, unless it has had hits since it was read."""

        def change(source: Doc | None) -> Doc | None:
            if source is None:
                return None
            is_same = source["changes"] == series.changes
            left = {"dirty": None if dirty is None else millis(dirty)} if is_same else {}
            return {**left, "waits": is_same, "through": millis(through)}

        self.shelf.change({id_of("series", series.id): change})

    def forget(self, series: str, before: dt.datetime) -> None:
        """Remove the hits of the series seen before then, and take none of that age any more."""
        time = millis(before)

        def change(source: Doc | None) -> Doc | None:
            known = source is None or (source.get("gone") is not None and source["gone"] >= time)
            return None if known else {"gone": time}

        self.shelf.change({id_of("series", series): change})
        self.shelf.look.remove("hit", is_("series", series), within("time", lt=time))

    def keep_firsts(self, series: str, number: int) -> None:
        """Remove all but so many of the first hits of each term of the series."""
        met: dict[str, int] = {}
        surplus: list[str] = []
        for doc in self.shelf.look.find("hit", is_("series", series), fields=("term",), sort=("time", "record", "key")):
            met[doc["term"]] = met.get(doc["term"], 0) + 1
            if met[doc["term"]] > number:
                surplus.append(id_of("hit", doc["key"]))
        self.shelf.remove(dict.fromkeys(surplus))


def _series(doc: Doc) -> Series:
    dirty, through = (None if doc.get(name) is None else moment(doc[name]) for name in ("dirty", "through"))
    return dc.replace(from_json(Series, doc["body"]), dirty=dirty, through=through, changes=doc["changes"])


def _since(id_: str, time: int) -> Change:
    def change(source: Doc | None) -> Doc | None:
        if source is None:
            return made(id_, time=time)
        return {"time": time} if source["time"] > time else None

    return change


def _beaten(time: int) -> Change:
    def change(source: Doc | None) -> Doc | None:
        spans = with_beat(_spans_of(source), time)
        if spans is None:
            return None
        body = {"body": json.dumps(spans)}
        return body if source else made(BEATS, **body)

    return change


def _spans_of(source: Doc | None) -> Spans:
    return [(start, end) for start, end in json.loads(source["body"])] if source else []
