"""Upgrade, prune and copy: the embedded index and a real Elasticsearch keep the same promises."""

import dataclasses as dc
import datetime as dt
import json
import threading
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from schemas.errors import UserError
from schemas.mapping import body_of
from schemas.query import Kind, Query
from schemas.records import KINDS, Record
from schemas.settings import Index as IndexSettings
from tests.fakes.index import NOON, alert, big_reading, document, failure, health, origin, statement
from tests.service.test_index_contract import Place, place, remove  # noqa: F401  (a fixture)
from transforms.clients.elastic import connect
from transforms.clients.elastic_index import ElasticIndex, open_elastic
from transforms.clients.opening import open_index
from transforms.clients.sqlite_index import SqliteIndex
from transforms.index.copying import copy
from transforms.index.facets import FACETS
from transforms.protocols import Written
from transforms.upkeep import Keeper

DAY = dt.timedelta(days=1)


def quiet(_: str) -> None:
    pass


@pytest.fixture
def two(place: Place) -> Iterator[tuple[Keeper, Keeper]]:  # noqa: F811
    """Give two empty indices."""
    made = tuple(open_index(place.other()) for _ in range(2))
    for index in made:
        index.prepare()
    yield made
    for index in made:
        index.close()


@pytest.fixture
def one(place: Place) -> Iterator[Keeper]:  # noqa: F811
    """Give an empty index; a second one costs a server seconds."""
    index = open_index(place.other())
    index.prepare()
    yield index
    index.close()


@pytest.fixture
def sqlite(tmp_path) -> Iterator[SqliteIndex]:
    index = SqliteIndex(str(tmp_path / "other.db"))
    index.prepare()
    yield index
    index.close()


def total(index: Keeper) -> dict[str, int]:
    return {kind: index.count(Query(kind=kind, uncertain=True)) for kind in FACETS}


def fill(index: Keeper, readings: int = 12) -> dict[str, int]:
    index.replace([big_reading(n) for n in range(readings)])
    index.write([alert("a1"), failure("f1"), failure("f2"), health("h1"), health("h2")])
    return total(index)


def test_prune_removes_what_is_older_and_nothing_else(one: Keeper):
    index = one
    old, edge = origin("old", seen=NOON - DAY), origin("edge", seen=NOON)
    index.write([document("old", seen=old.seen), document("edge", seen=NOON)])
    index.write([statement("s-old", "Rates fell.", of=old), statement("s-edge", "Rates rose.", of=edge)])
    index.write([alert("a-old", last=NOON - DAY), alert("a-edge")])
    index.write([health("h-old", seen=NOON - DAY), health("h-edge")])
    assert {kind: index.prune(kind, NOON) for kind in FACETS if kind != "failures"} == {
        "documents": 1,
        "statements": 1,
        "mentions": 0,
        "events": 0,
        "alerts": 1,
        "feeds": 1,
    }
    assert [s.id for s in index.find(Query(kind="statements", words="rates"))] == ["s-edge"]
    assert [d.id for d in index.find(Query(kind="documents"))] == ["edge"]
    assert index.prune("documents", NOON) == 0


def test_a_copy_has_everything_and_a_second_one_writes_nothing(two: tuple[Keeper, Keeper], sqlite: SqliteIndex):
    source, target = two
    counts = fill(source)
    for kind in FACETS:
        for of, to in ((source, sqlite), (sqlite, target)):
            done = copy(of, to, kind, tell=quiet, size=50)
            assert (done.source, done.written, done.already, done.refused, done.target) == (
                counts[kind],
                counts[kind],
                0,
                0,
                counts[kind],
            )
            assert done.whole
        again = copy(source, target, kind, tell=quiet)
        assert (again.written, again.already) == (0, counts[kind])
    query = Query(kind="statements", uncertain=True, limit=1000)
    assert target.find(query) == source.find(query)


@dc.dataclass
class Stopping:
    """A target that answers no more after so many writes."""

    index: Keeper
    writes: int

    def write(self, records: Sequence[Record]) -> list[Written]:
        self.writes -= 1
        if self.writes < 0:
            return [Written(record.id, "no answer", transient=True) for record in records]
        return self.index.write(records)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.index, name)


def test_a_stopped_copy_goes_on_and_takes_what_changed(two: tuple[Keeper, Keeper]):
    source, target = two
    source.write([document(f"d{n:03}", f"Text {n}.") for n in range(100)])
    with pytest.raises(UserError, match="stopped after 40 of 100: no answer; run it again to go on"):
        copy(source, Stopping(target, 4), "documents", tell=quiet, size=10)  # type: ignore[arg-type]
    source.write([document("d003", "Another text.")])
    done = copy(source, target, "documents", tell=quiet, size=10)
    assert (done.source, done.written, done.already, done.target) == (100, 61, 39, 100)
    assert [d.id for d in target.find(Query(kind="documents", words="another"))] == ["d003"]


