"""Actions are sent in bounded requests, tried again while that may help, and answered one by one."""

import dataclasses as dc
import itertools
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codec import from_json, to_json
from tests.fakes.index import document
from transforms.index.batches import Action, Limits, batches, once_each
from transforms.index.documents import Cut
from transforms.index.refused import Refused, resend
from transforms.index.retry import ONCE, Retry, Waiting
from transforms.index.sending import CONFLICT, Reply, Sender, Unanswered
from transforms.index.sink import Sink, action_of, write

BUSY = Reply(429, type="es_rejected_execution_exception", reason="queue full", again=True)
GONE = Reply(0, type="no_answer", reason="reset", again=True)
TAKEN = Reply(201, "created")
BAD = Reply(400, type="document_parsing_exception", reason="not a date")
CLASH = Reply(409, type=CONFLICT, reason="is there")


@dataclass
class Clock:
    """Time that passes only where one sleeps."""

    time: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def waiting(self, chance: float = 1.0) -> Waiting:
        return Waiting(sleep=self.sleep, now=lambda: self.time, chance=lambda: chance)


@dataclass
class Server:
    """Answers each request by the next of its answers, the last for ever: a reply for all, or one an id."""

    answers: Sequence[Reply | Callable[[Action], Reply]]
    asked: list[list[str]] = field(default_factory=list)

    def post(self, actions: Sequence[Action]) -> list[Reply]:
        answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append([action.key[1] for action in actions])
        if isinstance(answer, Reply) and answer.type in {"no_answer", "busy"}:
            raise Unanswered(answer)
        return [answer if isinstance(answer, Reply) else answer(action) for action in actions]


def action(id_: str, place: int = 0, op: Any = "index", body: bytes = b"{}") -> Action:
    return Action(place, op, ("i", id_), b"{}", body)


def several(*ids: str, **made: Any) -> list[Action]:
    return [action(id_, place, **made) for place, id_ in enumerate(ids)]


def sent(server: Server, actions: Sequence[Action], clock: Clock | None = None, **rules: Any) -> list[Reply]:
    waiting = (clock or Clock()).waiting()
    replies = Sender(post=server.post, waiting=waiting, **rules).send(actions)
    return [replies[place] for place in range(len(actions))]


def test_only_what_was_refused_for_now_is_sent_again():
    server = Server([lambda a: {"b": BUSY, "c": BAD}.get(a.key[1], TAKEN), TAKEN])
    assert sent(server, several("a", "b", "c", "d")) == [TAKEN, TAKEN, BAD, TAKEN]
    assert server.asked == [["a", "b", "c", "d"], ["b"]]


def test_pauses_double_up_to_the_longest_and_end_with_the_attempts():
    clock, server = Clock(), Server([BUSY])
    assert sent(server, several("a"), clock, retry=Retry(attempts=6, total_s=99, first_s=1, most_s=5)) == [BUSY]
    assert clock.slept == [1, 2, 4, 5, 5]


def test_chance_shortens_a_pause_by_half_at_most():
    retry = Retry(attempts=4, first_s=1)
    assert list(retry.pauses(lambda: 0.0)) == [0.5, 1.0, 2.0]
    assert list(retry.pauses(lambda: 0.5)) == [0.75, 1.5, 3.0]
    assert list(ONCE.pauses(lambda: 0.5)) == []


def test_time_ends_the_attempts_too():
    clock, server = Clock(), Server([GONE])
    assert sent(server, several("a"), clock, retry=Retry(attempts=99, total_s=10, first_s=1, most_s=4)) == [GONE]
    assert sum(clock.slept) <= 10
    assert len(server.asked) == len(clock.slept) + 1


def test_what_will_never_be_taken_is_not_sent_again():
    server = Server([dc.replace(GONE, again=False)])
    assert not sent(server, several("a", "b"))[0].ok
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("op", "first", "ok"),
    [("create", GONE, True), ("create", dc.replace(BUSY, type="busy"), False), ("index", GONE, False)],
)
def test_a_conflict_with_our_own_lost_attempt_is_none(op: str, first: Reply, ok: bool):
    [reply] = sent(Server([first, CLASH]), several("a", op=op))
    assert reply.ok is ok


def test_a_conflict_without_a_lost_attempt_is_refused_unless_it_is_ignored():
    assert sent(Server([CLASH]), several("a", op="create")) == [CLASH]
    [reply] = sent(Server([CLASH]), several("a", op="create"), ignored=frozenset({CONFLICT}))
    assert reply.ok


