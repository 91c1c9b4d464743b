"""A backfill over a real index: as if the actor had been on the list from the start, and nothing else is different."""

import contextlib
import dataclasses as dc
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines.backfill import Asked, Told, run_backfill
from pipelines.backfills import share
from schemas.articles import Article
from schemas.errors import UserError
from schemas.ids import stable_id
from schemas.query import Query
from schemas.records import Record
from schemas.settings import Settings
from schemas.watchlist import Actor, Watchlist
from tests.fakes.commands import newswatch
from tests.fakes.records import NOON
from transforms.actors.matcher import Matcher
from transforms.articles.extract import article_from_text
from transforms.clients.opening import open_index, open_ledger
from transforms.language.model import Model
from transforms.reading.read import Reader, read

ROLES = "The foreign minister said that she would wait. “I can wait,” she said. Karst said that she could not."
TEXTS = [
    "Marta Velden met Ivo Karst in Port Ellery on Monday. “The ferry stays,” Velden told reporters. " + ROLES,
    "“We will not move,” Ivo Karst said of Marta Velden. He said that Velden had been late.",
    "Ivo Karst travelled to Port Ellery on Monday. “The harbour is quiet,” Karst said.",
    "Jonas Velden, a baker, opened a shop. Velden said that bread was dear.",
    "Marta Velden a déclaré lundi que le pont resterait fermé jusqu’à la fin de la semaine prochaine.",
    "The harbour was quiet, and nobody had much to say about it.",
]
KARST = Actor(id="ivo-karst", name="Ivo Karst")
VELDEN = Actor(id="marta-velden", name="Marta Velden", roles=("foreign minister of Norrvia",))
KINDS = ("documents", "statements", "mentions", "events")
RULES = """rules:
  - {id: any, when: mention, notify: [log]}
  - {id: pair, when: together, require: two, in: document, notify: [log]}
channels:
  - {id: log, jsonl: NOTICES}
"""


def articles() -> list[Article]:
    """The texts, the last of them seen a day later."""
    days = [NOON] * (len(TEXTS) - 1) + [NOON + dt.timedelta(days=1)]
    return [
        article_from_text(text, id=stable_id(str(n)), title="Port Ellery", url=f"https://post.example/{n}", seen=seen)
        for n, (text, seen) in enumerate(zip(TEXTS, days, strict=True))
    ]


def settings_in(folder: Path) -> Settings:
    return Settings.model_validate(
        {
            "language": {"model": "bundled", "processes": 1},
            "index": {"url": f"sqlite:///{folder / 'x.db'}"},
            "failures": {"file": str(folder / "failures.jsonl")},
        }
    )


def fill(folder: Path, model: Model, actors: Sequence[Actor]) -> Settings:
    """Index the texts as they are read with those actors watched."""
    settings = settings_in(folder)
    fill_index(settings, model, actors)
    return settings


def fill_index(settings: Settings, model: Model, actors: Sequence[Actor]) -> None:
    with contextlib.closing(open_index(settings)) as index:
        index.prepare()
        index.replace(list(read(Reader(model, Matcher(Watchlist(actors=tuple(actors)))), articles())))


def everything(settings: Settings) -> dict[str, Record]:
    with contextlib.closing(open_index(settings)) as index:
        return {r.id: r for kind in KINDS for r in index.find(Query(kind=kind, uncertain=True, limit=1000))}


def unmarked(records: dict[str, Record]) -> dict[str, Record]:
    """The records without what tells when and how they were found; Karst's evidence may name Velden or not."""
    free = {"backfilled": (), "watchlist": "", "evidence": "", "score": 0.0}
    return {
        id_: dc.replace(r, **{name: value for name, value in free.items() if hasattr(r, name)})
        for id_, r in records.items()
    }


def backfill(settings: Settings, actor: Actor = VELDEN, since: dt.datetime | None = None) -> Told:
    asked = Asked(
        watchlist=Watchlist(actors=(KARST, actor)),
        actors=frozenset({actor.id}),
        since=since,
        since_text=str(since or ""),
        rules=None,
        settings=settings,
    )
    return run_backfill(asked, clock=lambda: NOON, strict=True)


def test_it_is_as_if_the_actor_had_always_been_watched(tmp_path: Path, model: Model) -> None:
    (tmp_path / "always").mkdir()
    always, later = fill(tmp_path / "always", model, [KARST, VELDEN]), fill(tmp_path, model, [KARST])
    before = everything(later)
    told = backfill(later)
    after = everything(later)
    assert unmarked(after) == unmarked(everything(always))
    assert {r.id for r in after.values() if r.backfilled} == {id_ for id_ in after if after[id_] != before.get(id_)}
    assert {r.backfilled for r in after.values()} == {(), ("marta-velden",)}
    assert [r for r in after.values() if getattr(r, "actor", "") == "ivo-karst"] == [
        r for r in before.values() if getattr(r, "actor", "") == "ivo-karst"
    ]
    assert (told.added["looked"], told.added["candidates"], told.added["documents"]) == (6, 4, 3)
    assert told.stages == {"read": {"ok": 4}, "index": {"ok": 4}}
    assert told.added["mentions"] == sum(getattr(r, "actor", "") == "marta-velden" for r in after.values())
    again = backfill(later)
    assert (everything(later), +again.added) == (after, {"looked": 6, "candidates": 4})