def test_an_index_that_is_as_it_should_be_is_left_alone(one: Keeper):
    counts = fill(one, 2)
    done = list(one.upgrade(again=False, tell=quiet))
    assert {kind.kind: kind.records for kind in done} == counts
    assert all(kind.before == kind.after for kind in done)
    assert one.remove_old() == []


def without_feeds(index: Keeper) -> None:
    """Make the index what it was before feeds were records of it."""
    if isinstance(index, SqliteIndex):
        with index.file.writing() as db:
            for table in ("feeds", "feeds_terms", "feeds_words"):
                db.execute(f"DROP TABLE {table}")
    elif isinstance(index, ElasticIndex):
        index.client.indices.delete(index=f"{index.prefix}-feeds-v1")


def test_an_older_embedded_index_is_made_anew(sqlite: SqliteIndex):
    counts = fill(sqlite, 3)
    with sqlite.file.writing() as db:
        db.execute("DELETE FROM statements_words")  # what the old format did not know
        db.execute("UPDATE newswatch SET version = 1 WHERE part = 'index'")
    with pytest.raises(UserError, match=r"format 1, here \d+\); run `newswatch index upgrade`"):
        sqlite.prepare()
    assert sqlite.count(Query(kind="statements", words="envoy")) == 0
    done = list(sqlite.upgrade(again=False, tell=quiet))
    assert {one.kind: one.records for one in done} == counts == total(sqlite)
    assert {(one.before, one.after) for one in done} == {("format 1", "format 2")}
    assert sqlite.count(Query(kind="statements", words="envoy")) == 30


def test_an_embedded_index_of_a_later_version_is_left_alone(sqlite: SqliteIndex):
    with sqlite.file.writing() as db:
        db.execute("UPDATE newswatch SET version = 99 WHERE part = 'index'")
    with pytest.raises(UserError, match="made by a later version of newswatch"):
        list(sqlite.upgrade(again=False, tell=quiet))


service = pytest.mark.service
grouped = pytest.mark.xdist_group("elasticsearch")


@pytest.fixture
def older(elasticsearch_url: str) -> Iterator[ElasticIndex]:
    """Give an index whose statements were made with another analysis, and one record that only it may hold."""
    prefix = f"test-{uuid.uuid4().hex}"
    index = open_elastic(IndexSettings(url=elasticsearch_url, prefix=prefix))
    body = body_of(KINDS["statements"])
    old = json.loads(json.dumps(body))
    old["settings"]["analysis"]["analyzer"]["names"]["filter"] = ["lowercase"]
    old["mappings"]["_meta"] = {"newswatch": "older", "analysis": "older"}
    index.client.indices.create(index=f"{prefix}-statements-v3", **old, aliases={f"{prefix}-statements": {}})
    yield index
    index.close()
    remove(elasticsearch_url, f"{prefix}-*")


def speak(index: ElasticIndex, number: int) -> None:
    spoken = [statement(f"s{n:05}", "Rates fell.", of=origin("d1"), speaker="Bill Marsh") for n in range(number)]
    assert {answer.error for answer in index.write(spoken)} == {None}


@service
@grouped
def test_an_upgrade_is_never_seen_half_done(older: ElasticIndex, elasticsearch_url: str):
    speak(older, 3000)
    with pytest.raises(UserError, match=r"-statements-v3 was made by another version .*run `newswatch index upgrade`"):
        older.prepare()
    seen: list[int] = []
    done = threading.Event()
    older.find(Query(kind="statements", limit=1))

    def read() -> None:
        with connect(IndexSettings(url=elasticsearch_url)) as client:
            while not done.is_set():
                seen.append(client.count(index=f"{older.prefix}-statements")["count"])

    reader = threading.Thread(target=read)
    reader.start()
    upgraded = {one.kind: one for one in older.upgrade(again=False, tell=quiet)}
    done.set()
    reader.join()
    assert {*seen} == {3000}
    assert upgraded["statements"].before.endswith("-v3")
    assert upgraded["statements"].after.endswith("-v4")
    assert upgraded["statements"].records == 3000
    assert older.count(Query(kind="statements", by="william")) == 3000  # Bill, in the new analysis
    client = older.client
    assert list(client.indices.get_alias(name=f"{older.prefix}-statements")) == [f"{older.prefix}-statements-v4"]
    assert client.count(index=f"{older.prefix}-statements-v3")["count"] == 3000
    older.prepare()
    assert older.write([statement("s1", "x", of=origin("d1"))])[0].error is None
    assert older.remove_old() == [f"{older.prefix}-statements-v3"]
    assert older.remove_old() == []


