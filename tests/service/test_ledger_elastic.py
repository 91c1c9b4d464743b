"""The ledger on a real node, where one in a file has it easier: many writers, broken requests, a server away."""

import contextlib
import dataclasses as dc
import datetime as dt
import itertools
import os
import subprocess
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.alerts import Match
from schemas.errors import UserError
from schemas.kept import Hit, Item
from schemas.mapping import body_of
from schemas.remembered import Remembered
from schemas.settings import Index as IndexSettings
from schemas.stories import Sketch
from tests.fakes.alerts import make_alert
from tests.fakes.commands import newswatch
from tests.service.ledgers import empty
from tests.service.proxy import Fault, between, free_port
from tests.service.test_index_contract import remove
from tests.unit.test_keeping_contract import hit
from tests.unit.test_ledger_contract import FEED, NOON, STATE, entry, match
from transforms.clients.elastic import ElasticError, connect
from transforms.clients.elastic_lease import Holder, Lease, myself
from transforms.clients.elastic_ledger import ElasticLedger
from transforms.clients.elastic_shared import open_elastic_ledger
from transforms.copies.compare import same_story
from transforms.index.retry import ONCE, Retry

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]

WRITERS = 6
QUICK = Retry(attempts=8, total_s=20, first_s=0.02, most_s=0.2)


def through(url: str, ledger: ElasticLedger, retry: Retry, *, is_there: bool = True) -> ElasticLedger:
    """The same ledger, asked by way of that address; once that answers."""
    client = connect(IndexSettings(url=url), retries=0)
    while is_there and not client.ping():
        time.sleep(0.01)
    return ElasticLedger(client, server=url, prefix=ledger.prefix, retry=retry)


def test_each_entry_goes_to_one_run_of_many(ledger: ElasticLedger):
    entries = [entry(f"e{n:02}") for n in range(30)]

    def take(run: int) -> list[str]:
        return [one.id for one in ledger.take(STATE, entries, run=f"r{run}")]

    with ThreadPoolExecutor(WRITERS) as pool:
        taken = list(pool.map(take, range(WRITERS)))
    assert sorted(itertools.chain(*taken)) == [one.id for one in entries]


def test_an_alert_has_all_its_matches_and_a_series_all_its_hits_whoever_writes_at_once(ledger: ElasticLedger):
    def conclude(number: int) -> None:
        ledger.conclude("", [match("x", f"m{number:02}"), match("x", "shared")], [hit(f"h{number:02}", number)])

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(conclude, range(24)))
    assert [one.record for one in ledger.matches("x")] == sorted([*(f"m{n:02}" for n in range(24)), "shared"])
    (series,) = ledger.tally.series()
    assert (series.dirty, series.changes) == (NOON, 24)
    assert len(ledger.tally.hits("s")) == 24


def test_an_alert_that_grows_while_it_is_written_is_due_again(ledger: ElasticLedger):
    def grow(number: int) -> None:
        ledger.conclude("", [match("x", f"m{number:02}")])

    def write(_: int) -> int:
        count = len(list(ledger.matches("x")))
        ledger.finish("x", count)
        return count

    with ThreadPoolExecutor(WRITERS) as pool:
        growing = [pool.submit(grow, number) for number in range(20)]
        written = list(pool.map(write, range(20)))
        for one in growing:
            one.result()
    assert (ledger.undelivered() == []) == (max(written) == 20)
    ledger.finish("x", 20)
    assert ledger.undelivered() == []


def test_copies_that_come_at_once_are_one_story(ledger: ElasticLedger):
    marks = tuple(range(100))

    def place(number: int) -> None:
        copy = Sketch(article=f"a{number}", exact=f"x{number}", runs=100, marks=marks[: 100 - number])
        ledger.copies.place([copy], same_story, now=NOON, keep=dt.timedelta(days=7))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(place, range(WRITERS)))
    stories = ledger.copies.stories([f"a{n}" for n in range(WRITERS)])
    assert len(stories) == WRITERS
    assert len(set(stories.values())) == 1


MATCHES: list[Match] = [match("x", "m1"), match("x", "m2"), match("y", "m1")]
HITS: list[Hit] = [hit("h1", 1), hit("h2", 2, series="t")]


def do_all(ledger: ElasticLedger) -> None:
    """One article's way through the ledger, from the feed to the notice."""
    ledger.take(STATE, [entry("a"), entry("b")], run="r1")
    ledger.conclude("a", MATCHES, HITS)
    ledger.fail("b", "page-unreachable", final=False)
    sketch = Sketch(article="a", exact="xa", runs=100, marks=tuple(range(100)))
    ledger.copies.place([sketch], same_story, now=NOON, keep=dt.timedelta(days=7))
    item = Item(alert="x", channel="log", since=NOON)
    ledger.outbox.post(make_alert(id="x", first_seen=NOON, last_seen=NOON), [item])
    ledger.finish("x", 2)
    ledger.outbox.put([dc.replace(item, state="sent", bundle="n")], now=NOON)


def told(ledger: ElasticLedger) -> list[object]:
    return [
        ledger.feeds(),
        ledger.standing(["a", "b"]),
        [list(ledger.matches(name)) for name in ("x", "y")],
        ledger.tally.hits("s"),
        [(one.id, one.dirty) for one in ledger.tally.series()],
        ledger.copies.stories(["a"]),
        ledger.undelivered(),
        ledger.outbox.items("x"),
        ledger.outbox.sent("log", NOON, NOON),
    ]


