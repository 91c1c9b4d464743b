"""`newswatch annotate`: the contract's keys, offsets that hold, input order, and every sort of input."""

import json
import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from pipelines.annotate import worse
from tests.conftest import SHARED
from tests.fakes.commands import Done, newswatch

TEXT = """HALVIK (Corvid Wire) - Marta Velden arrived in Port Ellery on Monday.

“We will not move the ferry,” Velden told reporters. She said that the talks would go on “for weeks”.

According to a person familiar with the talks, Ivo Karst met her in Port Ellery. 𝒜 letter from outside the plane.
"""
WATCHLIST = "actors:\n  - {id: marta-velden, name: Marta Velden}\n  - {id: ivo-karst, name: Ivo Karst}\n"
KEYS = ["id", "entities", "mentions", "uncertain", "statements", "events"]
PAGE = f"""<html><head><title>Talks in Port Ellery</title></head><body><article><h1>Talks in Port Ellery</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split(chr(10)) if paragraph)}
<p>{"The harbour was quiet, and nobody had much to say about it that day. " * 6}</p></article></body></html>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("annotate")
    (folder / "w.yaml").write_text(WATCHLIST)
    (folder / "c.toml").write_text('[language]\nmodel = "bundled"\nprocesses = 1\n')
    (folder / "talks.txt").write_text(TEXT)
    (folder / "page.html").write_text(PAGE, "latin-1", errors="xmlcharrefreplace")
    return folder


def annotate(folder: Path, *args: str | Path, stdin: bytes = b"") -> Done:
    return newswatch("annotate", *args, "--watchlist", folder / "w.yaml", "--config", folder / "c.toml", stdin=stdin)


@pytest.fixture(scope="module")
def talks(folder: Path) -> Done:
    return annotate(folder, folder / "talks.txt")


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Everything with offsets, however deep."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_a_text_is_one_document_named_by_its_file(talks: Done) -> None:
    (found,) = talks.json
    assert (talks.code, talks.err) == (0, "")
    assert list(found) == KEYS
    assert found["id"] == "talks"


def test_offsets_count_code_points_of_the_text_as_given(talks: Done) -> None:
    found = [span for span in spans(talks.json) if "kind" not in span]  # a statement's own text may join two spans
    assert len(found) > 12
    assert [span for span in found if TEXT[span["start"] : span["end"]] != span["text"]] == []


def test_the_contract_s_fields_are_there(talks: Done) -> None:
    (found,) = talks.json
    assert {"start", "end", "text", "label"} <= found["entities"][0].keys()
    assert {"start", "end", "text", "actor", "form", "score", "evidence"} <= found["mentions"][0].keys()
    statement = found["statements"][0]
    assert {"kind", "content", "quoted", "cue", "speaker", "about", "confidence"} <= statement.keys()
    assert {"start", "end", "text", "lemma"} <= statement["cue"].keys()
    assert {"start", "end", "text", "name", "actor", "source"} <= statement["speaker"].keys()
    assert {"type", "start", "end", "text", "agents", "targets", "place", "time"} <= found["events"][0].keys()
    assert {m["actor"] for m in found["mentions"]} == {"marta-velden", "ivo-karst"}


def test_lines_keep_their_order_and_their_ids(folder: Path) -> None:
    lines = [{"id": str(n), "text": f"Number {n}. “No,” Marta Velden said.", "title": "x"} for n in (3, 1, 2)]
    lines[1] |= {"published": "2025-02-16T12:00:00Z", "url": "https://post.example/1"}
    file = folder / "many.jsonl"
    file.write_text("\n\n".join(map(json.dumps, lines)) + "\n")
    done = annotate(folder, file, folder / "talks.txt")
    assert [found["id"] for found in done.json] == ["3", "1", "2", "talks"]
    assert all(list(found) == KEYS for found in done.json)


def test_several_processes_keep_the_order_too(folder: Path) -> None:
    config = folder / "two.toml"
    config.write_text('[language]\nmodel = "bundled"\nprocesses = 2\n')
    file = folder / "fifty.jsonl"
    file.write_text(
        "".join(json.dumps({"id": str(n), "text": f"“No {n},” Marta Velden said."}) + "\n" for n in range(50))
    )
    done = newswatch("annotate", file, "--config", config, "--watchlist", folder / "w.yaml")
    assert (done.code, done.err) == (0, "")
    assert [found["id"] for found in done.json] == [str(n) for n in range(50)]


def test_a_page_brings_the_text_that_its_offsets_count_in(folder: Path) -> None:
    (found,) = annotate(folder, folder / "page.html").json
    assert {*KEYS, "title", "text"} == found.keys()
    assert "ferry" in found["text"]
    assert found["statements"]
    rest = [span for span in spans({k: v for k, v in found.items() if k != "text"}) if "kind" not in span]
    assert [span for span in rest if found["text"][span["start"] : span["end"]] != span["text"]] == []


def test_standard_input_is_a_text(folder: Path, talks: Done) -> None:
    (found,) = annotate(folder, stdin=TEXT.encode()).json
    assert found["id"] == "stdin"
    assert list(spans(found)) == list(spans(without_ids(talks.json[0], found)))


def without_ids(value: Any, other: Any) -> Any:
    """The value with the other's ids: they hang on the document's."""
    if isinstance(value, dict):
        return {k: other[k] if k == "id" else without_ids(v, other[k]) for k, v in value.items()}
    return [without_ids(v, o) for v, o in zip(value, other, strict=True)] if isinstance(value, list) else value


def test_standard_input_keeps_the_text_as_given(folder: Path) -> None:
    text = TEXT.replace("\n", "\r\n")
    (found,) = annotate(folder, stdin=text.encode()).json
    wrong = [s for s in spans(found) if "kind" not in s and text[s["start"] : s["end"]] != s["text"]]
    assert wrong == []


def test_standard_input_may_be_lines(folder: Path) -> None:
    lines = b'{"id": "a", "text": "One."}\n{"id": "b", "text": "Two.\\u2028Three."}\n'
    assert [found["id"] for found in annotate(folder, stdin=lines).json] == ["a", "b"]


def test_an_empty_text_says_nothing(folder: Path) -> None:
    (found,) = annotate(folder, stdin=b"").json
    assert [found[key] for key in KEYS[1:]] == [[]] * 5


def test_a_line_holds_no_line_break_and_nothing_a_terminal_obeys(folder: Path) -> None:
    text = "“It\u2028ends\x9b2J\x1b[31m here\x85,” Marta Velden said."
    done = annotate(folder, stdin=text.encode())
    assert done.out.count("\n") == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", done.out)
    assert all(text[s["start"] : s["end"]] == s["text"] for s in spans(done.json) if "kind" not in s)


def test_a_page_without_text_costs_only_itself(folder: Path) -> None:
    (folder / "empty.html").write_text("<html><body></body></html>")
    done = annotate(folder, folder / "empty.html", folder / "talks.txt")
    assert done.code == 2
    assert done.complaint.startswith("empty: no-text")
    assert [found["id"] for found in done.json] == ["empty", "talks"]
    assert done.json[0]["error"].startswith("no-text")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("bad.jsonl", b'{"id": "a", "text": "x"}\n{"id": "b", "text"\n', "bad.jsonl:2: not JSON: "),
        ("bad.jsonl", b'{"id": 1, "text": "x"}\n', 'bad.jsonl:1: not an object with "id" and "text"'),
        ("bad.jsonl", b"[]\n", 'bad.jsonl:1: not an object with "id" and "text"'),
        ("bad.jsonl", b'{"id": "a", "text": "x", "published": "soon"}\n', "bad.jsonl:1: published: 'soon' is no date"),
        ("bad.jsonl", b'\n{"id": "\xff"}\n', "bad.jsonl:2: not UTF-8 text (byte 8)"),
        ("bad.txt", b"caf\xe9", "bad.txt: not UTF-8 text (byte 3)"),
        ("bad.jsonl", b"[" * 100_000, "bad.jsonl:1: not JSON: "),
    ],
)
def test_a_bad_file_is_told_with_its_line(
    name: str, content: bytes, complaint: str, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = annotate(folder, tmp_path / name)
    assert done.code == 2
    assert done.complaint.startswith(f"{tmp_path}/{complaint}")


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (["talks.txt", "nope.txt"], "nope.txt: no such file"),
        (["."], ".: a folder, not a file"),
        (["--watchlist", "nope.yaml"], "nope.yaml: no such file"),
        (["--config", "nope.toml"], "nope.toml: no such file"),
    ],
)
def test_what_is_not_there_is_told_before_anything_is_read(
    args: list[str], complaint: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    done = newswatch("annotate", *args)
    assert (done.code, done.out, done.complaint) == (2, "", complaint)


def test_a_model_that_is_not_there(folder: Path, tmp_path: Path) -> None:
    for model, complaint in (("en_nope", "no spaCy pipeline 'en_nope' is installed"), (str(tmp_path), "the folder ")):
        config = tmp_path / "c.toml"
        config.write_text(f'[language]\nmodel = "{model}"\n')
        done = newswatch("annotate", folder / "talks.txt", "--config", config)
        assert (done.code, done.out) == (2, "")
        assert done.complaint.startswith(f"language.model: {complaint}")


@pytest.mark.acceptance
def test_the_acceptance_article_s_offsets_hold(folder: Path) -> None:
    article = SHARED / "acceptance" / "envoys.txt"
    if not article.is_file():
        pytest.skip("../shared/acceptance is not here")
    (found,) = newswatch("annotate", article, "--config", folder / "c.toml").json
    text = article.read_bytes().decode()
    assert all(text[s["start"] : s["end"]] == s["text"] for s in spans(found) if "kind" not in s)
    assert found["statements"]
    assert found["mentions"]


@pytest.mark.parametrize(("codes", "code"), [([], 0), ([0, 0], 0), ([2, 0], 2), ([1, 2], 1), ([0, 2, 1, 2, 0], 1)])
def test_an_error_of_our_own_is_not_hidden_by_a_bad_document(codes: list[int], code: int) -> None:
    assert reduce(worse, codes, 0) == code
