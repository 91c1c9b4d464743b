"""Actions -> bulk requests, several at once, tried again while that may help; one reply an action."""

import dataclasses as dc
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from transforms.index.batches import Action, Limits, batches, once_each
from transforms.index.retry import Retry, Waiting

CONFLICT = "version_conflict_engine_exception"
TOO_LARGE, TOO_MANY = 413, 429


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one action: the server's status, and the error's type and reason where it was not taken.

    `again` where the same request may be taken a little later.
    """

    status: int
    result: str = ""
    type: str = ""
    reason: str = ""
    again: bool = False

    @property
    def ok(self) -> bool:
        """Return whether it was taken, or there was nothing to do."""
        return not self.type


class Unanswered(Exception):
    """A request of which no action has a reply of its own; its reply is that of each."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.reason)
        self.reply = reply


Post = Callable[[Sequence[Action]], list[Reply]]
"""Sends one request and returns one reply an action, in order; raises Unanswered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends actions until each is taken, refused for good, or not worth another attempt.

    `ignored` are types of errors that are as good as taken.
    """

    post: Post
    limits: Limits = field(default_factory=Limits)
    retry: Retry = field(default_factory=Retry)
    ignored: frozenset[str] = frozenset()
    waiting: Waiting = field(default_factory=Waiting)

    def send(self, actions: Iterable[Action]) -> dict[int, Reply]:
        """Return each action's reply by its place; of two on one document the later comes after the earlier.

        Requests leave while the next actions are still being made.
        """
        replies: dict[int, Reply] = {}
        waiting: Iterable[Action] = actions
        while True:
            later: list[Action] = []
            for of_part in self._side_by_side(batches(once_each(waiting, later), self.limits)):
                replies.update(of_part)
            if not later:
                return replies
            waiting = later

    def _side_by_side(self, parts: Iterable[Sequence[Action]]) -> Iterator[dict[int, Reply]]:
        if self.limits.in_flight == 1:
            yield from map(self._persist, parts)
            return
        with ThreadPoolExecutor(self.limits.in_flight) as pool:
            yield from pool.map(self._persist, parts)

    def _persist(self, actions: Sequence[Action]) -> dict[int, Reply]:
        """Send the actions, and again those that may be taken later, within attempts and time."""
        replies: dict[int, Reply] = {}
        end = self.waiting.now() + self.retry.total_s
        pauses = self.retry.pauses(self.waiting.chance)
        unsure = False
        while actions:
            answers, lost = self._once(actions)
            if answers[0].status == TOO_LARGE and lost and len(actions) > 1:  # a proxy may take less than we send
                half = len(actions) // 2
                return {**replies, **self._persist(actions[:half]), **self._persist(actions[half:])}
            answered = list(zip(actions, answers, strict=True))
            replies.update((action.place, self._judged(action, reply, unsure=unsure)) for action, reply in answered)
            unsure = unsure or lost
            actions = [action for action, reply in answered if reply.again]
            pause = next(pauses, None)
            if not actions or pause is None or self.waiting.now() + pause > end:
                break
            self.waiting.sleep(pause)
        return replies

    def _once(self, actions: Sequence[Action]) -> tuple[list[Reply], bool]:
        """Return one reply an action, and whether the server may have done what we have no answer to."""
        try:
            return self.post(actions), False
        except Unanswered as e:
            return [e.reply] * len(actions), e.reply.status != TOO_MANY

    def _judged(self, action: Action, reply: Reply, *, unsure: bool) -> Reply:
        """Return the reply, as taken where its error is one to ignore or our own lost attempt's echo."""
        echo = unsure and reply.type == CONFLICT and (action.op == "create" or action.versioned)
        if echo or reply.type in self.ignored:
            return dc.replace(reply, type="", result="noop")
        return reply
