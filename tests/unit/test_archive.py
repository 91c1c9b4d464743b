"""What the web answered is kept as it was, and given again without the web."""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from schemas.articles import Reply
from schemas.errors import UserError
from tests.fakes.web import Answer, FakeWeb, reply
from transforms.clients.archive import Archived, Archiving, hops, passes_of
from transforms.protocols import WebError

URL = "https://news.example/a"
PAGE = reply(URL, "<p>Ärger – “so”.</p>".encode(), content_type="text/html; charset=utf-8", etag='"1"')
Keep = Callable[..., None]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    def kept(answers: dict[str, Answer | list[Answer]], *urls: str, run: str = "20250217T120000-aaaa") -> None:
        with contextlib.closing(Archiving(FakeWeb(answers), str(tmp_path), run)) as web:
            for url in urls:
                with contextlib.suppress(WebError):
                    web.get(url, max_bytes=1000)

    return kept


def given_again(folder: Path, url: str, number: int = 0, round_: int = 0) -> Reply:
    return Archived(passes_of(folder), number, round_).get(url, max_bytes=1000)


def same(found: Reply, kept: Reply) -> bool:
    without_length = tuple(pair for pair in found.headers if pair[0] != "content-length")
    return (found.url, found.status, found.body, found.permanent_url, without_length) == (
        kept.url,
        kept.status,
        kept.body,
        kept.permanent_url,
        kept.headers,
    )


def test_an_answer_is_given_as_it_was(keep: Keep, tmp_path: Path):
    refused = reply("https://news.example/b", b"no", 403, cf_mitigated="challenge")
    keep({URL: PAGE, refused.url: refused}, URL, refused.url)
    assert same(given_again(tmp_path, URL), PAGE)
    assert same(given_again(tmp_path, refused.url), refused)


@pytest.mark.parametrize(("end", "permanent"), [(f"{URL}/c", ""), (f"{URL}/c", f"{URL}/c"), (f"{URL}/c", f"{URL}/b")])
def test_redirects_are_given_too(keep: Keep, tmp_path: Path, end: str, permanent: str):
    moved = reply(end, b"there", permanent_url=permanent)
    keep({URL: moved}, URL)
    assert same(given_again(tmp_path, URL), moved)
    assert len(hops(URL, moved)) == (3 if permanent.endswith("b") else 2)


def test_what_says_nothing_is_not_kept(keep: Keep, tmp_path: Path):
    silent = "https://silent.example/"
    keep({URL: [PAGE, reply(URL, status=304)], silent: WebError("unreachable", "no answer")}, URL, URL, silent)
    assert same(given_again(tmp_path, URL, round_=1), PAGE)
    with pytest.raises(WebError, match="not in the archive"):
        given_again(tmp_path, silent)


def test_each_pass_and_round_has_its_own_answers(keep: Keep, tmp_path: Path):
    one, two, three = (reply(URL, body) for body in (b"1", b"2", b"3"))
    other = reply("https://news.example/other", b"other")
    keep({URL: [one, two]}, URL, URL)
    keep({URL: three, other.url: other}, URL, other.url, run="20250218T120000-bbbb")
    first, second = passes_of(tmp_path)
    assert (first.rounds([URL]), second.rounds([URL]), first.rounds([])) == (2, 1, 0)
    assert [given_again(tmp_path, URL, 0, k).body for k in range(3)] == [b"1", b"2", b"2"]
    assert given_again(tmp_path, URL, 1).body == b"3"
    assert given_again(tmp_path, other.url, 0).body == b"other"  # asked for in another pass


def test_a_pass_that_was_killed_gives_what_it_kept_whole(keep: Keep, tmp_path: Path):
    keep({URL: PAGE, "https://news.example/b": PAGE}, URL, "https://news.example/b")
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for cut in range(len(whole) - 200, len(whole), 10):
        file.write_bytes(whole[:cut])
        assert same(given_again(tmp_path, URL), PAGE)


def test_other_programs_read_it(keep: Keep, tmp_path: Path):
    keep({URL: PAGE}, URL)
    (file,) = tmp_path.iterdir()
    with file.open("rb") as opened:
        records = ArchiveIterator(opened, check_digests="raise")
        kinds = [record.rec_type for record in records if record.content_stream().read()]
    assert kinds == ["warcinfo", "response"]


def test_many_threads_keep_whole_records(keep: Keep, tmp_path: Path):
    urls = [f"https://news.example/{n}" for n in range(200)]
    web = Archiving(FakeWeb({url: reply(url, url.encode() * 20) for url in urls}), str(tmp_path), "run")
    with contextlib.closing(web), ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda url: web.get(url, max_bytes=10_000), urls))
    found = Archived(passes_of(tmp_path), 0)
    assert all(found.get(url, max_bytes=10_000).body == url.encode() * 20 for url in urls)


def test_addresses_and_headers_beyond_ascii(keep: Keep, tmp_path: Path):
    start, end = "https://news.example/новости", "https://news.example/später?q=ä#ü"
    keep({start: reply(end, b"there", permanent_url=end, x_by="Ångström;é=0")}, start)
    found = given_again(tmp_path, start)
    assert (found.body, found.url) == (b"there", "https://news.example/sp%C3%A4ter?q=%C3%A4#%C3%BC")
    assert (found.permanent_url, found.header("x-by")) == (found.url, "?ngstr?m;?=0")
    assert passes_of(tmp_path)[0].rounds([start]) == 1


def test_an_archive_that_is_none(tmp_path: Path):
    with pytest.raises(UserError, match="no archive"):
        passes_of(tmp_path)
    (tmp_path / "file").write_text("")
    web = Archiving(FakeWeb({URL: PAGE}), str(tmp_path / "file"), "run")
    with pytest.raises(UserError, match=r"archive\.folder"):
        web.get(URL, max_bytes=1000)


def test_what_is_too_large_stays_so(keep: Keep, tmp_path: Path):
    keep({URL: PAGE}, URL)
    with pytest.raises(WebError, match="too-large"):
        Archived(passes_of(tmp_path), 0).get(URL, max_bytes=5)


@given(st.binary(max_size=300), st.integers(100, 599), st.text(st.characters() | st.sampled_from(';=,"é'), max_size=30))
def test_any_answer_is_given_as_it_was(tmp_path_factory: pytest.TempPathFactory, body: bytes, status: int, value: str):
    folder = tmp_path_factory.mktemp("archive")
    answer = Reply(url=URL, status=status, headers=(("x-any", value),), body=body)
    with contextlib.closing(Archiving(FakeWeb({URL: answer}), str(folder), "run")) as web:
        web.get(URL, max_bytes=1000)
    if status in {301, 302, 303, 304, 307, 308}:
        return
    found = given_again(folder, URL)
    assert (found.status, found.body) == (status, body)
