"""One index into another, page by page: what is there already is left alone, so that a stopped copy goes on."""

from dataclasses import dataclass

from schemas.errors import UserError
from schemas.query import Kind, Query
from transforms.protocols import Index
from transforms.upkeep import Keeper, Tell

PAGE = 500
"""Records that are read and compared at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What became of one kind: how many the source has, how many of them were written, there already, or refused.

    `target` is what the target has now, `reason` why the first of the refused was.
    """

    kind: Kind
    source: int
    written: int
    already: int
    refused: int
    target: int
    reason: str = ""

    @property
    def whole(self) -> bool:
        """Return whether the target has every record of the source."""
        return self.refused == 0 and self.written + self.already >= self.source and self.target >= self.source


def copy(source: Keeper, target: Keeper, kind: Kind, *, tell: Tell, size: int = PAGE) -> Copied:
    """Bring the source's records of the kind into the target, and return how many they are in both.

    Raises UserError where either cannot be asked; to run it again is to go on.
    """
    of, after = _count(source, kind), ""
    written = already = refused = 0
    reason = ""
    while records := source.page(kind, after=after, size=size):
        there = target.held(kind, [record.id for record in records])
        wanted = [record for record in records if there.get(record.id) != record]
        answers = target.write(wanted)
        stopped = next((answer.error for answer in answers if answer.error and answer.transient), None)
        if stopped:
            raise UserError(f"{kind}: stopped after {written + already} of {of}: {stopped}; run it again to go on")
        errors = [answer.error for answer in answers if answer.error]
        reason = reason or next(iter(errors), "")
        refused, written = refused + len(errors), written + len(wanted) - len(errors)
        already, after = already + len(records) - len(wanted), records[-1].id
        tell(f"{kind}: {written + already} of {of}")
    now = _count(target, kind)
    return Copied(
        kind=kind, source=of, written=written, already=already, refused=refused, target=now, reason=reason or ""
    )


def _count(index: Index, kind: Kind) -> int:
    return index.count(Query(kind=kind, uncertain=True))
