"""`newswatch explain`: what each name was taken for, why an actor is not found, and every sort of input."""

import json
from pathlib import Path

import pytest

from pipelines.documents import Unread, of_url
from schemas.articles import Article
from schemas.settings import Articles
from tests.fakes.commands import Done, newswatch, process
from tests.fakes.records import NOON
from tests.fakes.web import FakeWeb, reply, sends, serve
from transforms.protocols import WebError

TEXT = (
    "Marta Velden opened the Velden Bridge on Monday. Gil Karst was there. “No,” Velden said.\n"
    "Ada Marsh had called it too early.\n"
)
FRENCH = "Marta Velden a déclaré lundi que le pont resterait fermé jusqu’à la fin de la semaine prochaine."
WATCHLIST = """actors:
  - {id: marta-velden, name: Marta Velden}
  - {id: ivo-karst, name: Ivo Karst}
  - {id: ada-marsh, name: Ada Marsh}
  - {id: bo-ekberg, name: Bo Ekberg}
"""
FILLER = "The harbour was quiet, and nobody had much to say about it that day. " * 12
PAGE = f"<html><head><title>A bridge</title></head><body><article><h1>A bridge</h1><p>{TEXT}</p><p>{FILLER}</p>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    (folder / "w.yaml").write_text(WATCHLIST)
    (folder / "c.toml").write_text('[language]\nmodel = "bundled"\n[network]\nallow = ["127.0.0.0/8"]\ntimeout_s = 3\n')
    (folder / "bridge.txt").write_text(TEXT)
    return folder


def explain(folder: Path, *args: str | Path, stdin: bytes = b"") -> Done:
    return newswatch("explain", *args, "--watchlist", folder / "w.yaml", "--config", folder / "c.toml", stdin=stdin)


def test_each_name_is_told_with_whom_it_was_taken_for_and_why(folder: Path) -> None:
    done = explain(folder, folder / "bridge.txt", "--json")
    (found,) = done.json
    told = [(c["text"], c["actor"], c["verdict"]) for c in found["candidates"]]
    assert (done.code, done.err) == (0, "")
    assert told == [
        ("Marta Velden", "marta-velden", "mention"),
        ("Velden", "marta-velden", "not"),
        ("Karst", "ivo-karst", "not"),
        ("Velden", "marta-velden", "mention"),
        ("Ada Marsh", "ada-marsh", "mention"),
    ]
    assert all(TEXT[c["start"] : c["end"]] == c["text"] and c["why"] for c in found["candidates"])
    assert (found["id"], found["language"], "text" in found) == ("bridge", "en", False)


def test_who_is_not_found_is_told_with_what_came_nearest(folder: Path) -> None:
    (found,) = explain(folder, folder / "bridge.txt", "--json").json
    assert [missing["actor"] for missing in found["not_found"]] == ["ivo-karst", "bo-ekberg"]
    karst, ekberg = found["not_found"]
    assert [near["text"] for near in karst["nearest"]] == ["Karst"]
    assert "Gil" in karst["nearest"][0]["why"]
    assert karst["why"].startswith("every place")
    assert ekberg["nearest"] == []
    assert ekberg["why"].startswith("no name")


