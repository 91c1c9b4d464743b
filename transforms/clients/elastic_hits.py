"""Hits on their way into a ledger in Elasticsearch, and what becomes of their series."""

from collections.abc import Iterable, Mapping, Sequence

from schemas.codec import to_json
from schemas.kept import Hit, Series
from transforms.clients.elastic_docs import Doc, id_of, made
from transforms.clients.elastic_shelf import Change, Shelf
from transforms.index.rows import millis


def placed(hits: Sequence[Hit], gone: Mapping[str, int]) -> dict[str, Hit]:
    """Return the hits by their documents' ids, but for those of an age of which their series takes none any more."""
    young = (hit for hit in reversed(hits) if hit.series not in gone or millis(hit.seen) >= gone[hit.series])
    return {id_of("hit", hit.series, hit.match.record, hit.term): hit for hit in young}


def hit_docs(hits: Mapping[str, Hit]) -> dict[str, Doc]:
    """Return the hits' documents: fresh until their series know of them."""
    return {id_: _hit_doc(id_, hit) for id_, hit in hits.items()}


def _hit_doc(id_: str, hit: Hit) -> Doc:
    place = {"series": hit.series, "record": hit.match.record, "term": hit.term, "time": millis(hit.seen)}
    return made(id_, **place, fresh=True, body=to_json(hit))


def touched(hits: Sequence[Hit]) -> dict[str, Change]:
    """Return the change of each series that has these new hits: it has to be counted."""
    return {id_of("series", name): _touched([hit for hit in hits if hit.series == name]) for name in _names(hits)}


def gone_before(shelf: Shelf, hits: Iterable[Hit]) -> dict[str, int]:
    """Return of which age the hits' series take none any more."""
    ids = {id_of("series", name): name for name in _names(hits)}
    held = shelf.get(ids, ["gone"])
    return {ids[id_]: one.source["gone"] for id_, one in held.items() if one.source.get("gone") is not None}


def _touched(hits: Sequence[Hit]) -> Change:
    first, time = hits[0], min(millis(hit.seen) for hit in hits)

    def change(source: Doc | None) -> Doc | None:
        dirty = (source or {}).get("dirty")
        now = {"dirty": time if dirty is None else min(dirty, time), "waits": False}
        if source:
            return {**now, "changes": source["changes"] + len(hits)}
        id_ = id_of("series", first.series)
        body = to_json(Series(id=first.series, rule=first.rule, key=first.key))
        return made(id_, rule=first.rule, body=body, changes=len(hits), **now)

    return change


def _names(hits: Iterable[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.series for hit in hits))
