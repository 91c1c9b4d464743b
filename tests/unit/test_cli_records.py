"""The commands that ask the index: tables for people, lines of JSON for programs, one line for what is wrong."""

import contextlib
import datetime as dt
import re
from pathlib import Path

import pytest

from pipelines.commands import moment
from schemas.documents import Document, Span, When
from schemas.settings import Settings
from schemas.statements import Addressee, Occasion
from tests.fakes.commands import make_failure, newswatch, small_index
from tests.fakes.records import NOON, make_document, make_speaker, make_statement
from transforms.clients.opening import open_ledger

UNKNOWN = (
    "no actor has the id 'marta-veldn', neither on the bundled watchlist (--watchlist names another) nor in the index:"
    " did you mean 'marta-velden'?"
)

COMMANDS = {
    "statements": 4,
    "mentions": 1,
    "events": 2,
    "alerts": 1,
    "search ferry": 1,
    "failures": 2,
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    return small_index(tmp_path_factory.mktemp("index") / "x.db")


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_an_object_a_line(command: str, index: str) -> None:
    done = newswatch(*command.split(), "--json", "--index", index)
    assert (done.code, done.err) == (0, "")
    assert len(done.json) == COMMANDS[command]


@pytest.mark.parametrize("command", COMMANDS)
def test_table_has_a_head(command: str, index: str) -> None:
    done = newswatch(*command.split(), "--index", index)
    assert (done.code, done.err) == (0, "")
    assert ("───" in done.out) is (command != "search ferry")


def test_an_address_stands_whole_on_a_line_of_its_own(tmp_path: Path) -> None:
    url = f"https://post.example/{'long/' * 40}end"
    found = newswatch("search", "sloop", "--index", small_index(tmp_path / "x.db", [make_sloop(url)]))
    assert f"\n  {url}\n" in found.out
    assert found.out.startswith("2025-02-16 · The Post\n  ")


def make_sloop(url: str) -> Document:
    return make_document(id="d8", text="A sloop.", url=url, published=NOON)


@pytest.mark.parametrize("command", [*COMMANDS, "mentions --uncertain", "actors"])
def test_nothing_from_the_web_commands_the_terminal(command: str, index: str) -> None:
    done = newswatch(*command.split(), "--index", index)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", done.out)


def test_markup_and_emoji_stay_as_they_are_written(index: str) -> None:
    assert "[bold]markup[/bold] :smile: end" in newswatch("search", "strange", "--index", index).out


def test_json_has_no_character_that_a_terminal_obeys_or_a_reader_breaks_lines_at(index: str) -> None:
    done = newswatch("statements", "--json", "--index", index)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", done.out)
    assert any("\x9b2J\u202eevil" in record["text"] for record in done.json)  # and nothing is lost


def texts(done_json: list[dict[str, str]]) -> set[str]:
    return {record["text"] for record in done_json if "\x1b" not in record["text"]}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("--by marta-velden", {"We will come."}),
        ("--by Velden", {"We will come."}),
        ("--about marta-velden", {"She is late."}),
        ("--by ekberg --about marta-velden", {"She is late."}),
        ("--by nobody", set()),
        ("--by keith-kellogg", set()),
    ],
)
def test_statements_by_and_about(asked: str, found: set[str], index: str) -> None:
    assert texts(newswatch("statements", *asked.split(), "--json", "--index", index).json) == found


def test_statements_of_an_outlet(index: str) -> None:
    done = newswatch("statements", "--outlet", "The Gannet", "--json", "--index", index)
    assert texts(done.json) == {"She is late.", "The ferry stays."}


def test_to_whom_where_and_when_stand_under_who_said_it(tmp_path: Path) -> None:
    document = make_document(id="d4")
    told = make_statement(
        document,
        "We sail.",
        make_speaker("Bo Ekberg"),
        addressee=Addressee(start=0, end=9, text="reporters", name="reporters"),
        occasion=Occasion(start=3, end=8, text="a rally", type="event"),
        place=Span(start=9, end=15, text="Halvik"),
        time=When(start=20, end=29, text="on Sunday", date="2025-02-16", precision="day"),
    )
    index = small_index(tmp_path / "told.db", [told])
    shown = " ".join(newswatch("statements", "--by", "Ekberg", "--index", index).out.split())
    assert "to reporters," in shown
    assert "a rally" in shown
    (found,) = (r for r in newswatch("statements", "--json", "--index", index).json if r["text"] == "We sail.")
    assert (found["occasion"]["type"], found["time"]["date"]) == ("event", "2025-02-16")


@pytest.mark.parametrize(
    "text", ["2025-02-16", "20250216", "2025-02-16T00:00:00Z", "2025-02-16 00:00", "2025-02-16T02:00:00+02:00", "0s"]
)
def test_a_moment_in_every_common_form(text: str) -> None:
    day = dt.datetime(2025, 2, 16, tzinfo=dt.timezone.utc)
    assert moment(text, now=day) == day