def test_what_comes_near_without_any_name(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(
        "actors:\n  - {id: k, name: Marta Veldenström, roles: [harbour envoy]}\n  - {id: i, name: Ivo Karst}\n"
        "  - {id: n, name: Nils Nobody}\n"
    )
    text = "Marta called. The harbour  envoy met Ian Karsten."
    role = "Marta Veldenström came to Halvik. The harbour envoy left on Monday."
    lines = [{"id": "a", "title": "Ivo Karst is ill", "text": text}, {"id": "b", "text": role}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    found, referred = newswatch("explain", tmp_path / "a.jsonl", "--watchlist", tmp_path / "w.yaml", "--json").json
    assert [(c["text"], c["found"]) for c in referred["candidates"]] == [
        ("Marta Veldenström", "name"),
        ("The harbour envoy", "role"),
    ]
    near = {one["actor"]: [(n["text"], n["why"].split(":")[0]) for n in one["nearest"]] for one in found["not_found"]}
    assert near == {
        "k": [
            ("harbour  envoy", "a role counts only after the name has been given"),
            ("Marta", "a given name alone may be anybody's"),
        ],
        "i": [("Karsten", "spelt otherwise than 'Ivo Karst'")],
        "n": [],
    }
    assert found["not_found"][1]["why"].startswith("'Ivo Karst' stands in the title alone")
    assert all(text[n["start"] : n["end"]] == n["text"] for one in found["not_found"] for n in one["nearest"])


def test_the_table_says_the_same(folder: Path) -> None:
    done = explain(folder, folder / "bridge.txt")
    assert done.code == 0
    for word in ("bridge: watched names", "marta-velden", "not ivo-karst", "Not found", "bo-ekberg", "yes"):
        assert word in done.out


def test_of_one_actor_alone(folder: Path) -> None:
    (found,) = explain(folder, folder / "bridge.txt", "--actor", "ada-marsh", "--json").json
    assert [c["actor"] for c in found["candidates"]] == ["ada-marsh"]
    assert found["not_found"] == []
    done = explain(folder, folder / "bridge.txt", "--actor", "ada-march")
    assert (done.code, done.out) == (2, "")
    assert done.complaint == "--actor: the watchlist has no 'ada-march': did you mean 'ada-marsh'?"


def test_of_a_long_list_only_those_are_told_whom_the_text_comes_near_to(folder: Path, tmp_path: Path) -> None:
    others = "".join(f"  - {{id: n{n}, name: Nobody N{n}}}\n" for n in range(60))
    (tmp_path / "many.yaml").write_text(WATCHLIST + others)
    done = newswatch("explain", folder / "bridge.txt", "--watchlist", tmp_path / "many.yaml", "--json")
    (found,) = done.json
    assert [missing["actor"] for missing in found["not_found"]] == ["ivo-karst"]
    assert found["not_found_besides"] == 61


def test_several_documents_of_every_sort(folder: Path, tmp_path: Path) -> None:
    texts = {"2": TEXT, "1": TEXT, "fr": FRENCH}
    (tmp_path / "some.jsonl").write_text("".join(json.dumps({"id": n, "text": texts[n]}) + "\n" for n in texts))
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "none.jsonl").write_text("\n")
    found = explain(folder, tmp_path / "some.jsonl", tmp_path / "none.jsonl", tmp_path / "page.html", "--json").json
    assert [(one["id"], one["language"]) for one in found] == [("2", "en"), ("1", "en"), ("fr", "fr"), ("page", "en")]
    assert [len(one["candidates"]) for one in found] == [5, 5, 1, 5]
    text = found[3]["text"]
    assert all(text[c["start"] : c["end"]] == c["text"] for c in found[3]["candidates"])


def test_standard_input_is_a_text(folder: Path) -> None:
    (found,) = explain(folder, "--json", stdin=FRENCH.encode()).json
    assert (found["id"], found["candidates"][0]["verdict"]) == ("stdin", "mention")


def test_an_address_is_asked_for_as_a_run_asks(folder: Path) -> None:
    routes = {"/a": sends(PAGE.encode(), content_type="text/html"), "/gone": sends(b"", status=404)}
    with serve(routes) as base:
        (found,) = explain(folder, f"{base}/a", "--json").json
        refused = explain(folder, f"{base}/gone", "--json")
    assert (found["title"], len(found["candidates"])) == ("A bridge", 5)
    assert (refused.code, refused.out) == (2, "")
    assert refused.complaint.endswith("/gone: page-refused: HTTP 404")


def test_robots_and_dead_hosts_are_told() -> None:
    web = FakeWeb({"https://a.test/robots.txt": reply("", b"User-agent: *\nDisallow: /")})
    assert of_url("https://a.test/x", web, Articles(), NOON) == Unread("https://a.test/x", "page-refused: robots.txt")
    dead = FakeWeb({"https://a.test/x": WebError("unreachable", "no answer")})
    assert of_url("https://a.test/x", dead, Articles(), NOON) == Unread(
        "https://a.test/x", "page-unreachable: no answer"
    )
    good = FakeWeb({"https://a.test/x": reply("https://a.test/x", PAGE.encode(), content_type="text/html")})
    assert isinstance(of_url("https://a.test/x", good, Articles(), NOON), Article)


def test_what_is_not_there_is_told_before_the_model_is_loaded(folder: Path) -> None:
    done = process("explain", "nope.txt", "--watchlist", "w.yaml", cwd=folder)
    assert (done.code, done.out, done.complaint) == (2, "", "nope.txt: no such file")
