"""WebSub: hubs that feeds name are asked, confirmed over real HTTP, and believed only where they sign."""

import contextlib
import datetime as dt
import threading
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.health import Request, serve
from pipelines.websub import AGAIN, Subscriber
from schemas.articles import Reply
from schemas.codec import from_json, to_json
from schemas.feeds import Feed, FeedState
from schemas.settings import Network
from tests.fakes.hub import hub, signed
from tests.fakes.web import FakeWeb, reply
from transforms.clients.http import open_web
from transforms.feeds.ask import Asking
from transforms.feeds.rhythm import BOUNDS
from transforms.feeds.websub import PUSHED, Hub, derived, hub_in, hub_of, is_signed, pushed_reply

NOW = dt.datetime(2025, 2, 17, 12, tzinfo=dt.timezone.utc)
URL, HUB, TOPIC = "https://feeds.example/rss", "https://hub.example/", "https://feeds.example/topic"
LINKS = f'<atom:link rel="hub" href="{HUB}"/><atom:link rel="self" type="application/rss+xml" href="{TOPIC}"/>'
RSS = f"<rss><channel><title>T</title>{LINKS}<item><title>A</title><link>https://news.example/a</link></item></channel></rss>"
KEY = b"k" * 32


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (LINKS, Hub(HUB, TOPIC)),
        ("<link rel='self' href='/me'/><link href='https://hub.example/' rel='hub'/>", Hub(HUB, "https://feeds.example/me")),
        ("<link rel='hub' href='https://hub.example/'/>", None),
        ("<link rel='self' href='/me'/>", None),
        ("<link rel='hub' href='file:///etc/passwd'/><link rel='self' href='/me'/>", None),
        ("<link rel='hub' href='https://u:p@hub.example/'/><link rel='self' href='/me'/>", None),
        ("<link rel='hub' href='http://[bad'/><link rel='self' href='/me'/>", None),
        ("<item>" + LINKS, None),
        ("", None),
    ],
)  # fmt: skip
def test_the_hub_that_a_channel_names(head: str, found: Hub | None):
    assert hub_in(f"<rss><channel>{head}", URL) == found


def test_the_hub_that_headers_name():
    told = f'<{HUB}>; rel="hub", <{TOPIC}>; type="a/b"; rel=self'
    assert hub_of(reply(URL, link=told)) == Hub(HUB, TOPIC)
    two = Reply(url=URL, status=200, headers=(("link", f"<{HUB}>; rel=hub"), ("link", f'<{TOPIC}>; rel="self"')))
    assert hub_of(two) == Hub(HUB, TOPIC)
    assert hub_of(reply(URL, link='<https://x.example/>; rel="preload"')) is None


@given(st.text(alphabet="<>;,=\"'relhubself:/ ", max_size=80))
def test_any_head_and_header_name_a_hub_or_none(text: str):
    hub_in(f"<link {text}><link rel=self href={text}>", URL)
    hub_of(reply(URL, link=text))


def test_signatures():
    body = RSS.encode()
    assert all(is_signed(body, signed(body, "s", m), "s") for m in ("sha1", "sha256", "sha384", "sha512"))
    assert is_signed(body, signed(body, "s").upper().replace("SHA256", "sha256"), "s")
    for wrong in ("", "sha256=", "md5=abc", "sha256=é", signed(body, "t"), signed(body + b"x", "s")):
        assert not is_signed(body, wrong, "s")


STATE = FeedState(url=URL, hub=HUB, topic=TOPIC)


class Desk:
    """A subscriber, what it sent to hubs, and what it took."""

    def __init__(self) -> None:
        self.now, self.sent, self.taken = NOW, [], []
        self.subscriber = Subscriber("https://me.example/", KEY, self.post, self.take, lambda: self.now)

    def post(self, url: str, form) -> None:
        self.sent.append((url, dict(form)))

    def take(self, url: str, pushed: Reply) -> None:
        self.taken.append((url, pushed.body))

    def tend(self, *states: FeedState) -> int:
        before = len(self.sent)
        self.subscriber.tend(states)
        self.subscriber.threads.submit(lambda: None).result()
        self.subscriber.threads.shutdown(wait=True)
        self.subscriber.__post_init__()
        return len(self.sent) - before

    @property
    def path(self) -> str:
        return self.sent[-1][1]["hub.callback"].removeprefix("https://me.example")

    def ask(self, **query: str):
        told = urlencode({name.replace("_", ".", 1): value for name, value in query.items()})
        return self.subscriber.answer(Request("GET", self.path, told, {}, b""))

    def push(self, body: bytes, signature: str, path: str = "") -> int:
        headers = {"X-Hub-Signature": signature, "Content-Type": "application/rss+xml"}
        return self.subscriber.answer(Request("POST", path or self.path, "", headers, body)).status


