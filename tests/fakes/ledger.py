"""The ledger in memory, by the same rules as the real one."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from schemas.alerts import Match
from schemas.articles import Entry
from schemas.failures import Reason
from schemas.feeds import FeedState
from schemas.kept import Hit
from schemas.stories import Claim, Evidence, Folded
from tests.fakes.keeping import MemoryOutbox, MemoryTally
from tests.fakes.stories import MemoryStories
from transforms.copies.same import is_meant
from transforms.keeping import TOLD_FOR, Conclusion, ended_before
from transforms.ledger.items import LOOKS, Item, asked_anew, changed, is_part, item_of, listed_now
from transforms.ledger.rules import TRIES
from transforms.protocols import EntryState
from transforms.recall import SameArticle


@dataclass
class Kept:
    entry: Entry
    taken: str
    left: bool = False
    state: EntryState = "pending"
    tries: int = 0
    tried: str = ""
    reason: str = ""


@dataclass
class MemoryLedger:
    """A Ledger that lives as long as the test."""

    states: dict[str, FeedState] = field(default_factory=dict)
    entries: dict[str, Kept] = field(default_factory=dict)
    listed: dict[str, list[str]] = field(default_factory=dict)
    tally: MemoryTally = field(default_factory=MemoryTally)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    items: dict[str, tuple[Item, int]] = field(default_factory=dict)
    copies: MemoryStories = field(default_factory=MemoryStories)
    bookmarks: dict[str, str] = field(default_factory=dict)
    same: dict[str, Folded] = field(default_factory=dict)
    claimed: dict[str, str] = field(default_factory=dict)
    guids: dict[tuple[str, str], str] = field(default_factory=dict)
    reads: dict[str, tuple[int, str]] = field(default_factory=dict)

    def feed(self, url: str) -> FeedState | None:
        return self.states.get(url)

    def feeds(self) -> list[FeedState]:
        return [self.states[url] for url in sorted(self.states)]

    def known(self, urls: Collection[str]) -> dict[str, FeedState]:
        return {url: self.states[url] for url in urls if url in self.states}

    def listing(self, listing: str) -> list[str]:
        return sorted(url for url, state in self.states.items() if self.listed.get(url) and state.listing == listing)

    def take(self, state: FeedState, entries: Sequence[Entry], *, run: str) -> list[Entry]:
        entries = [self._renamed(entry) for entry in entries]
        for entry in entries:
            self.entries.setdefault(entry.id, Kept(entry, run))
        self.states[state.url] = state if self._look_again(state, entries, run) else asked_anew(state)
        if entries:
            self.listed[state.url] = listed_now(state, (e.id for e in entries), self.listed.get(state.url, []))
            if not is_part(state):
                self.listed |= {url: [] for url in state.formerly}
        kept = [self.entries[id_] for id_ in dict.fromkeys(entry.id for entry in entries)]
        own = [k.entry for k in kept if k.state == "pending" and k.taken == run and not k.left]
        return [entry for entry in own if entry.feed == state.url]

    def _look_again(self, state: FeedState, entries: Sequence[Entry], run: str) -> bool:
        later = False
        for entry in changed(entries, {id_: item for id_, (item, looks) in self.items.items() if looks < LOOKS}):
            kept = self.entries[entry.id]
            if kept.entry.feed not in {state.url, *state.formerly}:
                continue
            if kept.state == "pending":
                later = True
            else:
                self.entries[entry.id] = Kept(entry, run)
                self.items[entry.id] = (item_of(entry), self.items[entry.id][1] + 1)
        for entry in entries:
            self.items.setdefault(entry.id, (item_of(entry), 0))
        return not later

    def _renamed(self, entry: Entry) -> Entry:
        claimant = self.entries.get(self.claimed.get(entry.id, ""))
        if entry.id in self.same:
            return replace(entry, id=self.same[entry.id].article)
        if claimant and is_meant(claimant.entry, entry):
            return replace(entry, id=claimant.entry.id)
        self.claimed.pop(entry.id, None)
        return entry

    def fold(self, claims: Sequence[Claim], same: SameArticle) -> None:
        for claim in claims:
            if claim.article in self.entries and claim.article in self.copies.known and claim.article not in self.same:
                self._fold(claim, same)

    def _fold(self, claim: Claim, same: SameArticle) -> None:
        new = self.entries[claim.article].entry
        addresses = (claim.article, *claim.addresses)
        at = {self.same[a].article if a in self.same else self.claimed.get(a, a) for a in addresses}
        guid = self.guids.get((new.feed, new.guid), "")
        for id_ in sorted(({*at, guid} & self.entries.keys() & self.copies.known.keys()) - {new.id}):
            known = self.entries[id_]
            story = self.copies.known[id_][0] == self.copies.known[new.id][0]
            together = {id_, new.id} <= set(self.listed.get(new.feed, ()))
            found = Evidence(address=id_ in at, guid=id_ == guid, story=story, together=together)
            if known.state != "failed" and same(known.entry, new, found):
                self._fold_into(known, new)
                return
        for address in claim.addresses:
            if address not in self.same:
                self.claimed.setdefault(address, new.id)
        if new.guid:
            self.guids[(new.feed, new.guid)] = new.id

    def _fold_into(self, known: Kept, new: Entry) -> None:
        id_ = known.entry.id
        is_own = known.entry.feed == new.feed
        differs = self.copies.known[id_][1] != self.copies.known[new.id][1]
        item, looks = self.items[id_]
        again = known.state == "done" and (is_own or differs) and looks < LOOKS
        self.same[new.id] = Folded(id_, goes_on=again and is_own)
        self.entries[new.id].state = "done"
        if again:
            self.entries[id_] = Kept(replace(new, id=id_) if is_own else known.entry, "", left=True)
            self.items[id_] = (self.items[new.id][0] if is_own else item, looks + 1)

    def folded(self, articles: Sequence[str]) -> dict[str, Folded]:
        return {id_: self.same[id_] for id_ in articles if id_ in self.same}

    def left_over(self, *, run: str) -> list[Entry]:
        waiting = [k for k in self.entries.values() if k.state == "pending"]
        for kept in waiting:
            if kept.taken != run:
                kept.taken, kept.left = run, True
        return sorted((k.entry for k in waiting if k.left), key=lambda e: (e.seen, e.id))

    def waiting(self, limit: int, *, but_not: Collection[str] = ()) -> list[Entry]:
        kept = [k for k in self.entries.values() if k.state == "pending" and k.entry.id not in but_not]
        return sorted((k.entry for k in kept), key=lambda e: (e.seen, e.id))[:limit]

    def claim(self, entries: Sequence[str], *, run: str) -> None:
        for kept in (self.entries[e] for e in entries if e in self.entries):
            if kept.state == "pending":
                kept.taken, kept.left = run, True
        for entry in entries:
            begun, taken = self.reads.get(entry, (0, ""))
            self.reads[entry] = (begun + (taken != run), run)

    def ended(self, entries: Sequence[str]) -> None:
        for entry in entries:
            self.reads.pop(entry, None)

    def begun(self) -> dict[str, int]:
        return {entry: begun for entry, (begun, _) in self.reads.items()}

    def standing(self, entries: Sequence[str]) -> dict[str, EntryState]:
        return {e: self.entries[e].state for e in entries if e in self.entries}

    def conclude(self, entry: str, matches: Sequence[Match], hits: Sequence[Hit] = ()) -> None:
        self.tally.add_matches(matches)
        self.tally.add(hits)
        if entry in self.entries:
            self.entries[entry].state = "done"

    def conclude_all(self, found: Sequence[Conclusion]) -> None:
        for one in found:
            self.conclude(*one)

    def fail(self, entry: str, reason: Reason, *, final: bool) -> None:
        kept = self.entries.get(entry)
        if kept is None or kept.state != "pending":
            return
        kept.tries += kept.tried != kept.taken
        kept.tried, kept.reason = kept.taken, reason
        if final or kept.tries >= TRIES:
            kept.state = "failed"

    def progress(self) -> tuple[int, int]:
        unsettled = sum(k.state == "pending" for k in self.entries.values())
        return unsettled, len(self.entries) - unsettled

    def reopen(self, entries: Sequence[str]) -> int:
        failed = [self.entries[e] for e in set(entries) if e in self.entries and self.entries[e].state == "failed"]
        for kept in failed:
            self.entries[kept.entry.id] = Kept(kept.entry, "")
        return len(failed)

    def matches(self, alert: str) -> Iterator[Match]:
        yield from sorted((m for m in self.tally.kept.values() if m.alert == alert), key=attrgetter("record"))

    def oldest_unsettled(self) -> dt.datetime | None:
        return min((k.entry.seen for k in self.entries.values() if k.state == "pending"), default=None)

    def undelivered(self) -> list[str]:
        return sorted(alert for alert, finished in self.tally.finished.items() if not finished)

    def finish(self, alert: str, count: int) -> None:
        if len(list(self.matches(alert))) == count:
            self.tally.finished[alert] = True

    def prune(self, before: dt.datetime, *, most: int) -> int:
        safe = {id_ for ids in self.listed.values() for id_ in ids}
        old = [
            id_
            for id_, k in self.entries.items()
            if k.state != "pending" and k.entry.seen < before and k.entry.feed in self.listed and id_ not in safe
        ][:most]
        for id_ in old:
            del self.entries[id_]
            self.same = {of: folded for of, folded in self.same.items() if folded.article != id_}
            self.claimed = {of: claimant for of, claimant in self.claimed.items() if claimant != id_}
            self.guids = {guid: of for guid, of in self.guids.items() if of != id_}
            self.copies.known.pop(id_, None)
            self.items.pop(id_, None)
        over = ended_before(before, self.outbox.silences())[:most]
        for silence in over:
            del self.outbox.quiet[silence.id]
        return max(len(old), self._forget_alerts(before, most), len(over))

    def forget_feeds(self, urls: Collection[str]) -> None:
        for url in urls:
            self.states.pop(url, None)
            if url in self.listed:
                self.listed[url] = []

    def _forget_alerts(self, before: dt.datetime, most: int) -> int:
        due = {item.alert for item in self.outbox.held.values() if item.state == "due"}
        over = [t for t in self.outbox.alerts.values() if self.tally.finished.get(t.alert) and t.alert not in due]
        old = [t.alert for t in over if t.last < before - TOLD_FOR][:most]
        for place in [place for place in self.tally.kept if place[0] in old]:
            del self.tally.kept[place]
        for item in [place for place in self.outbox.held if place[0] in old]:
            del self.outbox.held[item]
        for alert in old:
            del self.outbox.alerts[alert], self.tally.finished[alert]
        return len(old)

    def bookmark(self, task: str) -> str:
        return self.bookmarks.get(task, "")

    def keep_bookmark(self, task: str, place: str) -> None:
        self.bookmarks[task] = place

    def close(self) -> None:
        pass
