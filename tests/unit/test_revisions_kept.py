"""A revision on its way into the index and the ledger, killed at each step and begun again."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.alerts import Alert
from schemas.documents import Document
from schemas.errors import UserError
from schemas.failures import Rejected
from schemas.query import Query
from schemas.records import Reading, Record
from schemas.rule import Rule
from schemas.rules import Rules
from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from tests.fakes.index import RefusingIndex
from tests.fakes.records import NOON, make_document, make_mention, make_reading, make_speaker, make_statement
from transforms.alerts.build import build, gather
from transforms.alerts.judge import judge
from transforms.clients.opening import open_index, open_ledger
from transforms.index.stage import replace_readings
from transforms.protocols import Index, Ledger

RULES = Rules(
    rules=(Rule(id="said", when="statement-by", actors=("any",)), Rule(id="named", when="mention", actors=("any",)))
)
MINUTE = dt.timedelta(minutes=1)


class World(NamedTuple):
    index: Index
    ledger: Ledger


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    settings = Settings(index=IndexSettings(url=f"sqlite:///{tmp_path}/x.db"))
    with closing(open_index(settings)) as index, closing(open_ledger(settings)) as ledger:
        index.prepare()
        yield World(index, ledger)


def version(text: str, *said: str, minutes: int) -> Reading:
    document = make_document(text=text, seen=NOON + minutes * MINUTE)
    speaker = make_speaker("Marta Velden", "velden")
    statements = tuple(make_statement(document, words, speaker) for words in said)
    return make_reading(document, statements=statements, mentions=(make_mention(document, "velden"),))


def step(world: World, reading: Reading, *, killed: str = "") -> None:
    """Do to the reading what a pass does, up to where it is killed."""
    if killed == "before the index":
        return
    ((_, result),) = replace_readings(world.index, [reading])
    if killed == "before the ledger":
        return
    assert isinstance(result, Reading)
    world.ledger.conclude(result.document.id, judge(result, RULES).matches)


def alerts(world: World) -> list[Alert]:
    built = [build(id_, gather(world.ledger.matches(id_)), RULES) for id_ in world.ledger.undelivered()]
    return sorted(built, key=lambda alert: alert.title)


def everything(world: World) -> list[Record]:
    kinds = ("documents", "statements", "mentions")
    return [record for kind in kinds for record in world.index.find(Query(kind=kind, uncertain=True))]


@pytest.mark.parametrize("killed", ["", "before the index", "before the ledger", "after the ledger"])
def test_killed_anywhere_and_begun_again(world: World, killed: str) -> None:
    step(world, version("One.", "We go.", minutes=0))
    step(world, version("Two.", "We go.", "We stay.", minutes=5), killed=killed)
    if killed:
        step(world, version("Two.", "We go.", "We stay.", minutes=9))
    assert [(a.title, a.count) for a in alerts(world)] == [
        ("Update: Velden speaks: “We stay.”", 1),
        ("Velden is mentioned: velden came.", 1),
        ("Velden speaks: “We go.”", 1),
    ]
    document, *parts = everything(world)
    assert isinstance(document, Document)
    assert (document.revision, document.text, [e.text for e in document.earlier]) == (2, "Two.", ["One."])
    revised = NOON + (9 if killed == "before the index" else 5) * MINUTE
    assert (document.seen, document.revised) == (NOON, revised)
    assert len(parts) == 3


def test_an_index_that_is_away_is_waited_for() -> None:
    class Away(RefusingIndex):
        def held(self, kind: str, ids: object) -> dict[str, Record]:
            raise UserError("no answer", transient=True)

    reading = version("One.", minutes=0)
    ((same, why),) = replace_readings(Away(), [reading])
    assert same is reading
    assert isinstance(why, Rejected)
    assert why.reason == "index-unreachable"
