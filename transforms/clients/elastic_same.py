"""Articles that turned out to be known ones under other addresses, in a ledger in Elasticsearch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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


def renamed(shelf: Shelf, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, those that were folded under the ids of what they were folded into."""
    led = shelf.get({id_of("same", entry.id) for entry in entries})
    return [_renamed(shelf, e, held.source) if (held := led.get(id_of("same", e.id))) else e for e in entries]


def fold(shelf: Shelf, claim: Claim, same: SameArticle) -> None:
    """Fold the article's entry into a known one, if it is that; else let it have its addresses and its GUID."""
    if folded(shelf, [claim.article]):
        _settle(shelf, claim.article)  # the first time may have been broken off before
        return
    new = _known(shelf, claim.article)
    if new is None:
        return
    guid = id_of("guid", stable_id(new.entry.feed, new.entry.guid)) if new.entry.guid else ""
    by_guid = (shelf.one(guid) or {}).get("record", "") if guid else ""
    by_address = set(_at(shelf, claim))
    for id_ in sorted({*by_address, by_guid} - {new.id, ""}):
        known = _known(shelf, id_)
        if known is None or known.source["state"] == "failed":
            continue
        evidence = _evidence(shelf, known, new, address=id_ in by_address, guid=id_ == by_guid)
        if same(known.entry, new.entry, evidence):
            _fold(shelf, known, new)
            return
    claims = (id_of("same", address) for address in claim.addresses)
    shelf.create({id_: made(id_, record=new.id, state="claim") for id_ in claims})
    if guid:
        shelf.put({guid: made(guid, record=new.id)})


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


def _renamed(shelf: Shelf, entry: Entry, led: Doc) -> Entry:
    if led["state"] == "claim":
        known = _known(shelf, led["record"])
        if known is None or not is_meant(known.entry, entry):
            shelf.remove({id_of("same", entry.id): None})  # its address is its own after all
            return entry
    return replace(entry, id=led["record"])


def _at(shelf: Shelf, claim: Claim) -> Iterator[str]:
    """Yield the articles that are at the addresses, or have claimed them; and who has claimed its own."""
    addresses = (claim.article, *claim.addresses)
    led = shelf.get([id_of("same", address) for address in addresses])
    for address in addresses:
        held = led.get(id_of("same", address))
        yield held.source["record"] if held else address


def _known(shelf: Shelf, id_: str) -> Known | None:
    found = shelf.get([id_of("entry", id_), id_of("story", id_)])
    entry, story = found.get(id_of("entry", id_)), found.get(id_of("story", id_))
    if entry is None or story is None:
        return None
    form = from_json(Entry, entry.source["body"])
    return Known(entry.source, form, story.source["story"], story.source["exact"])


def _evidence(shelf: Shelf, known: Known, new: Known, *, address: bool, guid: bool) -> Evidence:
    listed = (shelf.one(id_of("feed", new.entry.feed)) or {}).get("listed") or ()
    together = {known.id, new.id} <= set(listed)
    return Evidence(address=address, guid=guid, story=known.story == new.story, together=together)


def _fold(shelf: Shelf, known: Known, new: Known) -> None:
    """Make the known article work again where it is news, then remember the fold, then settle what was folded."""
    is_own = known.entry.feed == new.entry.feed
    is_news = known.source["state"] == "done" and (is_own or known.exact != new.exact)
    looks = is_news and known.source["looks"] < LOOKS
    if looks:
        id_ = id_of("entry", known.id)
        shelf.change({id_: _again(known, new, is_own=is_own)})
    led = id_of("same", new.id)
    shelf.put({led: made(led, record=known.id, state="goes on" if looks and is_own else "gone")})
    _settle(shelf, new.id)


def _again(known: Known, new: Known, *, is_own: bool) -> Change:
    form = replace(new.entry, id=known.id) if is_own else known.entry
    item = {name: new.source[name] for name in ("words", "updated")} if is_own else {}

    def change(source: Doc | None) -> Doc | None:
        if source is None or source["state"] != "done":
            return None
        mine = {"state": "pending", "taken": "", "inherited": True, "tries": 0}
        return {**mine, **item, "looks": source["looks"] + 1, "body": to_json(form)}

    return change


def _settle(shelf: Shelf, entry: str) -> None:
    shelf.merge({id_of("entry", entry): {"state": "done"}})
