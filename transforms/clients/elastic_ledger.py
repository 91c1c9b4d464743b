"""The ledger on an Elasticsearch server: no transaction spans two documents, so what is found last is written last."""

import contextlib
import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from elasticsearch import Elasticsearch

from schemas.alerts import Match
from schemas.articles import Entry
from schemas.failures import Reason
from schemas.feeds import FeedState
from schemas.kept import Hit
from schemas.mapping import alias
from schemas.stories import Claim, Folded
from transforms.clients import elastic_alerts, elastic_conclude, elastic_entries, elastic_feeds, elastic_same
from transforms.clients.elastic import said
from transforms.clients.elastic_docs import NAME, id_of, is_, layout, made
from transforms.clients.elastic_forget import Forgetting
from transforms.clients.elastic_listings import Listings
from transforms.clients.elastic_outbox import ElasticOutbox
from transforms.clients.elastic_setup import prepare
from transforms.clients.elastic_shelf import Shelf
from transforms.clients.elastic_stories import ElasticStories
from transforms.clients.elastic_tally import ElasticTally
from transforms.clients.elastic_upgrade import remove_old, upgrade
from transforms.index.retry import Retry
from transforms.index.rows import moment
from transforms.keeping import Conclusion
from transforms.ledger.items import asked_anew
from transforms.protocols import EntryState
from transforms.recall import SameArticle
from transforms.upkeep import Tell, Upgraded


