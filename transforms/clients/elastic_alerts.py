"""Alerts and their matches in a ledger in Elasticsearch: an alert's document names its matches, which then are its.

A match's own document is written first and removed last: whoever finds it named finds it there.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from schemas.alerts import Match
from schemas.codec import from_json, to_json
from transforms.clients.elastic_docs import Doc, among, id_of, is_, made, within
from transforms.clients.elastic_look import PAGE
from transforms.clients.elastic_shelf import Change, Shelf, parts
from transforms.index.rows import millis
from transforms.keeping import TOLD_FOR


def match_docs(matches: Sequence[Match]) -> dict[str, Doc]:
    """Return the matches' documents."""
    ids = ((id_of("match", match.alert, match.record), match) for match in reversed(matches))  # the first one counts
    return {id_: made(id_, alert=match.alert, record=match.record, body=to_json(match)) for id_, match in ids}


def growths(matches: Iterable[Match]) -> dict[str, Change]:
    """Return the change of each alert that has the matches from now on."""
    records: dict[str, list[str]] = {}
    for match in matches:
        records.setdefault(match.alert, []).append(match.record)
    return {id_of("alert", alert): with_records(alert, of_one) for alert, of_one in records.items()}


def with_records(alert: str, records: Sequence[str], *, without: Collection[str] = ()) -> Change:
    """Return the change of an alert that has these matches besides its others, and not those; it is due again."""

    def change(source: Doc | None) -> Doc | None:
        had = _records(source)
        now = list(dict.fromkeys(record for record in (*had, *records) if record not in without))
        if now == had:
            return None
        forgotten = [*_forgotten(source), *(record for record in had if record in without)]
        left = [record for record in dict.fromkeys(forgotten) if record not in now]
        fields = {"records": now, "forgotten": left, "size": len(now) + len(left), "finished": False}
        return fields if source else made(id_of("alert", alert), **fields)

    return change


def matches(shelf: Shelf, alert: str) -> Iterator[Match]:
    """Yield every match of the alert, by the record's id."""
    lost: list[str] = []
    for part in parts(sorted(_records(shelf.one(id_of("alert", alert))))):
        ids = {id_of("match", alert, record): record for record in part}
        found = shelf.get(ids, ["body"])
        lost += (record for id_, record in ids.items() if id_ not in found)  # somebody removed it by hand
        yield from (from_json(Match, found[id_].source["body"]) for id_ in ids if id_ in found)
    if lost:
        shelf.change({id_of("alert", alert): with_records(alert, (), without=lost)})


def fold(shelf: Shelf, alert: str, found: Sequence[Match], *, whole: bool) -> bool:
    """Add the matches to the alert (`whole`: put them in place of what it has), and return whether it changed."""
    kept = {match.record for match in found}
    held = set(_records(shelf.one(id_of("alert", alert))))
    stale = held - kept if whole else set[str]()
    if kept <= held and not stale:
        return False
    placed = [match for match in found if match.record not in held]
    shelf.create(match_docs(placed))
    shelf.change({id_of("alert", alert): with_records(alert, [match.record for match in placed], without=stale)})
    if stale:
        _remove_forgotten(shelf, [alert])
    return True


def undelivered(shelf: Shelf) -> list[str]:
    """Return the ids of the alerts that have grown since they were last written, sorted."""
    docs = shelf.look.find("alert", is_("finished", value=False), fields=(), polled=True)
    return sorted(doc["key"] for doc in docs)


def finished(alert: str, count: int) -> Change:
    """Return the change of an alert that stands in the index and the outbox with so many matches."""

    def change(source: Doc | None) -> Doc | None:
        known = source if source and "finished" in source else None
        fields: Doc = {} if known else {"records": [], "forgotten": [], "size": 0, "finished": False}
        if len(_records(source)) == count and not (known and known["finished"]):
            fields["finished"] = True
        if not fields:
            return None
        return fields if source else made(id_of("alert", alert), **fields)

    return change


def forget_alerts(shelf: Shelf, before: dt.datetime, most: int) -> int:
    """Forget at most so many alerts that are over, a year after what they were found in; returns how many."""
    over = _over(shelf, before - TOLD_FOR, most)
    shelf.change({id_of("alert", alert): _emptied for alert in over})
    _remove_forgotten(shelf, over)
    held = shelf.get([id_of("alert", alert) for alert in over])
    still = {id_: one for id_, one in held.items() if one.source.get("finished") and not one.source["size"]}
    if still:
        shelf.look.remove("item", among("alert", (id_.partition(" ")[2] for id_ in still)))
        shelf.remove(still)
    return len(still)


def _over(shelf: Shelf, before: dt.datetime, most: int) -> list[str]:
    """Return alerts that have not grown since then, and of which nothing is due."""
    over = (is_("finished", value=True), within("time", lt=millis(before)))
    docs = shelf.look.find("alert", *over, fields=(), sort=("time", "key"))
    found: list[str] = []
    while len(found) < most and (part := [doc["key"] for doc in islice(docs, PAGE)]):
        due = _due(shelf, part)
        found += [alert for alert in part if alert not in due]
    return found[:most]


def _due(shelf: Shelf, alerts: Sequence[str]) -> set[str]:
    docs = shelf.look.find("item", is_("state", "due"), among("alert", alerts), fields=("alert",))
    return {doc["alert"] for doc in docs}


def _emptied(source: Doc | None) -> Doc | None:
    if source is None or not source.get("finished") or not _records(source):
        return None
    return {"records": [], "forgotten": [*_records(source), *_forgotten(source)]}


def _remove_forgotten(shelf: Shelf, alerts: Iterable[str]) -> None:
    """Remove the documents of matches that their alerts have no more; what was stopped in between is taken up here."""
    held = shelf.get([id_of("alert", alert) for alert in alerts])
    gone = {id_: _forgotten(one.source) for id_, one in held.items()}
    matches_ = (id_of("match", id_.partition(" ")[2], record) for id_, records in gone.items() for record in records)
    shelf.remove(dict.fromkeys(matches_))
    shelf.change({id_: _tidied(frozenset(records)) for id_, records in gone.items()})


def _tidied(removed: frozenset[str]) -> Change:
    def change(source: Doc | None) -> Doc | None:
        left = [record for record in _forgotten(source) if record not in removed]
        if source is None or len(left) == len(_forgotten(source)):
            return None
        return {"forgotten": left, "size": len(_records(source)) + len(left)}

    return change


def _records(source: Doc | None) -> list[str]:
    return list((source or {}).get("records") or ())


def _forgotten(source: Doc | None) -> list[str]:
    return list((source or {}).get("forgotten") or ())
