"""How much machine so many feeds need: from what was measured and what is assumed, by plain arithmetic."""

import math
from dataclasses import dataclass

DAY_S = 86_400.0


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What was measured: CPU seconds, megabytes of memory a process, bytes on disk an article.

    `main_s` is what an article costs outside the reading processes, `main_mb` what a watch without feeds holds.
    """

    poll_s: float
    changed_poll_s: float
    main_s: float
    read_s: float
    elastic_s: float
    main_mb: float
    feed_kb: float
    reader_mb: float
    index_bytes: float
    ledger_bytes: float


@dataclass(frozen=True, kw_only=True)
class Given:
    """What is assumed of the feeds, and how much of a machine is planned with.

    `articles` are new ones a feed and day, `polls` its polls a day, `changed_polls` those that bring something; `peak`
    is the busiest hour over the mean one, `share` what is planned to be used of each core in it; `keep_days` are those
    of the index, `ledger_days` those of the ledger, `copies` how often Elasticsearch has each record, `room` the disk
    for each byte of the index: merges, and what Elasticsearch leaves free.
    """

    articles: float = 10.0
    polls: float = 20.0
    changed_polls: float = 8.0
    peak: float = 3.0
    share: float = 0.7
    keep_days: float = 180.0
    ledger_days: float = 90.0
    copies: int = 2
    room: float = 1.5


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What so many feeds need."""

    feeds: int
    articles_day: float
    peak_s: float
    reading: int
    watches: int
    elastic_cores: float
    memory_gb: float
    index_gb_day: float
    index_gb: float
    ledger_gb: float


def plan(feeds: int, costs: Costs, given: Given) -> Plan:
    """Return what that many feeds need, so that the busiest hour is worked off as it comes."""
    articles = feeds * given.articles
    peak = given.peak / DAY_S
    polled = feeds * (given.changed_polls * costs.changed_poll_s + (given.polls - given.changed_polls) * costs.poll_s)
    reading = math.ceil(articles * costs.read_s * peak / given.share)
    watches = math.ceil((articles * costs.main_s + polled) * peak / given.share)
    memory_mb = watches * costs.main_mb + feeds * costs.feed_kb / 1000 + reading * costs.reader_mb
    a_day = articles * costs.index_bytes / 1e9
    return Plan(
        feeds=feeds,
        articles_day=articles,
        peak_s=articles * peak,
        reading=max(1, reading),
        watches=max(1, watches),
        elastic_cores=articles * costs.elastic_s * peak / given.share,
        memory_gb=memory_mb / 1000,
        index_gb_day=a_day,
        index_gb=a_day * given.keep_days * given.copies * given.room,
        ledger_gb=articles * given.ledger_days * costs.ledger_bytes / 1e9,
    )
