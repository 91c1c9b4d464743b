"""A fresh reading and an index -> the index with what the reading says of some actors."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from schemas.documents import Document
from schemas.errors import UserError
from schemas.failures import Rejected
from schemas.mentions import Mention
from schemas.records import Reading, Record
from schemas.statements import Statement
from transforms.backfill.merge import Actors, is_taken, merge
from transforms.index.held import held_reading
from transforms.index.stage import refusal
from transforms.protocols import Index

GO_ON = "run it again to go on"

Count = Callable[[str, int], None]
"""Counts what was added, by the name of its kind."""


@dataclass(frozen=True)
class Add:
    """The actors, and the index that lacks them."""

    index: Index
    actors: Actors
    count: Count

    def __call__(self, fresh: Reading) -> Reading:
        """Return the reading that stands in the index now; raises Rejected, or UserError where the index is away."""
        stored = stored_reading(self.index, fresh)
        if stored is None:  # removed, or fetched anew, since it was looked at
            return Reading(document=fresh.document)
        merged = merge(stored, fresh, self.actors)
        added = _changed(_parts(stored), _parts(merged))
        gone = {m.id for m in stored.mentions} - {m.id for m in merged.mentions}
        documents = [merged.document] if merged.document != stored.document else []
        self._write(added, gone, documents)
        for record in added:
            self.count(_kind(record), 1)
        self.count("documents", int(bool(added or documents)))
        self.count("removed", len(gone))
        others = [m for m in stored.mentions if m.actor not in self.actors]
        self.count("contested", sum(m.actor in self.actors and is_taken(m, others) for m in fresh.mentions))
        return merged

    def _write(self, added: Sequence[Record], gone: Collection[str], documents: Sequence[Document]) -> None:
        """Bring the difference into the index: parts first, the document when it is sure to tell the truth."""
        _must(refusal(self.index.write(added)))
        if gone:
            _must(refusal([self.index.remove("mentions", sorted(gone))]))
        if documents:
            _must(refusal(self.index.write(documents)))


def _kind(record: Record) -> str:
    if isinstance(record, Mention):
        return "mentions" if record.outcome == "mention" else "uncertain"
    return "statements" if isinstance(record, Statement) else "events"


def stored_reading(index: Index, fresh: Reading) -> Reading | None:
    """Return what the index holds of the document; None where it has it no more, or with another text."""
    id_ = fresh.document.id
    found = index.held("documents", [id_]).get(id_)
    if not isinstance(found, Document) or found.text != fresh.document.text:
        return None
    return held_reading(index, found)


def _parts(reading: Reading) -> list[Record]:
    return [*reading.statements, *reading.mentions, *reading.events]


def _changed(before: Sequence[Record], now: Sequence[Record]) -> list[Record]:
    there = {record.id: record for record in before}
    return [record for record in now if there.get(record.id) != record]


def _must(refused: Rejected | None) -> None:
    """Raise why the index has not taken all; where it may yet, the work stops, to go on from there."""
    if refused is None:
        return
    if refused.reason == "index-unreachable":
        raise UserError(f"{refused.detail.splitlines()[0]}; {GO_ON}", transient=True)
    raise refused
