"""The list of who is watched: loading, merging, and what is wrong with it, with file and line."""

import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import samples
from schemas.errors import BadFile
from schemas.feedlist import FeedList
from schemas.rules_file import RulesFile
from schemas.settings import Settings
from schemas.watchlist import Actor, Watchlist, json_schema, load_watchlist
from schemas.wording import PATTERNS
from tests.fakes.commands import newswatch

PUBLISHED = Path(__file__).parents[2] / "docs" / "watchlist.schema.json"


def _file(folder: Path, text: str, name: str = "list.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf8")
    return path


def _faults(path: Path, *more: Path) -> list[str]:
    with pytest.raises(BadFile) as caught:
        load_watchlist(path, *more)
    return [f"{p.line}: {p.reason}" for p in caught.value.problems]


def test_id_and_name_are_enough(tmp_path: Path):
    found = load_watchlist(_file(tmp_path, "actors:\n  - {id: ada-marsh, name: Ada Marsh}\n"))
    assert found.actors == (Actor(id="ada-marsh", name="Ada Marsh"),)
    assert found.actors[0].kind == "person"
    assert found.actors[0].surname_alone == "with-evidence"


def test_a_word_that_yaml_reads_as_something_else(tmp_path: Path):
    path = _file(tmp_path, "actors:\n  - id: a\n    name: Ada\n    context: [jets, 737]\n    aliases: [No]\n")
    assert _faults(path) == [
        "4: context: 737 is no text: put it in quotes (number 2 of context)",
        "5: aliases: False is no text: put it in quotes (number 1 of aliases)",
    ]


def test_all_keys(tmp_path: Path):
    text = """
version: 3
note: a note
actors:
  - id: ada-marsh
    name: Ada Marsh
    kind: person
    aliases: [A. Marsh, Ада Марш]
    roles: [trade minister]
    context: [tariffs]
    not: [Marsh Street]
    surname_alone: never
    wikidata: Q7259
    tags: [averland]
    description: free text
groups:
  ministers: [ada-marsh]
"""
    found = load_watchlist(_file(tmp_path, text))
    assert found.actors[0].not_ == ("Marsh Street",)
    assert found.members("ministers") == found.members("averland") == {"ada-marsh"}
    assert found.members("nobody") == frozenset()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("actors:\n  - id: a\n    name: ''\n", "3: name: empty"),
        ("actors:\n  - id: a\n    name: A B\n    alias: [x]\n", "4: unknown key 'alias': did you mean 'aliases'?"),
        ("actors:\n  - id: a\n", "2: 'name' is missing"),
        ("actors:\n  - {id: a, name: '...'}\n", "2: a: the name '...' has no letter"),
        ("actors:\n  - {id: a, name: A B}\n  - {id: c, name: C}\n  - {id: a, name: D}\n",
         "4: the id 'a' stands here a second time (first at line 2)"),
        ("actors:\n  - {id: a, name: A B}\ngroups:\n  all: [a, b]\n", "4: the group 'all' names 'b', no actor"),
        ("actors:\n  - {id: a, name: A B, surname_alone: perhaps}\n",
         "2: surname_alone: one of 'always', 'with-evidence' or 'never', not 'perhaps'"),
        ("actors:\n  - {id: a b, name: A B}\n",
         "2: id 'a b': letters, digits, '.', ':', '-', '_' only, and first a letter or digit"),
        ("actors:\n  - {id: a, name: A B, wikidata: 12}\n", "2: wikidata: 12 is no text: put it in quotes"),
    ],
)  # fmt: skip
def test_faults_have_their_line(tmp_path: Path, text: str, fault: str):
    assert _faults(_file(tmp_path, text)) == [fault]


def test_every_fault_is_told_at_once(tmp_path: Path):
    text = "actors:\n  - {id: a, name: ''}\n  - {id: b, nam: B}\n"
    assert len(_faults(_file(tmp_path, text))) == 3


def test_a_fault_of_form_hides_no_other(tmp_path: Path):
    text = """actors:
  - {id: a, name: A B, titel: x}
  - {id: "bad id!", name: B}
  - {id: a, name: D}
  - {id: d, name: "..."}
groups: {all: [a, d, nobody]}
"""
    assert _faults(_file(tmp_path, text)) == [
        "2: unknown key 'titel'",
        "3: id 'bad id!': letters, digits, '.', ':', '-', '_' only, and first a letter or digit",
        "4: the id 'a' stands here a second time (first at line 2)",
        "5: d: the name '...' has no letter",
        "6: the group 'all' names 'nobody', no actor",
    ]


