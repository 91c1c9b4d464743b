"""The matches of an alert -> its record: a fold over them in one fixed order, so that no other order shows."""

import datetime as dt
from collections.abc import Callable, Sequence

from schemas.records import Alert, Match
from schemas.rule import Rule, When
from schemas.rules import Rules

KEPT = 100
"""The matches that an alert holds; the rest only count, or one busy day would outgrow what an index takes."""

_TITLE = 160
_SENTENCE = 300


def build(alert_id: str, matches: Sequence[Match], rules: Rules) -> Alert:
    """Return the alert that those matches make, whatever their order; there is at least one."""
    ordered = in_order(matches)
    first = ordered[0]
    rule = rules.rule(first.rule)
    seen = [match.origin.seen for match in ordered]
    return Alert(
        id=alert_id,
        rule=first.rule,
        title=title(first, rule, rules),
        summary=summary(ordered),
        actors=first.actors,
        channels=rules.channels_of(rule),
        matches=tuple(ordered[:KEPT]),
        outlets=outlets(ordered),
        count=len(ordered),
        first_seen=min(seen),
        last_seen=max(seen),
    )


def in_order(matches: Sequence[Match]) -> list[Match]:
    """Return the matches by the date of their article, each article's in the order of its text."""
    return sorted(set(matches), key=_order)


def _order(match: Match) -> tuple[dt.datetime, str, int, str]:
    origin = match.origin
    return origin.published or origin.seen, origin.document, match.start, match.record


def outlets(matches: Sequence[Match]) -> tuple[str, ...]:
    """Return who published the matches, sorted."""
    return tuple(sorted({match.origin.outlet for match in matches if match.origin.outlet}))


def title(first: Match, rule: Rule | None, rules: Rules) -> str:
    """Return in one line what has been found, for a person."""
    names = " and ".join(rules.name_of(actor) for actor in first.actors)
    said = _HEADLINES[rule.when](first, names) if rule else _other(first, names)
    return shorten(f"{rule.title}: {said}" if rule and rule.title else said, _TITLE)


def summary(ordered: Sequence[Match]) -> str:
    """Return the first sentence, where it stood, and how many more there are."""
    first = ordered[0]
    articles = len({match.origin.document for match in ordered})
    named = outlets(ordered)
    where = first.origin.outlet or first.origin.url
    more = [
        _many(len(ordered), "match", "matches"),
        *([_many(articles, "article", "articles")] if articles > 1 else []),
        *([_many(len(named), "outlet", "outlets")] if len(named) > 1 else []),
    ]
    return f"{shorten(first.sentence, _SENTENCE)} ({where}; {', '.join(more)})"


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def shorten(text: str, length: int) -> str:
    """Return the text on one line, cut at a word and marked so where it is longer."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _said(match: Match) -> str:
    return f"“{match.words}”" if match.type == "direct" else match.words


def _mention(match: Match, names: str) -> str:
    return f"{names} is mentioned: {match.sentence}"


def _statement_by(match: Match, names: str) -> str:
    return f"{names} speaks: {_said(match)}"


def _statement_about(match: Match, names: str) -> str:
    return f"{match.speaker or 'Someone'} speaks about {names}: {_said(match)}"


def _event(match: Match, names: str) -> str:
    return f"{names}, event “{match.type}”: {match.sentence}"


def _together(match: Match, names: str) -> str:
    return f"{names} together: {match.sentence}"


def _words(match: Match, names: str) -> str:
    who = names or match.speaker
    return f"“{match.words}”{f' ({who})' if who else ''}: {match.sentence}"


def _other(match: Match, names: str) -> str:
    return f"{names}: {match.sentence}" if names else match.sentence


_HEADLINES: dict[When, Callable[[Match, str], str]] = {
    "mention": _mention,
    "statement-by": _statement_by,
    "statement-about": _statement_about,
    "event": _event,
    "together": _together,
    "words": _words,
}
