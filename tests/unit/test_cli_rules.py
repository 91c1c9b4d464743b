"""Rules tried over an index, rules of ElastAlert translated, silences: as a user calls them."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.rules import load_rules
from schemas.settings import Index, Ledger, Settings
from tests.fakes.commands import newswatch
from tests.fakes.records import make_document, make_mention, make_reading, make_speaker, make_statement
from transforms.clients.opening import open_index, open_ledger

NOW = dt.datetime.now(dt.timezone.utc).replace(microsecond=0)
HOUR = dt.timedelta(hours=1)
WATCHLIST = "actors:\n  - {id: marta-velden, name: Marta Velden}\n  - {id: ivo-karst, name: Ivo Karst}\n"
RULES = """
rules:
  - {id: said, when: statement-by, actors: marta-velden, notify: [eyes]}
  - {id: often, when: mention, type: frequency, num_events: 3, timeframe: 2h, notify: [eyes, log]}
  - {id: quiet, when: mention, type: flatline, timeframe: 1d, notify: [log]}
  - {id: never, when: words, words: volcano}
channels:
  - {id: eyes, console: true}
  - {id: log, jsonl: FOLDER/log.jsonl, digest: {every: 6h}}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "w.yaml").write_text(WATCHLIST)
    (tmp_path / "r.yaml").write_text(RULES.replace("FOLDER", str(tmp_path)))
    readings = []
    for n, hours in enumerate((100, 50, 49, 48.5)):
        document = make_document(id=f"d{n}", seen=NOW - hours * HOUR, outlet=f"Outlet {n}")
        velden = make_speaker("Marta Velden", "marta-velden")
        statements = (make_statement(document, f"We will come {n}.", velden),) if n < 2 else ()
        readings.append(
            make_reading(document, mentions=(make_mention(document, "marta-velden"),), statements=statements)
        )
    settings = Settings(index=Index(url=f"sqlite:///{tmp_path}/x.db"))
    index = open_index(settings)
    index.prepare()
    index.replace(readings)
    index.close()
    return tmp_path


def args(desk: Path, *more: str) -> list[str]:
    return [str(desk / "r.yaml"), "--watchlist", str(desk / "w.yaml"), "--index", f"sqlite:///{desk}/x.db", *more]


def test_what_rules_would_have_sent(desk: Path):
    done = newswatch("rules", "test", *args(desk, "--since", "5d", "--json"))
    assert done.code == 0, done.err
    alerts = {(line["rule"], line["count"]): line for line in done.json}
    assert set(alerts) == {("said", 1), ("often", 3), ("quiet", 1)}
    assert len(done.json) == 5
    often = alerts["often", 3]
    assert [one["channel"] for one in often["sent"]] == ["eyes", "log"]
    assert often["sent"][1]["note"].startswith("Digest of")
    assert often["reason"].startswith("rule often: mention, frequency num_events 3 timeframe 2h")
    assert not (desk / "log.jsonl").exists(), "nothing is sent"


def test_one_rule_alone_and_the_table(desk: Path):
    done = newswatch("rules", "test", *args(desk, "--since", "51h", "--rule", "often"))
    assert done.code == 0
    assert "Often (" in done.out
    assert "notices that would have been sent: 1 to eyes, 1 to log" in done.err
    assert "said" not in done.out
    none = newswatch("rules", "test", *args(desk, "--since", "51h", "--rule", "never"))
    assert "rules that found nothing: never" in none.err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--rule", "oftn"), "no rule has the id 'oftn': did you mean 'often'?"),
        (("--since", "yesterday"), "neither a date"),
    ],
)
def test_what_is_wrong_is_told(desk: Path, more: tuple[str, ...], said: str):
    done = newswatch("rules", "test", *args(desk, *more))
    assert done.code == 2
    assert said in done.complaint


ELASTALERT = """name: Envoys, often
type: frequency
index: news-*
num_events: 20
timeframe:
  hours: 4
realert:
  minutes: 30
query_key: source.keyword
filter:
- query:
    query_string:
      query: 'title:"peace deal" OR title:ceasefire*'
- term:
    language: en
- range:
    score: {gt: 5}
alert:
- email
- slack
- debug
email: [desk@news.example]
alert_subject: "Peace {0}"
owner: desk
"""


def translated(tmp_path: Path, text: str) -> tuple[dict[str, Any], list[str], int]:
    file = tmp_path / "rule.yaml"
    file.write_text(text)
    done = newswatch("rules", "import-elastalert", file)
    return yaml.safe_load(done.out), [line.partition("rule.yaml:")[2] for line in done.err.splitlines()], done.code


