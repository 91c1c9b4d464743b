"""Watchlists from tables and Wikidata's files, and back: what is kept, what is left out, and every fault told."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import BadFile, UserError
from schemas.names import folded, kept_aliases, slug
from schemas.table import load_table
from schemas.watchlist import Actor, Watchlist, load_watchlist
from schemas.watchlist_text import Format, as_text
from schemas.wikidata import load_wikidata
from tests.fakes.commands import newswatch


def claims(*classes: str, **more: Any) -> dict[str, Any]:
    snaks = [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": item}}}} for item in classes]
    return {"P31": snaks, **more} if classes else more


def entity(id_: str = "Q111", label: str = "Marta Velden", **fields: Any) -> dict[str, Any]:
    """An item as Special:EntityData gives it."""
    return {
        "type": "item",
        "id": id_,
        "labels": {"en": {"language": "en", "value": label}},
        "descriptions": {"en": {"language": "en", "value": "Norrvian politician"}},
        "aliases": {},
        "claims": claims("Q5"),
        **fields,
    }


def labels(**texts: str) -> dict[str, Any]:
    return {language.replace("_", "-"): {"language": language, "value": text} for language, text in texts.items()}


def aliases(**texts: list[str]) -> dict[str, Any]:
    return {language: [{"language": language, "value": text} for text in found] for language, found in texts.items()}


def wikidata(folder: Path, *entities: dict[str, Any], name: str = "x.json") -> Path:
    file = folder / name
    file.write_text(json.dumps({"entities": {one["id"]: one for one in entities}}, ensure_ascii=False), "utf-8")
    return file


def test_an_item_becomes_an_actor_with_its_names_in_all_languages(tmp_path: Path):
    told = entity(
        labels=labels(ru="Марта Велден", en="Marta Velden", de="Marta Velden", fr="Martha Velden", zh="瑪爾塔·維爾登"),
        aliases=aliases(en=["Marta J. Velden", "Velden", "MJV", "MARTA VELDEN"], zh=["維爾登"], ru=["Велден"]),
    )
    (actor,), left = load_wikidata(wikidata(tmp_path, told))
    assert actor.model_dump(exclude_defaults=True) == {
        "id": "marta-velden",
        "name": "Marta Velden",
        "aliases": ("Марта Велден", "Martha Velden", "瑪爾塔·維爾登", "Marta J. Velden"),
        "wikidata": "Q111",
        "description": "Norrvian politician",
    }
    assert {(one.alias, one.why) for one in left} == {
        ("Velden", "one word, a part of 'Marta Velden'"),
        ("Велден", "one word, a part of 'Марта Велден'"),
        ("維爾登", "one word, a part of '瑪爾塔·維爾登'"),
        ("MJV", "one word, which may mean others"),
    }
    (whole,), left = load_wikidata(wikidata(tmp_path, told), one_word=True)
    assert {"Velden", "MJV", "維爾登"} < set(whole.aliases)
    assert left == ()


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (labels(mul="Marta Velden", de="Die Velden"), "Marta Velden"),
        (labels(ru="Марта Велден", en_gb="Marta Velden"), "Marta Velden"),
        (labels(ru="Марта Велден", sv="Märta Velden"), "Märta Velden"),
        (labels(ru="Марта Велден"), "Марта Велден"),
    ],
)
def test_the_name_is_the_best_label_there_is(told: dict[str, Any], name: str, tmp_path: Path):
    (actor,), _ = load_wikidata(wikidata(tmp_path, entity(labels=told)))
    assert actor.name == name
    assert actor.id == (slug(name) or "q111")


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (claims("Q5"), "person"),
        (claims("Q999", P569=[]), "person"),
        (claims("Q7278"), "organisation"),
        (claims("Q999", P159=[]), "organisation"),
        (claims("Q999", "Q515"), "place"),
        (claims(P625=[]), "place"),
        (claims("Q999"), "other"),
        ([], "other"),
        ({"P31": [{"mainsnak": {"snaktype": "somevalue"}}]}, "other"),
    ],
)
def test_what_an_item_is(told: Any, kind: str, tmp_path: Path):
    assert load_wikidata(wikidata(tmp_path, entity(claims=told))).actors[0].kind == kind


def test_aliases_of_organisations_keep_acronyms_and_other_names():
    names = ["ASC", "AC", "Strait", "Seaway", "Ast", "Комісія протоки"]
    kept, left = kept_aliases("Alder Strait Commission", names, person=False, one_word=False)
    assert kept == ["ASC", "Seaway", "Комісія протоки"]
    assert dict(left) == {
        "AC": "two letters, which mean too much",
        "Strait": "one word, a part of 'Alder Strait Commission'",
        "Ast": "too short",
    }


def test_a_single_name_keeps_its_like_in_other_scripts():
    assert kept_aliases("Zorro", ["Зорро", "El Zorro", "Fox"], person=True, one_word=False) == (
        ["Зорро", "El Zorro"],
        [("Fox", "one word, which may mean others")],
    )


def test_what_cannot_be_an_alias_is_left_out():
    _, left = kept_aliases("Marta Velden", ["♥ ♥", "x y" * 200], person=True, one_word=True)
    assert [why for _, why in left] == ["has no letter", "longer than 500 characters"]


def test_many_items_in_every_shape_of_file(tmp_path: Path):
    one, two, same = entity(), entity("Q222"), entity("Q222", "Somebody Else")
    for name, text in {
        "list.json": json.dumps([one, two, same]),
        "dump.jsonl": "[\n" + ",\n".join(map(json.dumps, (one, two, same))) + "\n]\n",
        "lines.json": "\n".join(map(json.dumps, (one, two, same))),
    }.items():
        (tmp_path / name).write_text(text)
        found = load_wikidata(tmp_path / name).actors
        assert [(a.id, a.wikidata) for a in found] == [("marta-velden", "Q111"), ("marta-velden-q222", "Q222")]
    (tmp_path / "one.json").write_text(json.dumps(one))
    assert len(load_wikidata(tmp_path / "one.json").actors) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"entities": {"Q1": {"id": "Q1", "missing": ""}}}', "x.json: Q1: Wikidata has no such item"),
        ('{"entities": {"L1": {"type": "lexeme", "labels": {}}}}', "x.json: L1: no item"),
        ('{"entities": {"Q1": {"labels": []}}}', "x.json: Q1: has no label in any language"),
        ('{"entities": {"Q1": 7}}', "x.json: not a Wikidata entity"),
        ('{"entities": {}}', "x.json: holds no Wikidata item"),
        ("[]", "x.json: holds no Wikidata item"),
        ("7", "x.json: not a Wikidata entity"),
        ('{"entities": {', "x.json:1: not JSON: "),
        ('{"entities":\n{"Q1":}}', "x.json:2: not JSON: "),
        ('{"id": "Q1"}\n{"id": ', "x.json:2: not JSON: "),
        ('{"id": "Q1", "labels": {"en": 7}}\n{"id": "Q2"}', "x.json:1: Q1: has no label in any language\nx.json:2: Q2"),
        ("[" * 100_000, "x.json:1: not JSON: "),
    ],
)
def test_what_is_wrong_is_told_with_its_line_or_item(text: str, fault: str, tmp_path: Path, monkeypatch: Any):
    monkeypatch.chdir(tmp_path)
    Path("x.json").write_text(text)
    with pytest.raises(BadFile) as e:
        load_wikidata(Path("x.json"))
    assert str(e.value).startswith(fault)


TABLE = """Full name;ID;Also known as;Type;QID;Phone
Marta Velden;;Märta Velden|Marta J. Velden;people;http://www.wikidata.org/entity/Q111;1
"Strait; Commission";asc;ASC;Organization;;2

