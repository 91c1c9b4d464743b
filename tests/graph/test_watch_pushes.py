"""A watch that a hub pushes to: what is pushed is read at once, and the feed is left alone."""

import contextlib
import json
import time
from collections import Counter
from pathlib import Path

import pytest

from pipelines.health import Request, serve
from pipelines.watch import Watch
from schemas.settings import load
from tests.fakes.hub import hub
from tests.fakes.newsroom import CONFIG, Office
from tests.fakes.outlet import feed, page
from tests.fakes.web import sends
from tests.fakes.web import serve as serve_site
from tests.graph.test_watch import files_of
from transforms.clients.opening import open_ledger

pytestmark = pytest.mark.xdist_group("watch")


def test_what_a_hub_pushes_is_read_and_the_feed_is_not_asked_again(tmp_path: Path) -> None:
    asked: Counter[str] = Counter()
    routes = {f"/{n}": sends(page(n), Content_Type="text/html; charset=utf-8") for n in (1, 2)}
    with contextlib.ExitStack() as held:
        site = held.enter_context(serve_site(routes))
        hub_url, told = held.enter_context(hub(feed(f"{site}/2").replace(b"Ferry 0", b"Ferry pushed")))
        links = f'<link rel="hub" href="{hub_url}"/><link rel="self" href="{site}/rss"/>'
        body = feed(f"{site}/1").replace(b"<channel>", f"<channel>{links}".encode())

        def rss(handler) -> None:
            asked["/rss"] += 1
            sends(body, Content_Type="application/rss+xml")(handler)

        routes["/rss"] = rss
        watching: list[Watch] = []

        def hooked(request: Request):
            return watching[0].hook(request)

        address = held.enter_context(serve("127.0.0.1:0", {}, hooked))
        office = Office(tmp_path)
        office.files([site], every=600)
        config = CONFIG.format(timeout=5, every=600, processes=1, folder=tmp_path)
        (tmp_path / "c.toml").write_text(f'{config}[websub]\ncallback = "{address}"\n', "utf-8")
        settings = load(tmp_path / "c.toml")
        watch = Watch(files_of(office), settings)
        watching.append(watch)
        held.enter_context(contextlib.closing(watch))
        watch.open()
        watch.start()
        began = time.monotonic()
        while watch.meter.value("newswatch_seen_to_indexed_seconds_count") < 2:
            assert time.monotonic() - began < 60, json.dumps(watch.faring.status(), default=str)
            watch.tend()
            time.sleep(0.1)
        watch.end()
        with contextlib.closing(open_ledger(settings)) as ledger:
            (state,) = ledger.feeds()
    assert asked["/rss"] == 1
    assert told[:2] == [200, 202]
    assert (state.status, state.pushed is not None, state.hub) == ("ok", True, hub_url)
