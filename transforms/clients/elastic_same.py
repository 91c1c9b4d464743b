"""Articles that turned out to be known ones under other addresses, in a ledger in Elasticsearch."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from schemas.articles import Entry
from schemas.codec import from_json, to_json
from schemas.ids import stable_id
from schemas.stories import Claim, Evidence, Folded
from transforms.clients.elastic_docs import Doc, among, id_of, made
from transforms.clients.elastic_shelf import Change, Shelf
from transforms.copies.same import is_meant
from transforms.ledger.items import LOOKS
from transforms.recall import SameArticle


@dataclass(frozen=True, slots=True)
class Known:
    """An entry whose article has been placed."""

    source: Doc
    entry: Entry
    story: str
    exact: str

    @property
    def id(self) -> str:
        """The entry's own id."""
        return self.entry.id

    @property
    def guid(self) -> str:
        """The id of what is remembered of its GUID; empty where it has none."""
        return id_of("guid", stable_id(self.entry.feed, self.entry.guid)) if self.entry.guid else ""


@dataclass
class Desk:
    """What is known of a batch's articles, by the ids of documents; what is found out, until all of it is written."""

    led: dict[str, Doc]
    guids: dict[str, Doc]
    known: dict[str, Known]
    lists: dict[str, frozenset[str]]
    again: dict[str, Change] = field(default_factory=dict)
    folded: dict[str, Doc] = field(default_factory=dict)
    claimed: dict[str, Doc] = field(default_factory=dict)
    named: dict[str, Doc] = field(default_factory=dict)
    settled: dict[str, Doc] = field(default_factory=dict)

    def fold(self, claim: Claim, same: SameArticle) -> None:
        """Fold the article's entry into a known one, if it is that; else let it have its addresses and its GUID."""
        led, new = self.led.get(id_of("same", claim.article)), self.known.get(claim.article)
        if led and led["state"] != "claim":
            self.settled[id_of("entry", claim.article)] = {"state": "done"}  # the first time may have been broken off
        elif new is not None:
            known = next((one for one in self._likely(claim, new) if same(one[0].entry, new.entry, one[1])), None)
            if known is None:
                self._let_have(claim, new)
            else:
                self._fold(known[0], new)

    def write(self, shelf: Shelf) -> None:
        """Make known articles work again where there is news, then remember what was folded, then settle that."""
        shelf.change(self.again)
        shelf.create(self.claimed)
        shelf.put({**self.folded, **self.named})
        shelf.merge(self.settled)

    def _likely(self, claim: Claim, new: Known) -> Iterator[tuple[Known, Evidence]]:
        addresses = (claim.article, *claim.addresses)
        at = {self.led.get(id_of("same", address), {}).get("record", address) for address in addresses}
        by_guid = self.guids.get(new.guid, {}).get("record", "")
        for id_ in sorted({*at, by_guid} - {new.id, ""}):
            known = self.known.get(id_)
            if known is not None and known.source["state"] != "failed":
                together = {id_, new.id} <= self.lists.get(new.entry.feed, frozenset())
                story = known.story == new.story
                yield known, Evidence(address=id_ in at, guid=id_ == by_guid, story=story, together=together)

    def _let_have(self, claim: Claim, new: Known) -> None:
        for id_ in (id_of("same", address) for address in claim.addresses):
            if id_ not in self.led:
                self.led[id_] = self.claimed[id_] = made(id_, record=new.id, state="claim")
        if new.guid:
            self.guids[new.guid] = self.named[new.guid] = made(new.guid, record=new.id)

    def _fold(self, known: Known, new: Known) -> None:
        is_own = known.entry.feed == new.entry.feed
        is_news = known.source["state"] == "done" and (is_own or known.exact != new.exact)
        looks = is_news and known.source["looks"] < LOOKS
        if looks:
            form = replace(new.entry, id=known.id) if is_own else known.entry
            item = {name: new.source[name] for name in ("words", "updated")} if is_own else {}
            self.again[id_of("entry", known.id)] = _again({**item, "body": to_json(form)})
            source = {**known.source, "state": "pending", "looks": known.source["looks"] + 1}
            self.known[known.id] = replace(known, source=source, entry=form)
        led, state = id_of("same", new.id), "goes on" if looks and is_own else "gone"
        self.led[led] = self.folded[led] = made(led, record=known.id, state=state)
        self.settled[id_of("entry", new.id)] = {"state": "done"}