def test_a_request_that_is_too_large_goes_in_halves():
    def post(actions: Sequence[Action]) -> list[Reply]:
        if len(actions) > 2:
            raise Unanswered(Reply(413, type="no_answer", reason="too large"))
        return [TAKEN] * len(actions)

    replies = Sender(post=post, waiting=Clock().waiting()).send(several(*"abcdefg"))
    assert len(replies) == 7
    assert all(reply.ok for reply in replies.values())


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 30))),
    st.integers(1, 4),
    st.integers(4, 60),
)
def test_batches_and_waves_keep_every_action_once_in_bounds_and_in_order(
    made: list[tuple[str, int]], most: int, most_bytes: int
):
    actions = [action(id_, place, body=b"x" * size) for place, (id_, size) in enumerate(made)]
    found = list(batches(actions, Limits(most=most, most_bytes=most_bytes)))
    assert list(itertools.chain(*found)) == actions
    assert all(len(b) == 1 or (len(b) <= most and sum(a.size for a in b) <= most_bytes) for b in found)
    waved, left = [], actions
    while left:
        later: list[Action] = []
        waved.append(list(once_each(left, later)))
        left = later
    assert sorted(a.place for wave in waved for a in wave) == list(range(len(actions)))
    assert all(len({a.key for a in wave}) == len(wave) for wave in waved)
    for id_ in "abcde":
        places = [a.place for wave in waved for a in wave if a.key[1] == id_]
        assert places == sorted(places)


def test_several_requests_are_on_their_way_at_once_and_no_more_than_allowed():
    together = threading.Barrier(3, timeout=10)
    now, most = [0], [0]
    lock = threading.Lock()

    def post(actions: Sequence[Action]) -> list[Reply]:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        together.wait()
        with lock:
            now[0] -= 1
        return [TAKEN] * len(actions)

    limits = Limits(most=1, in_flight=3)
    assert len(Sender(post=post, limits=limits).send(several(*"abcdef"))) == 6
    assert most == [3]


@given(st.data())
def test_every_document_is_taken_or_refused_once_whatever_the_server_does(data: st.DataObject):
    index: dict[str, int] = {}

    def post(actions: Sequence[Action]) -> list[Reply]:
        fate = data.draw(st.sampled_from(["ok", "lost before", "lost after", "busy"]))
        replies = [data.draw(st.sampled_from([TAKEN, TAKEN, BUSY, BAD])) for _ in actions]
        if fate in {"ok", "lost after"}:
            index.update({a.key[1]: a.place for a, r in zip(actions, replies, strict=True) if r.ok})
        if fate == "ok":
            return replies
        raise Unanswered(GONE if fate.startswith("lost") else dc.replace(BUSY, type="busy"))

    ids = data.draw(st.lists(st.sampled_from("abcdefgh"), max_size=12, unique=True))
    limits = Limits(most=3, in_flight=1)
    replies = Sender(post=post, limits=limits, waiting=Clock().waiting(), retry=Retry(attempts=3)).send(several(*ids))
    assert set(replies) == set(range(len(ids)))
    assert all(index[ids[place]] == place for place, reply in replies.items() if reply.ok)


ELEMENT = {"id": "e1", "text": "Envoys met.", "n": 3}


def lines(found: Action | Refused) -> list[Any]:
    assert isinstance(found, Action)
    return [json.loads(line) for line in (found.head, found.body) if line]


def there(element: Any) -> str:
    return "things"


def id_of(element: Any) -> str:
    return str(element["id"])


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, [{"index": {"_index": "things", "_id": "e1"}}, ELEMENT]),
        ({"action": lambda _: "create"}, [{"create": {"_index": "things", "_id": "e1"}}, ELEMENT]),
        ({"action": lambda _: "delete"}, [{"delete": {"_index": "things", "_id": "e1"}}]),
        (
            {"action": lambda _: "update"},
            [{"update": {"_index": "things", "_id": "e1", "retry_on_conflict": 3}}, {"doc": ELEMENT}],
        ),
        (
            {"action": lambda _: "upsert"},
            [
                {"update": {"_index": "things", "_id": "e1", "retry_on_conflict": 3}},
                {"doc": ELEMENT, "doc_as_upsert": True},
            ],
        ),
        (
            {"action": lambda _: "upsert", "script": lambda e: {"source": "x", "params": {"n": e["n"]}}},
            [
                {"update": {"_index": "things", "_id": "e1", "retry_on_conflict": 3}},
                {"script": {"source": "x", "params": {"n": 3}}, "scripted_upsert": True, "upsert": ELEMENT},
            ],
        ),
        (
            {"action": lambda _: "update", "script": lambda _: {"source": "x"}},
            [{"update": {"_index": "things", "_id": "e1", "retry_on_conflict": 3}}, {"script": {"source": "x"}}],
        ),
        (
            {"routing": lambda _: "r", "version": lambda e: e["n"], "version_type": "external_gte"},
            [
                {
                    "index": {
                        "_index": "things",
                        "_id": "e1",
                        "routing": "r",
                        "version": 3,
                        "version_type": "external_gte",
                    }
                },
                ELEMENT,
            ],
        ),
    ],
)
def test_an_element_in_elasticsearchs_words(rules: dict[str, Any], expected: list[Any]):
    sink: Sink[dict[str, Any]] = Sink(**{"index": there, "id": id_of, **rules})
    assert lines(action_of(sink, ELEMENT)) == expected


