"""What a stream is begun with, and how a worker stands what happens to it."""

import dataclasses as dc
import datetime as dt
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from apache_beam.options.pipeline_options import PortableOptions, StandardOptions

from pipelines.beam_options import check_options
from pipelines.graph import new_entries
from pipelines.pruning import EVERY_S, Pruning
from pipelines.stream import OF_FLINK, check_paths, stream_options
from pipelines.worker import served
from schemas.articles import Article, Entry
from schemas.errors import UserError
from schemas.feeds import Feed, FeedState, Polled
from schemas.settings import Settings
from tests.fakes.ledger import MemoryLedger
from tests.fakes.records import NOON, make_document, make_reading
from transforms.reading.outlived import LOST, Answer, outlived

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("runner", ["", "DirectRunner", "FnApiRunner", "PrismRunner"])
def test_runners_that_would_be_wrong_are_refused(runner: str):
    with pytest.raises(UserError, match="newswatch watch"):
        stream_options([f"--runner={runner}"] if runner else [])


def test_what_is_asked_for_comes_before_what_is_usual():
    usual = stream_options(["--runner=FlinkRunner", "--job_endpoint=localhost:8099"])
    assert usual.view_as(StandardOptions).streaming
    assert usual.view_as(PortableOptions).environment_type == "LOOPBACK"
    asked = stream_options(["--runner=FlinkRunner", "--environment_type=EXTERNAL"])
    assert asked.view_as(PortableOptions).environment_type == "EXTERNAL"


def test_options_that_only_flink_knows_are_known():
    words = ["--runner=FlinkRunner", "--checkpointing_interval=1000"]
    check_options(words, also=OF_FLINK)
    with pytest.raises(UserError, match="did you mean --checkpointing_interval"):
        check_options(["--runner=FlinkRunner", "--checkpoint_interval=1000"], also=OF_FLINK)
    with pytest.raises(UserError, match="checkpointing_interval"):
        check_options(words)


@dc.dataclass
class Reader:
    """Reads, and is killed over the articles that it is told."""

    deadly: frozenset[str] = frozenset()
    dead_before: bool = False
    tried: list[int] = dc.field(default_factory=list)

    def __call__(self, batch: Sequence[Article]) -> Iterator[Answer]:
        self.tried.append(len(batch))
        if self.dead_before or self.deadly & {article.id for article in batch}:
            self.dead_before = False
            raise UserError(LOST, transient=True)
        for article in batch:
            yield article, make_reading(make_document(id=article.id))


def article(name: str) -> Article:
    return Article(id=name, url="", title="", text="", text_from="given", outlet="", seen=NOON)


def outcomes(reader: Reader, *names: str) -> dict[str, str]:
    return {a.id: type(found).__name__ for a, found in outlived(reader, [article(name) for name in names])}


def test_the_article_that_ends_its_reader_is_found_and_the_others_are_read():
    reader = Reader(deadly=frozenset("b"))
    assert outcomes(reader, "a", "b", "c") == {"a": "Reading", "b": "RuntimeError", "c": "Reading"}
    assert reader.tried == [3, 1, 1, 1, 1]


def test_a_reader_that_was_dead_before_is_held_against_no_article():
    assert outcomes(Reader(dead_before=True), "a") == {"a": "Reading"}


def test_what_was_read_is_given_at_once_and_not_read_again():
    asked: list[list[str]] = []

    def killed_at_the_second(batch: Sequence[Article]) -> Iterator[Answer]:
        asked.append([a.id for a in batch])
        yield batch[0], make_reading(make_document(id=batch[0].id))
        if len(batch) > 1:
            raise UserError(LOST, transient=True)

    answers = outlived(killed_at_the_second, [article("a"), article("b")])
    assert next(answers)[0].id == "a"
    assert asked == [["a", "b"]]
    assert [a.id for a, _ in answers] == ["b"]
    assert asked == [["a", "b"], ["b"]]


