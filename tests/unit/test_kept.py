"""What stays open between passes."""

import pytest

from pipelines.kept import PREPARED_S, KeptIndex, keep, kept, kept_now, let_go
from schemas.errors import UserError
from tests.fakes.index import RefusingIndex, alert


def test_things_are_found_by_their_names_until_they_are_let_go():
    keep("watch 1 web", "thing")
    assert kept("watch 1 web") == kept_now(b"", "watch 1 web") == "thing"
    let_go("watch 1 web")
    let_go("watch 1 web")
    with pytest.raises(KeyError):
        kept("watch 1 web")


def test_an_index_stays_open_and_is_prepared_once_a_minute():
    now, inner, opened = [0.0], RefusingIndex(), []

    def open_index() -> RefusingIndex:
        opened.append(1)
        return inner

    index = KeptIndex(open_index, clock=lambda: now[0])
    for _ in range(3):
        index.prepare()
        assert index.write([alert("a1")])[0].error is None
        index.close()
    assert (inner.prepared, len(opened), inner.closed) == (1, 1, False)
    now[0] = PREPARED_S
    index.prepare()
    assert inner.prepared == 2
    index.end()
    assert inner.closed


def test_an_index_that_does_not_answer_at_first_is_opened_later():
    away = [True]

    def open_index() -> RefusingIndex:
        if away[0]:
            raise UserError("no answer", transient=True)
        return RefusingIndex()

    index = KeptIndex(open_index)
    for _ in range(2):
        with pytest.raises(UserError):
            index.prepare()
    away[0] = False
    index.prepare()
    index.end()