def test_a_subscription_is_asked_for_confirmed_and_renewed():
    desk = Desk()
    assert desk.tend(STATE, FeedState(url="https://b.example/")) == 1  # the other names no hub
    url, form = desk.sent[0]
    assert (url, form["hub.mode"], form["hub.topic"], len(form["hub.secret"])) == (HUB, "subscribe", TOPIC, 64)
    assert desk.ask(hub_mode="subscribe", hub_topic="https://other.example/", hub_challenge="c").status == 404
    assert desk.ask(hub_mode="unsubscribe", hub_topic=TOPIC, hub_challenge="c").status == 404
    confirmed = desk.ask(hub_mode="subscribe", hub_topic=TOPIC, hub_challenge="c", hub_lease_seconds="86400")
    assert (confirmed.status, confirmed.body) == (200, b"c")
    assert desk.tend(STATE) == 0
    desk.now += dt.timedelta(hours=19)  # three quarters of the lease
    assert desk.tend(STATE) == 1


def test_a_hub_that_is_silent_or_denies_is_asked_later():
    desk = Desk()
    assert (desk.tend(STATE), desk.tend(STATE)) == (1, 0)
    desk.now += AGAIN
    assert desk.tend(STATE) == 1
    assert desk.ask(hub_mode="denied", hub_topic=TOPIC).status == 200
    desk.now += AGAIN
    assert desk.tend(STATE) == 0


def test_only_what_is_confirmed_and_signed_is_taken():
    desk = Desk()
    desk.tend(STATE)
    body, good = RSS.encode(), signed(RSS.encode(), derived(KEY, "secret", URL))
    assert desk.push(body, good) == 202  # nothing is confirmed yet
    desk.ask(hub_mode="subscribe", hub_topic=TOPIC, hub_challenge="c")
    assert [desk.push(body, bad) for bad in ("", "sha1=0", signed(body, "guess"))] == [202] * 3
    assert desk.push(body, good, "/websub/0") == 404
    assert desk.taken == []
    assert desk.push(body, good) == 202
    assert desk.taken == [(URL, body)]


def test_a_push_gives_entries_leaves_what_is_known_of_the_feed_and_slows_polling():
    web = FakeWeb({URL: reply(URL, RSS.encode(), etag='"1"')})
    first = Asking(web, 100_000, lambda: NOW)(Feed(url=URL), FeedState(url=URL)).state
    assert (first.hub, first.topic) == (HUB, TOPIC)
    only_new = RSS.replace("/a<", "/b<").replace(">A<", ">B<").replace(LINKS, "").encode()
    later = NOW + dt.timedelta(minutes=2)
    pushing = FakeWeb({URL: pushed_reply(URL, only_new, {"content-type": "text/xml"})})
    found = Asking(pushing, 100_000, lambda: later)(Feed(url=URL), first)
    assert [entry.title for entry in found.entries] == ["B"]
    kept = (found.state.etag, found.state.body_hash, found.state.hub, found.state.rhythm)
    assert kept == (first.etag, first.body_hash, HUB, first.rhythm)
    assert found.state.due is not None
    assert found.state.due - later >= BOUNDS.longest
    assert from_json(FeedState, to_json(found.state)) == found.state
    assert pushed_reply(URL, b"", {}).header(PUSHED)


def test_a_hub_over_real_http():
    taken, came = [], threading.Event()

    def take(url: str, pushed: Reply) -> None:
        taken.append((url, pushed.body))
        came.set()

    def answer(request: Request):
        return subscribers[0].answer(request)

    subscribers: list[Subscriber] = []
    with contextlib.ExitStack() as held:
        web = held.enter_context(contextlib.closing(open_web(Network(allow=("127.0.0.0/8",), timeout_s=5))))
        address = held.enter_context(serve("127.0.0.1:0", {}, answer))
        hub_url, told = held.enter_context(hub(RSS.encode()))
        subscriber = Subscriber(address, KEY, web.post, take, lambda: NOW)
        held.callback(subscriber.close)
        subscribers.append(subscriber)
        subscriber.tend([FeedState(url=URL, hub=hub_url, topic=TOPIC)])
        assert came.wait(10)
    assert taken == [(URL, RSS.encode())]
    assert told[:2] == [200, 202]
