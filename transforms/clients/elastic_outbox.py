"""What is to be sent and what became of it, in a ledger in Elasticsearch.

Every write is on the server's disk before it is answered (`index.translog.durability`, by default `request`).
"""

import dataclasses as dc
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence

from schemas.alerts import Alert
from schemas.codec import from_json, to_json
from schemas.kept import Item, Silence, State
from transforms.clients.elastic_docs import Doc, among, any_of, has, id_of, is_, made, within
from transforms.clients.elastic_shelf import Change, Shelf
from transforms.index.rows import millis, moment
from transforms.keeping import Told, by_due, by_end, ended_before, revived, told_of

NOTICES = 10_000
"""Notices to one channel that are counted, at most."""


class ElasticOutbox:
    """An Outbox on the ledger's shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def post(self, alert: Alert, items: Sequence[Item]) -> None:
        """Remember the items, each in its first form, then the alert: who is stopped in between posts it again."""
        self.shelf.create({_id(item): _doc(item) for item in items})
        told = told_of(alert)
        fields = {"rule": told.rule, "time": millis(told.last), "body": to_json(told)}
        self.shelf.change({id_of("alert", alert.id): _with_items(alert.id, items, **fields)})

    def items(self, alert: str) -> list[Item]:
        """Return the alert's items, by channel and round; by their names, for to search one must wait."""
        found = self.shelf.one(id_of("alert", alert)) or {}
        held = self.shelf.get(found.get("items") or (), ["body"])
        return sorted((from_json(Item, one.source["body"]) for one in held.values()), key=_place)

    def is_due(self, now: dt.datetime) -> bool:
        """Return whether there is anything to be sent by now."""
        by_now = any_of(within("due", lte=millis(now)), within("since", gt=millis(now)))
        return self.shelf.look.is_any("item", is_("state", "due"), by_now)

    def waiting(self, now: dt.datetime) -> list[Item]:
        """Return all that is still to be sent, the longest due first; what began after now begins now."""
        found = self._of("due")
        early = [dc.replace(item, since=now) for item in found if item.since > now]
        self._write(early)
        return sorted([*early, *(item for item in found if item.since <= now)], key=by_due)

    def put(self, items: Sequence[Item], *, now: dt.datetime) -> None:
        """Write the items as they are now: what was sent must not be sent again."""
        self._write(items, now)

    def sent(self, channel: str, since: dt.datetime, now: dt.datetime) -> int:
        """Return how many notices the channel has had from then until now."""
        bundles = {"terms": {"field": "bundle", "size": NOTICES}}
        had = within("sent", gte=millis(since), lte=millis(now))
        return len(self.shelf.look.sums("item", is_("channel", channel), had, aggs={"n": bundles})["n"]["buckets"])

    def last_sent(self, channel: str, group: str, now: dt.datetime) -> dt.datetime | None:
        """Return when, until now, the channel had its last notice of that group."""
        had = (is_("channel", channel), is_("group", group), has("sent"), within("sent", lte=millis(now)))
        last = self.shelf.look.sums("item", *had, aggs={"n": {"max": {"field": "sent"}}})["n"]["value"]
        return None if last is None else moment(int(last))

    def told(self, rules: Collection[str], *, since: dt.datetime) -> list[Told]:
        """Return the alerts of those rules that were still growing then."""
        growing = (among("rule", rules), within("time", gte=millis(since)))
        return [from_json(Told, doc["body"]) for doc in self.shelf.look.find("alert", *growing, sort=("rule", "key"))]

    def revive(self) -> int:
        """Make what was given up due again, and return how many items there were."""
        dead = [revived(item) for item in self._of("dead")]
        self._write(dead)
        return len(dead)

    def silences(self) -> list[Silence]:
        """Return every silence, by its end and id."""
        found = (from_json(Silence, doc["body"]) for doc in self.shelf.look.find("silence", polled=True))
        return sorted(found, key=by_end)

    def silence(self, silence: Silence) -> None:
        """Write the silence, in place of an earlier form."""
        id_ = id_of("silence", silence.id)
        self.shelf.put({id_: made(id_, body=to_json(silence))})

    def forget_silences(self, before: dt.datetime, most: int) -> int:
        """Forget at most so many silences that ended before then; returns how many."""
        over = ended_before(before, self.silences())[:most]
        self.shelf.remove({id_of("silence", silence.id): None for silence in over})
        return len(over)

    def _of(self, state: State) -> list[Item]:
        return [from_json(Item, doc["body"]) for doc in self.shelf.look.find("item", is_("state", state))]

    def _write(self, items: Sequence[Item], now: dt.datetime | None = None) -> None:
        """Write the items; when one was sent stays known, whatever becomes of it."""
        docs = {_id(item): _doc(item) for item in items}
        if now is not None:
            sent = {_id(item): {"sent": millis(now)} for item in items if item.state == "sent"}
            docs = {id_: {**doc, **sent.get(id_, {})} for id_, doc in docs.items()}
        new = self.shelf.merge(docs, make=True)
        of_alert = defaultdict[str, list[Item]](list)
        for item in items:
            if _id(item) in new:
                of_alert[item.alert].append(item)
        self.shelf.change({id_of("alert", alert): _with_items(alert, found) for alert, found in of_alert.items()})


def _with_items(alert: str, items: Sequence[Item], **fields: object) -> Change:
    """Return the change of an alert that has these items of the outbox, and those fields."""

    def change(source: Doc | None) -> Doc | None:
        before = (source or {}).get("items") or ()
        now = {"items": list(dict.fromkeys((*before, *map(_id, items)))), **fields}
        return now if source else made(id_of("alert", alert), **now)

    return change


def _id(item: Item) -> str:
    return id_of("item", item.alert, item.channel, item.round)


def _doc(item: Item) -> Doc:
    names = {"alert": item.alert, "channel": item.channel, "round": item.round, "bundle": item.bundle}
    times = {"since": millis(item.since), "due": millis(item.due)}
    return made(_id(item), **names, **times, group=item.group, state=item.state, body=to_json(item))


def _place(item: Item) -> tuple[str, str]:
    return item.channel, item.round
