"""Hits of a series -> what the rule has to say: frequency, cardinality, new_term, change.

Each is a function of the set of hits and never takes back what it has said when one more comes, however late: so order,
workers and replays do not show.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from typing import NamedTuple

from schemas.kept import Hit
from schemas.rule import Rule
from transforms.alerts.grouping import bucket, stances, window
from transforms.alerts.horizon import Horizon
from transforms.alerts.words import stems

FIRSTS = 20
"""So many hits of a term are kept and shown: the first ones."""

ALIKE = 0.4
"""The share of the shorter statement's words that another must have in common with it to be about the same."""


class Verdict(NamedTuple):
    """One alert of a rule that counts: its bucket, and the hits that it is made of."""

    bucket: str
    hits: Sequence[Hit]


def unit(rule: Rule, hit: Hit) -> str:
    """Return what the hit is counted as: copies of a story are one, unless the rule counts otherwise."""
    origin = hit.match.origin
    if rule.count == "matches":
        return hit.match.record
    return origin.document if rule.count == "articles" or not origin.story else origin.story


def frequency(rule: Rule, hits: Sequence[Hit], _horizon: Horizon) -> Iterator[Verdict]:
    """Yield where so many came within the timeframe."""
    values = [unit(rule, hit) for hit in hits]
    least = rule.num_events or 1
    hot = ((lo, hi) for lo, hi, number in windows(hits, values, rule.span()) if number >= least)
    return by_window(rule, hits, hot)


def cardinality(rule: Rule, hits: Sequence[Hit], _horizon: Horizon) -> Iterator[Verdict]:
    """Yield where more than so many different ones came within the timeframe."""
    most = rule.max_cardinality or 0
    terms = [hit.term for hit in hits]
    hot = ((lo, hi) for lo, hi, number in windows(hits, terms, rule.span()) if number > most)
    return by_window(rule, hits, hot)


def windows(hits: Sequence[Hit], values: Sequence[str], length: timedelta) -> Iterator[tuple[int, int, int]]:
    """Yield for each moment at which hits came the timeframe that ends there, and how many values are in it."""
    inside: Counter[str] = Counter()
    lo = 0
    for hi, hit in enumerate(hits, 1):
        inside[values[hi - 1]] += 1
        if hi < len(hits) and hits[hi].seen == hit.seen:
            continue
        while hits[lo].seen <= hit.seen - length:
            inside[values[lo]] -= 1
            if not inside[values[lo]]:
                del inside[values[lo]]
            lo += 1
        yield lo, hi, len(inside)


def by_window(rule: Rule, hits: Sequence[Hit], hot: Iterable[tuple[int, int]]) -> Iterator[Verdict]:
    """Yield the hits of those pieces, together where the pieces end in one window of the rule's."""
    found: dict[str, list[Hit]] = defaultdict(list)
    taken: dict[str, int] = {}
    for lo, hi in hot:
        name = window(rule.throttle or rule.span(), hits[hi - 1].seen)
        found[name] += hits[max(lo, taken.get(name, 0)) : hi]
        taken[name] = hi
    for name, of_window in found.items():
        yield Verdict(name, of_window)


def new_term(rule: Rule, hits: Sequence[Hit], horizon: Horizon) -> Iterator[Verdict]:
    """Yield what came for the first time, with its first hits."""
    firsts: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        firsts[hit.term].append(hit)
    for term, found in firsts.items():
        learnt = rule.learn is not None and horizon.since is not None and found[0].seen < horizon.since + rule.learn
        if not learnt and any(horizon.is_open(hit.seen) for hit in found[:FIRSTS]):
            yield Verdict(f"term {term}", found[:FIRSTS])


def change(rule: Rule, hits: Sequence[Hit], _horizon: Horizon) -> Iterator[Verdict]:
    """Yield where a speaker takes the other side about the same thing within the timeframe."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for earlier, later in combinations(hits, 2):
        near = earlier.seen < later.seen <= earlier.seen + rule.span()
        if near and _reverses(rule, earlier, later) and alike(earlier.match.words, later.match.words):
            found[bucket(rule, later.match.origin)] += [earlier, later]
    for name, pairs in found.items():
        yield Verdict(name, list(dict.fromkeys(pairs)))


def _reverses(rule: Rule, earlier: Hit, later: Hit) -> bool:
    first, second = stances(rule, earlier.term), stances(rule, later.term)
    if rule.before or rule.after:
        return "before" in first and "after" in second
    return bool(first and second and first != second)


def alike(one: str, other: str) -> bool:
    """Return whether two statements share enough words to be about the same thing."""
    ours, theirs = stems(one), stems(other)
    shared = len(ours & theirs)
    return shared >= 2 and shared >= ALIKE * min(len(ours), len(theirs))