@service
@grouped
def test_an_upgrade_that_fails_leaves_the_old_index_as_it_was(older: ElasticIndex):
    speak(older, 20)
    name = f"{older.prefix}-statements-v3"
    older.client.indices.put_mapping(index=name, properties={"surprise": {"type": "keyword"}})
    older.client.index(index=name, id="odd", document={"id": "odd", "surprise": "x"}, refresh=True)
    with pytest.raises(UserError, match=r"20 of 21 records fit .*surprise.*-v3 stays as it was"):
        list(older.upgrade(again=False, tell=quiet))
    assert not older.client.indices.exists(index=f"{older.prefix}-statements-v4")
    assert older.write([statement("later", "x", of=origin("d1"))])[0].error is None


@service
@grouped
def test_writes_wait_while_an_index_is_copied_and_a_stopped_upgrade_is_told_of(
    older: ElasticIndex, elasticsearch_url: str
):
    speak(older, 20)
    answers: list[Written] = []

    def busy(_: str) -> None:
        with open_elastic_at(elasticsearch_url, older.prefix) as other:
            answers.extend(other.write([statement("meanwhile", "x", of=origin("d1"))]))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(older.upgrade(again=False, tell=busy))
    assert [(answer.error is not None, answer.transient) for answer in answers] == [(True, True)]
    assert older.write([statement("later", "x", of=origin("d1"))])[0].error is None
    older.client.indices.create(index=f"{older.prefix}-statements-v4")
    with pytest.raises(UserError, match="-v4 is there already: another upgrade runs, or one was stopped: --again"):
        list(older.upgrade(again=False, tell=quiet))
    assert {one.kind: one.records for one in older.upgrade(again=True, tell=quiet)}["statements"] == 21


class open_elastic_at:  # noqa: N801  (used like contextlib.closing)
    def __init__(self, url: str, prefix: str) -> None:
        self.index = open_elastic(IndexSettings(url=url, prefix=prefix))

    def __enter__(self) -> ElasticIndex:
        return self.index

    def __exit__(self, *_: object) -> None:
        self.index.close()


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_the_commands(tmp_path, one: Keeper, place: Place):  # noqa: F811
    index = one
    counts = fill(index, 2)
    url = place.settings(next(place.others) - 1).index.url
    config = tmp_path / "settings.toml"
    config.write_text(f'[index]\nprefix = "{getattr(index, "prefix", "newswatch")}"\n')
    run = CliRunner().invoke
    common = ["--config", str(config), "--json"]
    other = f"sqlite:///{tmp_path}/copy.db"
    done = run(app, ["index", "copy", url, other, *common])
    assert done.exit_code == 0, done.output
    assert {line["kind"]: line["target"] for line in lines(done.stdout)} == counts
    upgraded = run(app, ["index", "upgrade", "--remove-old", "--index", url, *common])
    assert {line["kind"]: line["records"] for line in lines(upgraded.stdout)} == counts
    pruned = run(app, ["index", "prune", "--older-than", "2025-02-17", "--index", other, *common])
    removed: dict[Kind, int] = {line["kind"]: line["removed"] for line in lines(pruned.stdout)}
    assert removed == counts
    assert "statements" in run(app, ["index", "prune", "--older-than", "9d", "--index", other]).stdout
    without_feeds(index)  # as one that an older newswatch has made
    assert index.kinds() == [kind for kind in FACETS if kind != "feeds"]
    for words in (["copy", url, f"sqlite:///{tmp_path}/more.db"], ["prune", "--older-than", "9999d", "--index", url]):
        done = run(app, ["index", *words, *common])
        assert (done.exit_code, [line["kind"] for line in lines(done.stdout)]) == (0, index.kinds()), done.output
    assert run(app, ["index", "upgrade", "--index", url, *common]).exit_code == 0
    assert index.kinds() == list(FACETS)
    assert index.write([health("h1")]) == [Written("h1")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["prune", "--older-than", "soon"], "--older-than 'soon': neither a date"),
        (["prune", "--older-than", ""], "--older-than: an age"),
        (["copy", "sqlite:///a.db", "sqlite:///a.db"], "^sqlite:///a.db: cannot be copied to itself"),
        (["copy", "https://u:secret@h", "https://u:secret@h"], "^h: cannot be copied to itself"),
        (["copy", "sqlite:////nowhere/a.db", "sqlite:////nowhere/b.db"], "no such file|no folder"),
        (["upgrade", "--index", "ftp://h"], "neither sqlite:///PATH nor"),
    ],
)
def test_what_a_user_can_get_wrong(arguments: list[str], told: str):
    done = CliRunner().invoke(app, ["index", *arguments])
    assert isinstance(done.exception, UserError)
    with pytest.raises(UserError, match=told):
        raise done.exception
