"""What a rule counts before it speaks: ElastAlert 2's rule types, their keys and what is wrong between them."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from schemas.delivery import Fault, Part
from schemas.durations import Duration, Words

RuleType = Literal["any", "frequency", "spike", "flatline", "new_term", "change", "cardinality"]
QueryKey = Literal["actors", "outlet", "feed", "rule"]
Counted = Literal["stories", "articles", "matches"]
Field_ = Literal["outlet", "actors", "speaker", "words"]


class Counting(Part):
    """The keys of a rule that say when its matches are worth a notice."""

    type: RuleType = "any"
    query_key: QueryKey = Field(default="actors", description="For each of what it counts apart.")
    count: Counted = Field(default="stories", description="What counts as one.")
    timeframe: Duration | None = None
    num_events: int | None = Field(default=None, ge=1, le=100_000)
    spike_height: float | None = Field(default=None, gt=1, le=10_000)
    spike_type: Literal["up", "down", "both"] = "up"
    threshold_cur: int = Field(default=5, ge=1, description="The least in the timeframe for a spike up.")
    threshold_ref: int = Field(default=0, ge=0, description="The least before the timeframe for a spike.")
    reference: Duration | None = Field(default=None, description="How long before the timeframe is looked at.")
    threshold: int = Field(default=1, ge=1, le=100_000, description="So many or more are not quiet.")
    field: Field_ | None = None
    min_cardinality: int | None = Field(default=None, ge=1)
    max_cardinality: int | None = Field(default=None, ge=1)
    before: Words = Field(default=(), description="Cues of the earlier statement.")
    after: Words = Field(default=(), description="Cues of the later statement.")
    learn: Duration | None = Field(default=None, description="Terms met in the first while are known ones.")
    late: Duration = Field(
        default=dt.timedelta(hours=6),
        description="How long an article not read yet may hold up what needs all of them.",
    )

    def counts(self) -> bool:
        """Return whether a match of the rule has to be counted first."""
        return self.type != "any"

    def term(self) -> Field_:
        """Return what a rule of new_term or cardinality tells apart."""
        return self.field or "outlet"

    def of_time(self) -> bool:
        """Return whether the rule may have something to say though nothing new has come."""
        return (
            self.type == "flatline"
            or self.min_cardinality is not None
            or (self.type == "spike" and self.spike_type != "up")
        )

    def needs_all(self) -> bool:
        """Return whether an article that is still to be read could take back what the rule says."""
        return self.type == "spike" or self.of_time() or self.learn is not None

    def span(self) -> dt.timedelta:
        """Return the rule's timeframe."""
        return self.timeframe or dt.timedelta(days=1)


_ONLY: dict[str, tuple[RuleType, ...]] = {
    "num_events": ("frequency",),
    "spike_height": ("spike",),
    "spike_type": ("spike",),
    "threshold_cur": ("spike",),
    "threshold_ref": ("spike",),
    "reference": ("spike",),
    "threshold": ("flatline",),
    "field": ("new_term", "cardinality"),
    "min_cardinality": ("cardinality",),
    "max_cardinality": ("cardinality",),
    "before": ("change",),
    "after": ("change",),
    "learn": ("new_term",),
    "timeframe": ("frequency", "spike", "flatline", "change", "cardinality"),
    "count": ("frequency", "spike", "flatline"),
    "query_key": ("frequency", "spike", "flatline", "new_term", "cardinality"),
    "late": ("spike", "flatline", "new_term", "cardinality"),
}
"""Keys that only some types take."""

_NEEDS: dict[RuleType, tuple[str, ...]] = {
    "frequency": ("num_events", "timeframe"),
    "spike": ("spike_height", "timeframe"),
    "flatline": ("timeframe",),
    "cardinality": ("timeframe",),
    "change": ("timeframe",),
    "new_term": ("field",),
}
"""Keys that a type cannot do without."""


def counting_faults(rule: Counting, when: str) -> Iterator[Fault]:
    """Yield what is wrong between a rule's type and its other keys."""
    for key in sorted(rule.model_fields_set & _ONLY.keys()):
        if rule.type not in _ONLY[key]:
            yield (key,), f"{key!r} belongs to a rule of the type {' or '.join(_ONLY[key])}, not {rule.type}"
    for key in _NEEDS.get(rule.type, ()):
        if getattr(rule, key) is None:
            yield ("type",), f"a rule of the type {rule.type} needs {key!r}"
    yield from _unfit(rule, when)


def _unfit(rule: Counting, when: str) -> Iterator[Fault]:
    if rule.type == "cardinality" and (rule.min_cardinality is None) == (rule.max_cardinality is None):
        yield ("type",), "a rule of the type cardinality has one of min_cardinality and max_cardinality"
    if rule.type == "change" and when != "statement-by":
        yield ("when",), f"a change is one of a speaker's words: 'when: statement-by', not {when}"
    if rule.field == "words" and when != "words":
        yield ("field",), f"'field: words' asks for 'when: words', not {when}"
    if rule.counts() and when == "article" and rule.query_key == "actors":
        yield ("query_key",), "an article has no actor: 'query_key' is outlet, feed or rule"
