"""What a watch tells of itself: counters, lags and gauges for a Prometheus."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from schemas.articles import Entry

SECONDS = (0.25, 0.5, 1, 2, 5, 10, 20, 60, 300, 900, 3600, 6 * 3600, 24 * 3600)
CONTENT = "text/plain; version=0.0.4; charset=utf-8"


class Meter:
    """The counters of one watch; for threads to share."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.elements = Counter(
            "newswatch_elements", "Elements by stage and outcome.", ["stage", "outcome"], registry=self.registry
        )
        self.passes = Histogram(
            "newswatch_pass_seconds", "How long passes took.", ["lane"], buckets=SECONDS, registry=self.registry
        )
        self.trouble = Counter("newswatch_pass_failures", "Passes that failed.", ["lane"], registry=self.registry)
        self.published = self._lag("newswatch_published_to_indexed_seconds", "From the publisher's date to the index.")
        self.indexed = self._lag("newswatch_seen_to_indexed_seconds", "From first seen in a feed to the index.")
        self.alerted = self._lag("newswatch_seen_to_alerted_seconds", "From first seen in a feed to its alert sent.")
        self.reload_ok = self._gauge("newswatch_reload_ok", "1 where the files as they are now are in force.")
        self.reloaded = self._gauge("newswatch_reloaded_timestamp_seconds", "When files were last put in force.")
        self.info = Gauge(
            "newswatch_info", "What reads, by which list.", ["version", "model", "watchlist"], registry=self.registry
        )
        ProcessCollector(registry=self.registry)

    def count(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Add what a pass counted."""
        for stage, outcomes in counts.items():
            for outcome, n in outcomes.items():
                self.elements.labels(stage, outcome).inc(n)

    def note_indexed(self, entries: Iterable[Entry], now: dt.datetime) -> None:
        """Note how long those entries took from being published, and from being seen, to stand in the index."""
        for entry in entries:
            self.indexed.observe(_seconds(now - entry.seen))
            if entry.published is not None and entry.published <= now:  # a clock that is ahead tells nothing
                self.published.observe(_seconds(now - entry.published))

    def note_alerted(self, seen: dt.datetime, now: dt.datetime) -> None:
        """Note how long an alert took since its newest article was seen."""
        self.alerted.observe(_seconds(now - seen))

    def note_in_force(self, version: str, model: str, watchlist: str, now: dt.datetime) -> None:
        """Note what reads from now on."""
        self.info.clear()
        self.info.labels(version, model, watchlist).set(1)
        self.reloaded.set(now.timestamp())

    def watch(self, state: Callable[[], Iterable[Metric]]) -> None:
        """Tell besides what that function tells whenever it is asked."""
        self.registry.register(_Asked(state))

    def text(self) -> bytes:
        """Return everything in the text format."""
        return generate_latest(self.registry)

    def value(self, name: str, **labels: str) -> float:
        """Return one number as it is now; nought where nothing was counted."""
        return self.registry.get_sample_value(name, labels) or 0.0

    def _lag(self, name: str, what: str) -> Histogram:
        return Histogram(name, what, buckets=SECONDS, registry=self.registry)

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(name, what, registry=self.registry)


class _Asked(Collector):
    def __init__(self, state: Callable[[], Iterable[Metric]]) -> None:
        self.state = state

    def collect(self) -> Iterable[Metric]:
        return self.state()

    def describe(self) -> Iterable[Metric]:
        return ()


def gauge(name: str, what: str, values: Mapping[str, float], label: str = "") -> Metric:
    """Return a gauge, with one value a label where it has one."""
    family = GaugeMetricFamily(name, what, labels=[label] if label else None)
    for key, value in values.items():
        family.add_metric([key] if label else [], value)
    return family


def _seconds(lag: dt.timedelta) -> float:
    return max(0.0, lag.total_seconds())  # a clock that was set back in between
