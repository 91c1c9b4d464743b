"""The items of one channel that wait -> the notices that go out now: grouped, in digests, within its limit."""

import dataclasses as dc
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from schemas.alerts import Alert
from schemas.channels import Channel
from schemas.delivery import TimeInterval
from schemas.durations import shown
from schemas.ids import stable_id
from schemas.kept import FIRST, Item
from transforms.alerts.deliver import IN_A_ROW

MUTED = "muted"
HELD = "held back"
DOWN = "the channel does not answer"
GROUPED = "grouped"
BUSY = "the channel is still busy with others"
LOOKS = dt.timedelta(minutes=1)
"""How often what is put off is looked at again."""


@dc.dataclass(frozen=True)
class Bundle:
    """Items that go out in one notice, and what the notice says of itself."""

    items: tuple[Item, ...]
    note: str = ""

    @property
    def id(self) -> str:
        """The notice's id: the alert's own where it tells of one for the first time."""
        first = self.items[0]
        if first.bundle:
            return first.bundle
        if len(self.items) == 1 and first.round == FIRST:
            return first.alert
        return stable_id("notice", first.channel, *sorted(f"{item.alert} {item.round}" for item in self.items))


@dc.dataclass(frozen=True, kw_only=True)
class Desk:
    """What has to be known of a channel to tell it something now."""

    channel: Channel
    intervals: Mapping[str, TimeInterval]
    alerts: Mapping[str, Alert]
    now: dt.datetime
    sent: Callable[[dt.datetime], int]
    last_sent: Callable[[str], dt.datetime | None]


def bundles(waiting: Sequence[Item], desk: Desk) -> tuple[list[Bundle], list[Item]]:
    """Return what is to be sent to the channel now, and the items that are put off, with why."""
    due = [item for item in waiting if item.due <= desk.now]
    if desk.channel.is_mute(desk.now, desk.intervals):
        return [], put_off(due, desk.now, MUTED)
    if _is_down(waiting, desk.now):
        return [], put_off(due, desk.now, DOWN)
    fresh = _freshly([item for item in waiting if not item.bundle], desk)
    sent, held = _limited(_tried(waiting, desk.now), fresh, desk)
    known = {_place(item) for item in (*held, *(item for bundle in sent for item in bundle.items))}
    return sent, [*held, *put_off([item for item in due if _place(item) not in known], desk.now, GROUPED)]


def is_ready(item: Item, now: dt.datetime) -> bool:
    """Return whether the item may go: it is due, or was and has been put off since."""
    return item.due <= now or bool(item.detail and not item.tries)


def _place(item: Item) -> tuple[str, str]:
    return item.alert, item.round


def _tried(waiting: Sequence[Item], now: dt.datetime) -> list[Bundle]:
    """Return what has been tried before and is due again, each notice as it was."""
    by_notice: dict[str, list[Item]] = defaultdict(list)
    for item in waiting:
        if item.bundle:
            by_notice[item.bundle].append(item)
    due = [items for items in by_notice.values() if any(is_ready(item, now) for item in items)]
    return [Bundle(tuple(items), _note_of(items)) for items in due]


def _is_down(waiting: Sequence[Item], now: dt.datetime) -> bool:
    """Return whether so many notices wait for another try that the channel had better be left alone until the first."""
    failing = {item.bundle: item.due for item in waiting if item.bundle and item.tries}
    return len(failing) >= IN_A_ROW and min(failing.values()) > now


def _freshly(fresh: Sequence[Item], desk: Desk) -> list[Bundle]:
    """Return what has not been tried yet and is due, in groups."""
    due = [item for item in fresh if is_ready(item, desk.now)]
    muted = [item for item in due if item.detail == MUTED]
    if len(muted) > 1:
        rest = [item for item in fresh if item.detail != MUTED]
        return [Bundle(tuple(muted), f"{len(muted)} alerts while muted"), *_freshly(rest, desk)]
    if desk.channel.digest:
        firsts = tuple(item for item in due if not item.round.startswith(("repeat", "escalation")))
        others = [Bundle((item,), _note_of([item])) for item in due if item not in firsts]
        return [*([Bundle(firsts, f"Digest of {_alerts(firsts)}")] if firsts else []), *others]
    if desk.channel.group_by:
        return _grouped(fresh, desk)
    return [Bundle((item,), _note_of([item])) for item in due]


def _alerts(items: Sequence[Item]) -> str:
    number = len({item.alert for item in items})
    return f"{number} alert{'' if number == 1 else 's'}"


def _grouped(fresh: Sequence[Item], desk: Desk) -> list[Bundle]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in fresh:
        if item.round != FIRST and not is_ready(item, desk.now):
            continue  # what tells again has a time of its own, and would be used up before it
        name = group_of(desk.alerts[item.alert], desk.channel.group_by)
        groups[name].append(dc.replace(item, group=name))
    return [Bundle(tuple(items), _note_of(items)) for name, items in groups.items() if _is_due(name, items, desk)]


def _is_due(name: str, items: Sequence[Item], desk: Desk) -> bool:
    last = desk.last_sent(name)
    ready = any(is_ready(item, desk.now) for item in items)
    return ready and (last is None or last + desk.channel.group_interval <= desk.now)


def group_of(alert: Alert, labels: Sequence[str]) -> str:
    """Return the name of the group that the alert belongs to."""
    story = min((match.origin.story or match.origin.document for match in alert.matches), default="")
    values = {"rule": alert.rule, "actors": " ".join(alert.actors), "story": story, "all": ""}
    return stable_id("group", *(f"{label}={values[label]}" for label in labels))


def _limited(tried: list[Bundle], found: list[Bundle], desk: Desk) -> tuple[list[Bundle], list[Item]]:
    """Return as many notices as the limit leaves; the last of them holds all that would go beyond it."""
    limit = desk.channel.limit
    if limit is None:
        return [*tried, *found], []
    left = max(limit.notices - desk.sent(desk.now - limit.every), 0)
    if len(tried) >= left:
        waits = [item for bundle in (*tried[left:], *found) for item in bundle.items]
        return tried[:left], put_off(waits, desk.now, HELD)
    room = left - len(tried)
    kept = any(item.detail == HELD for bundle in found for item in bundle.items)
    if len(found) <= room and not (kept and len(found) > 1):
        return [*tried, *found], []
    single, rest = (found[: room - 1], found[room - 1 :]) if not kept else ([], found)
    items = tuple(item for bundle in rest for item in bundle.items)
    note = f"{_alerts(items)} in one: no more than {limit.notices} notices in {shown(limit.every)}"
    return [*tried, *single, Bundle(items, note)], []


def put_off(items: Sequence[Item], now: dt.datetime, why: str) -> list[Item]:
    """Return the items as they wait for the next look."""
    return [dc.replace(item, since=now, wait=LOOKS, detail=why) for item in items]


def _note_of(items: Sequence[Item]) -> str:
    """Return what the notice has to say of itself: nothing where it tells of one alert for the first time."""
    if len({item.alert for item in items}) > 1:
        return _alerts(items)
    kind, _, which = items[0].round.partition(" ")
    notes = {
        "grown": "Update",
        "repeat": f"Again ({which.lstrip('0')})",
        "escalation": f"Nobody has silenced this in {which}",
    }
    return notes.get(kind, "")
