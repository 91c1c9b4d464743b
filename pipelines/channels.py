"""The channels of a watch: what a slow one is being sent outlives the pass that gave it, and holds up no other."""

import contextlib
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from pipelines.kept import kept
from schemas.rules import Rules
from transforms.alerts.deliver import Lanes
from transforms.alerts.stage import senders_of
from transforms.protocols import Notifier

WAITS_S = 1.0
"""So long a pass waits for channels in all; what is still under way then is told by a later pass."""

OPEN_S = 60.0
"""After so long channels are opened anew: their secrets may have changed, a file may have been moved away."""

OpenNotifiers = Callable[[], Mapping[str, Notifier]]


@dataclass
class Channels:
    """The channels, open from pass to pass."""

    lanes: Lanes = field(default_factory=partial(Lanes, {}, waits_s=WAITS_S))
    clock: Callable[[], float] = time.monotonic
    rules: Rules | None = None
    notifiers: Mapping[str, Notifier] = field(default_factory=dict)
    opened: float = float("-inf")

    def open(self, rules: Rules, open_notifiers: OpenNotifiers) -> Lanes:
        """Return the lanes, with the channels of those rules."""
        if rules != self.rules or self.clock() - self.opened >= OPEN_S:
            busy = self.lanes.busy()  # what is under way goes on with the channel that it began with
            self._close(but_not=busy)
            self.notifiers, self.rules, self.opened = open_notifiers(), rules, self.clock()
            self.lanes.senders = senders_of(self.notifiers, rules)
        return self.lanes

    def has_news(self) -> bool:
        """Return whether it has become known what became of a notice since the last pass."""
        return self.lanes.has_news()

    def close(self) -> None:
        """Begin with no other notice, and give back the connections."""
        self.lanes.close()
        self._close()

    def _close(self, but_not: Collection[str] = ()) -> None:
        for name, notifier in self.notifiers.items():
            if name not in but_not:
                notifier.close()


@contextlib.contextmanager
def kept_lanes(name: str, rules: Rules, open_notifiers: OpenNotifiers) -> Iterator[Lanes]:
    """Give the lanes of the channels that are held under the name."""
    channels: Channels = kept(name)
    yield channels.open(rules, open_notifiers)