def test_what_is_broken_off_after_any_request_and_done_again_is_what_is_done_at_once(
    ledger: ElasticLedger, elasticsearch_url: str
):
    do_all(ledger)
    whole = told(ledger)
    for number in itertools.count(1):
        empty(ledger)
        with between(elasticsearch_url, lambda n, at=number: "unheard" if n == at else "") as proxy:
            broken = through(proxy.url, ledger, ONCE)
            try:
                do_all(broken)
                was_broken = False
            except ElasticError as e:
                was_broken = True
                assert e.transient
            broken.client.close()
        do_all(ledger)
        assert told(ledger) == whole, f"broken off after request {number}"
        if not was_broken and number > proxy.bulks:
            break
    assert number > 12


def test_faults_that_pass_are_not_seen(ledger: ElasticLedger, elasticsearch_url: str):
    do_all(ledger)
    whole = told(ledger)
    empty(ledger)
    faults: list[Fault] = ["busy", "lost", "", "unheard", "half", "broken", "unavailable", ""]
    with between(elasticsearch_url, lambda n: faults[n % len(faults)]) as proxy:
        behind = through(proxy.url, ledger, QUICK)
        do_all(behind)
        behind.client.close()
    assert told(ledger) == whole


def test_a_full_disk_is_said_in_one_line_and_passes(ledger: ElasticLedger, elasticsearch_url: str):
    impatient = through(elasticsearch_url, ledger, ONCE)
    full = {"index.blocks.read_only_allow_delete": True}
    ledger.client.indices.put_settings(index=ledger.shelf.name, settings=full)
    try:
        with pytest.raises(UserError, match=r"disk usage exceeded|read-only") as refused:
            impatient.take(STATE, [entry("a")], run="r1")
    finally:
        ledger.client.indices.put_settings(index=ledger.shelf.name, settings=dict.fromkeys(full))
    assert refused.value.transient
    assert "\n" not in str(refused.value)
    assert ledger.feed(FEED) is None
    assert [one.id for one in impatient.take(STATE, [entry("a")], run="r1")] == ["a"]
    impatient.client.close()


def test_a_server_that_is_away_is_said(ledger: ElasticLedger):
    nowhere = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(UserError, match="no answer") as away:
        open_elastic_ledger(IndexSettings(url=nowhere))
    assert away.value.transient
    away_since = through(nowhere, ledger, ONCE, is_there=False)
    for ask in (away_since.undelivered, lambda: away_since.conclude("a", MATCHES)):
        with pytest.raises(UserError, match="no answer") as away:
            ask()
        assert away.value.transient
    away_since.client.close()


def test_a_ledger_of_another_version_is_upgraded(elasticsearch_url: str, tmp_path: Path):
    config, prefix = tmp_path / "c.toml", f"test-{uuid.uuid4().hex}"
    places = f'[index]\nurl = "sqlite:///{tmp_path}/x.db"\nprefix = "{prefix}"\n[ledger]\nurl = "{elasticsearch_url}"\n'
    config.write_text(places, "utf-8")
    body = body_of(Remembered, worded=False)
    older = {**body["mappings"]["properties"], "tries": {"type": "keyword"}}
    mappings = {**body["mappings"], "properties": older, "_meta": {**body["mappings"]["_meta"], "newswatch": "older"}}
    settings = IndexSettings(url=elasticsearch_url, prefix=prefix)
    with connect(settings) as client:
        index = f"{prefix}-ledger-v1"
        client.indices.create(
            index=index, mappings=mappings, settings=body["settings"], aliases={f"{prefix}-ledger": {}}
        )
        with contextlib.closing(open_elastic_ledger(settings, make=False)) as before:
            before.take(STATE, [entry("a")], run="r1")
    done = newswatch("check", "--config", config)
    assert "run `newswatch index upgrade`" in done.out
    upgraded = newswatch("index", "upgrade", "--remove-old", "--config", config, "--json").json
    assert {"kind": "ledger", "before": index, "after": f"{prefix}-ledger-v2", "records": 2} in upgraded
    assert upgraded[-1] == {"removed": index}
    with contextlib.closing(open_elastic_ledger(settings)) as after:
        assert [one.id for one in after.left_over(run="r2")] == ["a"]
    remove(elasticsearch_url, f"{prefix}-*")


def test_one_holder_at_a_time(ledger: ElasticLedger):
    one, other = Lease(ledger.shelf, "pass"), Lease(ledger.shelf, "pass")
    assert one.take() is None
    assert other.take() == one.holder
    assert Lease(ledger.shelf, "backfill").take() is None
    assert one.take() is None, "it may be renewed"
    one.give_back()
    assert other.take() is None
    one.give_back()
    assert one.take() == other.holder, "only its holder gives it back"


def test_a_lease_ends_by_itself_and_with_its_process(ledger: ElasticLedger):
    elsewhere = Holder("t", "far", "far", 1)
    now = [1000.0]
    first = Lease(ledger.shelf, "pass", seconds=60, clock=lambda: now[0], holder=elsewhere)
    second = Lease(ledger.shelf, "pass", seconds=60, clock=lambda: now[0])
    assert first.take() is None
    now[0] += 59
    assert second.take() == elsewhere
    now[0] += 2
    assert second.take() is None
    with subprocess.Popen(["true"]) as done:
        done.wait()
    ended = Lease(ledger.shelf, "backfill", holder=Holder("u", "here", myself().where, done.pid))
    assert ended.take() is None
    assert Lease(ledger.shelf, "backfill").take() is None
    assert myself().pid == os.getpid()


def test_a_lease_is_kept_as_long_as_the_work_lasts(ledger: ElasticLedger):
    one, other = Lease(ledger.shelf, "pass", seconds=0.4), Lease(ledger.shelf, "pass", seconds=0.4)
    assert one.take() is None
    with one.kept():
        end = dt.datetime.now(dt.timezone.utc) + dt.timedelta(seconds=1)
        while dt.datetime.now(dt.timezone.utc) < end:
            assert other.take() == one.holder
    assert other.take() is None
