"""The digest: what others said of an actor, and not what he said of himself."""

import contextlib
from pathlib import Path

import pytest

from pipelines.digest import show
from schemas.rules import Rules
from schemas.watchlist import Actor, Watchlist
from tests.fakes.records import make_document, make_reading, make_speaker, make_statement
from transforms.clients.sqlite_index import SqliteIndex

DOCUMENT = make_document()
OWN = make_statement(
    DOCUMENT, "I am Marta Velden.", make_speaker("Marta Velden", "marta-velden"), about=("marta-velden",)
)
OTHERS = make_statement(DOCUMENT, "Velden is late.", make_speaker("Bo Ekberg"), about=("marta-velden",))
NOBODYS = make_statement(DOCUMENT, "Velden is ill.", None, about=("marta-velden",))


def test_nobody_is_told_to_have_spoken_about_himself(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with contextlib.closing(SqliteIndex(str(tmp_path / "x.db"))) as index:
        index.prepare()
        index.replace([make_reading(DOCUMENT, statements=(OWN, OTHERS, NOBODYS))])
        show(index, Watchlist(actors=(Actor(id="marta-velden", name="Marta Velden"),)), Rules(rules=()))
    by, _, about = capsys.readouterr().out.partition("What was said about them")
    assert ["I am Marta Velden" in part for part in (by, about)] == [True, False]
    assert "Velden is late" in about
    assert "Velden is ill" in about