def test_every_pattern_of_a_file_is_told_in_words():
    asked = {
        node["pattern"]
        for model in (Watchlist, RulesFile, FeedList, Settings)
        for node in _nodes(model.model_json_schema())
        if isinstance(node.get("pattern"), str)
    }
    assert asked == {*PATTERNS}


def _nodes(schema: object) -> Iterator[dict[str, object]]:
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict):
        yield schema
    for part in inner:
        yield from _nodes(part)


def test_two_files_are_one_list(tmp_path: Path):
    one = _file(tmp_path, "version: 2\nactors:\n  - {id: a, name: A B}\ngroups: {g: [a]}\n", "one.yaml")
    two = _file(tmp_path, "actors:\n  - {id: c, name: C D}\ngroups: {g: [c, a]}\n", "two.yaml")
    found = load_watchlist(one, two)
    assert [actor.id for actor in found.actors] == ["a", "c"]
    assert found.groups == {"g": ("a", "c")}
    assert found.version == 2


def test_one_id_in_two_files_names_both(tmp_path: Path):
    one = _file(tmp_path, "actors:\n  - {id: a, name: A B}\n", "one.yaml")
    two = _file(tmp_path, "actors:\n  - {id: a, name: A C}\n", "two.yaml")
    assert _faults(one, two) == [f"2: the id 'a' stands here a second time (first at {one}:2)"]


def test_json_is_read_the_same(tmp_path: Path):
    text = json.dumps({"actors": [{"id": "a", "name": "A B", "not": ["A B Street"]}]})
    assert load_watchlist(_file(tmp_path, text, "list.json")).actors[0].not_ == ("A B Street",)


def test_csv_in_the_same_terms(tmp_path: Path):
    text = "id,name,aliases,not,kind\nmarsh,Ada Marsh,A. Marsh|Ада Марш,Marsh Street,\norda,ORDA,,,organisation\n"
    marsh, orda = load_watchlist(_file(tmp_path, text, "list.csv")).actors
    assert marsh.aliases == ("A. Marsh", "Ада Марш")
    assert marsh.not_ == ("Marsh Street",)
    assert marsh.kind == "person"
    assert orda.kind == "organisation"


def test_csv_faults_have_their_line(tmp_path: Path):
    rows = "id,name,alias\na,A B,\nb,,\nc,C,x\n"
    faults = _faults(_file(tmp_path, rows, "list.csv"))
    assert faults == ["3: 'name' is missing", "4: unknown key 'alias': did you mean 'aliases'?"]


def test_csv_with_a_broken_quote(tmp_path: Path):
    assert _faults(_file(tmp_path, 'id,name\na,"A" B\n', "list.csv"))[0].startswith("2: not CSV")


def test_large_json_still_tells_the_line(tmp_path: Path):
    actors = [{"id": f"a{i}", "name": "Name " * 60} for i in range(8_000)]
    path = _file(tmp_path, json.dumps({"actors": [*actors, {"id": "a7", "name": "B"}]}, indent=0), "list.json")
    assert _faults(path) == ["32004: the id 'a7' stands here a second time (first at line 32)"]


def test_digest_is_of_the_content(tmp_path: Path):
    one = _file(tmp_path, "actors:\n  - {id: a, name: A B}\n  - {id: c, name: C D, tags: []}\nnote: x\n", "one.yaml")
    two = _file(tmp_path, "version: 4\nactors:\n  - {name: C D, id: c}\n  - {name: A B, id: a}\n", "two.yaml")
    other = _file(tmp_path, "actors:\n  - {id: a, name: A B}\n  - {id: c, name: C E}\n", "three.yaml")
    assert load_watchlist(one).digest == load_watchlist(two).digest != load_watchlist(other).digest


def test_it_travels():
    found = load_watchlist(samples.WATCHLIST)
    assert pickle.loads(pickle.dumps(found)) == found


def test_the_samples_load():
    assert {"keith-kellogg", "steve-witkoff"} == load_watchlist(samples.WATCHLIST).members("envoys")
    assert load_watchlist(samples.ACTORS).actors


def test_published_schema_is_the_model():
    assert json.loads(PUBLISHED.read_text(encoding="utf8")) == json_schema()
    assert json.loads(newswatch("watchlist", "schema").out) == json_schema()


@given(st.text(max_size=200))
def test_any_text_loads_or_is_refused(tmp_path_factory: pytest.TempPathFactory, text: str):
    folder = tmp_path_factory.mktemp("lists")
    for name in ("list.yaml", "list.csv"):
        path = folder / name
        path.write_text(text, encoding="utf8", errors="replace", newline="")
        try:
            assert isinstance(load_watchlist(path), Watchlist)
        except BadFile as e:
            assert e.problems
