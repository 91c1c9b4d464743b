"""`newswatch run` on what users and publishers get wrong: the rest goes on, and one line says what."""

import time

import pytest

from tests.conftest import ROOT
from tests.fakes.commands import newswatch
from tests.fakes.desk import RULES, Desk

CHANNELS = """
channels:
  - {id: console, console: true, group_by: story, group_wait: 1h}
  - {id: mail, jsonl: mail.jsonl, digest: {every: 52w}}
"""


def test_a_feed_is_read_indexed_and_told(desk: Desk) -> None:
    (desk.folder / "r.yaml").write_text(RULES.replace("[console]", "[console, mail]") + CHANNELS)
    done = desk.run("/rss")
    (report,) = done.json
    assert done.code == 0
    assert report["to_mend"] == []
    assert report["counts"]["fetch"] == {"ok": 2}
    assert report["counts"]["notify"] == {"ok": 2}, "a pass waits for no group"
    assert [(w["channel"], w["notices"], w["why"]) for w in report["waiting"]] == [("mail", 2, "the digest")]
    assert "2 notices wait for mail until 20" in done.err
    assert len([line for line in done.err.splitlines() if line.startswith("ALERT Ann")]) == 2
    assert {m["actor"] for m in desk.records("mentions")} == {"ann-ash"}
    assert {s["speaker"]["actor"] for s in desk.records("statements") if "waited" in s["text"]} == {"ann-ash"}
    assert len(desk.records("alerts")) == 2


def test_what_is_used_where_the_user_gives_none_is_told(desk: Desk) -> None:
    args = ["run", "--feeds", desk.feeds("/rss"), "--config", desk.config(), "--json"]
    done = newswatch(*args)
    assert done.code == 0
    assert [line.partition(":")[0] for line in done.err.splitlines()] == ["no --watchlist", "no --rules"]


def test_a_second_run_tells_nothing_twice_and_a_third_only_what_is_new(desk: Desk) -> None:
    desk.run("/rss")
    again = desk.run("/rss")
    assert (again.code, again.err) == (0, "")
    assert "read" not in again.json[0]["counts"]
    desk.links.append(f"{desk.base}/3")
    third = desk.run("/rss")
    assert third.json[0]["counts"]["read"] == {"ok": 1}
    assert third.err.count("ALERT") == 1


def test_a_bad_feed_or_page_costs_only_itself(desk: Desk) -> None:
    pages = ("/huge", "/hangs", "/breaks", "/nowhere", "/pdf")
    desk.links.extend(desk.base + page for page in pages)
    feeds = ("/rss", "/html", "/hangs", "/huge", "/breaks", "/gone", "/loop", "/nowhere", "http://127.0.0.1:1/rss")
    started = time.monotonic()
    done = desk.run(*feeds, "http://192.168.0.1/rss")
    assert time.monotonic() - started < 45
    assert done.code == 0
    assert done.json[0]["counts"]["read"] == {"ok": 2}
    failed = {(f["stage"], f["element"].removeprefix(desk.base), f["reason"]) for f in desk.records("failures")}
    assert failed == {
        ("poll", "/html", "bad-feed"),
        ("poll", "/hangs", "feed-unreachable"),
        ("poll", "/huge", "feed-too-large"),
        ("poll", "/breaks", "feed-unreachable"),
        ("poll", "/gone", "feed-gone"),
        ("poll", "/loop", "feed-moved-badly"),
        ("poll", "/nowhere", "feed-refused"),
        ("poll", "http://127.0.0.1:1/rss", "feed-unreachable"),
        ("poll", "http://192.168.0.1/rss", "forbidden-address"),
        ("extract", "/huge", "page-too-large"),
        ("extract", "/hangs", "page-unreachable"),
        ("extract", "/breaks", "page-unreachable"),
        ("extract", "/nowhere", "page-refused"),
        ("extract", "/pdf", "page-not-html"),
    }


def test_failed_feeds_are_told_in_the_report(desk: Desk) -> None:
    done = newswatch(*desk.args("/rss", "/html", "/gone"))
    assert done.code == 0
    assert "1 bad-feed, 1 feed-gone" in done.out
    assert "an HTML page, not a feed: 'The Post'" in done.out


