"""Case 6 and 7 of the acceptance list, of addresses: one article under several is one document, over real HTTP."""

from tests.fakes.commands import newswatch
from tests.fakes.desk import Desk
from tests.fakes.web import redirects, sends

WATCHLIST = "actors:\n  - {id: ann-ash, name: Ann Ash}\n  - {id: bo-birk, name: Bo Birk}\n"
RULES = "rules:\n  - {id: said, when: statement-by, actors: [ann-ash, bo-birk], notify: [console]}\n"
FERRY = (
    "The ferry to Port Ellery will sail again on Monday, the harbour office said in a notice to the crews on the quay.",
    "“We have waited long enough,” Ann Ash told reporters beside the empty berth.",
    "Nobody could say how many passengers would come, but the bakery at the pier had ordered flour for a week.",
)
MENDED = (*FERRY, "“The engines are older than I am,” said Bo Birk, who repairs them.")
ROADS = (
    "The council of Hadmoor has put off its vote on the northern road for a third time, as two members were ill.",
    "A new date is to be found by the clerk, who said that the hall was taken by the choir until the end of May.",
)


def item(link: str, title: str, guid: str) -> str:
    return f"<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid></item>"


def serve_feed(desk: Desk, path: str, *items: str) -> None:
    body = f"<rss version='2.0'><channel><title>{path}</title>{''.join(items)}</channel></rss>"
    desk.routes[path] = sends(body.encode(), Content_Type="application/rss+xml")


def serve_page(desk: Desk, path: str, *paragraphs: str, canonical: str = "") -> None:
    head = f"<link rel='canonical' href='{canonical}'>" if canonical else ""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<!doctype html><html lang='en'><head>{head}</head><body><article>{told}</article></body></html>"
    desk.routes[path] = sends(page.encode(), Content_Type="text/html; charset=utf-8")


def run(desk: Desk) -> list[str]:
    """Run once; returns the alerts."""
    done = desk.run("/rss", "/other")
    assert done.code == 0
    return [line for line in done.err.splitlines() if line.startswith("ALERT")]


def documents(desk: Desk) -> dict[str, dict]:
    found = newswatch("search", "the", "--limit", "9", "--config", desk.folder / "c.toml", "--json").json
    return {document["url"].removeprefix(desk.base): document for document in found}


def test_one_article_under_many_addresses_is_one_document_and_a_shared_guid_folds_nothing(desk: Desk) -> None:
    (desk.folder / "w.yaml").write_text(WATCHLIST)
    (desk.folder / "r.yaml").write_text(RULES)
    old, new, roads = "/news/the-ferry-sails-monday", "/ships/ferry-to-sail-at-last", "/news/road-vote-put-off"
    serve_page(desk, old, *FERRY)
    serve_page(desk, roads, *ROADS)
    serve_page(desk, "/m/5501", *FERRY, canonical=f"{desk.base}{old}")
    desk.routes["/out"] = redirects(f"{desk.base}{old}")
    serve_feed(desk, "/rss", item(f"{desk.base}{old}", "Ferry sails on Monday", "1"))
    led = item(f"{desk.base}/out", "Ferry sails on Monday", "a")  # by a redirect
    mobile = item(f"{desk.base}/m/5501", "Ferry sails on Monday", "b")  # by the page's own word
    serve_feed(desk, "/other", led, mobile)
    assert len(run(desk)) == 1
    assert list(documents(desk)) == [old]

    serve_page(desk, new, *MENDED)
    del desk.routes[old]
    moved = item(f"{desk.base}{new}", "Ferry to sail at last", "1")
    reused = item(f"{desk.base}{roads}", "Road vote is put off", "a")  # another article under a GUID of before
    serve_feed(desk, "/rss", moved)
    serve_feed(desk, "/other", reused, mobile)
    alerts = run(desk)
    assert ["Bo Birk" in alert and "Update" in alert for alert in alerts] == [True]
    found = documents(desk)
    assert set(found) == {new, roads}
    assert (found[new]["revision"], found[new]["earlier"][0]["title"]) == (2, "Ferry sails on Monday")
    assert found[roads]["revision"] == 1
    for address in (old, new, f"{desk.base}{new}"):
        shown = newswatch("revisions", address if "//" in address else f"{desk.base}{address}", "--config",
                          desk.folder / "c.toml", "--json").json  # fmt: skip
        assert [version["revision"] for version in shown] == [1, 2]
    assert run(desk) == []
    assert set(documents(desk)) == {new, roads}
