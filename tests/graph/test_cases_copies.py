"""Case 8 of the acceptance list, over real HTTP: one wire story on forty sites, and another on the same event."""

from pathlib import Path

import yaml

from tests.fakes.commands import newswatch
from tests.fakes.desk import CONFIG, Desk
from tests.fakes.outlet import feed
from tests.fakes.web import sends
from tests.quality.copies_pairs import GOLDEN, boilerplate, cut, edited, reordered

SITES = 40
HEADLINES = ("Two crossings to open", "Envoys agree on a small door", "BORDER BREAKTHROUGH AFTER NINE HOURS")
RULES = "rules:\n  - {id: envoy, when: mention, actors: [mara-lindqvist], notify: [console]}\n"
WATCHLIST = "actors:\n  - {id: mara-lindqvist, name: Mara Lindqvist}\n"
(ENVOY,) = (t for t in yaml.safe_load((GOLDEN / "tuning.yaml").read_text("utf-8")) if t["name"] == "envoy")


def version(number: int) -> str:
    """What the newsroom of that site makes of the wire's story."""
    text, local = ENVOY["text"].strip(), ENVOY["local"].strip().replace("forty", str(number + 2))
    made = (
        text,
        cut(text, 0.5),
        f"{local}\n{text}",
        reordered(text),
        boilerplate(edited(text)),
        f"{local}\n{cut(text, 0.6)}",
    )
    return made[number % len(made)]


def publish(desk: Desk, site: str, title: str, text: str) -> str:
    """Serve a site with one article; returns its line of the feed list."""
    told = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n"))
    page = f"<!doctype html><html lang='en'><title>{title}</title><body><article>{told}</article></body></html>"
    desk.routes[f"/{site}/1"] = sends(page.encode(), Content_Type="text/html; charset=utf-8")
    listed = feed(f"{desk.base}/{site}/1").replace(b"Ferry 0", title.encode())
    desk.routes[f"/{site}/rss"] = sends(listed, Content_Type="application/rss+xml")
    return f'  - {{url: "{desk.base}/{site}/rss", outlet: "{site}"}}\n'


def run(desk: Desk, feeds: Path) -> str:
    files = {
        "feeds": feeds,
        "config": desk.config(CONFIG),
        "watchlist": desk.folder / "w.yaml",
    }
    named = [word for name, file in {**files, "rules": desk.folder / "r.yaml"}.items() for word in (f"--{name}", file)]
    done = newswatch("run", *named)
    assert done.code == 0
    return done.err


def test_one_story_on_forty_sites_is_one_alert_that_lists_them(desk: Desk) -> None:
    (desk.folder / "w.yaml").write_text(WATCHLIST)
    (desk.folder / "r.yaml").write_text(RULES)
    lines = [publish(desk, f"site-{n}", HEADLINES[n % 3], version(n)) for n in range(SITES)]
    lines.append(publish(desk, "reporter", HEADLINES[0], ENVOY["twin"].strip()))
    feeds = desk.folder / "forty.yaml"
    feeds.write_text("feeds:\n" + "".join(lines[::-1]))
    assert run(desk, feeds).count("ALERT") == 2
    alerts = sorted(desk.records("alerts"), key=lambda alert: len(alert["outlets"]))
    assert alerts[0]["outlets"] == ["reporter"]
    assert set(alerts[1]["outlets"]) == {f"site-{n}" for n in range(SITES)}
    assert "ALERT" not in run(desk, feeds)
    documents = newswatch("search", "Lindqvist", "--limit", "99", "--config", desk.folder / "c.toml", "--json").json
    assert len(documents) == SITES + 1
    assert len({document["story"] for document in documents}) == 2
    assert {document["agency"] for document in documents} == {"", "Corvid Wire"}
