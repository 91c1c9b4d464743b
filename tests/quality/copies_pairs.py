"""Pairs of texts that are copies or are not: what newsrooms do to a wire story, done to ours."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml

from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "copies"

ABOVE = "Sign in to read this article without advertising. Published 6 hours ago, 3 min read."
BELOW = """(Reporting by Alma Reed and Jon Pask; editing by Kit Sorrel)
Our standards: the Corvid Wire principles of trust. Purchase licensing rights. Follow us on all our channels.
All rights reserved. This material may not be published, broadcast, rewritten or redistributed."""

EDITS = (
    (r"\bpercent\b", "per cent"), (r"\btold reporters\b", "told journalists"), (r"\bpeople\b", "persons"),
    (r"\bsaid that\b", "said"), (r"\babout\b", "around"), (r" on (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", r" \1day"),
    (r"\bkilometre", "kilometer"), (r"\bwhich\b", "that"), (r"\bis to\b", "will"), (r"\bspokesman\b", "spokesperson"),
    (r"\bhas\b", "had"), (r"\bnobody\b", "no one"), (r"\b(\w+), the head of the (\w+)\b", r"\1, who heads the \2"),
)  # fmt: skip


class Pair(NamedTuple):
    kind: str
    name: str
    one: str
    other: str
    same: bool


def pairs(half: str) -> list[Pair]:
    """Return the pairs of one half: `tuning` or `held_out`."""
    topics = yaml.safe_load((GOLDEN / f"{half}.yaml").read_text("utf-8"))
    moulds = yaml.safe_load((GOLDEN / f"templates_{half}.yaml").read_text("utf-8"))
    return [*copies(topics), *twins(topics), *strangers(topics), *_moulds(moulds)]


def copies(topics: list[dict[str, Any]]) -> Iterator[Pair]:
    for topic in topics:
        text, local = topic["text"].strip(), topic["local"].strip()
        changed: dict[str, tuple[str, str]] = {
            "cut": (text, cut(text)),
            "local opening": (text, f"{local}\n{text}"),
            "reordered": (text, reordered(text)),
            "boilerplate": (text, boilerplate(text)),
            "edited": (text, edited(text)),
            "cut, local opening": (text, f"{local}\n{cut(text)}"),
            "cut, boilerplate": (text, boilerplate(cut(text))),
            "edited, reordered, boilerplate": (text, boilerplate(reordered(edited(text)))),
            "edited, cut": (text, cut(edited(text))),
            "two copies, one cut": (boilerplate(cut(text)), f"{local}\n{edited(text)}"),
            "two copies, both cut": (edited(cut(text)), f"{local}\n{cut(text, 0.5)}"),
        }
        for kind, (one, other) in changed.items():
            yield Pair(kind, topic["name"], one, other, same=True)


def twins(topics: list[dict[str, Any]]) -> Iterator[Pair]:
    for topic in topics:
        text, twin, local = topic["text"].strip(), topic["twin"].strip(), topic["local"].strip()
        for kind, change in CHANGES.items():
            yield Pair(f"twin, {kind}", topic["name"], change(text), change(twin), same=False)
        yield Pair("twin, one cut", topic["name"], text, cut(twin), same=False)
        yield Pair("twin, local opening", topic["name"], f"{local}\n{text}", f"{local}\n{twin}", same=False)


def strangers(topics: list[dict[str, Any]]) -> Iterator[Pair]:
    for one, other in zip(topics, [*topics[1:], topics[0]], strict=True):
        name, ours, theirs = f"{one['name']}, {other['name']}", one["text"].strip(), other["text"].strip()
        yield Pair("another story", name, ours, theirs, same=False)
        yield Pair("another story, cut", name, boilerplate(cut(ours)), boilerplate(cut(theirs)), same=False)
        several = "\n".join([ours, theirs, other["twin"].strip(), one["local"], other["local"]])
        yield Pair("round-up", name, cut(ours), several, same=False)


def fresh() -> list[Pair]:
    """Return the pairs that were written when all was set, six of each event."""
    events = yaml.safe_load((GOLDEN / "fresh.yaml").read_text("utf-8"))
    openings = "\n".join(event["story"][0] for event in events)
    return [pair for event in events for pair in _fresh(event, openings)]


def _fresh(event: dict[str, Any], openings: str) -> Iterator[Pair]:
    name, story = event["name"], event["story"]
    text, desk = "\n".join(story), [event["mended"].get(number, part) for number, part in enumerate(story)]
    yield Pair("fresh: headline changed, cut to 40 %", name, text, cut(text), same=True)
    yield Pair("fresh: local opening, mended", name, text, "\n".join([event["local"], *desk]), same=True)
    turned = "\n".join([desk[0], *desk[:0:-1], event["own"]])
    yield Pair("fresh: quotes in another order", name, text, turned, same=True)
    yield Pair("fresh: another reporter", name, text, event["twin"].strip(), same=False)
    yield Pair("fresh: the next day", name, text, event["next"].strip(), same=False)
    yield Pair("fresh: round-up", name, text, openings, same=False)


def _moulds(moulds: list[list[str]]) -> Iterator[Pair]:
    for number, (one, other) in enumerate(moulds):
        yield Pair("one mould", str(number), one.strip(), other.strip(), same=False)
        yield Pair("one mould, edited", str(number), one.strip(), edited(other.strip()), same=False)


def cut(text: str, share: float = 0.4) -> str:
    """Return the sentences from the beginning that make up that share."""
    wanted, kept = share * len(text), ""
    for sentence in re.split(r"(?<=[.”\"])(?=\s)", text.strip()):
        if kept and len(kept) + len(sentence) / 2 > wanted:
            break
        kept += sentence
    return kept.strip()


def reordered(text: str) -> str:
    """Return the text with its quotes in another order: the first paragraph stays, the others turn round."""
    first, *others = text.split("\n")
    return "\n".join([first, *others[::-1]])


def boilerplate(text: str) -> str:
    return f"{ABOVE}\n{text.strip()}\n{BELOW}"


def edited(text: str) -> str:
    """Return the text as a copy desk leaves it."""
    for old, new in EDITS:
        text = re.sub(old, new, text)
    return text


CHANGES: dict[str, Callable[[str], str]] = {"whole": str, "both cut": cut, "boilerplate": boilerplate, "edited": edited}