def test_since_bounds_what_was_seen(index: str) -> None:
    assert newswatch("statements", "--since", f"{NOON:%Y-%m-%d}", "--json", "--index", index).json
    assert not newswatch("statements", "--since", "2025-03-01", "--json", "--index", index).json
    assert not newswatch("statements", "--since", "24h", "--json", "--index", index).json


def test_newest_published_stand_first_and_undated_ones_last(index: str) -> None:
    out = newswatch("statements", "--index", index).out
    assert out.index("She is late.") < out.index("We will come.") < out.index("undated")


def test_a_limit_tells_how_much_more_there_is(index: str) -> None:
    assert newswatch("statements", "--limit", "3", "--index", index).err == "1 more: --limit 4 shows all\n"
    assert newswatch("statements", "--limit", "4", "--index", index).err == ""


def test_mentions_that_are_not_sure_only_where_asked_for(index: str) -> None:
    assert [m["actor"] for m in newswatch("mentions", "--json", "--index", index).json] == ["marta-velden"]
    both = newswatch("mentions", "--uncertain", "--json", "--index", index).json
    assert {m["actor"] for m in both} == {"marta-velden", "ivo-karst"}
    assert not newswatch("mentions", "ivo-karst", "--json", "--index", index).json
    assert "ivo-karst (?)" in newswatch("mentions", "ivo-karst", "--uncertain", "--index", index).out


def test_events_by_type_and_actor(index: str) -> None:
    assert [e["type"] for e in newswatch("events", "--type", "travel", "--json", "--index", index).json] == ["travel"]
    assert len(newswatch("events", "--actor", "ivo-karst", "--json", "--index", index).json) == 2
    (line,) = (line for line in newswatch("events", "--index", index).out.splitlines() if "travel (planned)" in line)
    assert ("2025-02-16" in line, "The Gannet" in line) == (True, True)


def test_alerts_of_a_rule(index: str) -> None:
    assert len(newswatch("alerts", "--rule", "talks", "--json", "--index", index).json) == 1
    assert "Nothing found." in newswatch("alerts", "--rule", "statements", "--index", index).out


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "w.yaml").write_text("actors:\n  - {id: ann-ash, name: Ann Ash}\n  - {id: ferry, name: Fay Ferry}\n")
    (folder / "r.yaml").write_text("rules:\n  - {id: often, when: mention}\n")
    return ["--watchlist", str(folder / "w.yaml"), "--rules", str(folder / "r.yaml")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("alerts --actor marta-velden", 1),  # of the index alone
        ("alerts --actor ann-ash", 0),  # of the watchlist alone
        ("alerts --rule often", 0),
        ("statements --by ferry", 0),  # an id of the list, though it looks like a word
        ("statements --about ferry", 0),
        ("events --actor ferry", 0),
        ("events --actor nobody", 0),  # words of a name
        ("counts alerts --actor ann-ash", 0),
        ("counts alerts --type talks", 1),
    ],
)
def test_who_is_on_the_list_or_in_the_index_can_be_asked_for(
    asked: str, found: int, index: str, lists: list[str]
) -> None:
    takes = lists if asked.split(maxsplit=1)[0] in {"alerts", "counts"} else lists[:2]
    done = newswatch(*asked.split(), *takes, "--json", "--index", index)
    assert (done.code, len(done.json)) == (0, found)


