"""A user's desk: feeds, watchlist, rules and settings in a folder, and an outlet on loopback that misbehaves."""

import contextlib
import dataclasses as dc
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.fakes.commands import Done, newswatch
from tests.fakes.outlet import outlet
from tests.fakes.web import Route, breaks_off, drips, redirects, sends, serve, streams

WATCHLIST = "actors:\n  - {id: ann-ash, name: Ann Ash}\n"
RULES = "rules:\n  - {id: ann, title: Ann, when: mention, actors: [ann-ash], notify: [console]}\n"
CONFIG = """
[network]
allow = ["127.0.0.0/8"]
timeout_s = 2
[language]
model = "bundled"
processes = 1
[index]
url = "sqlite:///{folder}/x.db"
[failures]
file = "{folder}/failures.jsonl"
"""


@dc.dataclass(frozen=True)
class Desk:
    """A user's folder, and the outlet that the feeds point to."""

    folder: Path
    base: str
    links: list[str]
    routes: dict[str, Route]

    def feeds(self, *feeds: str) -> Path:
        file = self.folder / "feeds.yaml"
        file.write_text("feeds:\n" + "".join(f"  - {feed if '://' in feed else self.base + feed}\n" for feed in feeds))
        return file

    def config(self, text: str = CONFIG) -> Path:
        file = self.folder / "c.toml"
        file.write_text(text.format(folder=self.folder))
        return file

    def args(self, *feeds: str, config: str = CONFIG) -> list[str]:
        named = {"--feeds": self.feeds(*feeds), "--config": self.config(config)}
        named |= {"--watchlist": self.folder / "w.yaml", "--rules": self.folder / "r.yaml"}
        return ["run", *(str(word) for pair in named.items() for word in pair)]

    def run(self, *feeds: str, config: str = CONFIG) -> Done:
        return newswatch(*self.args(*feeds, config=config), "--json")

    def records(self, kind: str) -> list[dict]:
        return newswatch(kind, "--config", self.folder / "c.toml", "--json").json


@contextlib.contextmanager
def open_desk(folder: Path) -> Iterator[Desk]:
    """Give the desk, its outlet being served."""
    stop = threading.Event()
    links: list[str] = []
    bad = {
        "/html": sends(b"<!doctype html><title>The Post</title><p>Subscribe!</p>", Content_Type="text/html"),
        "/hangs": drips(stop, headers=True),
        "/huge": streams(50),
        "/breaks": breaks_off,
        "/gone": sends(b"", status=410),
        "/loop": redirects("/loop"),
        "/pdf": sends(b"%PDF-1.7 x", Content_Type="application/pdf"),
    }
    (folder / "w.yaml").write_text(WATCHLIST)
    (folder / "r.yaml").write_text(RULES)
    routes = outlet(links, 3, bad)
    with serve(routes) as base:
        links += [f"{base}/1", f"{base}/2"]
        yield Desk(folder, base, links, routes)
        stop.set()
