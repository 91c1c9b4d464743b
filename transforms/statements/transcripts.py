"""Interviews as transcripts: "BERG: …" at the start of paragraph after paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from transforms.language.names import Names
from transforms.statements.drafts import Draft, Phrase
from transforms.statements.layout import Layout

LABEL = re.compile(
    r"^[ \t]*((?:[A-Z][A-Z.'’-]+)(?: [A-Z][A-Z.'’-]+){0,3}|[A-Z]\w+(?: [A-Z]\w+){1,2}): (?=\S)", re.MULTILINE
)
LEAST = 2
"""Paragraphs with one label that make a transcript: one alone may be a headline."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One paragraph of a transcript, in characters: its label and what was said."""

    label: tuple[int, int]
    said: tuple[int, int]


def turns(text: str) -> list[Turn]:
    """Return the transcript's turns, or none where the text is no transcript."""
    found = list(LABEL.finditer(text))
    if len(found) < 2 * LEAST:
        return list(_turns(text, found)) if _exchange(text, found) else []
    counts: dict[str, int] = {}
    for match in found:
        counts[match[1]] = counts.get(match[1], 0) + 1
    if len(counts) < 2 or max(counts.values()) < LEAST:
        return []
    return list(_turns(text, found))


def _exchange(text: str, labels: list[re.Match[str]]) -> bool:
    """Return whether two or three labels stand on one another in capitals: a question and its answer."""
    shouted = all(match[1].isupper() for match in labels) and len({match[1] for match in labels}) > 1
    joined = all("\n" not in text[a.end() : b.start()].strip() for a, b in pairwise(labels))
    asked = text[labels[0].end() : text.find("\n", labels[0].end())].rstrip().endswith("?") if labels else False
    return shouted and joined and asked


def _turns(text: str, labels: list[re.Match[str]]) -> Iterator[Turn]:
    for match in labels:
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        said = text[match.end() : end]
        if said.strip():
            yield Turn(match.span(1), (match.end(), match.end() + len(said.rstrip())))


def transcribed(layout: Layout, names: Names) -> list[Draft]:
    """Return one direct statement a turn."""
    return [_draft(layout, names, turn) for turn in turns(layout.text)]


def _draft(layout: Layout, names: Names, turn: Turn) -> Draft:
    first, last = layout.token_at(turn.label[0]), layout.token_at(turn.label[1] - 1) + 1
    place = next((p for k in range(first, last) if (p := names.place(k))), None)
    name = (max(first, place[0]), min(last, place[1])) if place else (first, last)
    phrase = Phrase(first, last, last - 1, name)
    return Draft("direct", (turn.said,), (turn.said,), None, "", phrase, "turn of a transcript", 0.9)