def test_a_rule_of_elastalert(tmp_path: Path):
    made, told, code = translated(tmp_path, ELASTALERT)
    assert made == {
        "rules": [
            {
                "id": "envoys-often",
                "title": "Envoys, often",
                "type": "frequency",
                "timeframe": "4h",
                "throttle": "30m",
                "num_events": 20,
                "query_key": "outlet",
                "words": ["peace deal", "ceasefire*"],
                "notify": ["email", "slack", "eyes"],
                "when": "words",
                "filters": {"languages": ["en"]},
            }
        ],
        "channels": [
            {"id": "email", "url_env": "EMAIL_URL"},
            {"id": "slack", "url_env": "SLACK_URL"},
            {"id": "eyes", "console": True},
        ],
    }
    assert told == [
        "16: this filter has no counterpart: see 'filters' and 'words' in docs/alerts.md",
        "18: email: the variable EMAIL_URL is to hold its address as Apprise writes it",
        "18: slack: the variable SLACK_URL is to hold its address as Apprise writes it",
        "23: 'alert_subject' is not translated",
        "24: 'owner' is not translated",
    ]
    assert code == 3
    (tmp_path / "ours.yaml").write_text(yaml.safe_dump(made))
    assert load_rules(tmp_path / "ours.yaml").rules[0].num_events == 20


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("name: x\ntype: any\nfilter: [{terms: {outlet: [A, B]}}]", {"when": "article"}),
        ("name: x\ntype: flatline\nthreshold: 1\ntimeframe: {days: 1}", {"query_key": "rule", "timeframe": "1d"}),
        ("name: x\ntype: new_term\nfields: [source]\nterms_window_size: {days: 9}", {"field": "outlet", "learn": "9d"}),
        ("name: x\ntype: spike\nspike_height: 3\nspike_type: up\ntimeframe: {hours: 2}", {"spike_height": 3}),
        ("name: x\ntype: cardinality\ncardinality_field: source\nmax_cardinality: 5\ntimeframe: {hours: 2}",
         {"max_cardinality": 5}),
        ("name: x\ntype: blacklist\ncompare_key: title\nblacklist: [war, peace]", {"words": ["war", "peace"]}),
        ("name: x\ntype: any\nis_enabled: false\nfilter: [{match: {actor: ivo-karst}}]", {"enabled": False}),
    ],
)  # fmt: skip
def test_types_of_elastalert(tmp_path: Path, text: str, rule: dict[str, Any]):
    made, told, code = translated(tmp_path, text)
    assert made["rules"][0].items() >= rule.items()
    assert (told, code) == ([], 0)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name: x\ntype: percentage_match", "2: no rule here is of the type 'percentage_match'"),
        ("just: words", "1: not a rule of ElastAlert: it has no 'type'"),
        ("name: [", "1: not YAML"),
    ],
)
def test_what_is_no_rule_for_us(tmp_path: Path, text: str, line: str):
    file = tmp_path / "rule.yaml"
    file.write_text(text)
    done = newswatch("rules", "import-elastalert", file)
    assert done.code == 2
    assert f"rule.yaml:{line}" in done.complaint


def test_what_came_out_wrong_is_told(tmp_path: Path):
    _, told, code = translated(tmp_path, "name: x\ntype: frequency\nnum_events: 3\ntimeframe: {hours: 1, minutes: 5}")
    assert code == 3
    assert told == [
        "2: to be mended in what was made: a rule of the type frequency needs 'timeframe'",
        "4: timeframe: not one number and unit (such as hours: 1)",
    ]


def test_silences_are_added_listed_and_ended(tmp_path: Path):
    where = ["--index", f"sqlite:///{tmp_path}/x.db"]
    (tmp_path / "r.yaml").write_text("rules:\n  - {id: said, when: statement-by}\n")
    lists = ["--rules", str(tmp_path / "r.yaml")]
    (made,) = newswatch(
        "silence", "add", "--rule", "said", "--for", "2h", "--comment", "talks", "--json", *lists, *where
    ).json
    assert (made["rule"], made["comment"]) == ("said", "talks")
    listed = newswatch("silence", "list", *where)
    assert "rule said" in listed.out
    assert "in force" in listed.out
    assert newswatch("silence", "expire", made["id"], *where).code == 0
    assert newswatch("silence", "list", "--json", *where).json == []
    assert [one["id"] for one in newswatch("silence", "list", "--all", "--json", *where).json] == [made["id"]]
    settings = Settings(ledger=Ledger(url=f"sqlite:///{tmp_path}/x.db"))
    ledger = open_ledger(settings)
    assert len(ledger.outbox.silences()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "--rule", "x", "--for", "soon"], "--for 'soon': a number and a unit"),
        (["add", "--rule", "x", "--for", "0h"], "--for '0h': a number and a unit"),
        (["add", "--rule", "x", "--for", "999999w"], "--for '999999w': longer than the calendar has years"),
        (["add", "--actor", "keith-kelog", "--for", "1h"], "did you mean 'keith-kellogg'?"),  # before any index too
        (["add", "--for", "1h"], "one of --rule, --actor, --outlet, --alert"),
        (["expire", "nothing"], "no silence has the id 'nothing'"),
    ],
)
def test_wrong_silences(tmp_path: Path, words: list[str], said: str):
    done = newswatch("silence", *words, "--index", f"sqlite:///{tmp_path}/x.db")
    assert done.code == 2
    assert said in done.complaint
