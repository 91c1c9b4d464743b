"""Many actions in few requests: bounded by count and by bytes, and never two on one document at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Op = Literal["index", "create", "update", "delete"]
"""Elasticsearch's own actions."""


class Action(NamedTuple):
    """One action on its way: its place among its fellows, what it does to which document, and its lines."""

    place: int
    op: Op
    key: tuple[str, str]  # index and id
    head: bytes
    body: bytes = b""
    versioned: bool = False

    @property
    def size(self) -> int:
        """Return its bytes in a request."""
        return len(self.head) + len(self.body) + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much goes into one request, and how many requests are on their way at once."""

    most: int = 1000
    most_bytes: int = 5_000_000
    in_flight: int = 4


def batches(actions: Iterable[Action], limits: Limits) -> Iterator[list[Action]]:
    """Yield the actions in order, as many at once as the bounds allow; one that is too large alone goes alone."""
    batch: list[Action] = []
    size = 0
    for action in actions:
        added = action.size
        if batch and (len(batch) == limits.most or size + added > limits.most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(action)
        size += added
    if batch:
        yield batch


def once_each(actions: Iterable[Action], later: list[Action]) -> Iterator[Action]:
    """Yield the first action on each document; put the others aside, in order.

    Requests overtake one another, and a refused action is tried again after its neighbours have passed: so never two
    on one document at once.
    """
    seen: set[tuple[str, str]] = set()
    for action in actions:
        if action.key in seen:
            later.append(action)
        else:
            seen.add(action.key)
            yield action
