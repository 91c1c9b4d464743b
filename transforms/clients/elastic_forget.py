"""What a ledger in Elasticsearch forgets: settled entries that no feed lists any more, with their stories."""

import datetime as dt
from itertools import islice

from transforms.clients import elastic_same
from transforms.clients.elastic_docs import Doc, among, any_of, has, id_of, is_, within
from transforms.clients.elastic_look import PAGE
from transforms.clients.elastic_shelf import Shelf
from transforms.index.rows import millis

LOOKED = 10_000
"""Old entries that one call looks at: most are listed still, and the next call goes on behind them."""


class Forgetting:
    """Looks through old entries, part by part, and begins anew at the end."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.behind: tuple[int, str] | None = None

    def entries(self, before: dt.datetime, most: int) -> int:
        """Forget at most so many settled entries first seen before then, and return how many there were."""
        where = [within("time", lt=millis(before)), *([_behind(*self.behind)] if self.behind else [])]
        settled = [is_("state", "pending")]
        docs = self.shelf.look.find(
            "entry", *where, but=settled, fields=("time", "feed"), sort=("time", "key"), most=LOOKED
        )
        forgotten = looked = 0
        while forgotten < most and (part := list(islice(docs, min(PAGE, most)))):
            stale = self._unlisted(part)[: most - forgotten]
            self._remove(stale)
            forgotten, looked = forgotten + len(stale), looked + len(part)
            last = part[-1] if forgotten < most else stale[-1]
            self.behind = last["time"], last["key"]
        if forgotten < most and looked < LOOKED:
            self.behind = None
        return forgotten

    def _unlisted(self, entries: list[Doc]) -> list[Doc]:
        """Return those of the entries whose feed has listed anything since this is kept, but no feed lists them."""
        feeds = {id_of("feed", entry["feed"]).partition(" ")[2] for entry in entries}
        listing = any_of(among("listed", (entry["key"] for entry in entries)), among("key", feeds))
        known = list(self.shelf.look.find("feed", listing, has("listed"), fields=("listed",)))
        listed = {entry for feed in known for entry in feed["listed"]}
        lists = {feed["key"] for feed in known}
        return [
            entry
            for entry in entries
            if entry["key"] not in listed and id_of("feed", entry["feed"]).partition(" ")[2] in lists
        ]

    def _remove(self, entries: list[Doc]) -> None:
        held = self.shelf.get([id_of("entry", entry["key"]) for entry in entries], ["state"])
        settled = {id_: one for id_, one in held.items() if one.source["state"] != "pending"}
        elastic_same.forget(self.shelf, [id_.partition(" ")[2] for id_ in settled])
        self.shelf.remove({id_of("story", id_.partition(" ")[2]): None for id_ in settled})
        self.shelf.remove(dict(settled))


def _behind(time: int, key: str) -> Doc:
    same = {"bool": {"filter": [within("time", gte=time, lte=time), {"range": {"key": {"gt": key}}}]}}
    return any_of(within("time", gt=time), same)
