"""One alert rule: what is worth a notice, and about whom."""

import difflib
from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from pydantic import Field

from schemas.counting import Counting, counting_faults
from schemas.delivery import Fault, Id, Part
from schemas.durations import Duration, Listed, Words
from schemas.statements import SourceKind, StatementKind

When = Literal["mention", "statement-by", "statement-about", "event", "together", "words", "article"]
Scope = Literal["sentence", "document", "statements"]
Mode = Literal["actual", "planned", "denied"]

ANY = "any"
"""Stands for every watched actor."""


class Outlets(Part):
    """Which outlets count."""

    only: Words = ()
    but_not: Words = Field(default=(), alias="not")


class Filters(Part):
    """What an article, and what was found in it, must be for a rule to fire."""

    outlets: Outlets = Outlets()
    groups: Words = Field(default=(), description="Groups of feeds.")
    languages: Words = ()
    confidence: float = Field(default=0.5, ge=0, le=1, description="The least confidence of what is found.")
    sources: Annotated[tuple[SourceKind, ...], Listed] = ()
    kinds: Annotated[tuple[StatementKind, ...], Listed] = ()


class Escalation(Part):
    """Who else is told of an alert that nobody has silenced."""

    after: Duration
    notify: Annotated[tuple[Id, ...], Listed]


class Rule(Counting):
    """One thing to be told about."""

    id: Id
    title: str = Field(default="", max_length=200)
    when: When
    actors: Words = Field(default=(), description="Actors, groups of the watchlist, or any.")
    events: Words = ()
    modes: Annotated[tuple[Mode, ...], Listed] = ("actual", "planned")
    words: Words = ()
    scope: Scope | None = Field(default=None, alias="in")
    require: Literal["two", "all"] = Field(default="two", description="How many of the actors must come together.")
    filters: Filters = Filters()
    throttle: Duration | None = None
    notify: Annotated[tuple[Id, ...], Listed] | None = None
    group_interval: Duration | None = Field(default=None, description="Tell that an alert has grown, so often at most.")
    repeat_interval: Duration | None = Field(default=None, description="Tell again until it is silenced.")
    repeat_times: int = Field(default=3, ge=1, le=100)
    escalate: tuple[Escalation, ...] = ()
    enabled: bool = True

    def any_actor(self) -> bool:
        """Return whether the rule asks for no actor in particular."""
        return not self.actors or ANY in self.actors

    def looks_in(self) -> Scope:
        """Return where a rule of together or words looks."""
        return self.scope or _SCOPES[self.when][0]


_ONLY: dict[str, tuple[str, tuple[When, ...]]] = {
    "events": ("events", ("event",)),
    "modes": ("modes", ("event",)),
    "words": ("words", ("words",)),
    "scope": ("in", ("together", "words")),
    "require": ("require", ("together",)),
}
"""Keys that only some rules take: the key as written, and the rules."""

_SCOPES: dict[When, tuple[Scope, ...]] = {
    "together": ("sentence", "document"),
    "words": ("document", "statements"),
}
"""Where such a rule can look; by default in the first."""


def rule_faults(rule: Rule) -> Iterator[Fault]:
    """Yield what is wrong between the parts of a rule."""
    yield from _misplaced(rule)
    if rule.scope and rule.scope not in _SCOPES.get(rule.when, (rule.scope,)):
        yield ("in",), f"a rule of {rule.when} looks in {' or '.join(_SCOPES[rule.when])}"
    if rule.when == "words":
        yield from _word_faults(rule)
    if rule.require == "all" and rule.any_actor():
        yield ("require",), "'all' needs the actors by name"
    yield from counting_faults(rule, rule.when)
    if rule.when == "article" and rule.actors:
        yield ("actors",), "a rule of article looks at every article, whoever is in it: 'when: mention' asks for actors"
    if "repeat_times" in rule.model_fields_set and rule.repeat_interval is None:
        yield ("repeat_times",), "'repeat_times' needs 'repeat_interval'"
    of_statements = rule.when in {"statement-by", "statement-about"} or rule.scope == "statements"
    for key in ("sources", "kinds"):
        if getattr(rule.filters, key) and not of_statements:
            yield ("filters", key), f"{key!r} tells statements apart: a rule of {rule.when} looks at none"


def _misplaced(rule: Rule) -> Iterator[Fault]:
    for field in sorted(rule.model_fields_set & _ONLY.keys()):
        key, whens = _ONLY[field]
        if rule.when not in whens:
            yield (key,), f"{key!r} belongs to a rule of {' or '.join(whens)}, not of {rule.when}"


def _word_faults(rule: Rule) -> Iterator[Fault]:
    if not rule.words:
        yield (), "a rule of words needs 'words'"
    for w, word in enumerate(rule.words):
        if not any(character.isalnum() for character in word):
            yield ("words", w), f"{word!r} has neither letter nor digit"


def nearest(word: str, known: Collection[str]) -> str:
    """Return a suggestion to end a message with, or nothing."""
    near = difflib.get_close_matches(word, sorted(known), n=1)
    return f": did you mean {near[0]!r}?" if near else ""
