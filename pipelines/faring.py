"""How a watch fares: as JSON for its supervisor, as gauges for a Prometheus, as a status for its screen."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from prometheus_client.core import Metric

from pipelines.health import Answer, Routes, as_json
from pipelines.lanes import FeedLane
from pipelines.loops import Loop
from pipelines.meter import CONTENT, Meter, gauge
from pipelines.reload import Reloading
from schemas.feeds import FeedState
from transforms.clock import Clock
from transforms.protocols import Ledger


@dataclass(kw_only=True)
class Faring:
    """Tells how a watch fares, whoever asks."""

    reloading: Reloading
    loops: Mapping[str, Loop]
    meter: Meter
    model: str
    began: dt.datetime
    clock: Clock
    stop: threading.Event
    depths: dict[str, int] = field(default_factory=dict)

    def status(self) -> dict[str, Any]:
        """Return how the watch fares."""
        ruling, now = self.reloading.in_force(), self.clock()
        alerted = self.meter.value("newswatch_seen_to_alerted_seconds_count")
        return {
            "status": self._word(),
            "since": self.began.isoformat(timespec="seconds"),
            "feeds": self._feeds(),
            "actors": len(ruling.job.watchlist.actors),
            "rules": len(ruling.job.rules.rules),
            "watchlist": ruling.job.watchlist.digest,
            "model": self.model,
            "in_force_s": round((now - ruling.since).total_seconds()),
            "reload": self.reloading.fault or "ok",
            "queue": dict(self.depths),
            "indexed": int(self.meter.value("newswatch_seen_to_indexed_seconds_count")),
            "alerted": int(alerted),
            "lanes": {name: _of(loop) for name, loop in self.loops.items()},
        }

    def _word(self) -> str:
        """Return how it fares in one word."""
        if self.stop.is_set():
            return "ending"
        return "ok" if all(loop.is_well() for loop in self.loops.values()) else "stuck"

    def routes(self) -> Routes:
        """Return what stands at which path of the health endpoint."""
        return {"/healthz": self._health, "/readyz": self._ready, "/metrics": self._metrics}

    def _health(self) -> Answer:
        status = self.status()
        return as_json(good=status["status"] != "stuck", detail=status)

    def _ready(self) -> Answer:
        good = bool(self.loops) and all(loop.is_well() and not loop.fault for loop in self.loops.values())
        return as_json(good=good and not self.stop.is_set(), detail=self.status())

    def _metrics(self) -> Answer:
        return Answer(200, CONTENT, self.meter.text())

    def listed_states(self) -> list[FeedState]:
        """Return what is known of the feeds on the list, without those in whose place another one is asked."""
        known = self._known_states()
        listed = (known[feed.url] for feed in self.reloading.in_force().job.feeds if feed.url in known)
        return [state for state in listed if not state.same_as]

    def gauges(self) -> Iterable[Metric]:
        """Return how many feeds there are in each state, what waits, and which lanes fail."""
        failing = {name: float(bool(loop.fault)) for name, loop in self.loops.items()}
        return [
            gauge("newswatch_feeds", "Feeds on the list, by state.", self._feeds(), "state"),
            gauge("newswatch_queue", "What waits in the ledger.", self.depths, "of"),
            gauge("newswatch_lane_failing", "1 while the lane's last pass failed.", failing, "lane"),
        ]

    def _feeds(self) -> dict[str, int]:
        known = self._known_states()
        listed = self.reloading.in_force().job.feeds
        return dict(Counter(known[feed.url].status if feed.url in known else "new" for feed in listed))

    def _known_states(self) -> Mapping[str, FeedState]:
        lane = self.loops["feeds"].lane if self.loops else None
        return lane.states if isinstance(lane, FeedLane) else {}


def depths(ledger: Ledger) -> dict[str, int]:
    """Return what waits in the ledger."""
    return {"entries unsettled": ledger.progress()[0], "alerts undelivered": len(ledger.undelivered())}


def _of(loop: Loop) -> dict[str, Any]:
    return {"passes": loop.passes, "last": loop.last, "seconds": loop.took, "fault": loop.fault}