class ElasticLedger:
    """A Ledger in one index. Repeating a method changes nothing, wherever the first time was broken off.

    `held` is closed with it: the client, or this ledger's share in one.
    """

    def __init__(
        self,
        client: Elasticsearch,
        *,
        server: str,
        prefix: str,
        held: contextlib.ExitStack | None = None,
        retry: Retry | None = None,
    ) -> None:
        self.client, self.server, self.prefix = client, server, prefix
        self.held = held or contextlib.ExitStack()
        self.shelf = Shelf(client, server=server, name=alias(prefix, NAME), retry=retry or Retry())
        self.tally = ElasticTally(self.shelf)
        self.outbox = ElasticOutbox(self.shelf)
        self.copies = ElasticStories(self.shelf)
        self.forgetting = Forgetting(self.shelf)
        self.listings = Listings(self.shelf)

    def prepare(self) -> None:
        """Make template, index and alias where they are missing, and add new fields; raises UserError."""
        with said(self.server):
            impatient = self.client.options(max_retries=0)
            prepare(impatient, server=self.server, prefix=self.prefix, layout=layout())

    def upgrade(self, *, again: bool, tell: Tell) -> Iterator[Upgraded]:
        """Yield what became of the index; meanwhile it takes no writes, and passes wait."""
        with said(self.server):
            where = {"server": self.server, "prefix": self.prefix}
            yield from upgrade(self.client, **where, layout=layout(), again=again, tell=tell)

    def remove_old(self) -> list[str]:
        """Remove the versions that upgrades have kept, and return their names."""
        with said(self.server):
            return remove_old(self.client, prefix=self.prefix, kinds=layout())

    def feed(self, url: str) -> FeedState | None:
        """Return what is remembered of the feed."""
        return self.known([url]).get(url)

    def feeds(self) -> list[FeedState]:
        """Return every remembered feed, by URL."""
        return elastic_feeds.feeds(self.shelf)

    def known(self, urls: Collection[str]) -> dict[str, FeedState]:
        """Return what is remembered of those of the feeds that are known."""
        return elastic_feeds.known(self.shelf, urls)

    def take(self, state: FeedState, entries: Sequence[Entry], *, run: str) -> list[Entry]:
        """Remember the new entries, and then the feed's state; returns those that are this run's work."""
        entries = elastic_same.renamed(self.shelf, entries) if entries else []
        own, whole = elastic_entries.take(self.shelf, entries, feeds=(state.url, *state.formerly), run=run)
        if entries:
            self.listings.put(state.url, state.listing)
        known = state if whole else asked_anew(state)
        elastic_feeds.put(self.shelf, known, [entry.id for entry in entries])
        return own

    def listing(self, listing: str) -> list[str]:
        """Return the URLs of the feeds that listed just this when they last listed anything, sorted."""
        return self.listings.find(listing)

    def fold(self, claims: Sequence[Claim], same: SameArticle) -> None:
        """Settle entries that are known articles under other addresses."""
        elastic_same.fold(self.shelf, claims, same)

    def folded(self, articles: Sequence[str]) -> dict[str, Folded]:
        """Return what those of the entries that were folded were folded into."""
        return elastic_same.folded(self.shelf, articles)

    def left_over(self, *, run: str) -> list[Entry]:
        """Return the unsettled entries of earlier runs, oldest first, and make them this run's."""
        return list(elastic_entries.left_over(self.shelf, run=run))

    def waiting(self, limit: int, *, but_not: Collection[str] = ()) -> list[Entry]:
        """Return at most so many unsettled entries, oldest first, without those that are named."""
        return elastic_entries.waiting(self.shelf, limit, but_not=but_not)

    def claim(self, entries: Sequence[str], *, run: str) -> None:
        """Make unsettled entries this run's, and remember that work on them began."""
        elastic_entries.claim(self.shelf, [id_of("entry", entry) for entry in entries], run=run)
        reads = dict.fromkeys(id_of("read", entry) for entry in entries)
        self.shelf.change({id_: elastic_entries.begins(id_, run) for id_ in reads})

    def ended(self, entries: Sequence[str]) -> None:
        """Remember that work on those that were claimed came to an end."""
        self.shelf.remove(dict.fromkeys(id_of("read", entry) for entry in entries))

    def begun(self) -> dict[str, int]:
        """Return how often work on an entry began and came to no end."""
        return {doc["key"]: doc["changes"] for doc in self.shelf.look.find("read", fields=("changes",))}

    def standing(self, entries: Sequence[str]) -> dict[str, EntryState]:
        """Return how those of the entries stand that are known."""
        ids = {id_of("entry", entry): entry for entry in entries}
        return {ids[id_]: held.source["state"] for id_, held in self.shelf.get(ids, ["state"]).items()}

    def conclude(self, entry: str, matches: Sequence[Match], hits: Sequence[Hit] = ()) -> None:
        """Record an article's matches and hits and settle its entry."""
        self.conclude_all([Conclusion(entry, matches, hits)])

    def conclude_all(self, found: Sequence[Conclusion]) -> None:
        """Do so for several articles."""
        elastic_conclude.conclude(self.shelf, found)

    def fail(self, entry: str, reason: Reason, *, final: bool) -> None:
        """Settle an entry as failed, or count one more run that failed at it."""
        self.shelf.change({id_of("entry", entry): elastic_entries.failed(reason, final=final)})

    def progress(self) -> tuple[int, int]:
        """Return how many entries are unsettled, and how many are settled."""
        unsettled = self.shelf.look.count("entry", is_("state", "pending"))
        return unsettled, max(0, self.shelf.look.count("entry") - unsettled)

    def reopen(self, entries: Sequence[str]) -> int:
        """Make failed entries unsettled again and return how many there were."""
        ids = dict.fromkeys(id_of("entry", entry) for entry in entries)
        after = self.shelf.change(dict.fromkeys(ids, elastic_entries.reopened))
        return sum(one.done for one in after.values())

    def matches(self, alert: str) -> Iterator[Match]:
        """Yield every match of the alert, by the record's id."""
        return elastic_alerts.matches(self.shelf, alert)

    def oldest_unsettled(self) -> dt.datetime | None:
        """Return when the oldest unsettled entry was first seen."""
        oldest = self.shelf.look.find("entry", is_("state", "pending"), fields=("time",), sort=("time", "key"), most=1)
        return next((moment(doc["time"]) for doc in oldest), None)

    def undelivered(self) -> list[str]:
        """Return the ids of the alerts that have grown since they were last written, sorted."""
        return elastic_alerts.undelivered(self.shelf)

    def finish(self, alert: str, count: int) -> None:
        """Remember that the alert stands in the index and the outbox with so many matches."""
        self.shelf.change({id_of("alert", alert): elastic_alerts.finished(alert, count)})

    def prune(self, before: dt.datetime, *, most: int) -> int:
        """Forget at most so many settled entries first seen before then, and of alerts and silences that are over."""
        return max(
            self.forgetting.entries(before, most),
            elastic_alerts.forget_alerts(self.shelf, before, most),
            self.outbox.forget_silences(before, most),
        )

    def forget_feeds(self, urls: Collection[str]) -> None:
        """Forget the states of those feeds, and what they list."""
        elastic_feeds.forget(self.shelf, urls)
        for url in urls:
            self.listings.put(url, "")

    def bookmark(self, task: str) -> str:
        """Return the place that a long task has reached; empty where it has not begun."""
        found = self.shelf.one(id_of("note", "task", task))
        return str(found["body"]) if found else ""

    def keep_bookmark(self, task: str, place: str) -> None:
        """Remember the place that the task has reached; an empty one forgets the task."""
        id_ = id_of("note", "task", task)
        if place:
            self.shelf.put({id_: made(id_, body=place)})
        else:
            self.shelf.remove({id_: None})

    def close(self) -> None:
        """Give back the client; once more does nothing."""
        self.held.close()
