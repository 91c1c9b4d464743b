"""`newswatch feeds`: every feed with its state and why it is quiet; OPML out; the feeds of a site."""

import contextlib
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.feeds import FINE, Feed, FeedHealth, FeedState, Move, Rhythm
from schemas.settings import Settings
from tests.conftest import ROOT
from tests.fakes.commands import NASTY, newswatch
from tests.fakes.web import sends, serve
from transforms.clients.opening import open_index, open_ledger
from transforms.feeds.account import account
from transforms.feeds.opml import feeds_of, opml_of
from transforms.feeds.poll import Status

NOW = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)
DAY = dt.timedelta(days=1)
URL = "https://post.example/rss"
FEED = Feed(url=URL, outlet="The Post")
OK = FeedState(url=URL, status="ok", polled=NOW, changed=NOW, due=NOW, rhythm=Rhythm(a_day=12.0, newest=NOW))


def why(**changes: object) -> str:
    return account(FEED, replace(OK, **changes), NOW).why


def test_a_feed_that_brings_what_it_should_needs_no_words():
    assert why() == why(status="unchanged") == ""
    assert why(rhythm=Rhythm(a_day=12.0, newest=NOW - DAY / 2)) == ""


def test_why_a_feed_is_quiet():
    assert account(FEED, FeedState(url=URL), NOW).why == "never asked"
    assert why(status="refused", detail="HTTP 503", failures=4) == "HTTP 503 (4 polls in a row)"
    gone = why(status="gone", detail="HTTP 410", failures=1, barred=NOW + 7 * DAY)
    assert gone == "HTTP 410; left alone until 2025-02-24 12:00"
    assert why(rhythm=Rhythm(a_day=12.0, newest=NOW - 3 * DAY)) == "nothing new for 3 days; usually 12 items a day"
    assert why(rhythm=Rhythm(newest=NOW - 6 * DAY)) == "nothing new for 6 days"
    assert why(rhythm=Rhythm(a_day=0.1, newest=NOW - 6 * DAY)) == ""  # one in ten days is what it brings
    assert (
        why(move=Move(to="https://new.example/", since=NOW)) == "its server says that it moved to https://new.example/"
    )
    assert why(address="https://new.example/") == "asked at https://new.example/"
    assert "hid a change" in why(trusted=False)


@pytest.mark.parametrize("state", get_args(Status))
def test_every_state_is_documented_and_fine_or_dark(state: str):
    assert f"| `{state}` |" in (ROOT / "docs" / "reference.md").read_text("utf-8")
    assert account(FEED, replace(OK, status=state), NOW).is_dark == (state not in FINE)


def ledger(tmp_path: Path, *states: FeedState) -> str:
    url = f"sqlite:///{tmp_path / 'index.db'}"
    with contextlib.closing(open_ledger(Settings.model_validate({"index": {"url": url}}))) as opened:
        for state in states:
            opened.take(state, [], run="1")
    return url


DARK = FeedState(url="https://dark.example/rss", status="blocked", detail=f"HTTP 403: {NASTY}", failures=2)


def test_every_feed_of_the_ledger(tmp_path: Path):
    index = ledger(tmp_path, OK, DARK)
    told = newswatch("feeds", "--index", index, "--json").json
    assert [(line["url"], line["state"], line["items_a_day"], line["dark"]) for line in told] == [
        ("https://dark.example/rss", "blocked", None, True),
        (URL, "ok", 12.0, False),
    ]
    assert told[1]["changed"] == "2025-02-17T12:00:00Z"
    shown = newswatch("feeds", "--index", index)
    assert shown.code == 0
    assert "blocked" in shown.out
    assert "2 of 2 feeds: 1 blocked, 1 ok" in shown.err
    assert not set(shown.out + shown.err) & set("\x1b\x9b\x00\u202e")
    assert [line["url"] for line in newswatch("feeds", "--index", index, "--dark", "--json").json] == [DARK.url]


