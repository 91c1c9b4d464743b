"""What a user can name as feeds."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import BadFile, UserError
from schemas.feeds import Feed
from transforms.feeds.opml import feeds_of
from transforms.feeds.sources import feeds_from

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
  <outline text="World">
    <outline text="Agencies" title="Agencies">
      <outline type="rss" text="One" title="One &amp; Only" xmlUrl="https://one.example/rss" htmlUrl="https://one.example"/>
    </outline>
    <outline type="rss" text="Two" xmlUrl="feed://two.example/atom" language="en-US"/>
  </outline>
  <outline text="Again"><outline type="rss" text="Other name" xmlurl="https://ONE.example/rss"/></outline>
  <outline text="Three" xmlUrl="feed:http://three.example/rss?a=1&b=2"/>
  <outline text="A note without a feed"/>
</body></opml>"""
SHARED = Path(__file__).parents[3] / "shared" / "data" / "rss_opml"


def written(folder: Path, body: str | bytes, name: str = "list") -> str:
    path = folder / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return str(path)


def test_opml_folders_become_groups(tmp_path: Path):
    assert feeds_from(written(tmp_path, OPML)) == (
        Feed(url="https://one.example/rss", outlet="One & Only", groups=("World", "Agencies", "Again")),
        Feed(url="https://two.example/atom", outlet="Two", language="en-us", groups=("World",)),
        Feed(url="http://three.example/rss?a=1&b=2", outlet="Three"),
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_opml_in_other_encodings(tmp_path: Path, encoding: str):
    assert len(feeds_from(written(tmp_path, OPML.encode(encoding)))) == 3


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (OPML.replace("<opml", "<!DOCTYPE opml [<!ENTITY a 'b'>]><opml"), ":2: a document type"),
        (OPML.replace("<opml", "<!DOCTYPE opml SYSTEM 'file:///etc/passwd'><opml"), ":2: a document type"),
        (OPML.replace("https://one", "https://u:s3cret@one"), ":5: an address with a user name or password"),
        (OPML.replace("</body>", ""), ":12: not XML: mismatched tag"),
        ("<opml><body><outline text='Empty'/></body></opml>", ": no feed in this list"),
        (OPML.replace("https://one", "ftp://one"), ":5: 'ftp://one.example/rss' is no address of a feed"),
        (OPML.replace("https://one.example", "file:///etc"), ":5: 'file:///etc/rss' is no web address"),
        ("", ": empty"),
        (" \n", ": empty"),
        ("<!doctype html><html><title>Sign in</title>", ": an HTML page, not a feed: 'Sign in'"),
        ("<note/>", ": not a feed"),
        ("feeds: [", "not YAML"),
        ("just words", "the file"),
    ],
)
def test_files_that_are_no_list_of_feeds(tmp_path: Path, body: str, reason: str):
    with pytest.raises(BadFile) as caught:
        feeds_from(written(tmp_path, body))
    assert reason in str(caught.value)


def test_one_feeds_file_and_one_feeds_address(tmp_path: Path):
    name = written(tmp_path, "<rss><channel><item><link>http://a/</link></item></channel></rss>", "one.xml")
    assert feeds_from(name) == (Feed(url=Path(name).as_uri()),)
    assert feeds_from("https://one.example/rss") == (Feed(url="https://one.example/rss"),)


def test_a_yaml_list(tmp_path: Path):
    assert feeds_from(written(tmp_path, "feeds: [https://one.example/]")) == (Feed(url="https://one.example/"),)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("nowhere.yaml", "nowhere.yaml: no such file"),
        ("www.news.example/rss", "that begins with http"),
        ("ftp://news.example/rss", "no address of a feed"),
        ("http://", "names no host"),
        ("https://user:s3cret@news.example/rss", "^an address with a user name or password before its host"),
        ("\0", "null"),
    ],
)
def test_names_that_lead_nowhere(source: str, reason: str):
    with pytest.raises(UserError, match=reason):
        feeds_from(source)


def test_a_folder_is_no_list(tmp_path: Path):
    with pytest.raises(BadFile, match="directory"):
        feeds_from(str(tmp_path))


PIECES = [
    "<opml>",
    "<outline text='",
    "xmlUrl='",
    "http://a.example/",
    "'>",
    "</outline>",
    "&a;",
    "<!DOCTYPE x",
    "<![CDATA[",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=20).map("".join))
def test_any_text_is_a_list_or_a_bad_file(text: str):
    try:
        feeds = feeds_of(text, Path("list"))
    except BadFile as e:
        assert e.problems
    else:
        assert all(feed.url.startswith("http") for feed in feeds)


@pytest.mark.acceptance
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/rss_opml is not here")
def test_lists_that_people_keep():
    broken = {"Russia.opml"}  # a quotation mark within quotation marks, on line 20
    lists = [feeds_from(str(path)) for path in sorted(SHARED.rglob("*.opml")) if path.name not in broken]
    assert min(len(feeds) for feeds in lists) > 0
    assert sum(len(feeds) for feeds in lists) > 250
    with pytest.raises(BadFile, match=r"Russia\.opml:20: not XML"):
        feeds_from(str(next(SHARED.rglob("Russia.opml"))))
