"""The matches of an alert -> its record: a fold over them in one fixed order, so that no other order shows."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest

from schemas.alerts import Alert, Match
from schemas.durations import shown
from schemas.rule import Rule, When
from schemas.rules import Rules
from transforms.keeping import moment_of
from transforms.telling import in_marks, speaks

KEPT = 100
"""The matches that an alert holds; the rest only count, or one busy day would outgrow what an index takes."""

_TITLE = 160
_SENTENCE = 300


@dataclass
class Gathered:
    """What an alert shows of its matches, however many there are: the first of them, and what they have together."""

    first: list[Match] = field(default_factory=list)
    count: int = 0
    actors: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    seen: list[dt.datetime] = field(default_factory=list)
    """When the first and the last of them were seen."""
    confidence: float = 0.0
    """Of the surest of them."""

    def note(self, match: Match) -> Match:
        """Count the match among them, and return it."""
        self.count += 1
        self.actors.update(match.actors)
        self.articles.add(match.origin.document)
        self.outlets.add(match.origin.outlet)
        seen = [*self.seen, match.origin.seen]
        self.seen = [min(seen), max(seen)]
        self.confidence = max(self.confidence, match.confidence)
        return match


def gather(matches: Iterable[Match]) -> Gathered:
    """Return what an alert shows of these matches, each given once, in whatever order; they are not held."""
    gathered = Gathered()
    gathered.first = nsmallest(KEPT, map(gathered.note, matches), key=_order)
    return gathered


def build(alert_id: str, gathered: Gathered, rules: Rules) -> Alert:
    """Return the alert that those matches make; there is at least one."""
    first, (first_seen, last_seen) = gathered.first[0], gathered.seen
    rule = rules.rule(first.rule)
    return Alert(
        id=alert_id,
        rule=first.rule,
        title=title(gathered, rule, rules),
        summary=summary(gathered),
        reason=reason(gathered, rule),
        actors=tuple(sorted(gathered.actors)),
        channels=rules.channels_of(rule),
        matches=tuple(gathered.first),
        outlets=tuple(sorted(filter(None, gathered.outlets))),
        count=gathered.count,
        first_seen=first_seen,
        last_seen=last_seen,
    )


def _order(match: Match) -> tuple[dt.datetime, str, int, str]:
    return moment_of(match), match.origin.document, match.start, match.record


def title(gathered: Gathered, rule: Rule | None, rules: Rules) -> str:
    """Return in one line what has been found, for a person."""
    first = gathered.first[0]
    names = first.key or " and ".join(rules.name_of(actor) for actor in first.actors)
    said = headline(gathered, rule, names) if rule else _other(first, names)
    said = f"Update: {said}" if first.origin.revision > 1 else said
    return shorten(f"{rule.title}: {said}" if rule and rule.title else said, _TITLE)


def headline(gathered: Gathered, rule: Rule, names: str) -> str:
    """Return what the rule found in the words of its type, then the first match; of a reversal the last."""
    first, last = gathered.first[0], gathered.first[-1]
    if rule.type == "flatline" or rule.min_cardinality is not None:
        return f"{names or 'All'}: quiet for {shown(rule.span())}; last: {first.sentence}"
    if rule.type == "change" and first.cue != last.cue:
        return f"Reversal: {speaks(names, first.cue)}, then {last.cue or 'said'}: {in_marks(last.words, last.type)}"
    said = _HEADLINES[rule.when](first, names)
    return f"{_TYPES[rule.type]} ({how_many(gathered)}): {said}" if rule.type in _TYPES else said


_TYPES = {
    "frequency": "Often",
    "spike": "Spike",
    "new_term": "First time",
    "change": "Reversal",
    "cardinality": "Spread",
}


def reason(gathered: Gathered, rule: Rule | None) -> str:
    """Return why there is an alert: the rule, what it asks for, and how sure it is."""
    best = gathered.confidence
    if rule is None:
        return f"a rule that is no more, confidence {best:.2g}"
    asks = f"rule {rule.id}: {rule.when}"
    if rule.counts():
        asks += f", {rule.type}{''.join(f' {key} {value}' for key, value in _given(rule))}"
    return f"{asks}, confidence {best:.2g}"


def _given(rule: Rule) -> Iterator[tuple[str, str]]:
    for key in ("num_events", "spike_height", "threshold", "field", "min_cardinality", "max_cardinality", "timeframe"):
        value = getattr(rule, key)
        if key in rule.model_fields_set and value is not None:
            yield (
                key,
                shown(value)
                if isinstance(value, dt.timedelta)
                else f"{value:g}"
                if key == "spike_height"
                else str(value),
            )


def summary(gathered: Gathered) -> str:
    """Return the first sentence, where it stood, and how many more there are."""
    first = gathered.first[0]
    return f"{shorten(first.sentence, _SENTENCE)} ({first.origin.outlet or first.origin.url}; {how_many(gathered)})"


def how_many(gathered: Gathered) -> str:
    """Return how many matches there are, and in how many articles and outlets where these are several."""
    articles, named = len(gathered.articles), len(gathered.outlets - {""})
    more = [
        _many(gathered.count, "match", "matches"),
        *([_many(articles, "article", "articles")] if articles > 1 else []),
        *([_many(named, "outlet", "outlets")] if named > 1 else []),
    ]
    return ", ".join(more)


def _many(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


def shorten(text: str, length: int) -> str:
    """Return the text on one line, cut at a word and marked so where it is longer."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _mention(match: Match, names: str) -> str:
    return f"{names} is mentioned: {match.sentence}"


def _statement_by(match: Match, names: str) -> str:
    return f"{speaks(names, match.cue)}: {in_marks(match.words, match.type)}"


def _statement_about(match: Match, names: str) -> str:
    about = f"{match.speaker or 'Someone'} about {names}"
    return f"{about}{f' ({match.cue})' if match.cue else ''}: {in_marks(match.words, match.type)}"


def _event(match: Match, names: str) -> str:
    return f"{names}, event “{match.type}”: {match.sentence}"


def _together(match: Match, names: str) -> str:
    return f"{names} together: {match.sentence}"


def _words(match: Match, names: str) -> str:
    who = names or match.speaker
    return f"“{match.words}”{f' ({who})' if who else ''}: {match.sentence}"


def _article(match: Match, names: str) -> str:
    return f"{names or match.origin.outlet}: {match.sentence}"


def _other(match: Match, names: str) -> str:
    return f"{names}: {match.sentence}" if names else match.sentence


_HEADLINES: dict[When, Callable[[Match, str], str]] = {
    "mention": _mention,
    "statement-by": _statement_by,
    "statement-about": _statement_about,
    "event": _event,
    "together": _together,
    "words": _words,
    "article": _article,
}
