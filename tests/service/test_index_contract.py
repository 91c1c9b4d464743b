"""What every Index promises: the embedded one and a real Elasticsearch give the same answers."""

import dataclasses as dc
import datetime as dt
import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import UserError
from schemas.failures import Reason, Stage
from schemas.ids import failure_id
from schemas.query import Every, Kind, Query
from schemas.records import Reading, Record
from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from tests.fakes.index import (
    NOON,
    alert,
    big_reading,
    document,
    event,
    failure,
    health,
    mention,
    origin,
    participant,
    statement,
)
from transforms.clients.elastic import connect
from transforms.clients.elastic_index import ElasticIndex
from transforms.clients.opening import open_index
from transforms.clients.sqlite_index import SqliteIndex
from transforms.index.back import readings
from transforms.index.facets import FACETS
from transforms.index.rows import records_of
from transforms.index.stage import replace_readings, write_each
from transforms.protocols import Index, Written

KINDS = (
    pytest.param("sqlite", id="sqlite"),
    pytest.param(
        "elasticsearch", id="elasticsearch", marks=[pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]
    ),
)
MINUTE = dt.timedelta(minutes=1)
EARLY, LATE = origin("d1"), origin("d2", outlet="Harbour News", seen=NOON + MINUTE, language="de")


@dataclass
class Place:
    """Where a test may have an index: the settings of a first one, and of any number of others."""

    url: str
    prefix: str = "newswatch"
    others: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def settings(self, number: int = 0) -> Settings:
        return Settings(index=IndexSettings(url=self.url.format(number), prefix=f"{self.prefix}-{number}"))

    def other(self) -> Settings:
        return self.settings(next(self.others))


@pytest.fixture(params=KINDS, scope="module")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    if request.param == "sqlite":
        yield Place(f"sqlite:///{tmp_path_factory.mktemp('index')}/{{}}.db")
        return
    url, prefix = request.getfixturevalue("elasticsearch_url"), f"test-{uuid.uuid4().hex}"
    yield Place(url, prefix)
    remove(url, f"{prefix}-*")


def remove(url: str, names: str) -> None:
    """Take everything of those names off the server, so that later tests do not pay for it."""
    with connect(IndexSettings(url=url)) as client:
        made = list(client.indices.get(index=names))
        for start in range(0, len(made), 20):  # their names stand in the address
            client.indices.delete(index=made[start : start + 20])
        client.indices.delete_index_template(name=names)
        client.cluster.delete_component_template(name=names)


@pytest.fixture
def index(place: Place) -> Iterator[Index]:
    """Give an empty index."""
    opened = open_index(place.settings())
    opened.prepare()
    yield opened
    if isinstance(opened, ElasticIndex):  # a new one costs seconds
        everything = [f"{opened.prefix}-{kind}" for kind in FACETS]
        opened.client.indices.refresh(index=everything)
        opened.client.delete_by_query(index=everything, query={"match_all": {}}, refresh=True)
    opened.close()
    if isinstance(opened, SqliteIndex):
        for file in Path(opened.file.path).parent.glob("0.db*"):
            file.unlink()


DOCUMENTS = [
    document(
        "d1", "Envoys met in Velden. The U.S. delegation's plane was late; 1,000 people watched.", actors=("mara",)
    ),
    document(
        "d2",
        "Łukasz O’Brien’s café in São Paulo doesn’t open. Well-known cooks meeting there were stopped.",
        title="The café",
        outlet="Harbour News",
        seen=NOON + MINUTE,
    ),
]
STATEMENTS = [
    statement("s1", "The bridge will open again.", of=EARLY, actor="mara-lindqvist", about=("jo-peters",)),
    statement("s2", "Bridges are being closed.", of=LATE, speaker="Arne Lindqvist", about=("mara-lindqvist",)),
    statement("s3", "Nobody told Mara Lindqvist.", of=LATE, speaker=None),
    statement("s4", "We meet Peter.", of=LATE, speaker="Jo Peters", actor="peters"),
]
MENTIONS = [
    mention("m1", "mara-lindqvist", of=EARLY, sentence="Lindqvist opened the bridges."),
    dc.replace(mention("m2", "mara-lindqvist", of=LATE, name="Lindqvist"), outcome="uncertain"),
]
EVENTS = [
    event(
        "e1", of=EARLY, agents=(participant("Mara Lindqvist", "mara-lindqvist"),), targets=(participant("Jo Peters"),)
    ),
    event("e2", of=LATE, agents=(participant("Jo Peters", "peters"), participant("Arne Lindqvist"))),
]
ALERTS = [alert("a1", outlets=("The Courier", "Harbour News")), alert("a2", last=NOON + MINUTE)]
FAILURES = [failure("f1")]
FEEDS = [
    health("h1"),
    health("h2", status="gone", reason="feed-gone", outlet="Harbour News", seen=NOON + MINUTE),
]