Marta Velden;;;;Q222;3
"""


def test_a_table_as_spreadsheets_write_it(tmp_path: Path):
    (tmp_path / "x.csv").write_text(TABLE, "utf-8-sig")
    found = load_table(tmp_path / "x.csv")
    assert [a.model_dump(exclude_defaults=True) for a in found.watchlist.actors] == [
        {
            "id": "marta-velden",
            "name": "Marta Velden",
            "aliases": ("Märta Velden", "Marta J. Velden"),
            "wikidata": "Q111",
        },
        {"id": "asc", "name": "Strait; Commission", "kind": "organisation", "aliases": ("ASC",)},
        {"id": "marta-velden-q222", "name": "Marta Velden", "wikidata": "Q222"},
    ]
    assert found.unknown == ("Phone",)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "x.csv:1: no column is called 'name' (there are none)"),
        ("who,what\na,b\n", "x.csv:1: no column is called 'name' (there are 'who', 'what')"),
        ("name,label\na,b\n", "x.csv:1: two columns are 'name'"),
        ('name,kind\n"a\nb",person\nc,robot\n', "x.csv:4: kind: one of 'person', "),
        ("name,id\n,x\n", "x.csv:2: 'name' is missing"),
        ('name\n"a\n', "x.csv:2: not CSV: "),
    ],
)
def test_a_wrong_table_is_told_with_its_line(text: str, fault: str, tmp_path: Path, monkeypatch: Any):
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text(text)
    with pytest.raises(BadFile) as e:
        load_table(Path("x.csv"))
    assert str(e.value).startswith(fault)


WORD = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="|"), min_size=1, max_size=12)
NAME = WORD.map(str.strip).filter(lambda s: any(c.isalnum() for c in s))
ID = st.from_regex(r"[a-z0-9][a-z0-9_.:-]{0,8}", fullmatch=True)


@st.composite
def watchlists(draw: st.DrawFn) -> Watchlist:
    ids = draw(st.lists(ID, unique=True, max_size=4))
    names = st.lists(NAME, max_size=3).map(tuple)
    actors = tuple(
        Actor(
            id=id_,
            name=draw(NAME),
            kind=draw(st.sampled_from(("person", "organisation", "place", "other"))),
            aliases=draw(names),
            context=draw(names),
            not_=draw(names),
            surname_alone=draw(st.sampled_from(("always", "never", "with-evidence"))),
            wikidata=draw(st.sampled_from(("", "Q1", "Q6384253"))),
            tags=draw(st.lists(ID, max_size=2).map(tuple)),
            description=draw(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)),
        )
        for id_ in ids
    )
    groups = {"all": tuple(ids)} if ids and draw(st.booleans()) else {}
    return Watchlist(actors=actors, version=draw(st.integers(1, 9)), note=draw(NAME | st.just("")), groups=groups)


@settings(max_examples=40)
@given(watchlists())
def test_what_is_exported_is_what_is_loaded_again(tmp_path_factory: pytest.TempPathFactory, watchlist: Watchlist):
    folder = tmp_path_factory.mktemp("round")
    forms: list[Format] = ["yaml", "json", "csv"]
    for form in forms:
        file = folder / f"w.{form}"
        file.write_text(as_text(watchlist, form), "utf-8", newline="")
        again = load_watchlist(file)
        assert again.actors == watchlist.actors
        if form != "csv":
            assert again == watchlist


def test_a_csv_cannot_hold_everything():
    with pytest.raises(UserError, match=r"a: aliases holds a '\|'"):
        as_text(Watchlist(actors=(Actor(id="a", name="A", aliases=("x|y",)),)), "csv")
    with pytest.raises(UserError, match="a: description holds a NUL"):
        as_text(Watchlist(actors=(Actor(id="a", name="A", description="\0"),)), "csv")


def test_the_yaml_is_as_people_write_it():
    actors = (Actor(id="a", name="Ann Ash", aliases=("Энн Эш", "no"), not_=("Ash Wednesday",)),)
    assert as_text(Watchlist(actors=actors), "yaml") == (
        "actors:\n- id: a\n  name: Ann Ash\n  aliases: [Энн Эш, 'no']\n  not: [Ash Wednesday]\n"
    )


@pytest.mark.parametrize(
    ("name", "form"), [("Łukasz Žižek", "ukasz-zizek"), ("José  O’Brien", "jose-o-brien"), ("Кит", "")]
)
def test_slugs(name: str, form: str):
    assert slug(name) == form


def test_folding_keeps_scripts_whole():
    assert [folded(x) for x in ("ÉMILE  Čapek", "문재인", "ไทย")] == ["emile capek", "문재인", "ไทย"]


def test_import_writes_a_list_that_check_takes_and_tells_what_it_left_out(tmp_path: Path):
    file, out = wikidata(tmp_path, entity(aliases=aliases(en=["Velden"]))), tmp_path / "actors.yaml"
    done = newswatch("watchlist", "import", file, "--out", out)
    assert (done.code, done.out) == (0, "")
    assert "left out: marta-velden: Velden: one word, a part of 'Marta Velden'" in done.err
    assert [a.id for a in load_watchlist(out).actors] == ["marta-velden"]
    again = newswatch("watchlist", "import", file, "--out", out)
    assert (again.code, again.complaint) == (2, f"--out {out}: is there already; --force writes over it")
    (told,) = newswatch("watchlist", "import", file, "--out", out, "--force", "--json").json
    assert (told["actors"], [one["alias"] for one in told["left_out"]]) == (1, ["Velden"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["actors.yaml", "x.json"]


def test_import_of_a_table_and_of_what_is_none(tmp_path: Path):
    (tmp_path / "x.csv").write_text(TABLE)
    done = newswatch("watchlist", "import", tmp_path / "x.csv")
    assert [a["id"] for a in yaml.safe_load(done.out)["actors"]] == ["marta-velden", "asc", "marta-velden-q222"]
    assert done.complaint == "left out: columns that a watchlist does not have: Phone"
    for name, fault in (("x.docx", "neither a table"), ("nope.csv", "no such file"), ("nope.json", "no such file")):
        assert fault in newswatch("watchlist", "import", tmp_path / name).complaint


def test_export_in_every_form(tmp_path: Path):
    (tmp_path / "w.yaml").write_text(
        "actors: [{id: a, name: Ann Ash, wikidata: Q1}, {id: b, name: Bo Ekberg}]\ngroups: {both: [a, b]}\n"
    )
    args = ["watchlist", "export", "--watchlist", tmp_path / "w.yaml", "--format"]
    assert newswatch(*args, "csv").out == "id,name,wikidata\na,Ann Ash,Q1\nb,Bo Ekberg,\n"
    assert newswatch(*args, "csv").complaint == "a CSV has no place for groups and note: left out both"
    ids = newswatch(*args, "wikidata-ids")
    assert (ids.out, ids.complaint) == ("Q1\n", "1 of 2 actors have no `wikidata` and are left out")
    assert json.loads(newswatch(*args, "json").out)["groups"] == {"both": ["a", "b"]}
    assert newswatch(*args, "xml").complaint == "--format 'xml': it is one of yaml, json, csv, wikidata-ids"