def test_where_no_feed_can_be_read_the_user_must_act(desk: Desk) -> None:
    done = newswatch(*desk.args("/html", "/gone"))
    assert done.code == 3
    assert done.complaint == "to mend: no feed could be read"


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("feeds.yaml", None, "feeds.yaml: no such file"),
        ("feeds.yaml", "", "feeds.yaml: empty"),
        ("feeds.yaml", "feeds: []\n", "feeds.yaml:1: feeds: no feed is named"),
        ("feeds.yaml", "a: b: c\n", "feeds.yaml:1: not YAML: "),
        (
            "feeds.yaml",
            "feeds:\n  - url: https://a.b/\n    outlt: A\n",
            "feeds.yaml:3: unknown key 'outlt': did you mean",
        ),
        ("feeds.yaml", "<!doctype html><html><p>Not found</p></html>", "feeds.yaml: an HTML page, not a feed"),
        ("w.yaml", None, "w.yaml: no such file"),
        (
            "w.yaml",
            "actors:\n  - {id: a, name: A}\n  - {id: a, name: B}\n",
            "w.yaml:3: the id 'a' stands here a second",
        ),
        ("w.yaml", "actors:\n  - {id: a, name: A, alises: [B]}\n", "w.yaml:2: unknown key 'alises': did you mean 'al"),
        ("w.yaml", "- [\n", "w.yaml:2: not YAML: "),
        ("r.yaml", None, "r.yaml: no such file"),
        (
            "r.yaml",
            "rules:\n  - {id: r, when: mention, actors: [ann-hash]}\n",
            "r.yaml:2: nobody watches 'ann-hash': did",
        ),
        ("r.yaml", "rules:\n  - {id: r, whn: mention}\n", "r.yaml:2: "),
        ("c.toml", None, "c.toml: no such file"),
        ("c.toml", "x = = 1\n", "c.toml:1: not TOML: "),
        ("c.toml", "[network]\ntimout_s = 3\n", "c.toml:2: unknown key 'timout_s': did you mean 'timeout_s'?"),
    ],
)
def test_a_file_that_is_wrong_is_told_before_anything_runs(
    file: str, text: str | None, complaint: str, desk: Desk
) -> None:
    args = desk.args("/rss")
    if text is None:
        (desk.folder / file).unlink()
    else:
        (desk.folder / file).write_text(text)
    done = newswatch(*args)
    assert (done.code, done.out) == (2, "")
    first = done.err.splitlines()[0].removeprefix("newswatch: ")
    assert first.startswith(f"{desk.folder}/{complaint}")
    assert "Traceback" not in done.err
    assert not (desk.folder / "x.db").exists()


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("w.json", '{"actors": [\n', "w.json:2: not JSON: "),
        ("w.json", '{"actors": [{"id": "a"}]}', "w.json:1: 'name' is missing (number 1 of actors)"),
        ("w.csv", 'id,name\na,"b\n', "w.csv:2: not CSV: "),
        ("w.csv", "id,nme\na,b\n", "w.csv:2: "),
    ],
)
def test_watchlists_of_other_forms(name: str, text: str, complaint: str, desk: Desk) -> None:
    (desk.folder / name).write_text(text)
    done = newswatch(*desk.args("/rss"), "--watchlist", desk.folder / name)
    assert done.code == 2
    assert done.err.splitlines()[0].startswith(f"newswatch: {desk.folder}/{complaint}")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("--streaming", "newswatch run is one bounded pass: --streaming does not apply"),
        ("--bogus-option=3", "neither newswatch nor Beam has an option --bogus-option"),
        ("--watchlst w.yaml", "neither newswatch nor Beam has an option --watchlst: did you mean --watchlist?"),
        (
            "--direct_num_worker=2",
            "neither newswatch nor Beam has an option --direct_num_worker: did you mean --direct_n",
        ),
        ("--direct_num_workers=two", "Beam: argument --direct_num_workers: invalid int value: 'two'"),
        ("--runner=Bogus", "--runner: Unexpected pipeline runner: Bogus."),
        ("stray", "newswatch run does not know what to do with 'stray'"),
        ("--index mongo://h/x", "index.url: 'mongo://h/x' is neither sqlite:///PATH nor http(s)://HOST:PORT"),
        ("--index sqlite:///no/such/folder/x.db", "no/such/folder/x.db: there is no folder no/such/folder"),
        ("--index sqlite:///tests", "tests: a folder, not a file"),
        ("--index sqlite:///pyproject.toml", "pyproject.toml: is not an SQLite database"),
    ],
)
def test_arguments_that_are_wrong(words: str, complaint: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = newswatch(*desk.args("/rss"), *words.split())
    assert (done.code, done.out) == (2, "")
    assert done.complaint.startswith(complaint)


def test_a_server_that_does_not_answer_must_be_mended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder)
    done = newswatch(*desk.args("/rss"), "--index", "http://127.0.0.1:1")
    assert done.code == 3
    assert done.complaint.startswith("http://127.0.0.1:1: no answer")