@pytest.fixture(scope="module")
def filled(place: Place) -> Iterator[Index]:
    opened = open_index(place.other())
    opened.prepare()
    answers = opened.write([*DOCUMENTS, *STATEMENTS, *MENTIONS, *EVENTS, *ALERTS, *FAILURES, *FEEDS])
    assert [answer.error for answer in answers if answer.error] == []
    yield opened
    opened.close()


def ids(index: Index, kind: Kind, **asked: Any) -> str:
    query = Query(kind=kind, **asked)
    found = [record.id for record in index.find(query)]
    assert index.count(query) == len(found)
    return " ".join(found)


def test_readings_come_back_for_rules_to_be_tried(filled: Index):
    assert list(readings(filled, NOON - MINUTE, NOON)) == [[]]
    ((first, second),) = readings(filled, NOON, NOON + 2 * MINUTE)
    assert first == Reading(
        document=DOCUMENTS[0], statements=(STATEMENTS[0],), mentions=(MENTIONS[0],), events=(EVENTS[0],)
    )
    assert {s.id for s in second.statements} == {"s2", "s3", "s4"}
    # of an article that was seen before, what came later is read with it
    (late,) = readings(filled, NOON + MINUTE, NOON + 2 * MINUTE)
    assert [one.document.id for one in late] == ["d2"]


def test_records_come_back_as_they_went_in(filled: Index):
    asked: dict[Kind, Sequence[Record]] = {"documents": DOCUMENTS, "statements": STATEMENTS, "mentions": MENTIONS}
    asked |= {"events": EVENTS, "alerts": ALERTS, "failures": FAILURES, "feeds": FEEDS}
    assert set(asked) == set(FACETS)
    for kind, records in asked.items():
        found = {record.id: record for record in filled.find(Query(kind=kind, uncertain=True))}
        assert found == {record.id: record for record in records}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("envoy", "d1"),
        ("MEET", "d2"),
        ("ENVOY met velden", "d1"),
        ("meet nowhere", ""),
        ('"met in Velden"', "d1"),
        ('"Velden met"', ""),
        ("“envoys met”", "d1"),
        ('"Velden. The"', "d1"),
        ("delegation", "d1"),
        ("delegation's delegation’s", "d1"),
        ("U.S.", "d1"),
        ("1,000", "d1"),
        ("1000", ""),
        ("cafe", "d2"),
        ("CAFÉ", "d2"),
        ("cafe\u0301", "d2"),
        ("sao paulo", "d2"),
        ("Lukasz", "d2"),
        ("łukasz", "d2"),
        ("O'Brien", "d2"),
        ("obrien’s", "d2"),
        ("doesn't doesnt", "d2"),
        ("well-known", "d2"),
        ("known", "d2"),
        ('"resume Envoys"', ""),
        ("talks", "d1"),
        ('talks "envoys', "d1"),
        ("???", ""),
        ("velden ***", "d1"),
        ("velden OR café", ""),
        ("NEAR(velden envoys)", ""),
        ("text:velden", ""),
        ("velden*", "d1"),
        ("veld*", ""),
        ("-velden", "d1"),
        ("\0 velden", "d1"),
        ("velden \udce9", "d1"),
    ],
)
def test_words(filled: Index, words: str, found: str):
    assert ids(filled, "documents", words=words) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"by": "Bill Marsh"}, "n2 n1"),
        ({"by": "WILLIAM’S marsh"}, "n2 n1"),
        ({"by": '"Bíll Marsh"'}, "n2 n1"),
        ({"words": "willy"}, "n2 n1"),
        ({"by": "Robert"}, "n3"),
        ({"by": "Rob Rob"}, "n3"),
        ({"words": "bobs"}, "n3"),  # the text's own word, stemmed: a text has no given names
        ({"by": "Roberta"}, ""),
    ],
)
def test_a_name_is_found_by_its_other_forms(index: Index, asked: dict[str, Any], found: str):
    index.write(
        [
            statement("n1", "Rates fell.", of=EARLY, speaker="William Marsh"),
            statement("n2", "Rates rose.", of=LATE, speaker="Bill Marsh"),
            statement("n3", "A cork bobs.", of=EARLY, speaker="Bob Dunmore"),
        ]
    )
    assert ids(index, "statements", **asked) == found


