"""What a later pass mends: it leaves the index's failures, and stays in the dead letters."""

from schemas.codec import from_json
from schemas.failures import Failure
from schemas.feeds import FeedHealth
from schemas.query import Query
from schemas.settings import load
from tests.fakes.commands import newswatch
from tests.fakes.desk import Desk
from tests.fakes.outlet import feed
from tests.fakes.outlet import page as page_of
from tests.fakes.web import sends
from transforms.clients.opening import open_index


def feeds(desk: Desk) -> dict[str, tuple[str, str | None, int]]:
    index = open_index(load(desk.folder / "c.toml"))
    found = [f for f in index.find(Query(kind="feeds")) if isinstance(f, FeedHealth)]
    index.close()
    return {f.url.removeprefix(desk.base): (f.status, f.reason, f.failures) for f in found}


def failed(desk: Desk) -> set[tuple[str, str]]:
    return {(f["element"].removeprefix(desk.base), f["reason"]) for f in desk.records("failures")}


def replayed(entries: int) -> dict[str, int]:
    return {"reopened": entries, "sent": 0, "refused": 0}


def test_what_is_mended_leaves_the_failures_and_what_is_not_stays(desk: Desk):
    desk.links.extend(f"{desk.base}/{page}" for page in ("late", "nowhere"))
    first = desk.run("/rss", "/moody", "/gone")
    assert first.code == 0
    before = {
        ("/late", "page-refused"),
        ("/nowhere", "page-refused"),
        ("/moody", "feed-refused"),
        ("/gone", "feed-gone"),
    }
    assert failed(desk) == before
    assert feeds(desk) == {
        "/rss": ("ok", None, 0), "/moody": ("refused", "feed-refused", 1), "/gone": ("gone", "feed-gone", 1),
    }  # fmt: skip
    desk.routes["/late"] = sends(page_of(7), Content_Type="text/html")
    desk.routes["/moody"] = sends(feed(), Content_Type="application/rss+xml")
    assert newswatch("replay", "--config", desk.folder / "c.toml", "--json").json == [replayed(2)]
    assert desk.run("/rss", "/moody", "/gone").code == 0
    assert failed(desk) == {("/nowhere", "page-refused"), ("/gone", "feed-gone")}
    assert feeds(desk) == {
        "/rss": ("unchanged", None, 0), "/moody": ("ok", None, 0), "/gone": ("gone", "feed-gone", 1),
    }  # fmt: skip
    letters = [from_json(Failure, line) for line in (desk.folder / "failures.jsonl").read_bytes().splitlines()]
    assert {(f.element.removeprefix(desk.base), f.reason) for f in letters} == before
    assert newswatch("replay", "--config", desk.folder / "c.toml", "--json").json == [replayed(1)]