def test_documents_may_be_records_or_json_and_stay_on_one_line():
    assert lines(action_of(Sink(index=there), document("d1")))[1]["id"] == "d1"
    assert lines(action_of(Sink(index=there), '{"a":\n 1}'))[1] == {"a": 1}


def test_without_an_id_the_same_document_has_the_same_one():
    sink: Sink[dict[str, Any]] = Sink(index=there)
    first, again, other = (action_of(sink, e) for e in (ELEMENT, dict(ELEMENT), {"id": "e2"}))
    assert isinstance(first, Action)
    assert first == again != other
    assert len(first.key[1]) == 32
    found = action_of(Sink(index=there, action=lambda _: "delete"), ELEMENT)
    assert isinstance(found, Refused)
    assert "which document" in found.reason


@pytest.mark.parametrize("id_", ["", "half \ud800"])
def test_what_cannot_be_an_id_is_refused_before_it_is_sent(id_: str):
    found = action_of(Sink(index=there, id=lambda _: id_), ELEMENT)
    assert isinstance(found, Refused)
    assert found.reason == f"{id_!r} cannot be an id"


@pytest.mark.parametrize("bad", [{"a": "\ud800"}, {"a": float("nan")}, {"a": object()}])
def test_what_no_json_can_hold_is_refused_before_it_is_sent(bad: dict[str, Any]):
    server = Server([TAKEN])
    [(_, taken), (_, refused)] = write(Sink(index=there), server.post, [ELEMENT, bad])
    assert taken is None
    assert refused is not None
    assert (refused.status, refused.type, refused.document) == (400, "unfit", repr(bad))
    assert [len(ids) for ids in server.asked] == [1]


def test_a_refused_document_says_all_that_is_known_of_it():
    sink: Sink[dict[str, Any]] = Sink(index=there, id=id_of, action=lambda _: "create")
    [(element, refused)] = write(sink, Server([BAD]).post, [ELEMENT])
    assert element is ELEMENT
    assert refused == Refused(
        action="create",
        index="things",
        id="e1",
        document=json.dumps(ELEMENT, separators=(",", ":")),
        status=400,
        type="document_parsing_exception",
        reason="not a date",
        lines=('{"create":{"_index":"things","_id":"e1"}}', json.dumps(ELEMENT, separators=(",", ":"))),
    )


def test_what_was_refused_can_be_kept_as_json_and_sent_again():
    sink: Sink[dict[str, Any]] = Sink(index=there, id=id_of)
    made = [refused for _, refused in write(sink, Server([BAD]).post, [ELEMENT, {"id": "e2"}, {"id": "\ud800"}])]
    kept = [from_json(Refused, to_json(refused)) for refused in made if refused]
    server = Server([lambda a: BUSY if a.key[1] == "e2" else TAKEN])
    still = resend(Sender(post=server.post, waiting=Clock().waiting()), kept)
    assert server.asked[0] == ["e1", "e2"]
    assert still == [None, dc.replace(kept[1], status=429, type=BUSY.type, reason="queue full"), kept[2]]


def test_a_document_too_large_is_refused_by_rule():
    [(_, refused)] = write(Sink(index=there, most_document=20), Server([TAKEN]).post, [ELEMENT])
    assert refused is not None
    assert (refused.status, refused.type) == (413, "too_large")
    assert "at most 20" in refused.reason


@given(st.text(min_size=50, max_size=300), st.integers(60, 400))
def test_a_document_too_large_is_cut_by_rule(text: str, most: int):
    text = text.encode(errors="replace").decode()
    sink: Sink[dict[str, Any]] = Sink(index=there, id=id_of, most_document=most, cut=Cut(("text", "title")))
    found = action_of(sink, {"id": "e1", "title": "short", "text": text})
    assert isinstance(found, Action)
    kept = json.loads(found.body)
    assert len(found.body) <= most
    assert text.startswith(kept["text"])
    assert kept["title"] == "short"
    if kept["text"] != text:
        assert len(found.body) > most - 20
