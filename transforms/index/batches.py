"""Many actions in few requests: bounded by count and by bytes, and never two on one document at once."""

from collections.abc import Iterator, Sequence
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


def batches(actions: Sequence[Action], limits: Limits) -> Iterator[list[Action]]:
    """Yield the actions in order, as many at once as the bounds allow; one that is too large alone goes alone."""
    batch: list[Action] = []
    size = 0
    for action in actions:
        if batch and (len(batch) == limits.most or size + action.size > limits.most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(action)
        size += action.size
    if batch:
        yield batch


def waves(actions: Sequence[Action]) -> list[list[Action]]:
    """Return the actions so that each of several on one document has a wave of its own, in order.

    Requests overtake one another, and a refused action is tried again after its neighbours have passed: only what is
    in the same wave may.
    """
    found: list[list[Action]] = []
    seen: dict[tuple[str, str], int] = {}
    for action in actions:
        number = seen[action.key] = seen.get(action.key, -1) + 1
        if number == len(found):
            found.append([])
        found[number].append(action)
    return found
