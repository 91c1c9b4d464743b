"""Which articles a rule looks at, and which of its matches make one alert."""

import datetime as dt
from collections.abc import Collection

from schemas.ids import stable_id
from schemas.records import Document, Origin, Statement
from schemas.rule import Filters, Rule

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


def suits(document: Document, filters: Filters) -> bool:
    """Return whether the article's outlet, groups and language are among those that the rule looks at."""
    outlet = document.outlet.casefold()
    return (
        _among(outlet, filters.outlets.only)
        and not (filters.outlets.but_not and _among(outlet, filters.outlets.but_not))
        and (not filters.groups or not set(filters.groups).isdisjoint(document.groups))
        and _among(_base(document.language), [_base(language) for language in filters.languages])
    )


def _among(value: str, wanted: Collection[str]) -> bool:
    return not wanted or value in {one.casefold() for one in wanted}


def _base(language: str) -> str:
    return language.casefold().replace("_", "-").split("-")[0]


def is_clear(statement: Statement, filters: Filters) -> bool:
    """Return whether the statement is sure enough, and of the kind and source that the rule looks at."""
    source = statement.speaker.source if statement.speaker else "unknown"
    return (
        statement.confidence >= filters.confidence
        and (not filters.kinds or statement.kind in filters.kinds)
        and (not filters.sources or source in filters.sources)
    )


def alert_id(rule: Rule, actors: Collection[str], origin: Origin) -> str:
    """Return the id of the alert that a match belongs to: the rule, the actors, and the story or window."""
    return stable_id("alert", rule.id, *sorted(actors), bucket(rule, origin))


def bucket(rule: Rule, origin: Origin) -> str:
    """Return the story, or under a throttle the tumbling window of event time, so that order plays no part."""
    if rule.throttle is None:
        return f"story {origin.story or origin.document}"
    return f"window {rule.throttle} {(origin.seen - _EPOCH) // rule.throttle}"