def test_what_the_user_must_mend_stops_the_work():
    def broken(batch: Sequence[Article]) -> Iterator[Answer]:
        raise UserError("no such model")

    with pytest.raises(UserError, match="no such model"):
        list(outlived(broken, [article("a")]))


def pruning_of(ledger: MemoryLedger, *, tell: Callable[..., None], **more: Any) -> Pruning:
    more.setdefault("listed", frozenset)
    return Pruning(ledger=ledger, keep=90 * DAY, stop=threading.Event(), clock=lambda: NOON, tell=tell, **more)


def test_old_entries_are_forgotten_once_an_hour_until_it_is_to_stop():
    asked: list[dt.datetime] = []
    told: list[tuple[Any, ...]] = []

    class Ledger(MemoryLedger):
        def prune(self, before: dt.datetime, *, most: int) -> int:
            asked.append(before)
            if len(asked) > 2:
                raise UserError("locked", transient=True)
            return most if len(asked) == 1 else 7

    now = [0.0]
    pruning = pruning_of(
        Ledger(), tell=lambda *words, **fields: told.append((*words, fields)), monotonic=lambda: now[0]
    )
    pruning.tend()
    pruning.tend()
    assert asked == [NOON - 90 * DAY] * 2
    now[0] = EVERY_S
    pruning.tend()
    pruning.stop.set()
    now[0] = 2 * EVERY_S
    pruning.tend()
    assert told == [
        ("info", "pruned", {"entries": 1007, "feeds": 0}),
        ("error", "prune failed", {"detail": "locked"}),
    ]


def test_feeds_off_the_list_that_nobody_asks_are_forgotten():
    told: list[dict[str, int]] = []
    ledger = MemoryLedger()
    for name, days in (("listed", 99), ("asked", 89), ("left", 91), ("also", 91)):
        ledger.take(FeedState(url=name, polled=NOON - days * DAY), [], run="r")
    pruning = pruning_of(ledger, tell=lambda *_, **fields: told.append(fields), listed=lambda: {"listed"})
    pruning.tend()
    assert [state.url for state in ledger.feeds()] == ["asked", "listed"]
    assert told == [{"entries": 0, "feeds": 2}]


SERVER = {"url": "https://search.test:9200"}


@pytest.mark.parametrize(
    ("sections", "fault"),
    [
        ({"index": {"url": "sqlite:////data/x.db"}}, ""),
        ({"index": SERVER, "ledger": SERVER}, ""),
        ({"index": {"url": "sqlite:///x.db"}}, r"index\.url: x\.db"),
        ({"index": SERVER}, r"ledger\.url: newswatch-ledger\.db"),
        ({"index": SERVER, "ledger": {"url": "sqlite:///l.db"}}, r"ledger\.url: l\.db"),
    ],
)
def test_workers_elsewhere_need_places_that_are_the_same_everywhere(sections: dict[str, Any], fault: str):
    settings = Settings.model_validate(sections)
    if not fault:
        check_paths(settings)
        return
    with pytest.raises(UserError, match=fault):
        check_paths(settings)


def test_of_a_long_list_a_share_goes_on_at_once():
    entries = tuple(
        Entry(id=name, feed="https://a.test/rss", outlet="A", url=f"https://a.test/{name}", seen=NOON) for name in "abc"
    )
    polled = Polled(feed=Feed(url="https://a.test/rss"), state=FeedState(url="https://a.test/rss"), entries=entries)
    assert new_entries(polled, 2) == entries[:2]
    assert new_entries(polled, None) == new_entries(polled) == entries


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has more than one loopback address")
def test_a_worker_listens_to_its_own_machine_only():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with served(port, "localhost"):
        socket.create_connection(("127.0.0.1", port), 5).close()
        with pytest.raises(ConnectionRefusedError):  # whoever listens everywhere listens there too
            socket.create_connection(("127.0.0.2", port), 5)
        with pytest.raises(UserError, match="another program"), served(port, "localhost"):
            pass
