"""When newswatch was at work, as spans of milliseconds since 1970."""

JOINS = 10 * 60_000
"""Milliseconds between two beats of one span."""

SPANS = 5_000
"""Spans that are remembered."""

Spans = list[tuple[int, int]]


def with_beat(spans: Spans, time: int) -> Spans | None:
    """Return the spans, sorted, once newswatch was at work then too; None where they tell so already, to the minute."""
    before = max((span for span in spans if span[0] <= time), default=None)
    if before is None or time - before[1] > JOINS:
        return sorted({*spans, (time, time)})[-SPANS:]
    if time // 60_000 <= before[1] // 60_000:
        return None
    return sorted(span if span != before else (before[0], time) for span in spans)
