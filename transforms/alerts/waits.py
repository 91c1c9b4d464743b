"""What waits in the outbox when nobody looks again soon: how many notices, for whom, until when, and why."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from schemas.channels import Channel
from schemas.kept import Item
from schemas.rules import Rules
from transforms.alerts.bundles import DOWN, GROUPED, HELD, MUTED
from transforms.protocols import Ledger

MINUTE = dt.timedelta(minutes=1)
AHEAD = 8 * 24 * 60
"""Minutes in which a mute time that ends at all has ended: they are times of the week."""


class Waits(NamedTuple):
    """So many alerts of which a channel is to be told for the first time, or in new words; `until` is None for ever."""

    channel: str
    notices: int
    until: dt.datetime | None
    why: str


def waits(ledger: Ledger, rules: Rules, now: dt.datetime) -> list[Waits]:
    """Return what the channels are still to be told, by channel and reason; repeats and escalations are left out."""
    known = rules.known_channels()
    found: dict[tuple[str, str], list[dt.datetime | None]] = defaultdict(list)
    for item in ledger.outbox.waiting(now):
        channel = known.get(item.channel)
        if channel and not item.round.startswith(("repeat", "escalation")):
            until, why = _until(item, channel, rules, now)
            found[item.channel, why].append(until)
    return [Waits(name, len(all_), min(filter(None, all_), default=None), why) for (name, why), all_ in found.items()]


def _until(item: Item, channel: Channel, rules: Rules, now: dt.datetime) -> tuple[dt.datetime | None, str]:
    if item.tries:
        return item.due, "it could not be sent"
    if item.detail == MUTED:
        return _mute_ends(channel, rules, now), "a mute time"
    if item.detail == HELD and channel.limit:
        return now + channel.limit.every, "the channel's limit"
    if item.detail == GROUPED:
        return now + channel.group_interval, "its group was told of a moment ago"
    if item.detail == DOWN:
        return item.due, DOWN
    return item.due, item.detail or ("the digest" if channel.digest else "what it has grown by")


def _mute_ends(channel: Channel, rules: Rules, now: dt.datetime) -> dt.datetime | None:
    first, intervals = now.replace(second=0, microsecond=0), rules.intervals()
    minutes = (first + n * MINUTE for n in range(1, AHEAD))
    return next((moment for moment in minutes if not channel.is_mute(moment, intervals)), None)
