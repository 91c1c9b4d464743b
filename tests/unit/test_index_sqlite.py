"""The embedded index: many writers, a killed writer, and files that cannot be used."""

import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.errors import UserError
from schemas.query import Query
from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from tests.fakes.index import big_reading, document, failure
from transforms.clients.opening import ledger_path, open_index, open_ledger, sqlite_path
from transforms.clients.sqlite_index import SqliteIndex

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from tests.fakes.index import big_reading
from transforms.clients.sqlite_index import SqliteIndex

index = SqliteIndex(sys.argv[1])
index.prepare()
first, last = int(sys.argv[2]), int(sys.argv[3])
for number in range(first, last, 5):
    answers = index.replace([big_reading(n) for n in range(number, number + 5)])
    assert all(answer.error is None for of_one in answers for answer in of_one), answers
    print(number, flush=True)
"""


def settings(path: Path) -> Settings:
    return Settings(index=IndexSettings(url=f"sqlite:///{path}"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def writer(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_several_processes_write_at_once(path: Path):
    with writer(path, 0, 30) as one, writer(path, 30, 60) as two, writer(path, 15, 45) as three:
        ends = [process.communicate(timeout=120) and process.returncode for process in (one, two, three)]
    assert ends == [0, 0, 0]
    index = SqliteIndex(str(path))
    assert index.count(Query(kind="documents")) == 60
    assert index.count(Query(kind="statements", words="envoy")) == 600
    consistent(path)


def test_a_writer_killed_at_any_moment_leaves_whole_readings(path: Path):
    for round_ in range(3):
        with writer(path, round_ * 1000, round_ * 1000 + 1000) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.11 * round_)
            process.kill()
            told = process.stdout.read().split()
        index = SqliteIndex(str(path))
        whole = index.count(Query(kind="documents"))
        assert whole >= 5 * len(told)
        assert index.count(Query(kind="statements")) == index.count(Query(kind="mentions")) == 10 * whole
        assert index.count(Query(kind="statements", words="envoy")) == 10 * whole
        consistent(path)
        index.close()


def consistent(path: Path) -> None:
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for kind in ("documents", "statements", "mentions", "events"):
        db.execute(f"INSERT INTO {kind}_words ({kind}_words) VALUES ('integrity-check')")
        assert db.execute(f"SELECT count(*) FROM {kind}_words").fetchone() == (
            db.execute(f"SELECT count(*) FROM {kind}").fetchone()
        )
        lost = f"SELECT count(*) FROM {kind}_terms WHERE n NOT IN (SELECT n FROM {kind})"
        assert db.execute(lost).fetchone() == (0,)
    db.close()


def test_many_threads_share_an_index(path: Path):
    index = SqliteIndex(str(path))
    index.prepare()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: index.write([failure(f"f{n}")]), range(40)))
        counts = list(pool.map(lambda _: index.count(Query(kind="failures")), range(4)))
    assert {answer.error for of_one in answers for answer in of_one} == {None}
    assert counts == [40] * 4
    index.close()


def test_a_second_writing_leaves_the_file_byte_for_byte(path: Path):
    index = SqliteIndex(str(path))
    index.prepare()
    contents = []
    for _ in range(2):
        index.replace([big_reading(n) for n in range(5)])
        index.write([failure("f1")])
        with index.file.reading() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]
    index.close()


def full(index: SqliteIndex) -> None:
    """Let the file grow no more, as on a full disk."""
    with index.file.reading() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages + 1}")


def test_a_full_disk_loses_nothing_and_is_worth_another_try(path: Path):
    index = SqliteIndex(str(path))
    index.prepare()
    index.replace([big_reading(1)])
    full(index)
    answers = index.replace([big_reading(n) for n in range(2, 30)])
    assert {(a.error, a.transient) for of_one in answers for a in of_one} == {(f"disk full: {path}", True)}
    assert index.count(Query(kind="documents")) == 1
    with index.file.reading() as db:
        db.execute("PRAGMA max_page_count = 100000")
    answers = index.replace([big_reading(n) for n in range(2, 30)])
    assert {a.error for of_one in answers for a in of_one} == {None}
    consistent(path)
    index.close()


def test_a_half_pair_in_a_full_disk_keeps_its_own_reason(path: Path):
    index = SqliteIndex(str(path))
    index.prepare()
    full(index)
    bad, good = index.write([document("d1", "\ud800"), document("d2", "x" * 100_000)])
    assert (bad.error or "").startswith("no JSON can hold it")
    assert not bad.transient
    assert good.transient
    index.close()


def test_a_locked_file_is_waited_for_then_told_of(path: Path):
    index = SqliteIndex(str(path), busy_s=0.2)
    index.prepare()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    [answer] = index.write([failure("f1")])
    assert answer.error == f"{path}: another process holds it"
    assert answer.transient
    other.execute("ROLLBACK")
    other.close()
    assert [a.error for a in index.write([failure("f1")])] == [None]
    index.close()


def test_a_file_that_may_not_be_written_to(path: Path):
    index = SqliteIndex(str(path))
    index.prepare()
    with index.file.reading() as db:
        db.execute("PRAGMA query_only = 1")  # root, who runs some tests, may write to any file
    [answer] = index.write([failure("f1")])
    assert answer.error == f"{path}: it may not be written to"
    index.close()


def test_what_is_no_database_is_told_on_opening(path: Path):
    path.write_text("not a database, but a letter to the editor; " * 40)
    with pytest.raises(UserError, match=r"news\.db: is not an SQLite database$"):
        open_index(settings(path))
    with pytest.raises(UserError, match=r"news\.db: is not an SQLite database$"):
        open_ledger(settings(path))


def test_a_damaged_database_is_told(path: Path):
    index = SqliteIndex(str(path))
    index.prepare()
    index.replace([big_reading(n) for n in range(10)])
    index.close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(UserError, match=r"news\.db: the database is damaged"):
        open_index(settings(path)).find(Query(kind="documents"))


def test_a_folder_in_the_place_of_a_file(tmp_path: Path):
    with pytest.raises(UserError, match="a folder, not a file"):
        open_index(settings(tmp_path))


def test_a_missing_folder_is_named(tmp_path: Path):
    with pytest.raises(UserError, match=r"there is no folder .*/nowhere$"):
        open_index(settings(tmp_path / "nowhere" / "news.db")).prepare()
    with pytest.raises(UserError, match=r"there is no folder .*/nowhere$"):
        open_ledger(settings(tmp_path / "nowhere" / "news.db"))


def test_an_index_of_another_version_is_not_touched(path: Path):
    index = SqliteIndex(str(path))
    index.prepare()
    with index.file.writing() as db:
        db.execute("UPDATE newswatch SET version = 99 WHERE part = 'index'")
    with pytest.raises(UserError, match=r"made by another version of newswatch \(format 99, here \d+\)"):
        index.prepare()
    index.close()


def test_asking_makes_no_file(path: Path):
    with pytest.raises(UserError, match=r"no such file \(a first `newswatch run` makes it\)"):
        open_index(settings(path)).count(Query(kind="documents"))
    assert not path.exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgres://h/db", "'postgres://h/db' is neither sqlite:///PATH nor http"),
        ("mysql://user:secret@h/db", "'h/db' is neither"),
        ("news.db", "'news.db' is neither"),
        ("sqlite://news.db", "not of the form sqlite:///PATH"),
        ("sqlite:///", "not of the form sqlite:///PATH"),
        ("sqlite:///:memory:", "not of the form sqlite:///PATH"),
    ],
)
def test_a_url_of_no_index_is_told_of(url: str, told: str):
    with pytest.raises(UserError, match=told) as error:
        open_index(Settings(index=IndexSettings(url=url)))
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///news.db", "news.db"),
        ("sqlite:////var/lib/news.db", "/var/lib/news.db"),
        ("sqlite:///with%20space.db", "with space.db"),
    ],
)
def test_paths_of_files(url: str, path: str):
    assert sqlite_path(url) == path


def test_the_ledger_stands_beside_an_embedded_index():
    assert ledger_path(Settings()) == "newswatch.db"
    assert ledger_path(Settings(index=IndexSettings(url="http://h:9200"))) == "newswatch-ledger.db"
    assert ledger_path(Settings(ledger={"url": "sqlite:///own.db"})) == "own.db"


def test_index_and_ledger_share_a_file(path: Path):
    index, ledger = open_index(settings(path)), open_ledger(settings(path))
    index.prepare()
    index.write([failure("f1")])
    assert ledger.progress() == (0, 0)
    assert index.count(Query(kind="failures")) == 1
    index.close()
    ledger.close()