def test_it_goes_on_from_where_it_was_stopped_and_forgets_when_it_is_through(tmp_path: Path, model: Model) -> None:
    settings = fill(tmp_path, model, [KARST])
    ids = sorted(article.id for article in articles())
    asked = Asked(
        watchlist=Watchlist(actors=(KARST, VELDEN)),
        actors=frozenset({"marta-velden"}),
        since=None,
        since_text="",
        rules=None,
        settings=settings,
    )
    with contextlib.closing(open_ledger(settings)) as ledger:
        ledger.keep_bookmark(asked.wanted.task, ids[3])
    assert backfill(settings).added["looked"] == 2
    with contextlib.closing(open_ledger(settings)) as ledger:
        assert [ledger.bookmark(name) for name in (asked.wanted.task, asked.wanted.looked)] == ["", ""]
    assert backfill(settings).added["looked"] == 6


def test_since_and_a_list_that_was_mended(tmp_path: Path, model: Model) -> None:
    settings = fill(tmp_path, model, [KARST])
    before = everything(settings)
    assert backfill(settings, since=NOON + dt.timedelta(hours=1)).added["candidates"] == 0
    backfill(settings)
    assert everything(settings) != before
    told = backfill(settings, VELDEN.model_copy(update={"name": "Marta Veldenström"}))
    assert everything(settings) == before
    assert told.added["removed"] > 2


def test_where_nothing_is_indexed_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no index|nothing is indexed|no such file"):
        backfill(settings_in(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def desk(tmp_path: Path, model: Model) -> Path:
    """A user's folder with an index that knows Karst alone."""
    fill(tmp_path, model, [KARST])
    (tmp_path / "w.yaml").write_text(
        "actors: [{id: ivo-karst, name: Ivo Karst}, {id: marta-velden, name: Marta Velden}]"
    )
    (tmp_path / "r.yaml").write_text(RULES.replace("NOTICES", str(tmp_path / "notices.jsonl")))
    (tmp_path / "c.toml").write_text(
        f'[language]\nmodel = "bundled"\nprocesses = 1\n[index]\nurl = "sqlite:///{tmp_path}/x.db"\n'
        f'[failures]\nfile = "{tmp_path}/failures.jsonl"\n'
    )
    return tmp_path


def test_the_command_tells_what_it_added_and_wrong_arguments(desk: Path) -> None:
    args = ["backfill", "--watchlist", desk / "w.yaml", "--config", desk / "c.toml"]
    (told,) = newswatch(*args, "--actor", "marta-velden", "--json").json
    assert {name: told[name] for name in ("looked", "documents", "alerts", "failed")} == {
        "looked": 6,
        "documents": 3,
        "alerts": 0,
        "failed": {},
    }
    wrong = newswatch(*args, "--actor", "marta-veldon")
    assert (wrong.code, wrong.complaint) == (
        2,
        "--actor: the watchlist has no 'marta-veldon': did you mean 'marta-velden'?",
    )
    assert newswatch(*args, "--actor", "ivo-karst", "--rules", desk / "r.yaml").complaint.startswith("--rules: nobody")


def notices(desk: Path) -> list[tuple[str, list[str]]]:
    file = desk / "notices.jsonl"
    told = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
    return sorted((one["rule"], one["actors"]) for one in told)


def test_alerts_only_when_asked_and_only_of_the_new_actor(desk: Path) -> None:
    args = ["backfill", "--actor", "marta-velden", "--watchlist", desk / "w.yaml", "--config", desk / "c.toml"]
    newswatch(*args)
    assert notices(desk) == []
    with contextlib.closing(open_ledger(settings_in(desk))) as ledger:
        assert (ledger.undelivered(), ledger.progress()) == ([], (0, 0))
    args += ["--alert", "--rules", desk / "r.yaml", "--json"]
    assert newswatch(*args).json[0]["alerts"] == 5
    newswatch(*args)  # nobody is told twice
    alone, both = ["marta-velden"], ["ivo-karst", "marta-velden"]
    assert notices(desk) == [("any", alone)] * 3 + [("pair", both)] * 2


@pytest.mark.parametrize(("place", "part"), [("", 0.0), ("80000000ffff", 0.5), ("ff", 255 / 256), ("post-7", 0.0)])
def test_how_far_it_is_follows_from_an_id(place: str, part: float) -> None:
    assert share(place) == part