@pytest.mark.parametrize(
    ("kind", "asked", "found"),
    [
        ("statements", {"words": "bridge"}, "s2 s1"),
        ("statements", {"words": "peters"}, "s4"),
        ("statements", {"words": "peter"}, "s4"),
        ("statements", {"words": "Jo peter meeting"}, "s4"),
        ("statements", {"by": "mara-lindqvist"}, "s1"),
        ("statements", {"by": "Lindqvist"}, "s2 s1"),
        ("statements", {"by": "lindqvist MARA"}, "s1"),
        ("statements", {"by": '"Lindqvist Mara"'}, ""),
        ("statements", {"by": "arne-lindqvist"}, ""),
        ("statements", {"by": "peters"}, "s4"),
        ("statements", {"by": "Peters"}, "s4"),
        ("statements", {"by": "Peter"}, ""),
        ("statements", {"by": "!"}, ""),
        ("statements", {"about": "mara-lindqvist"}, "s2"),
        ("statements", {"about": "Mara Lindqvist"}, "s3"),
        ("statements", {"about": "jo-peters"}, "s1"),
        ("statements", {"about": "bridges"}, "s2 s1"),
        ("statements", {"actor": "mara-lindqvist"}, "s2 s1"),
        ("statements", {"actor": "Lindqvist"}, "s2 s1"),
        ("statements", {"actor": "Lindqvist", "by_id": frozenset({"actor"})}, ""),
        ("statements", {"outlet": "Harbour News"}, "s2 s3 s4"),
        ("statements", {"outlet": "harbour"}, ""),
        ("statements", {"language": "de", "by": "Lindqvist"}, "s2"),
        ("statements", {"document": "d1"}, "s1"),
        ("statements", {"type": "direct", "document": "d1"}, "s1"),
        ("statements", {"type": "indirect"}, ""),
        ("documents", {"by": "mara"}, ""),
        ("documents", {"actor": "mara"}, "d1"),
        ("documents", {"actor": "Velden"}, ""),  # a word of the text
        ("documents", {"about": "cooks"}, "d2"),
        ("documents", {"document": "d2"}, "d2"),
        ("documents", {"type": "page", "outlet": "The Courier"}, "d1"),
        ("mentions", {}, "m1"),
        ("mentions", {"uncertain": True}, "m2 m1"),
        ("mentions", {"actor": "mara-lindqvist"}, "m1"),
        ("mentions", {"actor": "Mara", "uncertain": True}, "m1"),
        ("mentions", {"words": "bridge"}, "m1"),
        ("mentions", {"by": "mara-lindqvist"}, ""),
        ("events", {"by": "mara-lindqvist"}, "e1"),
        ("events", {"by": "Peters"}, "e2"),
        ("events", {"by": "peters"}, "e2"),
        ("events", {"about": "peters"}, "e1"),
        ("events", {"actor": "Jo Peters"}, "e2 e1"),
        ("events", {"actor": "mara-lindqvist"}, "e1"),
        ("events", {"words": "velden arne"}, "e2"),
        ("events", {"type": "meet"}, "e2 e1"),
        ("alerts", {}, "a2 a1"),
        ("alerts", {"outlet": "Harbour News"}, "a1"),
        ("alerts", {"words": "bridge opening"}, "a2 a1"),
        ("alerts", {"document": "d1", "type": "velden", "language": "en"}, "a2 a1"),
        ("alerts", {"actor": "mara-lindqvist", "since": NOON + MINUTE}, "a2"),
        ("failures", {"type": "page-unreachable"}, "f1"),
        ("failures", {"document": "e1"}, "f1"),
        ("failures", {"outlet": "The Courier"}, ""),
        ("failures", {"words": "answer"}, ""),
        ("feeds", {}, "h2 h1"),
        ("feeds", {"type": "gone"}, "h2"),
        ("feeds", {"outlet": "The Courier"}, "h1"),
        ("feeds", {"since": NOON + MINUTE}, "h2"),
        ("feeds", {"actor": "mara-lindqvist"}, ""),
        ("feeds", {"document": "h1"}, ""),
        ("feeds", {"words": "courier"}, ""),
    ],
)
def test_questions(filled: Index, kind: Kind, asked: dict[str, Any], found: str):
    assert ids(filled, kind, **asked) == found


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"since": NOON}, "d2 d1"),
        ({"since": NOON + dt.timedelta(milliseconds=1)}, "d2"),
        ({"until": NOON}, ""),
        ({"until": NOON + MINUTE}, "d1"),
        ({"since": NOON, "until": NOON + MINUTE}, "d1"),
        ({"since": dt.datetime(2025, 2, 16, 14, 1, tzinfo=dt.timezone(dt.timedelta(hours=2)))}, "d2"),
    ],
)
def test_times(filled: Index, bounds: dict[str, dt.datetime], found: str):
    assert ids(filled, "documents", **bounds) == found


