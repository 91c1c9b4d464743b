"""What must come out, computed the slow and plain way: from the whole set of articles at once, by each rule's words.

Nothing of newswatch is used but the records' ids, so that both cannot be wrong in one way.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from schemas.ids import stable_id
from tests.oracle.items import ACTORS, Item, Said, statement_place

HOUR = 60.0
DAY = 24 * HOUR


class Alert(NamedTuple):
    """What an alert must say: its rule, whom it is about, which records, which outlets, from when to when."""

    rule: str
    actors: tuple[str, ...]
    records: tuple[str, ...]
    outlets: tuple[str, ...]
    first: float
    last: float


class Found(NamedTuple):
    """A record that a rule looks at."""

    item: Item
    record: str
    actors: tuple[str, ...]
    said: Said | None = None


RULES = [
    {"id": "said", "when": "statement-by", "actors": list(ACTORS[:3]), "filters": {"confidence": 0.6}},
    {"id": "named", "when": "mention", "throttle": "1h", "filters": {"outlets": {"not": "Spam"}, "confidence": 0.7}},
    {"id": "pairs", "when": "together", "in": "document"},
    {"id": "often", "when": "mention", "type": "frequency", "num_events": 6, "timeframe": "2h"},
    {"id": "hourly", "when": "article", "type": "frequency", "num_events": 14, "timeframe": "1h", "query_key": "rule",
     "count": "articles", "throttle": "1d"},
    {"id": "spread", "when": "mention", "type": "cardinality", "max_cardinality": 3, "timeframe": "1h"},
    {"id": "first", "when": "mention", "type": "new_term", "field": "outlet"},
    {"id": "turns", "when": "statement-by", "type": "change", "timeframe": "1d"},
    {"id": "quiet", "when": "mention", "type": "flatline", "timeframe": "8h", "late": "3d"},
    {"id": "dark", "when": "article", "type": "flatline", "timeframe": "12h", "threshold": 2, "query_key": "outlet",
     "late": "3d"},
    {"id": "burst", "when": "mention", "type": "spike", "timeframe": "8h", "spike_height": 3, "threshold_cur": 5,
     "late": "3d"},
]  # fmt: skip
"""The rules of the oracle, as a user writes them."""

FIRSTS = 20


def alerts(versions: Sequence[Item], end: float) -> set[Alert]:
    """Return every alert that there must be when all has been read and the clock stands at the end."""
    mentions, statements, articles, pairs = (list(found(versions)) for found in (_mentions, _said, _articles, _pairs))
    sure = [hit for hit in statements if hit.said and hit.said.confidence >= 0.5]
    return {
        *_any("said", [h for h in statements if h.said and h.said.confidence >= 0.6 and h.actors[0] in ACTORS[:3]]),
        *_named(mentions),
        *_any("pairs", pairs),
        *_often(mentions),
        *_hourly(articles),
        *_spread(mentions),
        *_first(mentions),
        *_turns(sure),
        *_quiet("quiet", mentions, 8 * HOUR, 1, end=end, by=_actor),
        *_quiet("dark", articles, 12 * HOUR, 2, end=end, by=_outlet),
        *_burst(mentions),
    }


def mention_id(item: Item, number: int) -> str:
    """Return the id of a mention, as the fakes make it."""
    return stable_id("mention", item.name, item.mentions[number][0], str(10 * number))


def _mentions(versions: Sequence[Item]) -> Iterator[Found]:
    for item in versions:
        if item.version == 1:
            for n, (actor, _) in enumerate(item.mentions):
                yield Found(item, mention_id(item, n), (actor,))


def _said(versions: Sequence[Item]) -> Iterator[Found]:
    met: set[str] = set()
    for item in sorted(versions, key=lambda item: item.version):
        for n, said in enumerate(item.statements):
            record = stable_id("statement", item.name, said.text, str(statement_place(n)))
            if record not in met:
                met.add(record)
                yield Found(item, record, (said.actor,), said)


def _articles(versions: Sequence[Item]) -> Iterator[Found]:
    return (Found(item, item.name, ()) for item in versions if item.version == 1)


def _pairs(versions: Sequence[Item]) -> Iterator[Found]:
    for item in versions:
        if item.version == 1:
            for one, other in itertools.combinations(range(len(item.mentions)), 2):
                actors = tuple(sorted((item.mentions[one][0], item.mentions[other][0])))
                yield Found(item, mention_id(item, max(one, other)), actors)


def _alert(rule: str, found: Sequence[Found]) -> Alert:
    return Alert(
        rule,
        tuple(sorted({actor for hit in found for actor in hit.actors})),
        tuple(sorted({hit.record for hit in found})),
        tuple(sorted({hit.item.outlet for hit in found})),
        min(hit.item.seen for hit in found),
        max(hit.item.seen for hit in found),
    )


def _together(rule: str, keyed: dict[object, list[Found]]) -> Iterator[Alert]:
    return (_alert(rule, found) for found in keyed.values())


def _any(rule: str, hits: Sequence[Found]) -> Iterator[Alert]:
    keyed: dict[object, list[Found]] = defaultdict(list)
    for hit in hits:
        keyed[hit.actors, hit.item.story].append(hit)
    return _together(rule, keyed)


def _named(hits: Sequence[Found]) -> Iterator[Alert]:
    keyed: dict[object, list[Found]] = defaultdict(list)
    for hit in hits:
        score = next(score for actor, score in hit.item.mentions if actor == hit.actors[0])
        if hit.item.outlet != "Spam" and score >= 0.7:
            keyed[hit.actors, _window(hit.item.seen, HOUR)].append(hit)
    return _together("named", keyed)


def _window(minutes: float, length: float) -> int:
    """Return the number of the window since 1970; the start of the test is the start of a day."""
    return math.floor(minutes / length)


def _split(hits: Sequence[Found], by: Callable[[Found], str]) -> dict[str, list[Found]]:
    keyed: dict[str, list[Found]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: (hit.item.seen, hit.record)):
        keyed[by(hit)].append(hit)
    return keyed


def _actor(hit: Found) -> str:
    return hit.actors[0]


def _outlet(hit: Found) -> str:
    return hit.item.outlet


def _all(_hit: Found) -> str:
    return ""


def _between(hits: Sequence[Found], after: float, until: float) -> list[Found]:
    return [hit for hit in hits if after < hit.item.seen <= until]


def _stories(hits: Sequence[Found]) -> int:
    return len({hit.item.story for hit in hits})


def _near(hits: Sequence[Found], n: int, length: float) -> list[Found]:
    """Return the hits around the n-th, so that nobody has to look through all: time goes in order."""
    lo = n
    while lo > 0 and hits[lo - 1].item.seen > hits[n].item.seen - length:
        lo -= 1
    hi = n + 1
    while hi < len(hits) and hits[hi].item.seen <= hits[n].item.seen + length:
        hi += 1
    return list(hits[lo:hi])


def _hot(
    rule: str, hits: Sequence[Found], length: float, enough: Callable[[Sequence[Found]], bool], *, window: float
) -> Iterator[Alert]:
    keyed: dict[object, list[Found]] = defaultdict(list)
    for n, hit in enumerate(hits):
        inside = _between(_near(hits, n, length), hit.item.seen - length, hit.item.seen)
        if enough(inside):
            keyed[_window(hit.item.seen, window)] += inside
    return _together(rule, keyed)


def _often(hits: Sequence[Found]) -> Iterator[Alert]:
    for of_one in _split(hits, _actor).values():
        yield from _hot("often", of_one, 2 * HOUR, lambda inside: _stories(inside) >= 6, window=2 * HOUR)


def _hourly(hits: Sequence[Found]) -> Iterator[Alert]:
    for of_one in _split(hits, _all).values():
        yield from _hot("hourly", of_one, HOUR, lambda inside: len(inside) >= 14, window=DAY)


def _spread(hits: Sequence[Found]) -> Iterator[Alert]:
    for of_one in _split(hits, _actor).values():
        yield from _hot("spread", of_one, HOUR, lambda inside: len({h.item.outlet for h in inside}) > 3, window=HOUR)


def _first(hits: Sequence[Found]) -> Iterator[Alert]:
    for of_one in _split(hits, lambda hit: f"{hit.actors[0]} {hit.item.outlet}").values():
        yield _alert("first", of_one[:FIRSTS])


def _turns(hits: Sequence[Found]) -> Iterator[Alert]:
    keyed: dict[object, list[Found]] = defaultdict(list)
    both = [hit for hit in hits if hit.said and hit.said.cue != "say"]
    for of_one in _split(both, _actor).values():
        for n, earlier in enumerate(of_one):
            for later in _near(of_one, n, DAY):
                if earlier.item.seen < later.item.seen and _reverses(earlier.said, later.said):
                    keyed[earlier.actors, later.item.story] += [earlier, later]
    return _together("turns", keyed)


GRAIN = "grain"


def _reverses(one: Said | None, other: Said | None) -> bool:
    """The texts of the test are about the same thing where they are one, or both about the grain."""
    assert one
    assert other
    subject = [text.text.split(",")[0] for text in (one, other)]
    same = subject[0] == subject[1] or all(GRAIN in text for text in subject)
    return one.cue != other.cue and same


def _quiet(
    rule: str, hits: Sequence[Found], length: float, least: int, *, end: float, by: Callable[[Found], str]
) -> Iterator[Alert]:
    for of_one in _split(hits, by).values():
        for n, hit in enumerate(of_one):
            time = hit.item.seen
            if time + length > end or (n and of_one[n - 1].item.seen == time):
                continue
            near = _near(of_one, n, length)
            before = [h for h in near if time <= h.item.seen < time + length]
            since = _between(near, time, time + length)
            if _stories(before) >= least > _stories(since):
                yield _alert(rule, [h for h in near if h.item.seen == time])


def _burst(hits: Sequence[Found]) -> Iterator[Alert]:
    length = 8 * HOUR
    for of_one in _split(hits, _actor).values():
        keyed: dict[object, list[Found]] = defaultdict(list)
        for n, hit in enumerate(of_one):
            time = hit.item.seen
            near = _near(of_one, n, 2 * length)
            now, past = _between(near, time - length, time), _between(near, time - 2 * length, time - length)
            watched = time - 2 * length >= -0.25 * length
            if watched and _stories(now) >= 5 and _stories(now) >= 3 * _stories(past):
                keyed[_window(time, length)] += now
        yield from _together("burst", keyed)
