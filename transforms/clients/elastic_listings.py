"""Which feeds list the same, in a ledger in Elasticsearch."""

from collections import defaultdict

from transforms.clients.elastic_docs import is_
from transforms.clients.elastic_look import query_of
from transforms.clients.elastic_shelf import Shelf

MOST = 20
"""Feeds that list the same and are told at once."""


class Listings:
    """What feeds listed last: what this object wrote is known at once, what others wrote once a search sees it."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.of: dict[str, str] = {}
        self.feeds: dict[str, set[str]] = defaultdict(set)

    def put(self, feed: str, listing: str) -> None:
        """Remember what the feed lists now; who keeps it writes it."""
        self.feeds[self.of.get(feed, "")].discard(feed)
        self.of[feed] = listing
        self.feeds[listing].add(feed)

    def find(self, listing: str) -> list[str]:
        """Return the URLs of feeds that listed just this, sorted."""
        asked = {"query": query_of("feed", [is_("listing", listing)]), "size": MOST, "_source": ["key"]}
        (hits,) = self.shelf.look.several([asked])  # not refreshed: each poll would be
        seen = {hit["_source"]["key"] for hit in hits} - self.of.keys()
        return sorted(seen | self.feeds.get(listing, set()))
