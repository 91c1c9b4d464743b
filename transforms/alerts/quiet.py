"""Hits of a series and the horizon -> what the rule has to say: spike, flatline, too few of a kind.

Each looks only at what is complete (`Horizon.until`), so that no article read later takes back what was said.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from schemas.kept import Hit
from schemas.rule import Rule
from transforms.alerts.counting import Verdict, by_window, unit
from transforms.alerts.grouping import window
from transforms.alerts.horizon import Horizon, Span, after, covered

WATCHED = 0.75
"""The share of the time before a spike that must have been watched for its quiet to count."""


def flatline(rule: Rule, hits: Sequence[Hit], horizon: Horizon) -> Iterator[Verdict]:
    """Yield where what had been heard fell quiet: fewer than the threshold in a whole timeframe of watched time."""
    return _fallen(rule, hits, [unit(rule, hit) for hit in hits], horizon, rule.threshold)


def few(rule: Rule, hits: Sequence[Hit], horizon: Horizon) -> Iterator[Verdict]:
    """Yield where the different ones in a timeframe fell below the least."""
    return _fallen(rule, hits, [hit.term for hit in hits], horizon, rule.min_cardinality or 1)


def _fallen(rule: Rule, hits: Sequence[Hit], values: Sequence[str], horizon: Horizon, least: int) -> Iterator[Verdict]:
    spans = horizon.spans
    times = [hit.seen for hit in hits]
    for time in sorted({time for time in times if horizon.is_open(time)}):
        end = after(spans, time, rule.span())
        if end is None or end > horizon.until:
            continue
        first, next_, last = bisect_left(times, time), bisect_right(times, time), bisect_right(times, end)
        reached = len(set(values[first : bisect_left(times, end)])) >= least
        if reached and len(set(values[next_:last])) < least:
            name = window(rule.throttle, time) if rule.throttle else f"quiet since {time.isoformat()}"
            yield Verdict(name, hits[first:next_])


def spike(rule: Rule, hits: Sequence[Hit], horizon: Horizon) -> Iterator[Verdict]:
    """Yield where the timeframe holds so many times what its own past led to expect, or so many times less."""
    spans = horizon.spans
    times = [hit.seen for hit in hits]
    values = [unit(rule, hit) for hit in hits]
    open_ = sorted({time for time in times if horizon.is_open(time)})
    ups = open_ if rule.spike_type != "down" else []
    hot = [found for time in ups if (found := _up(rule, times, values, (time, spans)))]
    yield from by_window(rule, hits, hot)
    if rule.spike_type != "up":
        ends = sorted({end for time in open_ if (end := after(spans, time, rule.span())) and end <= horizon.until})
        yield from _downs(rule, hits, values, ends, spans)


Watch = tuple[dt.datetime, Sequence[Span]]


def _up(rule: Rule, times: Sequence[dt.datetime], values: Sequence[str], at: Watch) -> tuple[int, int] | None:
    time, spans = at
    begins = time - rule.span()
    lo, hi = bisect_right(times, begins), bisect_right(times, time)
    now, before = len(set(values[lo:hi])), _before(rule, times, values, begins)
    enough = now >= rule.threshold_cur and before >= rule.threshold_ref
    return (lo, hi) if enough and now >= height(rule) * before * _scale(rule) and _known(rule, time, spans) else None


def _downs(
    rule: Rule, hits: Sequence[Hit], values: Sequence[str], ends: Sequence[dt.datetime], spans: Sequence[Span]
) -> Iterator[Verdict]:
    times = [hit.seen for hit in hits]
    for end in ends:
        begins = end - rule.span()
        lo, hi = bisect_right(times, begins), bisect_right(times, end)
        now, before = len(set(values[lo:hi])), _before(rule, times, values, begins)
        fallen = before >= max(rule.threshold_ref, 1) and now * height(rule) <= before * _scale(rule)
        if fallen and _known(rule, end, spans):
            yield from by_window(rule, hits, [(bisect_right(times, begins - _reference(rule)), lo)])


def height(rule: Rule) -> float:
    """Return how many times more or less than before is a spike."""
    return rule.spike_height or 2.0


def _reference(rule: Rule) -> dt.timedelta:
    return rule.reference or rule.span()


def _scale(rule: Rule) -> float:
    """Return what brings the number of the reference down to one timeframe."""
    return rule.span() / _reference(rule)


def _before(rule: Rule, times: Sequence[dt.datetime], values: Sequence[str], begins: dt.datetime) -> int:
    return len(set(values[bisect_right(times, begins - _reference(rule)) : bisect_right(times, begins)]))


def _known(rule: Rule, time: dt.datetime, spans: Sequence[Span]) -> bool:
    """Return whether newswatch was watching before: after a night switched off everything is new at once."""
    length = _reference(rule)
    past = time - rule.span()
    watched = covered(spans, past - length, past) >= WATCHED * length
    return watched and covered(spans, past, time) >= WATCHED * rule.span()
