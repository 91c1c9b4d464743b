"""Asking an embedded index that is another user's, or that stands where nothing can be written."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from schemas.errors import UserError
from schemas.query import Query
from schemas.settings import Settings
from tests.fakes.commands import newswatch, small_index
from tests.fakes.index import document
from transforms.clients.dead_letters import DeadLetters
from transforms.clients.opening import open_ledger
from transforms.clients.sqlite_index import SqliteIndex

NOBODY = 65534

ASKED = (
    "statements --by marta-velden",
    "search ferry",
    "alerts --rule talks",
    "counts statements",
    "silence list",
    "actors",
    "revisions d1",
    "failures",
)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that others may look into; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "h.db"


@contextlib.contextmanager
def another(path: Path) -> Iterator[None]:
    """Be a user who may read the folder and the files in it, and write nothing there."""
    for file in path.parent.iterdir():
        file.chmod(0o444)
    path.parent.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        path.parent.chmod(0o755)


def made(path: Path) -> str:
    url = small_index(path)
    open_ledger(Settings.model_validate({"index": {"url": url}})).close()
    return url


def test_what_lies_still_is_asked_and_nothing_is_left_beside_it(place: Path):
    url = made(place)
    before = sorted(place.parent.iterdir())
    own = {asked: newswatch(*asked.split(), "--json", "--index", url) for asked in ASKED}
    with another(place):
        assert {asked: newswatch(*asked.split(), "--json", "--index", url) for asked in ASKED} == own
    assert {(one.code, one.err) for one in own.values()} == {(0, "")}
    assert sorted(place.parent.iterdir()) == before


def test_what_somebody_writes_to_is_asked_with_what_stands_in_its_log(place: Path):
    url = made(place)
    with contextlib.closing(SqliteIndex(str(place))) as service:
        service.write([document("d9", "The harbour froze.")])
        assert place.with_name("h.db-wal").stat().st_size
        with another(place):
            assert [one["id"] for one in newswatch("search", "froze", "--json", "--index", url).json] == ["d9"]
        place.chmod(0o644)
        service.write([document("d10", "It froze again.")])  # and the service goes on


def test_an_asker_sees_what_is_written_after_it_opened_the_file(place: Path):
    made(place)
    asked, query = SqliteIndex(str(place), asking=True), Query(kind="documents", words="froze")
    with another(place):
        assert asked.count(query) == 0
    place.chmod(0o644)
    with contextlib.closing(SqliteIndex(str(place))) as service:
        service.write([document("d9", "The harbour froze.")])
    with another(place), contextlib.closing(asked):
        assert asked.count(query) == 1
    place.chmod(0o644)
    reader = SqliteIndex(str(place), asking=True)
    said = pytest.raises(UserError, match="was written to while it was asked; ask again")
    with said, contextlib.closing(reader), another(place), reader.file.reading():
        as_owner(lambda: os.utime(place, ns=(1, 1)))


def as_owner(act: Callable[[], object]) -> None:
    me = os.geteuid()
    if os.getuid() == 0:
        os.seteuid(0)
    act()
    if os.getuid() == 0:
        os.seteuid(me)


def test_what_cannot_be_read_is_said(place: Path):
    url = made(place)
    with contextlib.closing(sqlite3.connect(place)) as writer:
        writer.execute("CREATE TABLE more (n)")
        log = place.with_name("h.db-wal").read_bytes()
    place.with_name("h.db-wal").write_bytes(log)  # as of a copy, or after the writer was killed
    with another(place):
        done = newswatch("search", "ferry", "--index", url)
    assert (done.code, done.complaint.split(":")[1]) == (
        3,
        " cannot be read here, for what was last written stands in " + f"{place}-wal, and to take it in is to write",
    )
    with another(place):
        as_owner(lambda: place.chmod(0))
        done = newswatch("search", "ferry", "--index", url)
    assert (done.code, done.complaint.startswith(f"{place}: may not be read; its owner can let you")) == (3, True)


def test_who_only_asks_writes_nothing(place: Path):
    made(place)
    with contextlib.closing(SqliteIndex(str(place), asking=True)) as asked:
        assert asked.write([document("d9", "The harbour froze.")])[0].error is not None
        assert asked.count(Query(kind="documents", words="froze")) == 0


@pytest.mark.parametrize(("name", "transient"), [("f.jsonl", True), ("none/f.jsonl", False)])
def test_a_folder_that_may_not_be_written_to_is_to_be_mended_and_a_missing_one_is_a_wrong_name(
    name: str, transient: bool, place: Path
):
    with another(place), pytest.raises(UserError) as said:
        DeadLetters(str(place.parent / name))
    assert said.value.transient is transient
