"""Generated articles for the oracle: what is in them, when they are first seen, and how late they can be read."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from schemas.records import Reading
from schemas.statements import Cue
from tests.fakes.records import make_document, make_mention, make_reading, make_span, make_speaker, make_statement

START = dt.datetime(2025, 3, 1, tzinfo=dt.timezone.utc)
MINUTE = dt.timedelta(minutes=1)
A_DAY = 200
"""Articles a day."""

ACTORS = ("velden", "karst", "hale", "sorlund", "brandt", "okafor")
OUTLETS = (*(f"Outlet {n}" for n in range(8)), "Spam")
CUES = ("say", "say", "say", "deny", "confirm")
SAID = (
    "We never sold grain to the northern ports",
    "We sold some grain to the northern ports",
    "The harbour bridge opens again next summer",
    "Talks about the ferry line were broken off",
)
LATE = 0.05
COPIES = 0.15
REVISED = 0.05


@dataclass(frozen=True)
class Said:
    """A statement: by whom, with which verb, which words, how sure."""

    actor: str
    cue: str
    text: str
    confidence: float


@dataclass(frozen=True)
class Item:
    """An article, or a later version of it; `seen` and `ready` are minutes after the start."""

    name: str
    seen: float
    ready: float
    story: str
    outlet: str
    mentions: tuple[tuple[str, float], ...]
    statements: tuple[Said, ...] = ()
    version: int = 1


def items(number: int, seed: int) -> list[Item]:
    """Return so many articles and some revisions of them, by the time they can be read."""
    chance = random.Random(seed)
    found: list[Item] = []
    for n in range(number):
        found += _article(n, chance, found)
    return sorted(found, key=lambda item: (item.ready, item.name, item.version))


def _article(n: int, chance: random.Random, before: list[Item]) -> Iterator[Item]:
    seen = 1 + n * 24 * 60 / A_DAY + chance.uniform(0, 300)
    ready = seen + (chance.uniform(10, 48 * 60) if chance.random() < LATE else 0)
    # a few actors are in most of the news, and one of them falls silent for days
    who = [a for i, a in enumerate(ACTORS) if chance.random() < 0.5 / (i + 1) ** 1.5]
    if seen // (24 * 60) % 9 == 4:
        who = [actor for actor in who if actor != ACTORS[0]]
    mentions = tuple((actor, chance.choice((0.6, 0.8, 0.95))) for actor in who)
    said = tuple(
        Said(actor, chance.choice(CUES), chance.choice(SAID), chance.choice((0.4, 0.7, 0.9)))
        for actor in who
        if chance.random() < 0.4
    )
    outlet = chance.choice(OUTLETS[: 3 + int(seen // (24 * 60 * 4)) % 7])
    item = Item(f"n{n}", seen, ready, f"story {n}", outlet, mentions, said)
    if before and chance.random() < COPIES:
        original = before[-chance.randrange(1, min(len(before), 40) + 1)]
        item = replace(item, story=original.story, mentions=original.mentions, statements=original.statements)
    yield item
    if chance.random() < REVISED:
        more = Said(ACTORS[1], "say", f"{chance.choice(SAID)}, he added", 0.9)
        yield replace(item, ready=ready + chance.uniform(30, 600), statements=(*item.statements, more), version=2)


def moment(minutes: float) -> dt.datetime:
    """Return so many minutes after the start."""
    return START + minutes * MINUTE


def statement_place(number: int) -> int:
    """Return where the statement of that number stands."""
    return 1000 + 100 * number


def reading_of(item: Item) -> Reading:
    """Return the article as the reading stage gives it."""
    document = make_document(
        id=item.name,
        url=f"https://news.test/{item.name}",
        seen=moment(item.seen),
        published=moment(item.seen - 30),
        story=item.story,
        outlet=item.outlet,
        title=f"{item.name} version {item.version}",
        feed=f"https://news.test/{item.outlet}",
    )
    mentions = tuple(
        make_mention(document, actor, start=10 * n, score=score, sentence=make_span(f"{actor} came.", 10 * n))
        for n, (actor, score) in enumerate(item.mentions)
    )
    statements = tuple(
        make_statement(
            document,
            said.text,
            make_speaker(said.actor.title(), said.actor),
            start=statement_place(n),
            confidence=said.confidence,
            cue=Cue(start=0, end=3, text=said.cue, lemma=said.cue),
        )
        for n, said in enumerate(item.statements)
    )
    return make_reading(document, mentions=mentions, statements=statements)