@pytest.mark.parametrize(
    ("every", "asked", "found"),
    [
        ("hour", {}, {"16T12": 2, "16T14": 1, "17T00": 1, "23T23": 1, "24T00": 1}),
        ("day", {}, {"16T00": 3, "17T00": 1, "23T00": 1, "24T00": 1}),
        ("week", {}, {"10T00": 3, "17T00": 2, "24T00": 1}),  # Mondays
        ("day", {"type": "page-unreachable", "since": NOON + dt.timedelta(hours=2)},
         {"16T00": 1, "17T00": 1, "23T00": 1, "24T00": 1}),
        ("hour", {"until": NOON, "limit": 0}, {}),
    ],
)  # fmt: skip
def test_counts_over_time(index: Index, every: Every, asked: dict[str, Any], found: dict[str, int]):
    day = dt.datetime(2025, 2, 17, tzinfo=dt.timezone.utc)
    moments = [NOON, NOON + MINUTE, NOON + 120 * MINUTE, day, day + dt.timedelta(days=7, milliseconds=-1)]
    moments.append(day + dt.timedelta(days=7))
    index.write([dc.replace(failure(f"f{n}"), seen=moment) for n, moment in enumerate(moments)])
    counted = index.over_time(Query(kind="failures", **asked), every)
    assert {f"{since:%dT%H}": count for since, count in counted} == found
    assert counted == sorted(counted)
    assert all(since.minute == since.second == since.microsecond == 0 for since, _ in counted)


def test_newest_first_then_by_id_and_count_knows_no_limit(index: Index):
    fractions = [dt.timedelta(microseconds=n) for n in (900, 100, 500)]
    index.write([dc.replace(failure(id_), seen=NOON + part) for id_, part in zip("abc", fractions, strict=True)])
    index.write([dc.replace(failure("z"), seen=NOON + MINUTE)])
    assert ids(index, "failures") == "z a b c"
    assert [f.id for f in index.find(Query(kind="failures", limit=2))] == ["z", "a"]
    assert index.count(Query(kind="failures", limit=2)) == 4
    assert index.find(Query(kind="failures", limit=0)) == []


def test_more_than_a_page(index: Index):
    many = [dc.replace(failure(f"f{i:04}"), seen=NOON + i * MINUTE) for i in range(2300)]
    assert [answer.error for answer in index.write(many) if answer.error] == []
    assert index.find(Query(kind="failures", limit=2250)) == many[::-1][:2250]


def test_written_twice_is_written_once(index: Index):
    reading = big_reading(1)
    for _ in range(2):
        [answers] = index.replace([reading])
        assert answers == [Written(record.id) for record in records_of(reading)]
    assert index.find(Query(kind="documents")) == [reading.document]
    counts = [index.count(Query(kind=kind)) for kind in ("statements", "mentions", "events")]
    assert counts == [10, 10, 5]


