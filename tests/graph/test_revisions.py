"""Case 7 of the acceptance list: an article is edited, over real HTTP, index and ledger."""

from tests.fakes.commands import newswatch
from tests.fakes.desk import Desk
from tests.fakes.outlet import feed
from tests.fakes.web import sends

WATCHLIST = "actors:\n  - {id: ann-ash, name: Ann Ash}\n  - {id: bo-birk, name: Bo Birk}\n"
RULES = """rules:
  - {id: named, when: mention, actors: [ann-ash, bo-birk], notify: [console]}
  - {id: said, when: statement-by, actors: [ann-ash, bo-birk], notify: [console]}
"""
FIRST = (
    "The ferry to Port Ellery will sail again on Monday, the harbour office said in a notice to the crews.",
    "“We have waited long enough,” Ann Ash told reporters on the quay.",
    "Nobody could say how many passengers would come, but the bakery had ordered flour for a week.",
)
SECOND = (
    FIRST[0].replace("Monday", "Tuesday"),
    FIRST[1],
    "“The engines are older than I am,” said Bo Birk, who repairs them.",
)


def publish(desk: Desk, title: str, *paragraphs: str) -> None:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<!doctype html><html lang='en'><title>{title}</title><body><article>{told}</article></body></html>"
    desk.routes["/1"] = sends(page.encode(), Content_Type="text/html; charset=utf-8")
    listed = feed(f"{desk.base}/1").replace(b"Ferry 0", title.encode())
    desk.routes["/rss"] = sends(listed, Content_Type="application/rss+xml")


def told(desk: Desk) -> list[str]:
    """The alerts that a run sends, by rule and actor, without their sentences."""
    lines = [line for line in desk.run("/rss").err.splitlines() if line.startswith("ALERT")]
    return sorted(" ".join(line.split()[1:4]).rstrip(":") for line in lines)


def test_an_edited_article_is_the_same_document_and_tells_only_what_is_new(desk: Desk) -> None:
    (desk.folder / "w.yaml").write_text(WATCHLIST)
    (desk.folder / "r.yaml").write_text(RULES)
    publish(desk, "Ferry sails again", *FIRST)
    assert told(desk) == ["Ann Ash is", "Ann Ash speaks"]
    publish(desk, "Ferry to sail on Monday", *FIRST)
    assert told(desk) == []
    publish(desk, "Ferry to sail on Tuesday", *SECOND)
    assert told(desk) == ["Update: Bo Birk", "Update: Bo Birk"]
    assert told(desk) == []
    (document,) = newswatch("search", "ferry", "--config", desk.folder / "c.toml", "--json").json
    assert (document["revision"], document["title"]) == (3, "Ferry to sail on Tuesday")
    first, second = document["earlier"]
    assert (first["title"], first["text"], second["text"]) == ("Ferry sails again", "", "\n".join(FIRST))
    assert ["Tuesday" in second["added"][0], "engines" in second["added"][1]] == [True, True]
    assert ["Monday" in words for words in second["removed"]] == [True]
    revisions = {s["speaker"]["actor"]: s["origin"]["revision"] for s in desk.records("statements") if s["speaker"]}
    assert {actor: number for actor, number in revisions.items() if actor} == {"ann-ash": 1, "bo-birk": 3}
