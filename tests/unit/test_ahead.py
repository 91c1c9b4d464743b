"""Asking ahead of the passes: what is kept and given again, and hosts that hang."""

import threading
import time
from collections.abc import Iterator

import pytest

from pipelines.ahead import A_HOST, Ahead
from tests.fakes.web import FakeWeb, reply
from transforms.clients.replay import FAILED_S, ROBOTS_BYTES, ROBOTS_S, Answers, KeepsRobots, Recorder, Replayer
from transforms.protocols import WebError

PAGE = "https://post.test/1"
ROBOTS = "https://post.test/robots.txt"


def test_what_was_recorded_is_given_once_and_then_asked_for_anew():
    web, answers = FakeWeb({PAGE: [reply(PAGE, b"first"), reply(PAGE, b"second")]}), Answers()
    assert Recorder(web, answers).get(PAGE, max_bytes=99).body == b"first"
    assert answers.bytes == 5
    replayer = Replayer(web, answers)
    assert [replayer.get(PAGE, max_bytes=99).body for _ in range(2)] == [b"first", b"second"]
    assert answers.bytes == 0
    assert len(web.asked) == 2


def test_an_error_is_given_again_too():
    web, answers = FakeWeb({PAGE: [WebError("unreachable", "no answer"), reply(PAGE)]}), Answers()
    with pytest.raises(WebError):
        Recorder(web, answers).get(PAGE, max_bytes=99)
    with pytest.raises(WebError, match="no answer") as given:
        Replayer(web, answers).get(PAGE, max_bytes=99)
    assert given.value.kind == "unreachable"
    assert Replayer(web, answers).get(PAGE, max_bytes=99).status == 200


def test_what_is_asked_twice_counts_once():
    web, answers = FakeWeb({PAGE: reply(PAGE, b"12345")}), Answers()
    for _ in range(2):
        Recorder(web, answers).get(PAGE, max_bytes=99)
    assert answers.bytes == 5


def test_robots_are_asked_for_once_an_hour_and_sooner_where_they_failed():
    now = [0.0]
    web = FakeWeb({ROBOTS: [WebError("unreachable", "x"), reply(ROBOTS, b"a"), reply(ROBOTS, b"b")], PAGE: reply(PAGE)})
    answers = Answers()
    kept = Recorder(KeepsRobots(web, clock=lambda: now[0]), answers)
    for _ in range(2):
        with pytest.raises(WebError):
            kept.get(ROBOTS, max_bytes=99)
    now[0] = FAILED_S
    assert [kept.get(ROBOTS, max_bytes=99).body for _ in range(3)] == [b"a"] * 3
    now[0] += ROBOTS_S
    assert kept.get(ROBOTS, max_bytes=99).body == b"b"
    assert len(web.asked) == 3
    kept.get(PAGE, max_bytes=99)
    assert list(answers.of) == [PAGE]


def test_the_robots_of_many_hosts_take_bounded_memory():
    urls = [f"https://host{number}.example/robots.txt" for number in range(40)]
    web = FakeWeb({url: reply(url, b"#" * 1_000_000) for url in urls})
    kept = KeepsRobots(web, clock=lambda: 0.0)
    for url in urls:
        assert len(kept.get(url, max_bytes=1_000_000).body) == 1_000_000
    assert ROBOTS_BYTES / 2 < kept.known.bytes <= ROBOTS_BYTES
    for url in (urls[-1], urls[0]):
        kept.get(url, max_bytes=1_000_000)
    assert [url for url, _ in web.asked[len(urls) :]] == urls[:1]


@pytest.fixture
def released() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def ahead(hangs: threading.Event, asked: list[str], threads: int = 2) -> Ahead[str]:
    def ask(url: str) -> None:
        asked.append(url)
        if "hangs" in url:
            hangs.wait(20)
        if "broken" in url:
            raise ValueError(url)

    return Ahead(ask, str, str, threads)


def come(asking: Ahead[str], number: int) -> list[str]:
    found: list[str] = []
    end = time.monotonic() + 10
    while len(found) < number and time.monotonic() < end:
        found += asking.answered(99)
        time.sleep(0.005)
    return found


def test_a_host_that_hangs_holds_up_nobody_else(released: threading.Event):
    asking = ahead(released, [])
    others = [f"https://h{n}.test/{m}" for n in range(20) for m in range(3)]
    assert asking.start(["https://hangs.test/1", "https://hangs.test/2", *others]) == []
    assert sorted(come(asking, 60)) == sorted(others)
    released.set()
    assert sorted(come(asking, 2)) == ["https://hangs.test/1", "https://hangs.test/2"]
    asking.close()


def test_hosts_that_hung_the_last_time_share_threads_of_their_own(released: threading.Event):
    asking = ahead(released, [])
    slow = [f"https://hangs{n}.test/1" for n in range(9)]
    asking.slow = {url.split("/")[2] for url in slow}
    asking.start([*slow, "https://quick.test/1"])
    assert come(asking, 1) == ["https://quick.test/1"]
    asking.close()


def test_one_host_is_asked_one_thing_at_a_time_in_order(released: threading.Event):
    asked: list[str] = []
    asking = ahead(released, asked, threads=4)
    urls = [f"https://one.test/{n}" for n in range(A_HOST)]
    asking.start(urls)
    assert come(asking, A_HOST) == urls == asked
    asking.close()


def test_what_is_under_way_is_not_started_again_until_it_is_finished(released: threading.Event):
    asked: list[str] = []
    asking = ahead(released, asked)
    asking.start(["https://a.test/1"])
    assert come(asking, 1) == ["https://a.test/1"]
    assert asking.start(["https://a.test/1"]) == []
    assert asking.answered(9) == []
    assert asked == ["https://a.test/1"]
    assert asking.going() == {"https://a.test/1"}
    asking.finish(["https://a.test/1"])
    asking.start(["https://a.test/1"])
    assert come(asking, 1) == ["https://a.test/1"]
    asking.close()


def test_a_host_with_enough_to_do_gets_no_more(released: threading.Event):
    asking = ahead(released, [])
    urls = [f"https://hangs.test/{n}" for n in range(30)]
    left = asking.start(urls)
    assert len(left) in {30 - A_HOST, 29 - A_HOST}  # one may be under way already
    assert asking.start(left[:3]) == left[:3]
    asking.close()


def test_an_error_of_our_own_is_an_answer_too(released: threading.Event):
    asking = ahead(released, [])
    asking.start(["https://broken.test/1", "https://broken.test/2"])
    assert len(come(asking, 2)) == 2
    asking.close()


def test_an_answer_that_comes_unasked_is_kept_unless_the_thing_is_being_asked():
    hold, kept = threading.Event(), []
    ahead: Ahead[str] = Ahead(lambda _: hold.wait(5), str, lambda name: f"https://{name}.test/", 2)
    ahead.start(["a"])
    assert not ahead.give("a", lambda: kept.append("a"))
    assert ahead.give("b", lambda: kept.append("b"))
    assert (kept, ahead.answered(9)) == (["b"], ["b"])
    hold.set()
    ahead.close()
