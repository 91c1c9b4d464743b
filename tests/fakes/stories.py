"""Stories in memory, by the same rules as the ledger's."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.stories import Sketch
from transforms.recall import Same


@dataclass
class MemoryStories:
    """Looks through all that has begun a story."""

    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    leaders: list[tuple[dt.datetime, Sketch]] = field(default_factory=list)

    def place(self, sketches: Sequence[Sketch], same: Same, *, now: dt.datetime, keep: dt.timedelta) -> None:
        self.leaders = [(time, leader) for time, leader in self.leaders if time >= now - keep]
        for sketch in sketches:
            if sketch.article not in self.known:
                exact = [story for story, exact in self.known.values() if exact == sketch.exact]
                found = [(same(sketch, leader), leader.exact) for _, leader in self.leaders]
                surest, near = max(found, default=(0.0, ""))
                story = exact[0] if exact else near if surest else sketch.exact
                if story == sketch.exact and not exact:
                    self.leaders.append((now, sketch))
                self.known[sketch.article] = (story, sketch.exact)

    def stories(self, articles: Sequence[str]) -> dict[str, str]:
        return {article: self.known[article][0] for article in articles if article in self.known}
