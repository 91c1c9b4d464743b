"""Which articles a rule looks at, and which of its matches make one alert."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache

from schemas.alerts import Match
from schemas.documents import Document, Origin
from schemas.ids import stable_id
from schemas.rule import Filters, Rule
from schemas.statements import Statement
from transforms.alerts.words import find_words

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


def suits(document: Document, filters: Filters) -> bool:
    """Return whether the article's outlet, groups and language are among those that the rule looks at."""
    outlets, outlet = filters.outlets, document.outlet.casefold()
    return (
        _among(outlet, outlets.only)
        and not (outlets.but_not and _among(outlet, outlets.but_not))
        and (not filters.groups or not set(filters.groups).isdisjoint(document.groups))
        and (not filters.languages or _base(document.language) in {_base(one) for one in filters.languages})
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


def placed(match: Match, *, alert: str = "", rule: str, key: str = "") -> Match:
    """Return the match in that alert, of that rule and key: `dc.replace` costs three times as much, per match."""
    return Match(
        alert=alert,
        rule=rule,
        record=match.record,
        kind=match.kind,
        type=match.type,
        start=match.start,
        actors=match.actors,
        speaker=match.speaker,
        cue=match.cue,
        sentence=match.sentence,
        words=match.words,
        key=key,
        confidence=match.confidence,
        origin=match.origin,
    )


def bucket(rule: Rule, origin: Origin) -> str:
    """Return the story, or under a throttle the tumbling window of event time, so that order plays no part.

    What came with a later revision of an article is a story of its own: it was not told with the first.
    """
    if rule.throttle is None:
        revision = f" revision {origin.revision}" if origin.revision > 1 else ""
        return f"story {origin.story or origin.document}{revision}"
    return window(rule.throttle, origin.seen)


def window(length: dt.timedelta, moment: dt.datetime) -> str:
    """Return the name of the tumbling window of that length which the moment falls into."""
    return f"window {length} {(moment - _EPOCH) // length}"


def counted_id(rule: Rule, key: str, bucket_: str) -> str:
    """Return the id of an alert of a rule that counts: the rule, what it counts by, and the bucket."""
    return stable_id("alert", rule.id, rule.type, key, bucket_)


def counting_id(rule: Rule) -> str:
    """Return what hits are kept under: another type, or another thing that is counted, begins anew."""
    return _named("counting", rule.id, rule.type, rule.when, rule.query_key, rule.field or "")


def series_id(rule: Rule, key: str) -> str:
    """Return the id of what the rule counts together."""
    return _named("series", counting_id(rule), key)


@lru_cache(maxsize=50_000)
def _named(*parts: str) -> str:
    """Return the parts' id; the same rules and actors are asked for with every article."""
    return stable_id(*parts)


def key_of(rule: Rule, match: Match, document: Document) -> str:
    """Return for whom or what the rule counts the match."""
    if rule.query_key == "outlet":
        return document.outlet
    if rule.query_key == "feed":
        return document.feed
    return " ".join(sorted(match.actors)) if rule.query_key == "actors" else ""


def terms_of(rule: Rule, match: Match, cue: str) -> list[str]:
    """Return what the rule tells apart in the match; nothing where it has nothing of the kind."""
    if rule.type == "change":
        return [cue] if stances(rule, cue) else []
    if rule.type not in {"new_term", "cardinality"}:
        return [""]
    found = {
        "outlet": match.origin.outlet,
        "actors": " ".join(sorted(match.actors)),
        "speaker": match.speaker,
        "words": next((word for word in rule.words if any(find_words(match.words, [word]))), ""),
    }[rule.term()]
    return [found.casefold()] if found else []


DENIALS = frozenset({"deny", "refute", "reject", "dismiss", "disavow", "dispute", "contradict"})
ADMISSIONS = frozenset({"confirm", "admit", "acknowledge", "concede", "affirm", "recognize", "recognise"})


def stances(rule: Rule, cue: str) -> set[str]:
    """Return the sides that a reporting verb stands for in a rule of change: `before`, `after`, one, both or none."""
    word = cue.casefold()
    if not rule.before and not rule.after:
        return {"denied"} if word in DENIALS else {"confirmed"} if word in ADMISSIONS else set()
    return {
        *({"before"} if word in {one.casefold() for one in rule.before} else ()),
        *({"after"} if word in {one.casefold() for one in rule.after} else ()),
    }
