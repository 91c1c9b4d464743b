"""Many records in few requests: bounded by count and by bytes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Action(NamedTuple):
    """One record on its way: its place among its fellows, its index, its id and its JSON."""

    place: int
    target: str
    id: str
    body: bytes


def batches(actions: Sequence[Action], *, most: int, most_bytes: int) -> Iterator[list[Action]]:
    """Yield the actions in order, as many at once as the bounds allow; one that is too large alone goes alone."""
    batch: list[Action] = []
    size = 0
    for action in actions:
        if batch and (len(batch) == most or size + len(action.body) > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(action)
        size += len(action.body)
    if batch:
        yield batch