def test_a_changed_record_takes_the_place_of_the_old_one(index: Index):
    index.write([document("d1", "An old word.", actors=("mara",)), document("d2", "Another.")])
    index.write([document("d1", "A fresh word.", actors=("arne",))])
    assert ids(index, "documents", words="old") == ""
    assert ids(index, "documents", words="fresh word") == "d1"
    assert ids(index, "documents", actor="mara") == ""
    assert ids(index, "documents", actor="arne") == "d1"


def test_the_last_of_one_id_in_a_batch_stays(index: Index):
    answers = index.write([document("d1", "First."), document("d1", "Second.")])
    assert answers == [Written("d1"), Written("d1")]
    assert ids(index, "documents", words="second") == "d1"
    assert ids(index, "documents", words="first") == ""


def test_replacing_removes_what_a_document_has_no_more(index: Index):
    kept, gone = statement("s1", "Kept.", of=EARLY), statement("s2", "Gone.", of=EARLY)
    other = Reading(document=document("d2"), statements=(statement("s3", "Other.", of=LATE),))
    index.replace([Reading(document=document("d1"), statements=(kept, gone), mentions=(MENTIONS[0],)), other])
    new = statement("s4", "New.", of=EARLY)
    [answers] = index.replace([Reading(document=document("d1"), statements=(kept, new), events=(EVENTS[0],))])
    assert [answer.id for answer in answers] == ["d1", "s1", "s4", "e1"]
    assert ids(index, "statements") == "s3 s1 s4"
    assert ids(index, "statements", words="gone") == ""
    assert ids(index, "mentions", uncertain=True) == ""
    assert ids(index, "events") == "e1"


def test_of_two_readings_of_a_document_in_a_batch_the_last_stays(index: Index):
    first = Reading(document=document("d1", "First."), statements=(statement("s1", "First.", of=EARLY),))
    last = Reading(document=document("d1", "Last."), statements=(statement("s2", "Last.", of=EARLY),))
    index.replace([first])
    index.replace([first, last])
    assert ids(index, "documents", words="last") == "d1"
    assert ids(index, "statements") == "s2"


def test_what_is_removed_is_gone_and_nothing_else(index: Index):
    index.write([failure(f"f{n:04}") for n in range(700)])
    index.write([document("f0001", "Same id, another kind.")])
    asked = [f"f{n:04}" for n in range(1, 700)]
    for _ in range(2):  # what is not there is not missed
        assert index.remove("failures", [*asked, "never"]) == Written("failures")
    assert ids(index, "failures") == "f0000"
    assert ids(index, "documents") == "f0001"
    assert index.remove("failures", []) == Written("failures")
    index.write([failure("f0001")])
    assert ids(index, "failures") == "f0000 f0001"


def test_what_later_passes_mend_leaves_the_failures(index: Index):
    kinds: list[Record] = [health("h1"), health("h2", status="gone", reason="feed-gone"), alert("a1")]
    reading = Reading(document=document("d1"))
    stages: list[tuple[Stage, Reason, str]] = [
        ("fetch", "bug", "d1"),
        ("judge", "bug", "d1"),
        ("poll", "feed-gone", "https://courier.test/h1/rss"),
        ("poll", "feed-gone", "https://courier.test/h2/rss"),
        ("notify", "notify-unreachable", "a1"),
        ("fetch", "bug", "d2"),
    ]
    index.write([dc.replace(failure(failure_id(*of)), stage=of[0]) for of in stages])
    assert [result for _, result in write_each(index, kinds)] == kinds
    assert [result for _, result in replace_readings(index, [reading])] == [reading]
    left = {f.id for f in index.find(Query(kind="failures"))}
    assert left == {failure_id(*stages[3]), failure_id(*stages[5])}


def test_a_refused_record_costs_only_itself(index: Index):
    bad = statement("bad", "half a pair: \ud800", of=EARLY)
    reading = Reading(document=document("d1"), statements=(statement("s1", "Good.", of=EARLY), bad))
    orphans = Reading(document=document("d2", "\udfff"), statements=(statement("s2", "Good too.", of=LATE),))
    answers = [[(a.id, a.error is None, a.transient) for a in of_one] for of_one in index.replace([reading, orphans])]
    assert answers == [
        [("d1", True, False), ("s1", True, False), ("bad", False, False)],
        [("d2", False, False), ("s2", False, False)],
    ]
    assert ids(index, "statements") == "s1"
    assert ids(index, "documents") == "d1"


