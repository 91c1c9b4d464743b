"""Which story an article belongs to, in a ledger in Elasticsearch."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.codec import from_json, to_json
from schemas.stories import Sketch
from transforms.clients.elastic_docs import Doc, among, id_of, is_, made, within
from transforms.clients.elastic_lease import Lease, this_process
from transforms.clients.elastic_look import query_of
from transforms.clients.elastic_shelf import Shelf
from transforms.copies.sketch import keys_of
from transforms.index.rows import millis
from transforms.recall import CANDIDATES, COMMON, Same

AT_ONCE = 100
"""Questions in one request."""

HOUR = 3_600_000
"""Old stories are forgotten so often, in milliseconds; they are found no more before."""

_PLACING = threading.Lock()
"""Of the threads of this process one places at a time, of all processes one that has the lease."""


class Leader(NamedTuple):
    """The sketch that a story began with, the keys that it is found under, and its place among all."""

    time: int
    place: int
    keys: frozenset[str]
    sketch: Sketch


@dataclass
class Desk:
    """What is known of the sketches of one batch: stories by exact text, stories begun before, and those begun here."""

    exact: dict[str, str]
    before: dict[str, list[Leader]]
    common: Counter[str]
    begun: list[Leader] = field(default_factory=list)

    def story(self, sketch: Sketch, same: Same, time: int) -> str:
        """Return the sketch's story: that of an exact copy, else the likeliest, else its own, which it begins."""
        story = self.exact.get(sketch.exact) or self._nearest(sketch, same) or self._begin(sketch, time)
        self.exact[sketch.exact] = story
        return story

    def _nearest(self, sketch: Sketch, same: Same) -> str:
        keys = set(_keys(sketch))
        likely = [one for one in (*self.before.get(sketch.article, ()), *self.begun) if keys & one.keys]
        likely.sort(key=lambda one: (-len(keys & one.keys), one.time, one.place, one.sketch.exact))
        found = ((same(sketch, one.sketch), one.sketch.exact) for one in likely[:CANDIDATES])
        surest, story = max(found, default=(0.0, ""))
        return story if surest else ""

    def _begin(self, sketch: Sketch, time: int) -> str:
        """Begin a story; a text too short to be told from others can have no copies but exact ones."""
        if sketch.marks:
            keys = frozenset(key for key in _keys(sketch) if self.common[key] < COMMON)
            self.common.update(keys)
            self.begun.append(Leader(time, len(self.begun), keys, sketch))
        return sketch.exact


class ElasticStories:
    """Stories on the ledger's shelf; articles are placed by one process at a time."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.forgot = -1

    def place(self, sketches: Sequence[Sketch], same: Same, *, now: dt.datetime, keep: dt.timedelta) -> None:
        """Give each article a story, in order; one that has a story keeps it."""
        if not sketches:
            return
        since, time = millis(now - keep), millis(now)
        with _PLACING, Lease(self.shelf, "stories", holder=this_process()).waited_for():
            self._forget(since, time)
            firsts = {id_of("story", sketch.article): sketch for sketch in reversed(sketches)}
            known = self.shelf.get(firsts, ["story"])
            order = dict.fromkeys(id_of("story", sketch.article) for sketch in sketches)
            wanted = [firsts[id_] for id_ in order if id_ not in known]
            if wanted:
                self._place(wanted, same, since, time)

    def stories(self, articles: Sequence[str]) -> dict[str, str]:
        """Return the story of each article that has one."""
        ids = {id_of("story", article): article for article in articles}
        return {ids[id_]: str(held.source["story"]) for id_, held in self.shelf.get(ids, ["story"]).items()}

    def _place(self, sketches: Sequence[Sketch], same: Same, since: int, time: int) -> None:
        self.shelf.look.catch_up()
        marked = [sketch for sketch in sketches if sketch.marks]
        desk = Desk(self._exact(sketches), self._before(marked, since), self._common(marked))
        stories = [(sketch, desk.story(sketch, same, time)) for sketch in sketches]
        self.shelf.put(dict(map(_leader_doc, desk.begun)))
        self.shelf.create(dict(_story_doc(sketch, story) for sketch, story in stories))

    def _exact(self, sketches: Sequence[Sketch]) -> dict[str, str]:
        texts = list(dict.fromkeys(sketch.exact for sketch in sketches))
        asked = {
            "query": query_of("story", [among("exact", texts)]),
            "collapse": {"field": "exact"},
            "size": len(texts),
            "_source": ["exact", "story"],
        }
        (hits,) = self.shelf.look.several([asked])
        return {hit["_source"]["exact"]: hit["_source"]["story"] for hit in hits}

    def _before(self, sketches: Sequence[Sketch], since: int) -> dict[str, list[Leader]]:
        """Return for each article the stories begun since then with which it has most keys in common."""
        found: dict[str, list[Leader]] = {}
        for start in range(0, len(sketches), AT_ONCE):
            part = sketches[start : start + AT_ONCE]
            answers = self.shelf.look.several([_question(sketch, since) for sketch in part])
            found |= {
                sketch.article: [_leader(hit["_source"]) for hit in hits]
                for sketch, hits in zip(part, answers, strict=True)
            }
        return found

    def _common(self, sketches: Sequence[Sketch]) -> Counter[str]:
        """Return how many stories are found under each of the sketches' keys."""
        keys = sorted({key for sketch in sketches for key in _keys(sketch)})
        if not keys:
            return Counter()
        counted = {"n": {"terms": {"field": "keys", "include": keys, "size": len(keys)}}}
        buckets = self.shelf.look.sums("leader", among("keys", keys), aggs=counted, polled=True)["n"]["buckets"]
        return Counter({bucket["key"]: bucket["doc_count"] for bucket in buckets})

    def _forget(self, before: int, now: int) -> None:
        if now // HOUR != self.forgot:
            self.shelf.look.remove("leader", within("time", lt=before))
            self.forgot = now // HOUR


def _question(sketch: Sketch, since: int) -> Doc:
    keys = [{"constant_score": {"filter": is_("keys", key)}} for key in _keys(sketch)]
    query = query_of("leader", [within("time", gte=since)])
    query["bool"] |= {"should": keys, "minimum_should_match": 1}
    return {
        "query": query,
        "size": CANDIDATES,
        "sort": [{"_score": "desc"}, {"time": "asc"}, {"place": "asc"}, {"key": "asc"}],
        "_source": ["time", "place", "keys", "body"],
        "track_total_hits": False,
    }


def _keys(sketch: Sketch) -> list[str]:
    return [str(key) for key in keys_of(sketch)]


def _leader(source: Doc) -> Leader:
    sketch = from_json(Sketch, source["body"])
    return Leader(source["time"], source["place"], frozenset(source["keys"]), sketch)


def _leader_doc(leader: Leader) -> tuple[str, Doc]:
    id_ = id_of("leader", leader.sketch.exact)
    body = to_json(leader.sketch)
    return id_, made(id_, time=leader.time, place=leader.place, keys=sorted(leader.keys), body=body)


def _story_doc(sketch: Sketch, story: str) -> tuple[str, Doc]:
    id_ = id_of("story", sketch.article)
    return id_, made(id_, story=story, exact=sketch.exact)
