"""Looking through an index and adding to it: pages, candidates, the order of writes, and an index that refuses."""

import dataclasses as dc
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from schemas.errors import UserError
from schemas.failures import Rejected
from schemas.query import Kind, Query
from schemas.records import Reading, Record
from schemas.watchlist import Actor, Watchlist
from tests.fakes.index import RefusingIndex
from tests.fakes.records import NOON, make_document, make_mention, make_reading, make_speaker, make_statement
from transforms.backfill.add import Add, stored_reading
from transforms.backfill.look import ARTICLE_FIELDS, article_of, matcher_of, may_hold, pages, seen_since
from transforms.clients.sqlite_index import SqliteIndex
from transforms.protocols import Written

NEW = frozenset({"new"})
LIST = Watchlist(actors=(Actor(id="new", name="Marta Velden"), Actor(id="old", name="Ivo Karst")))
DOCUMENT = make_document(text="Marta Velden came.")
FOUND = make_mention(DOCUMENT, "new", start=0, end=12)
SAID = make_statement(DOCUMENT, "I came.", make_speaker("Marta Velden"))
STORED = make_reading(DOCUMENT, statements=(SAID,))
FRESH = make_reading(DOCUMENT, mentions=(FOUND,))


def nothing(_name: str, _n: int) -> None:
    """Count nothing."""


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SqliteIndex]:
    opened = SqliteIndex(str(tmp_path / "x.db"))
    opened.prepare()
    yield opened
    opened.close()


def test_pages_give_every_document_once_and_go_on_after_any(index: SqliteIndex):
    documents = [make_document(id=f"{n:03}") for n in range(7)]
    index.write(documents)
    assert [d for page in pages(index, after="", size=3) for d in page] == documents
    assert [d.id for page in pages(index, after="004", size=3) for d in page] == ["005", "006"]


@pytest.mark.parametrize(
    ("fields", "held"),
    [
        ({"text": "Velden came."}, True),
        ({"text": "MARTA\u00ad\nVELDEN’s plan"}, True),
        ({"text": "Nobody came.", "title": "Velden’s plan"}, True),
        ({"text": "Ivo Karst came to the veldt."}, False),
        ({"text": "Nobody came.", "actors": ("new",)}, True),
        ({"text": "Nobody came.", "actors": ("old",)}, False),
    ],
)
def test_what_may_hold_a_name(fields: dict[str, object], held: bool):
    assert may_hold(make_document(**({"title": ""} | fields)), matcher_of(LIST, NEW), NEW) is held


def test_an_article_is_what_its_document_was_read_from():
    document = make_document(groups=("a",), flags=("cut",), authors=("Bo",), published=NOON)
    article = article_of(document)
    assert {name: getattr(document, name) for name in ARTICLE_FIELDS} | {"landed": ""} == dc.asdict(article)


def test_since_is_inclusive():
    assert [seen_since(DOCUMENT, since) for since in (None, NOON, NOON + dt.timedelta(seconds=1))] == [
        True,
        True,
        False,
    ]


def test_the_index_has_it_afterwards_and_the_second_time_changes_nothing(index: SqliteIndex):
    index.replace([STORED])
    counted: Counter[str] = Counter()
    first = Add(index, NEW, lambda name, n: counted.update({name: n}))(FRESH)
    assert +counted == {"mentions": 1, "statements": 1, "documents": 1}
    assert stored_reading(index, FRESH) == first
    assert index.find(Query(kind="statements", by="new")) == list(first.statements)
    counted.clear()
    assert Add(index, NEW, lambda name, n: counted.update({name: n}))(FRESH) == first
    assert +counted == {}


def test_what_the_list_takes_back_is_removed(index: SqliteIndex):
    index.replace([STORED])
    add = Add(index, NEW, nothing)
    add(FRESH)
    add(make_reading(DOCUMENT))
    assert stored_reading(index, FRESH) == STORED
    assert index.count(Query(kind="mentions", uncertain=True)) == 0


@pytest.mark.parametrize("there", [None, make_document(text="Another text.")])
def test_what_is_gone_or_new_meanwhile_is_left_alone(there: Record | None, index: SqliteIndex):
    index.write([there] if there else [])
    assert Add(index, NEW, nothing)(FRESH) == make_reading(DOCUMENT)
    assert index.find(Query(kind="documents")) == ([there] if there else [])
    assert index.count(Query(kind="mentions")) == 0


class Killed(KeyboardInterrupt):
    """What stops the work in its middle."""


@dc.dataclass
class Cut:
    """The real index, of one who is killed after so many records have been written or removed."""

    index: SqliteIndex
    left: int

    def write(self, records: Sequence[Record]) -> list[Written]:
        return [self._one(lambda r=record: self.index.write([r])[0]) for record in records]

    def remove(self, kind: Kind, ids: Sequence[str]) -> Written:
        return [self._one(lambda i=id_: self.index.remove(kind, [i])) for id_ in ids][-1]

    def _one(self, work: Callable[[], Written]) -> Written:
        if not self.left:
            raise Killed
        self.left -= 1
        return work()

    def __getattr__(self, name: str) -> object:
        return getattr(self.index, name)


@pytest.mark.parametrize("wanted", [FRESH, make_reading(DOCUMENT)], ids=["added", "taken back"])
def test_killed_after_any_record_and_run_again_is_as_if_it_had_never_been_killed(wanted: Reading, index: SqliteIndex):
    index.replace([STORED])
    whole = Add(index, NEW, nothing)
    if wanted is not FRESH:
        whole(FRESH)
    before = stored_reading(index, FRESH)
    whole(wanted)
    after, killed = stored_reading(index, FRESH), 0
    for left in count():
        assert before is not None
        index.replace([before])
        try:
            Add(Cut(index, left), NEW, nothing)(wanted)
        except Killed:
            killed += 1
        else:
            break
        assert whole(wanted) == after == stored_reading(index, FRESH)
    assert killed == 3  # a mention, a statement that names its speaker, the document


@dc.dataclass
class Holding(RefusingIndex):
    """An index that holds one reading, and takes nothing that it is told to refuse."""

    def held(self, kind: Kind, ids: Sequence[str]) -> dict[str, Record]:
        return {DOCUMENT.id: DOCUMENT}

    def find(self, query: Query) -> list[Record]:
        return [SAID] if query.kind == "statements" else []


def test_an_index_that_is_away_stops_the_work_before_the_document_is_touched():
    index = Holding(refused={FOUND.id: Written(FOUND.id, "no answer", transient=True)})
    with pytest.raises(UserError, match="no answer; run it again to go on"):
        Add(index, NEW, nothing)(FRESH)
    assert DOCUMENT.id not in {record.id for record in index.taken}


def test_a_refused_record_is_a_failure_of_its_article():
    index = Holding(refused={FOUND.id: Written(FOUND.id, "too long")})
    with pytest.raises(Rejected, match=r"index-refused: .*too long"):
        Add(index, NEW, nothing)(FRESH)
    assert DOCUMENT.id not in {record.id for record in index.taken}