def test_a_feed_of_the_ledger_has_the_outlet_that_the_index_knows_and_its_line_is_not_folded(tmp_path: Path):
    state = replace(OK, status="refused", detail="HTTP 503", failures=4, changed=NOW - 400 * DAY)
    url = ledger(tmp_path, state)
    with contextlib.closing(open_index(Settings.model_validate({"index": {"url": url}}))) as index:
        index.prepare()
        index.write([FeedHealth(id="h", url=URL, outlet="The Daily Post", status="refused", seen=NOW)])
    assert [line["outlet"] for line in newswatch("feeds", "--index", url, "--json").json] == ["The Daily Post"]
    head, _, first, second, *_ = (line for line in newswatch("feeds", "--index", url).out.splitlines() if line.strip())
    assert head.split() == ["state", "what", "changed", "due", "a", "day", "why"]
    assert first.split()[:5] == ["refused", "The", "Daily", "Post", "2024-01-14"]
    assert URL in second


def test_the_feeds_of_a_list_those_never_asked_too(tmp_path: Path):
    (tmp_path / "feeds.yaml").write_text(f"feeds:\n  - url: {URL}\n    outlet: Post\n  - https://new.example/rss\n")
    args = ("feeds", "--index", ledger(tmp_path, OK, DARK), "--feeds", tmp_path / "feeds.yaml", "--json")
    assert [(line["url"], line["state"]) for line in newswatch(*args).json] == [
        (URL, "ok"),
        ("https://new.example/rss", "new"),
    ]


def test_nothing_is_made_where_nothing_is(tmp_path: Path):
    done = newswatch("feeds", "--index", f"sqlite:///{tmp_path / 'none.db'}")
    assert (done.code, "no feed has been asked yet" in done.complaint) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_the_list_as_opml_with_the_addresses_of_today(tmp_path: Path):
    moved = replace(OK, address="https://new.example/rss?a=1&b=2")
    out = tmp_path / "feeds.opml"
    assert newswatch("feeds", "--index", ledger(tmp_path, moved, DARK), "--opml", out).code == 0
    assert [feed.url for feed in feeds_of(out.read_text("utf-8"), out)] == [DARK.url, moved.address]
    assert newswatch("feeds", "--index", ledger(tmp_path, moved), "--opml", tmp_path / "no" / "x.opml").code == 3
    twin = FeedState(url=f"{URL}/", status="same", same_as=URL)
    done = newswatch("feeds", "--index", ledger(tmp_path, OK, twin, DARK), "--opml", out)
    assert "2 feeds written" in done.err
    assert [feed.url for feed in feeds_of(out.read_text("utf-8"), out)] == [DARK.url, URL]


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=12)
feeds = st.builds(
    Feed,
    url=names.map(lambda name: f"https://feeds.example/{name.encode().hex()}"),
    outlet=names | st.just(""),
    language=st.sampled_from(["", "en", "uk"]),
    groups=st.lists(names, max_size=3, unique=True).map(tuple),
)


@given(st.lists(feeds, min_size=1, max_size=6, unique_by=lambda feed: feed.url))
def test_a_list_written_as_opml_is_read_as_it_was(listed: list[Feed]):
    read = feeds_of(opml_of(listed), Path("list"))
    assert {(f.url, f.outlet, f.language, frozenset(f.groups)) for f in read} == {
        (f.url, f.outlet, f.language, frozenset(f.groups)) for f in listed
    }


def test_the_feeds_of_a_site(tmp_path: Path):
    (tmp_path / "c.toml").write_text('[network]\nallow = ["127.0.0.0/8"]\n')
    head = f"<html><head><link rel=alternate type=application/rss+xml href=/f title='{NASTY}'></head></html>"
    with serve({"/": sends(head.encode()), "/none": sends(b"<html>")}) as site:
        found = newswatch("feeds", "--find", f"{site}/", "--json", "--config", tmp_path / "c.toml")
        shown = newswatch("feeds", "--find", f"{site}/", "--config", tmp_path / "c.toml")
        none = newswatch("feeds", "--find", f"{site}/none", "--config", tmp_path / "c.toml")
        refused = newswatch("feeds", "--find", f"{site}/")
    assert [line["url"] for line in found.json] == [f"{site}/f"]
    assert "\x1b" not in shown.out
    assert (none.code, refused.code, "network.allow" in refused.complaint) == (3, 3, True)
