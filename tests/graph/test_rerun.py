"""What a pass kept of the web gives the same records again, with nobody there to be asked."""

from pathlib import Path

from tests.fakes.commands import newswatch
from tests.fakes.desk import CONFIG, open_desk

KEPT = CONFIG + '[archive]\nfolder = "{folder}/archive"\n'


def texts(found: list[dict]) -> set[tuple[str, str, str]]:
    return {(document["id"], document["url"], document["text"]) for document in found}


def test_passes_are_run_again_from_their_archive(tmp_path: Path):
    with open_desk(tmp_path) as desk:
        desk.run("/rss", "/html", config=KEPT)
        desk.links[:] = [f"{desk.base}/3"]  # the first two have left the feed
        desk.run("/rss", "/html", config=KEPT)
        before = newswatch("search", "ferry", "--config", desk.folder / "c.toml", "--json").json
        alerts = desk.records("alerts")
        args = desk.args("/rss", "/html", config=CONFIG)[1:]
    assert len(before) == 3
    index = ("--index", f"sqlite:///{tmp_path / 'again.db'}")
    done = newswatch("rerun", tmp_path / "archive", *args, *index, "--json")
    assert (done.code, done.json[0]["passes"]) == (0, 2)
    assert done.json[0]["counts"]["index"] == {"ok": 3}
    assert done.json[0]["counts"]["poll"] == {"ok": 2, "bad-feed": 2}
    assert "Ann" not in done.err  # no channel was told
    again = newswatch("search", "ferry", *index, "--json").json
    assert texts(again) == texts(before)
    assert {a["id"] for a in newswatch("alerts", *index, "--json").json} == {a["id"] for a in alerts}


def test_an_archive_that_is_not_there(tmp_path: Path):
    (tmp_path / "feeds.yaml").write_text("feeds: [https://news.example/rss]\n")
    done = newswatch("rerun", tmp_path, "--feeds", tmp_path / "feeds.yaml")
    assert (done.code, "no archive" in done.complaint) == (2, True)
