"""What articles gave, in a ledger in Elasticsearch: first what is found, then who has it, then that it is done."""

from collections.abc import Sequence

from transforms.clients.elastic_alerts import growths, match_docs
from transforms.clients.elastic_docs import Doc, id_of
from transforms.clients.elastic_hits import gone_before, hit_docs, placed, touched
from transforms.clients.elastic_shelf import Shelf
from transforms.keeping import Conclusion


def conclude(shelf: Shelf, found: Sequence[Conclusion]) -> None:
    """Record matches and hits, then their alerts and series, then settle the entries.

    A hit is fresh until its series knows of it: who is stopped in between, and does it again, tells the series.
    """
    matches = [match for one in found for match in one.matches]
    hits = [hit for one in found for hit in one.hits]
    counted = placed(hits, gone_before(shelf, hits))
    created = shelf.create({**match_docs(matches), **hit_docs(counted)})
    there = shelf.get(counted.keys() - created, ["fresh"])
    fresh = {id_ for id_, held in there.items() if held.source["fresh"]}
    new = {id_: hit for id_, hit in counted.items() if id_ in created or id_ in fresh}
    shelf.change({**growths(matches), **touched(list(new.values()))})
    ends: dict[str, Doc] = {id_: {"fresh": False} for id_ in new}
    shelf.merge({**ends, **{id_of("entry", one.entry): {"state": "done"} for one in found if one.entry}})
