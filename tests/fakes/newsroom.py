"""Outlets on loopback that go on publishing, and fail as they are told: what a watch is tried on."""

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Literal

from tests.fakes.web import Server, sends

SHORT, LONG = 3, 25
"""Sentences of an article."""

Fault = Literal["", "hangs", "resets", "refuses"]

LISTED = 60
"""Items that a feed lists, unless told otherwise."""

THINGS = """
harbour bridge ferry council market orchard railway school theatre museum quarry lighthouse bakery library garden
canal mill hospital station tower chapel factory stadium archive workshop reservoir airfield forest valley island
"""
DEEDS = "opened closed repaired sold bought painted measured guarded visited praised blamed studied flooded moved"
SIGNS = "old new small quiet famous empty crowded northern southern wooden stone modern narrow broad proud"
GERMAN = """
der die das ein eine und oder aber nicht mit von nach bei seit gegen ohne unter zwischen wurde hatte sagte kam ging
blieb stand lag Hafen Brücke Rat Markt Schule Museum Bahnhof Turm Werk Wald Tal Insel Straße Haus Stadt Woche Monat
gestern heute wieder noch schon immer kaum endlich alt neu klein gross still leer nördlich südlich hölzern berühmt
"""

PLACES = "Ellery Hadmoor Torva Quenby Lisk Marrow Penholt Sundry Ostwick Varn Brill Cawdry Dunmore Elsk Farrow"


def sentences(number: int, many: int) -> list[str]:
    """Invented news, other words for each number, so that no two articles are copies of one."""
    chance = random.Random(number)
    thing, deed, sign, place = (words.split() for words in (THINGS, DEEDS, SIGNS, PLACES))
    pick = chance.choice
    return [
        f"The {pick(sign)} {pick(thing)} of {pick(place)} {pick(deed)} the {pick(sign)} {pick(thing)} "
        f"near {pick(place)} {chance.randrange(2, 90)} days after the {pick(thing)} was {pick(deed)} again."
        for _ in range(many)
    ]


def german(number: int, many: int) -> list[str]:
    """Words that mean nothing, other ones for each number: found to be German, and so not parsed."""
    chance, words = random.Random(number), GERMAN.split()
    return [" ".join(chance.choice(words) for _ in range(22)).capitalize() + "." for _ in range(many)]


@dataclass
class Newsroom:
    """Outlets of one publisher; article `n` stands with outlet `n % len(bases)`.

    Articles have so many `sentences`; one of so many is in `english`, the others in no language that is parsed.
    """

    bases: list[str] = field(default_factory=list)
    number: int = 0
    sentences: int = SHORT
    listed: int = LISTED
    english: int = 1
    paused: bool = False
    faults: dict[int, Fault] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    ended: threading.Event = field(default_factory=threading.Event)

    def publish(self, articles: int = 1) -> None:
        """Put more articles into the feeds."""
        self.number += articles

    def feed(self, outlet: int) -> bytes:
        """The feed of an outlet, newest first."""
        base, numbers = self.bases[outlet], range(outlet, self.number, len(self.bases))
        items = "".join(
            f"<item><title>Ferry news {n}</title><link>{base}/{n}</link><guid>{base}/{n}</guid></item>"
            for n in reversed(numbers[-self.listed :])
        )
        return f"<rss version='2.0'><channel><title>Post {outlet}</title>{items}</channel></rss>".encode()

    def page(self, number: int) -> bytes:
        """The page of an article, each with words of its own."""
        in_english = number % self.english == 0
        told = (sentences if in_english else german)(number, self.sentences)
        said = f"“We have counted {number} ships,” Ann Ash told reporters on the quay beside Bo Birch."
        paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in (*told, said) if paragraph.strip())
        head = f"<head><meta charset='utf-8'><title>Ferry news {number}</title></head>"
        opened = f"<!doctype html><html lang='{'en' if in_english else 'de'}'>"
        return f"{opened}{head}<body><article>{paragraphs}</article></body></html>".encode()

    def answer(self, outlet: int, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        path = handler.path.partition("?")[0]
        self.asked[f"{self.bases[outlet]}{path}"] += 1
        fault = self.faults.get(outlet, "")
        if fault == "hangs":
            self._hang(outlet)
        if fault in {"hangs", "resets"}:
            handler.close_connection = True
            handler.connection.close()
        elif fault == "refuses":
            sends(b"", status=503)(handler)
        elif path == "/rss":
            sends(self.feed(outlet), Content_Type="application/rss+xml")(handler)
        elif path[1:].isdecimal():
            sends(self.page(int(path[1:])), Content_Type="text/html; charset=utf-8")(handler)
        else:
            sends(b"", status=404)(handler)

    def _hang(self, outlet: int) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.faults.get(outlet) == "hangs" and not self.ended.wait(0.1):
            pass


@contextlib.contextmanager
def newsroom(outlets: int, *, long: bool = False) -> Iterator[Newsroom]:
    """Serve so many outlets, each a host of its own."""
    room = Newsroom(sentences=LONG if long else SHORT)
    with contextlib.ExitStack() as held:
        for outlet in range(outlets):
            room.bases.append(held.enter_context(_served(room, outlet)))
        yield room
        room.ended.set()


@contextlib.contextmanager
def _served(room: Newsroom, outlet: int) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            room.answer(outlet, self)

        def log_message(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


WATCHLIST = "actors:\n  - {id: ann-ash, name: Ann Ash}\n"
RULES = """
rules:
  - {{id: ann, title: Ann, when: statement-by, actors: [ann-ash], notify: [log]}}
channels:
  - {{id: log, jsonl: {folder}/notices.jsonl}}
"""
CONFIG = """
[network]
allow = ["127.0.0.0/8"]
timeout_s = {timeout}
[feeds]
shortest_s = {every}
longest_s = {every}
[language]
model = "bundled"
processes = {processes}
[index]
url = "sqlite:///{folder}/x.db"
[failures]
file = "{folder}/failures.jsonl"
"""


@dataclass(frozen=True)
class Office:
    """The folder of somebody who watches a newsroom."""

    folder: Path

    def files(self, bases: Sequence[str], *, every: int = 2, timeout: int = 5, processes: int = 1) -> list[str]:
        """Write feeds, watchlist, rules and settings, and return the arguments that name them."""
        texts = {
            "feeds.yaml": "feeds:\n" + "".join(f"  - {base}/rss\n" for base in bases),
            "actors.yaml": WATCHLIST,
            "rules.yaml": RULES.format(folder=self.folder),
            "c.toml": CONFIG.format(folder=self.folder, every=every, timeout=timeout, processes=processes),
        }
        for name, text in texts.items():
            (self.folder / name).write_text(text, "utf-8")
        named = {"--feeds": "feeds.yaml", "--watchlist": "actors.yaml", "--rules": "rules.yaml", "--config": "c.toml"}
        return [word for option, name in named.items() for word in (option, str(self.folder / name))]

    def notices(self) -> list[str]:
        """The lines of what was told so far."""
        file = self.folder / "notices.jsonl"
        return file.read_text("utf-8").splitlines() if file.exists() else []
