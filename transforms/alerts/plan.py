"""An alert and its rule -> the items that the outbox gets: who is told, how often, and when at the earliest."""

import datetime as dt
from collections.abc import Iterator, Sequence

from schemas.alerts import Alert
from schemas.channels import Channel
from schemas.durations import shown
from schemas.kept import FIRST, Item
from schemas.rule import Rule
from schemas.rules import Rules

NOW = dt.timedelta()


def plan(alert: Alert, rules: Rules, posted: Sequence[Item], now: dt.datetime) -> list[Item]:
    """Return the items of the alert, of those posted before only what has to be added: that it has grown.

    Posting an item again changes nothing, so that the same alert may be planned any number of times.
    """
    rule = rules.rule(alert.rule)
    if rule is None or not rule.enabled:
        return []
    known = rules.known_channels()
    items = list(_rounds(alert, rule, known, now))
    return [*items, *_grown(alert, rule, posted, now)]


def _rounds(alert: Alert, rule: Rule, known: dict[str, Channel], now: dt.datetime) -> Iterator[Item]:
    for name in alert.channels:
        wait = first_wait(known[name], now) if name in known else NOW
        yield Item(alert=alert.id, channel=name, since=now, wait=wait, count=alert.count)
        if rule.repeat_interval:
            for n in range(1, rule.repeat_times + 1):
                yield Item(
                    alert=alert.id, channel=name, round=f"repeat {n:03}", since=now, wait=n * rule.repeat_interval
                )
    for step in rule.escalate:
        for name in step.notify:
            yield Item(
                alert=alert.id, channel=name, round=f"escalation {shown(step.after)}", since=now, wait=step.after
            )


def first_wait(channel: Channel, now: dt.datetime) -> dt.timedelta:
    """Return how long a channel's first notice of an alert waits for others that it will go out with."""
    if channel.digest:
        return channel.digest.after(now) - now
    return channel.group_wait if channel.group_by else NOW


def _grown(alert: Alert, rule: Rule, posted: Sequence[Item], now: dt.datetime) -> Iterator[Item]:
    if rule.group_interval is None:
        return
    for name in alert.channels:
        told = [item for item in posted if item.channel == name and item.round.startswith((FIRST, "grown"))]
        last = max(told, key=_count, default=None)
        if last and last.state == "sent" and alert.count > last.count:
            yield Item(
                alert=alert.id,
                channel=name,
                round=f"grown {last.count}",
                since=now,
                wait=rule.group_interval,
                count=alert.count,
            )


def _count(item: Item) -> int:
    return item.count
