"""The YAML list of feeds, and what a user can get wrong in it."""

import json
from pathlib import Path

import pytest

from schemas.errors import BadFile
from schemas.feedlist import LOGIN, address_fault, load_feeds
from schemas.feeds import Feed


def written(folder: Path, text: str) -> Path:
    path = folder / "feeds.yaml"
    path.write_text(text, "utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        load_feeds(written(folder, text))
    return [f"{problem.line}: {problem.reason}" for problem in caught.value.problems]


def test_a_list_of_both_kinds(tmp_path: Path):
    text = """
version: 3
note: what we read
feeds:
  - https://one.example/rss
  - url: http://two.example/atom
    outlet: Two
    language: en-GB
    groups: [world, wire]
"""
    assert load_feeds(written(tmp_path, text)) == (
        Feed(url="https://one.example/rss"),
        Feed(url="http://two.example/atom", outlet="Two", language="en-GB", groups=("world", "wire")),
    )


def test_files_are_relative_to_the_list(tmp_path: Path):
    urls = [feed.url for feed in load_feeds(written(tmp_path, "feeds: ['file:a/b.xml', 'file:///c.xml']"))]
    assert urls == [(tmp_path / "a" / "b.xml").as_uri(), "file:///c.xml"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("feeds: []", "1: feeds: no feed is named"),
        ("feeds:\n- ftp://a.example/", "2: url: 'ftp://a.example/' is no address of a feed"),
        ("feeds:\n- www.a.example/rss", "2: url: 'www.a.example/rss' is no address of a feed"),
        ("feeds:\n- url: http://\n", "2: url: 'http://' names no host"),
        ("feeds:\n- http://a.example:port/", "2: url: 'http://a.example:port/' is no address"),
        ("feeds:\n- http://a.example/x y", "2: url: 'http://a.example/x y' has a blank in it"),
        ("feeds:\n- url: http://a/\n  outlt: A", "3: unknown key 'outlt': did you mean 'outlet'?"),
        ("feeds:\n- url: http://a/\n  language: English", "3: language 'English': a language such as"),
        ("feeds:\n- outlet: A", "2: 'url' is missing"),
        ("feed:\n- http://a/", "1: unknown key 'feed': did you mean 'feeds'?"),
        ("- http://a/", "1: the file:"),
        ("", "1: the file:"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, expected: str):
    assert any(fault.startswith(expected) for fault in faults(tmp_path, text))


@pytest.mark.parametrize(
    "url",
    [
        "https://user:s3cret@a.example/rss",
        "https://s3cret@a.example/rss",
        "HTTPS://user:s3cret@a.example:port/",
        "https://user:s3cret/@a.example/",
        "https://user:s3cret@[a/",
        "http:/user:s3cret@a.example/",
        "ht\ttps://user:s3cret@a.example/",
        "user:s3cret@a.example/rss",
        "ftp://user:s3cret@a.example/rss",
        "file://user:s3cret@a.example/rss",
    ],
)
def test_a_login_is_refused_and_not_repeated(tmp_path: Path, url: str):
    assert address_fault(url) == LOGIN
    assert faults(tmp_path, f"feeds:\n- url: {json.dumps(url)}") == [f"2: url: {LOGIN}"]


@pytest.mark.parametrize(
    "url", ["https://a.example/@b/rss", "https://a.example?q=b@c", "https://a.example#@", "file:a@b.xml", "file:///a@b"]
)
def test_an_at_sign_elsewhere_is_no_login(url: str):
    assert address_fault(url) == ""


def test_a_feed_that_stands_there_twice(tmp_path: Path):
    text = "feeds:\n- https://a.example/rss\n- https://b.example/\n- url: HTTPS://A.example/rss\n"
    assert faults(tmp_path, text) == ["4: HTTPS://A.example/rss stands here twice, first on line 2"]


def test_no_such_file(tmp_path: Path):
    with pytest.raises(BadFile, match="no such file"):
        load_feeds(tmp_path / "none.yaml")
