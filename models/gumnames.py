"""Names in GUM: its nested mentions of everything -> the proper names among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from models import dates, repair
from models.repair import Sentence
from models.spans import UNKNOWN, Span, apart

MARK = re.compile(r"\((?P<opens>\w+)-(?P<kind>\w+)[^()]*(?P<at_once>\)?)|(?P<closes>\w+)\)")
KINDS = {"person": "PERSON", "organization": "ORG", "place": "place", "event": "EVENT"}
PROPER = {"NNP", "NNPS"}
INSIDE = {"of", "for", "and", "the", "&", "-", "–", "in", "on", "to"}


class Row(NamedTuple):
    """What is needed of one token's line."""

    word: str
    tag: str
    entity: str


def rows(block: str) -> list[Row]:
    """Return the tokens of a sentence."""
    lines = [line.split("\t") for line in block.splitlines() if re.match(r"\d+\t", line)]
    found = [re.search(r"(?:^|\|)Entity=([^|]*)", line[9]) for line in lines]
    return [
        Row(line[1].replace(" ", ""), line[4], hit.group(1) if hit else "")
        for line, hit in zip(lines, found, strict=True)
    ]


def mentions(sentence: list[Row]) -> Iterator[Span]:
    """Yield the mentions that open and close inside a sentence."""
    opened: list[tuple[str, str, int]] = []
    for place, row in enumerate(sentence):
        for hit in MARK.finditer(row.entity):
            if hit["at_once"]:
                yield Span(place, place + 1, hit["kind"])
            elif hit["opens"]:
                opened.append((hit["opens"], hit["kind"], place))
            else:
                found = next((o for o in reversed(opened) if o[0] == hit["closes"]), None)
                if found:
                    opened.remove(found)
                    yield Span(found[2], place + 1, found[1])


def proper(sentence: list[Row], span: Span) -> Span:
    """Return the run of proper nouns a mention begins with, less its article, titles and what trails."""
    first = span.first
    while first < span.end and sentence[first].tag not in PROPER:
        first += 1
    end = first
    for place in range(first, span.end):
        row = sentence[place]
        if row.tag in PROPER:
            end = place + 1
        elif row.word not in INSIDE:
            break
    return span._replace(first=first, end=end)


def named(sentence: list[Row], span: Span) -> Span | None:
    """Return a mention as a name under its new label, or none where it is no name."""
    kind = KINDS.get(span.label, "")
    run = proper(sentence, span)
    lead = sentence[span.first : run.first]
    if run.end <= run.first or any(row.tag not in {"DT", "JJ", "NN", "PRP$"} for row in lead):
        return None
    whole = run.end == span.end or sentence[run.end].word in {",", "(", "who", "which", "'s", "’s"}
    if not kind or not whole:
        return None
    words = [row.word for row in sentence]
    if kind == "PERSON":
        run = repair.without_titles(words, run)
    if run.end <= run.first:
        return None
    label = repair.place_label(" ".join(words[run.first : run.end])) if kind == "place" else kind
    return run._replace(label=label)


def sentence_of(block: str, peoples: frozenset[str]) -> Sentence:
    """Return one sentence with its names; proper nouns outside them are marked unknown."""
    found = rows(block)
    words = tuple(row.word for row in found)
    names = [n for n in (named(found, m) for m in sorted(mentions(found), key=lambda m: m.first - m.end)) if n]
    dated = [Span(*each) for each in dates.spans(words)]
    people = [Span(i, i + 1, "NORP") for i, row in enumerate(found) if row.word in peoples]
    unknown = [Span(i, i + 1, UNKNOWN) for i, row in enumerate(found) if row.tag in PROPER]
    singles = [n._replace(label="NORP") if n.end - n.first == 1 and words[n.first] in peoples else n for n in names]
    return Sentence(words, tuple(row.tag for row in found), tuple(apart([*singles, *dated, *people, *unknown])))


def sentences(path: Path, peoples: frozenset[str]) -> list[Sentence]:
    """Return the sentences of a GUM file."""
    blocks = re.split(r"\n\n+", path.read_text(encoding="utf-8").strip())
    return [made for made in (sentence_of(block, peoples) for block in blocks) if made.words]
