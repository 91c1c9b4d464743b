"""`newswatch revisions`, and how `newswatch search` shows copies."""

import contextlib
import datetime as dt
from pathlib import Path

import pytest

from schemas.settings import Index as IndexSettings
from schemas.settings import Settings
from tests.fakes.commands import newswatch
from tests.fakes.records import NOON, make_document, make_reading, make_speaker, make_statement
from transforms.clients.opening import open_index
from transforms.index.stage import replace_readings
from transforms.urls import entry_id

URL = "https://post.example/2025/ferry-sails"
ID = entry_id(URL)


def index_in(folder: Path) -> str:
    """An index with an article in three versions, and one story in three outlets."""
    url = f"sqlite:///{folder}/x.db"
    with contextlib.closing(open_index(Settings(index=IndexSettings(url=url)))) as index:
        index.prepare()
        for number, (title, text) in enumerate([("Ferry", "One."), ("Ferry sails", "One."), ("Ferry sails", "Two.")]):
            seen = NOON + number * dt.timedelta(hours=1)
            document = make_document(id=ID, url=URL, title=title, text=text, seen=seen, story="ferry")
            said = make_statement(document, f"We sail, {text.lower()}", make_speaker("Ann Ash"))
            assert len(list(replace_readings(index, [make_reading(document, statements=(said,))]))) == 1
        for outlet in ("The Courier", "The Packet"):
            copy = make_document(id=outlet, outlet=outlet, title="Ferry", story="ferry", published=NOON)
            list(replace_readings(index, [make_reading(copy)]))
    return url


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    return index_in(tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize("article", [URL, ID, f"{URL}?utm_source=rss"])
def test_revisions_are_listed_with_what_came_and_went(article: str, index: str) -> None:
    done = newswatch("revisions", article, "--index", index)
    assert (done.code, done.err) == (0, "")
    assert "+ We sail, two." in done.out
    assert "− We sail, one." in done.out


def test_each_revision_has_its_text(index: str) -> None:
    done = newswatch("revisions", ID, "--index", index, "--json")
    assert [(v["revision"], v["title"], v["text"]) for v in done.json] == [
        (1, "Ferry", "One."),
        (2, "Ferry sails", "One."),
        (3, "Ferry sails", "Two."),
    ]
    assert [(v["added"], v["removed"]) for v in done.json] == [
        ([], []),
        ([], []),
        (["We sail, two."], ["We sail, one."]),
    ]
    assert newswatch("revisions", ID, "--text", "1", "--index", index).out == "Ferry\n\nOne.\n"


@pytest.mark.parametrize(("article", "text"), [("https://post.example/other", "1"), ("nobody", "1"), (ID, "4")])
def test_what_is_not_there_is_told(article: str, text: str, index: str) -> None:
    done = newswatch("revisions", article, "--text", text, "--index", index)
    assert done.code == 2
    assert article in done.err


def test_copies_are_one_line_of_a_search_and_three_of_json(index: str) -> None:
    done = newswatch("search", "ferry", "--index", index)
    assert done.out.count("Ferry") == 1
    assert "and 2 more" in done.out
    assert len(newswatch("search", "ferry", "--index", index, "--json").json) == 3
