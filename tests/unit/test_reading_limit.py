"""A text that would be read for ever: it is cut off, and only itself is lost."""

import re
import signal
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest

from schemas.articles import Article
from schemas.failures import Rejected
from tests.fakes.records import NOON
from transforms.reading.each import read_each
from transforms.reading.limit import allowed, within


def made(text: str) -> Article:
    return Article(id=text[:20], url="https://post.test/1", text=text, text_from="page", language="en", seen=NOON)


def test_what_takes_too_long_is_cut_off_and_what_does_not_is_not():
    with within(5):
        pass
    began = time.monotonic()
    with pytest.raises(Rejected, match=r"unreadable: reading it took longer than 0 s"), within(0.05):
        re.fullmatch(r"(a|aa)+", "a" * 60 + "b")
    assert time.monotonic() - began < 3
    assert signal.getitimer(signal.ITIMER_REAL)[1] != 1.0, "the timer is as it was before"


def test_a_thread_that_is_not_the_main_one_has_no_such_timer():
    done: list[int] = []

    def sleep() -> None:
        with within(0.01):
            time.sleep(0.05)
            done.append(1)

    thread = threading.Thread(target=sleep)
    thread.start()
    thread.join()
    assert done == [1]


def test_longer_texts_may_take_longer():
    assert allowed([made("word " * 400), made("")]) == 31
    assert allowed([], 2) == 2


def hangs_over(word: str) -> Any:
    """A reader whose model never ends over such a word, and fails over all others."""

    def pipe(texts: Any, **_: Any) -> Any:
        if any(word in text for text in texts):
            time.sleep(60)
        raise ValueError("read")

    return SimpleNamespace(model=SimpleNamespace(nlp=SimpleNamespace(pipe=pipe)), matcher=None)


def test_only_the_article_that_hangs_is_lost():
    articles = [made(name) for name in ("one", "endless", "two")]
    began = time.monotonic()
    found = {article.id: result for article, result in read_each(hangs_over("endless"), articles, base_s=0.2)}
    assert time.monotonic() - began < 5
    assert isinstance(found["endless"], Rejected)
    assert isinstance(found["one"], ValueError)
    assert isinstance(found["two"], ValueError)
