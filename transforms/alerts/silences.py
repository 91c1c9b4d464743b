"""Which alerts nobody is to be told of: silenced ones, and those that another alert inhibits."""

import datetime as dt
from collections.abc import Iterable, Sequence

from schemas.alerts import Alert
from schemas.delivery import InhibitRule
from schemas.kept import Silence
from transforms.keeping import Told, told_of


def silenced_by(alert: Alert, silences: Iterable[Silence], now: dt.datetime) -> Silence | None:
    """Return the silence in force that the alert falls under."""
    return next((one for one in silences if one.starts <= now < one.ends and _fits(alert, one)), None)


def _fits(alert: Alert, silence: Silence) -> bool:
    outlets = {outlet.casefold() for outlet in alert.outlets}
    return (
        silence.rule in {"", alert.rule}
        and silence.alert in {"", alert.id}
        and (not silence.actor or silence.actor in alert.actors)
        and (not silence.outlet or outlets == {silence.outlet.casefold()})
    )


def sources_of(rules: Sequence[InhibitRule]) -> set[str]:
    """Return the rules whose alerts keep others back."""
    return {name for rule in rules for name in rule.source}


def inhibited_by(alert: Alert, rules: Sequence[InhibitRule], told: Sequence[Told]) -> Told | None:
    """Return the alert because of which this one is not sent."""
    ours = told_of(alert)
    for rule in rules:
        if alert.rule in rule.target:
            for source in told:
                if source.alert != alert.id and source.rule in rule.source and _keeps_back(source, ours, rule):
                    return source
    return None


def _keeps_back(source: Told, target: Told, rule: InhibitRule) -> bool:
    near = source.first <= target.last + rule.within and target.first <= source.last + rule.within
    actors = "actors" not in rule.equal or set(source.actors) == set(target.actors)
    stories = "story" not in rule.equal or not set(source.stories).isdisjoint(target.stories)
    return near and actors and stories