def renamed(shelf: Shelf, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, those that were folded under the ids of what they were folded into."""
    led = shelf.get({id_of("same", entry.id) for entry in entries})
    known = _known(shelf, (held.source["record"] for held in led.values() if held.source["state"] == "claim"))
    own: list[str] = []
    found: list[Entry] = []
    for entry in entries:
        id_ = id_of("same", entry.id)
        source = led[id_].source if id_ in led else None
        meant = source and known.get(source["record"])
        if source and source["state"] == "claim" and not (meant and is_meant(meant.entry, entry)):
            own.append(id_)  # its address is its own after all
            source = None
        found.append(replace(entry, id=source["record"]) if source else entry)
    shelf.remove(dict.fromkeys(own))
    return found


def fold(shelf: Shelf, claims: Sequence[Claim], same: SameArticle) -> None:
    """Settle entries that are known articles under other addresses."""
    if not claims:
        return
    addresses = {address for claim in claims for address in (claim.article, *claim.addresses)}
    led = {id_: held.source for id_, held in shelf.get({id_of("same", address) for address in addresses}).items()}
    known = _known(shelf, {*addresses, *(source["record"] for source in led.values())})
    new = [known[claim.article] for claim in claims if claim.article in known]
    guids = {id_: held.source for id_, held in shelf.get({one.guid for one in new} - {""}).items()}
    known |= _known(shelf, {source["record"] for source in guids.values()} - known.keys())
    desk = Desk(led, guids, known, _lists(shelf, {one.entry.feed for one in new}))
    for claim in claims:
        desk.fold(claim, same)
    desk.write(shelf)


def folded(shelf: Shelf, articles: Sequence[str]) -> dict[str, Folded]:
    """Return what those of the entries that were folded were folded into."""
    led = shelf.get({id_of("same", article) for article in articles})
    sources = {article: held.source for article in articles if (held := led.get(id_of("same", article)))}
    return {
        article: Folded(source["record"], goes_on=source["state"] == "goes on")
        for article, source in sources.items()
        if source["state"] != "claim"
    }


def forget(shelf: Shelf, entries: Sequence[str]) -> None:
    """Forget what led to entries that the ledger forgets."""
    if entries:
        shelf.look.remove("same", among("record", entries))
        shelf.look.remove("guid", among("record", entries))


def _known(shelf: Shelf, ids: Iterable[str]) -> dict[str, Known]:
    """Return those of the entries whose articles have been placed."""
    wanted = list(dict.fromkeys(ids))
    held = shelf.get([*(id_of("entry", id_) for id_ in wanted), *(id_of("story", id_) for id_ in wanted)])
    found: dict[str, Known] = {}
    for id_ in wanted:
        entry, story = held.get(id_of("entry", id_)), held.get(id_of("story", id_))
        if entry and story:
            form = from_json(Entry, entry.source["body"])
            found[id_] = Known(entry.source, form, story.source["story"], story.source["exact"])
    return found


def _lists(shelf: Shelf, feeds: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return what each of the feeds lists."""
    ids = {id_of("feed", feed): feed for feed in feeds}
    held = shelf.get(ids, ["listed"])
    return {ids[id_]: frozenset(one.source.get("listed") or ()) for id_, one in held.items()}


def _again(form: Doc) -> Change:
    def change(source: Doc | None) -> Doc | None:
        if source is None or source["state"] != "done":
            return None
        mine = {"state": "pending", "taken": "", "inherited": True, "tries": 0}
        return {**mine, **form, "looks": source["looks"] + 1}

    return change
