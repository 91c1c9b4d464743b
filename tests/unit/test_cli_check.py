"""`newswatch check`: every fault with its file and line, nothing made, exit codes that mean something."""

import os
from pathlib import Path

import pytest

from tests.fakes.commands import Done, newswatch, small_index

GOOD = {
    "feeds.yaml": "feeds:\n  - https://post.example/rss\n  - url: https://gannet.example/rss\n",
    "w.yaml": "actors:\n  - {id: ann-ash, name: Ann Ash}\n",
    "r.yaml": "rules:\n  - {id: ann, when: mention, actors: [ann-ash]}\n",
    "c.toml": '[language]\nmodel = "bundled"\n[index]\nurl = "sqlite:///x.db"\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in GOOD.items():
        Path(name).write_text(text)
    return tmp_path


def check(*args: str) -> Done:
    files = ("--feeds", "feeds.yaml", "--watchlist", "w.yaml", "--rules", "r.yaml", "--config", "c.toml")
    return newswatch("check", *files, *args)


def wrong(done: Done) -> dict[str, str]:
    """What is wrong, and how that is said."""
    return {found["what"]: found["says"] for found in done.json if not found["ok"]}


def test_all_is_well_and_nothing_is_made(folder: Path) -> None:
    done = check("--json")
    assert (done.code, wrong(done)) == (0, {})
    says = {found["what"]: found["says"] for found in done.json}
    assert says["feeds"] == "2 feeds"
    assert says["watchlist"] == "1 actor"
    assert says["rules"] == "1 rule; notices to console"
    assert says["index"] == "sqlite:///x.db (the first run makes it)"
    assert sorted(p.name for p in folder.iterdir()) == sorted(GOOD)
    assert check().out.splitlines()[1] == "feeds      ok     2 feeds"


def test_aliases_that_may_mean_others_are_told(folder: Path) -> None:
    aliases = '"Annie", "Ash", "Энн Эш", ' + ", ".join(f'"Aa{chr(97 + n)}x"' for n in range(12))
    Path("w.yaml").write_text(f"actors:\n  - {{id: ann-ash, name: Ann Ash, aliases: [{aliases}]}}\n")
    done = check("--json")
    says = {found["what"]: found["says"] for found in done.json}["watchlist"].splitlines()
    assert (done.code, says[0], len(says)) == (0, "1 actor", 12)
    assert says[1] == "ann-ash: the alias 'Annie': one word, which may mean others"
    assert says[-1] == "and 3 more like that"


def test_a_file_of_wikidata_is_told_as_such(folder: Path) -> None:
    Path("q.json").write_text('{"entities": {"Q1": {"labels": {}}}}')
    done = newswatch("check", "--watchlist", "q.json", "--config", "c.toml", "--json")
    assert wrong(done)["watchlist"].startswith("q.json: Wikidata's entities: `newswatch watchlist import`")


def test_what_is_used_where_the_user_gives_none(folder: Path) -> None:
    says = {found["what"]: found["says"] for found in newswatch("check", "--config", "c.toml", "--json").json}
    assert says["watchlist"].endswith(" actors: the bundled watchlist")
    assert says["rules"] == "1 rule: the default one; notices to console"


def test_an_index_that_is_there(folder: Path) -> None:
    small_index(folder / "x.db")
    done = check("--json")
    assert (done.code, wrong(done)) == (0, {})


@pytest.mark.parametrize(
    ("file", "text", "what", "says"),
    [
        ("feeds.yaml", "feeds:\n  - htp://x\n", "feeds", "feeds.yaml:2: url: 'htp://x' is no address"),
        ("feeds.yaml", "feeds:\n  - {url: 'https://a.b/', outlt: A}\n", "feeds", "feeds.yaml:2: unknown key 'outlt'"),
        ("feeds.yaml", "<html><p>x</p></html>", "feeds", "feeds.yaml: an HTML page, not a feed"),
        ("w.yaml", "actors:\n  - {id: a, name: A}\n  - {id: a, name: B}\n", "watchlist", "w.yaml:3: the id 'a' stands"),
        ("w.yaml", "actors:\n  - {id: a, name: A, alias: [B]}\n", "watchlist", "w.yaml:2: unknown key 'alias'"),
        ("r.yaml", "rules:\n  - {id: r, when: mention, actors: [ann-hash]}\n", "rules", "r.yaml:2: nobody watches"),
        (
            "r.yaml",
            "rules:\n  - {id: r, when: event, events: [met]}\n",
            "rules",
            "r.yaml:2: no event is of the type 'met'",
        ),
        ("c.toml", "[index]\nurll = 'x'\n", "settings", "c.toml:2: unknown key 'urll': did you mean 'url'?"),
        ("c.toml", "[network]\nallow = ['127.0.0.300']\n", "settings", "network.allow: "),
        ("c.toml", "[language]\nmodel = 'en_nope'\n", "model", "language.model: no spaCy pipeline 'en_nope'"),
        ("c.toml", "[failures]\nfile = 'no/f.jsonl'\n", "failures", "no/f.jsonl: there is no folder no"),
        ("c.toml", "[failures]\nfile = '.'\n", "failures", "failures.file: .: a folder, not a file"),
        ("c.toml", "[index]\nurl = 'sqlite:///no/x.db'\n", "index", "no/x.db: there is no folder no"),
        ("c.toml", "[index]\nurl = 'sqlite:///w.yaml'\n", "index", "w.yaml: is not an SQLite database"),
        ("c.toml", "[index]\nurl = 'sqlite:///.'\n", "index", ".: a folder, not a file"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(file: str, text: str, what: str, says: str, folder: Path) -> None:
    (folder / file).write_text(text)
    done = check("--json")
    assert done.code == 2
    assert wrong(done)[what].startswith(says)


def test_for_people_what_is_wrong_stands_in_a_line_of_its_own(folder: Path) -> None:
    (folder / "feeds.yaml").write_text("feeds:\n  - htp://x\n")
    assert "feeds      WRONG  feeds.yaml:2: url: 'htp://x' is no address" in check().out


def test_addresses_that_a_run_would_refuse(folder: Path) -> None:
    hosts = ("localhost:8000", "192.168.0.1", "[::1]", "8.8.8.8", "intranet.example")
    (folder / "feeds.yaml").write_text("feeds:\n" + "".join(f"  - http://{host}/rss\n" for host in hosts))
    told = wrong(check("--json"))["feeds"].splitlines()
    private = "not a public address; network.allow in the settings lets it be asked"
    assert told == [
        f"http://localhost:8000/rss: {private}",
        f"http://192.168.0.1/rss: {private}",
        f"http://[::1]/rss: {private}",
    ]
    with (folder / "c.toml").open("a") as file:
        file.write('[network]\nallow = ["127.0.0.0/8", "::1/128"]\nallow_hosts = ["192.168.0.1"]\n')
    assert wrong(check("--json")) == {}


def test_channels_that_cannot_be_opened(folder: Path) -> None:
    rules = GOOD["r.yaml"] + "channels:\n  - {id: chat, url_env: NO_SUCH_VARIABLE}\n  - id: desk\n    url: nonsense\n"
    (folder / "r.yaml").write_text(rules)
    done = check("--json")
    assert done.code == 2
    assert wrong(done)["rules"].splitlines() == [
        "r.yaml:4: the variable NO_SUCH_VARIABLE is empty or not set",
        "r.yaml:5: Apprise does not know this address (https://appriseit.com lists its forms)",
    ]


def test_rules_are_checked_by_what_a_wrong_watchlist_names(folder: Path) -> None:
    (folder / "w.yaml").write_text("actors:\n  - {id: ann-ash, name: Ann Ash}\n  - {id: bo, nam: Bo}\n")
    rules = "rules:\n  - {id: a, when: mention, actors: [ann-ash, bo]}\n"
    (folder / "r.yaml").write_text(rules + "  - {id: b, when: mention, actors: [bob]}\n")
    assert wrong(check("--json"))["rules"] == "r.yaml:3: nobody watches 'bob': did you mean 'bo'?"
    (folder / "r.yaml").write_text(rules)
    assert wrong(check("--json"))["rules"] == "not checked to the end: the watchlist is wrong"


def test_faults_of_one_file_are_not_told_of_another(folder: Path) -> None:
    (folder / "w.yaml").write_text("actors: 3\n")
    assert wrong(check("--json"))["rules"] == "not checked to the end: the watchlist is wrong"
    (folder / "r.yaml").write_text("rules: 3\n")
    assert wrong(check("--json"))["rules"].startswith("r.yaml:1: rules: ")


def test_every_fault_of_a_file_has_its_line(folder: Path) -> None:
    (folder / "r.yaml").write_text("rules:\n  - {id: a, when: nope}\n  - {id: b, whn: mention}\n")
    lines = wrong(check("--json"))["rules"].splitlines()
    assert [line.partition(": ")[0] for line in lines] == ["r.yaml:2", "r.yaml:3", "r.yaml:3"]


def test_a_server_that_does_not_answer_is_no_fault_of_the_files(folder: Path) -> None:
    done = check("--json", "--index", "http://127.0.0.1:1")
    assert done.code == 3
    assert wrong(done)["index"].startswith("http://127.0.0.1:1: no answer")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(folder: Path) -> None:
    (folder / "shut").mkdir(mode=0o500)
    done = check("--json", "--index", "sqlite:///shut/x.db")
    assert done.code == 3
    assert wrong(done)["index"] == "shut/x.db: it may not be written to"