def test_failures_of_a_reason(index: str) -> None:
    assert [f["reason"] for f in newswatch("failures", "--reason", "no-text", "--json", "--index", index).json] == [
        "no-text"
    ]


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        ("events --type meeting", "no event is of the type 'meeting': did you mean 'meet'?"),
        ("failures --reason no-txt", "no failure has the reason 'no-txt': did you mean 'no-text'?"),
        ("mentions --form nickname", "no mention is of the form 'nickname': did you mean 'name'?"),
        ("mentions marta", "no actor has the id 'marta', neither on the bundled watchlist (--watchlist names another)"),
        ("mentions marta-veldn", UNKNOWN),
        ("statements --by marta-veldn", UNKNOWN),
        ("statements --about marta-veldn", UNKNOWN),
        ("events --actor marta-veldn", UNKNOWN),
        ("alerts --actor marta-veldn", UNKNOWN),
        ("alerts --actor ferry", "no actor has the id 'ferry', "),  # a word of an alert is no actor
        ("counts mentions --actor marta-veldn", UNKNOWN),
        ("silence add --for 2h --actor marta-veldn", UNKNOWN),
        ("alerts --rule talk", "no rule has the id 'talk', neither in the default rules (--rules names others) nor am"),
        ("silence add --for 2h --rule talk", "no rule has the id 'talk', neither in the default rules (--rules names"),
        ("counts alerts --type talk", "no rule has the id 'talk', neither in the default rules (--rules names others"),
        ("counts statements --type drect", "no statement is of the kind 'drect': did you mean 'direct'?"),
        ("replay --reason xyzzy", "no failure has the reason 'xyzzy': bad-entry, "),
        ("statements --since yesterday", "--since 'yesterday': neither a date (2025-02-16) nor an age (24h, 7d)"),
        ("statements --since 999999w", "--since '999999w': neither"),
        ("statements --index sqlite:///nowhere/x.db", "nowhere/x.db: no such file (a first `newswatch run` makes it)"),
        ("statements --index mongo://h/x", "index.url: 'mongo://h/x' is neither sqlite:///PATH nor http(s)://HOST"),
        ("statements --config nope.toml", "nope.toml: no such file"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(args: str, complaint: str, index: str) -> None:
    done = newswatch(*args.split(), *([] if "--index" in args else ["--index", index]))
    assert done.code == 2
    assert done.complaint.startswith(complaint)


@pytest.mark.parametrize("words", ['"', "*", "AND OR NOT", "a:b", "-", "(", "\u202e", 'ferry "'])
def test_search_takes_whatever_is_typed(words: str, index: str) -> None:
    assert newswatch("search", "--json", "--index", index, "--", words).code == 0


def test_asking_makes_no_index(tmp_path: Path) -> None:
    done = newswatch("search", "ferry", "--index", f"sqlite:///{tmp_path / 'x.db'}")
    assert done.code == 2
    assert list(tmp_path.iterdir()) == []


def test_actors_are_shown_with_their_counts(index: str, tmp_path: Path) -> None:
    watchlist = tmp_path / "w.yaml"
    watchlist.write_text("actors:\n  - {id: marta-velden, name: Marta Velden}\n  - {id: x, name: Ann Ash}\n")
    found = newswatch("actors", "--watchlist", watchlist, "--json", "--index", index).json
    assert [(a["id"], a["mentions"], a["statements"]) for a in found] == [("marta-velden", 1, 1), ("x", 0, 0)]


def test_actors_are_shown_before_there_is_an_index(tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text(f'[index]\nurl = "sqlite:///{tmp_path / "x.db"}"\n')
    done = newswatch("actors", "--config", config)
    assert done.code == 0
    assert "keith-kellogg" in done.out
    assert "no counts: " in done.err
    assert newswatch("actors", "--config", config, "--json").json[0]["mentions"] is None


def test_counts_over_time(tmp_path: Path) -> None:
    moments = [NOON, NOON + dt.timedelta(days=2)]
    more = [make_failure(n, seen=moment) for n, moment in enumerate(moments, start=7)]
    url = small_index(tmp_path / "x.db", more)
    done = newswatch("counts", "failures", "--index", url, "--json")
    assert done.json == [
        {"since": "2025-02-16T00:00:00Z", "records": 3},
        {"since": "2025-02-17T00:00:00Z", "records": 0},
        {"since": "2025-02-18T00:00:00Z", "records": 1},
    ]
    asked = ("counts", "failures", "--type", "no-text", "--every", "hour", "--index", url)
    assert newswatch(*asked, "--json").json == [{"since": "2025-02-16T12:00:00Z", "records": 1}]
    assert "2025-02-16 12:00" in newswatch(*asked).out
    assert newswatch("counts", "statements", "--by", "nobody", "--index", url).out == "Nothing found.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "counts statments",
            "'statments' is none of documents, statements, mentions, events, alerts, failures, feeds: did",
        ),
        ("counts alerts --every year", "'year' is none of hour, day, week"),
        ("counts failures --type xyzzy", "no failure has the reason 'xyzzy'"),
    ],
)
def test_counts_of_what_is_none(index: str, words: str, said: str) -> None:
    done = newswatch(*words.split(), "--index", index)
    assert done.code == 2
    assert done.complaint.startswith(said)


def test_replay_takes_failed_entries_up_again(tmp_path: Path) -> None:
    url = small_index(tmp_path / "x.db", [make_failure(3, reason="bad-feed", entry="")])
    settings = Settings.model_validate({"index": {"url": url}})
    with contextlib.closing(open_ledger(settings)) as ledger, ledger.file.writing() as db:
        for entry in ("e1", "e2"):
            row = (entry, 0, "r", "failed", "{}")
            db.execute("INSERT INTO ledger_entries (id, seen, taken, state, body) VALUES (?, ?, ?, ?, ?)", row)
    assert newswatch("replay", "--reason", "no-text", "--json", "--index", url).json == [
        {"reopened": 1, "sent": 0, "refused": 0}
    ]
    assert newswatch("replay", "--index", url).out == "1 entry will be taken up by the next run\n"
    assert newswatch("replay", "--index", url).out == "0 entries will be taken up by the next run\n"


def test_a_terminal_that_is_not_utf8_gets_what_it_can_show(index: str) -> None:
    table = newswatch("statements", "--index", index, encoding="ascii")
    assert table.code == 0
    lines = newswatch("statements", "--json", "--index", index, encoding="ascii")
    assert lines.json == newswatch("statements", "--json", "--index", index).json