def test_nothing_is_refused_for_its_length(index: Index):
    endless = "x" * 100_000
    long = dc.replace(document("d1", endless + " end", title=endless), url=f"https://courier.test/{endless}")
    records = [long, failure(detail=endless, payload="й" * 100_000), mention("m1", "mara", of=EARLY, name=endless)]
    assert [answer.error for answer in index.write(records)] == [None, None, None]
    assert index.find(Query(kind="documents", words="end")) == [long]
    assert index.find(Query(kind="failures")) == [records[1]]


def test_far_dates_are_kept(index: Index):
    born, ages = (
        dt.datetime(1, 1, 1, tzinfo=dt.timezone.utc),
        dt.datetime(9999, 12, 31, 23, 59, 59, 999999, dt.timezone.utc),
    )
    old, far = dc.replace(document("d1"), published=born), dc.replace(document("d2"), published=ages)
    assert [answer.error for answer in index.write([old, far])] == [None, None]
    assert index.find(Query(kind="documents")) == [old, far]


def test_nothing_in_nothing_out(index: Index):
    assert index.write([]) == []
    assert index.replace([]) == []
    assert index.find(Query(kind="documents")) == []


def test_preparing_again_changes_nothing(index: Index):
    index.write([document("d1")])
    index.prepare()
    assert ids(index, "documents") == "d1"


def test_too_many_words_are_said_to_be_so(filled: Index):
    with pytest.raises(UserError, match="101 words: at most 100"):
        filled.find(Query(kind="documents", words="word " * 101))
    assert filled.count(Query(kind="documents", words="velden " * 100)) == 1


def test_asking_what_was_never_prepared_is_said_in_one_line(place: Place):
    index = open_index(place.other())
    with pytest.raises(UserError, match=r"first `newswatch run` makes it") as told:
        index.find(Query(kind="documents"))
    assert "\n" not in str(told.value)
    with pytest.raises(UserError, match=r"first `newswatch run` makes it"):
        index.over_time(Query(kind="documents"), "day")
    [answer] = index.write([document("d1")])
    assert answer.error is not None
    assert index.remove("failures", ["f1"]).error is not None
    index.close()


def test_what_was_written_is_there_for_the_next_who_opens_it(place: Place, index: Index):
    writer, reader = open_index(place.settings()), open_index(place.settings())
    writer.write([document("d1")])
    writer.close()
    assert ids(reader, "documents") == "d1"
    reader.close()


def test_the_path_of_the_embedded_index_may_be_absolute(tmp_path: Path):
    index = open_index(Settings(index=IndexSettings(url=f"sqlite:///{tmp_path}/there.db")))
    index.prepare()
    index.close()
    assert (tmp_path / "there.db").exists()


def test_a_later_version_is_the_next_revision_and_holds_the_earlier_one(index: Index):
    old, new = origin("d1"), origin("d1", seen=NOON + MINUTE)
    first = Reading(document=document("d1", "One."), statements=(statement("s1", "We sail.", of=old),))
    said = (statement("s1", "We sail.", of=new), statement("s2", "We wait.", of=new))
    second = Reading(document=document("d1", "Two. " * 9_000, seen=NOON + MINUTE), statements=said)
    third = Reading(document=document("d1", "Three.", seen=NOON + 2 * MINUTE))
    for reading in (first, first, second, second):
        ((_, result),) = replace_readings(index, [reading])
    assert {s.id: (s.origin.revision, s.origin.seen) for s in index.find(Query(kind="statements"))} == {
        "s1": (1, NOON),
        "s2": (2, NOON + MINUTE),
    }
    ((_, result),) = replace_readings(index, [third])
    (held,) = index.find(Query(kind="documents"))
    assert result == Reading(document=held)
    assert (held.revision, held.seen, held.revised) == (3, NOON, NOON + 2 * MINUTE)
    assert [(e.revision, len(e.text), e.added, e.removed) for e in held.earlier] == [
        (1, 4, ("We wait.",), ()),
        (2, 45_000, (), ("We sail.", "We wait.")),
    ]
    assert index.find(Query(kind="statements")) == []
