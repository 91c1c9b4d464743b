"""Fit of the statements' confidence: `python -m tests.quality.statements_fit` prints what it gives.

What the rules hold for so sure is read against how often the speaker is right, by isotonic regression, on GUM's
training part. The rules were mended by every error on the tuning halves: nearly all speakers are right there, however
sure, and a curve fitted with them is too high on other texts. GUM's other parts, which the fit never sees, judge it,
and the blind test halves (`test_statements_blind.py`). It is committed in `transforms/statements/confidence.py`.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from schemas.documents import Origin
from schemas.statements import Speaker, Statement
from tests.conftest import ROOT, SHARED
from tests.fakes.records import NOON
from tests.quality.scoring import pairs, same_name, speaker_right
from transforms.language.annotate import read_docs
from transforms.language.model import load
from transforms.language.names import read_names
from transforms.statements import confidence
from transforms.statements.coreference import Discourse
from transforms.statements.find import drafted, find, resolved
from transforms.statements.layout import Layout

BLIND = ROOT / "tests" / "golden" / "statements" / "blind"
EDGES = re.compile(r"^[\s“”\"',.‘’]+|[\s“”\"',‘’]+$")
LEAST = 25
"""Statements that a step of the curve must rest on."""

Gold = dict[str, Any]
Curve = Sequence[tuple[float, float]]


class Case(NamedTuple):
    """A speaker that was given: how sure the rules were, and whether it was the right one."""

    sure: float
    right: bool


def gum(splits: frozenset[str]) -> Iterator[tuple[str, list[Gold]]]:
    """Yield the texts of those splits of GUM with the attributions that it gives them."""
    for line in (SHARED / "data" / "gum_quotes" / "gum_quotes.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        if document["split"] in splits:
            told = [a for a in document["attributions"] if a["source"] and a["type"] == "attribution-positive"]
            gold = [_attribution(document["text"], a) for a in told]
            yield document["text"], [g for g in gold if g["content"]]


def _attribution(text: str, told: Gold) -> Gold:
    spans = [_trimmed(text, start, end) for start, end in told["content"]]
    start, end = told["source"]
    content = [{"start": a, "end": b} for a, b in spans if a < b]
    return {"content": content, "speaker": {"start": start, "end": end}, "name": told["speaker_name"] or ""}


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    left = EDGES.match(text[start:end])
    words = EDGES.sub("", text[start:end])
    first = start + (left.end() if left else 0)
    return first, first + len(words)


def blind() -> Iterator[tuple[str, list[Gold]]]:
    """Yield the texts of the tuning halves with their statements."""
    for path in sorted(BLIND.glob("*.tuning.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            document = json.loads(line)
            yield document["text"], document["statements"]


def cases(documents: Iterable[tuple[str, list[Gold]]]) -> list[Case]:
    """Return the speakers that were given with a name, in statements that the annotators have too."""
    given = list(documents)
    docs = read_docs(load("bundled").nlp, [text for text, _ in given])
    origin = Origin(document="d", url="", seen=NOON)
    found: list[Case] = []
    for (_, gold), doc in zip(given, docs, strict=True):
        statements = find(doc, origin)
        names = read_names(doc)
        layout = Layout(doc, names)
        drafts = resolved(drafted(layout, names), Discourse(layout, names))
        sure = [confidence.sureness(draft, r, repairs=layout.repairs(draft.quoted)) for draft, r in drafts]
        for i, j in pairs(gold, statements).items():
            speaker = statements[j].speaker
            if speaker is not None and speaker.name:
                found.append(Case(sure[j], _right(gold[i], statements[j], speaker)))
    return found


def _right(gold: Gold, statement: Statement, speaker: Speaker) -> bool:
    """Return whether the right one speaks; a phrase that stands for itself is right where the annotators have it."""
    if "kind" in gold:
        return speaker_right(gold, statement)
    at = gold["speaker"]
    itself = speaker.start <= speaker.name_start < speaker.end
    there = at["start"] < speaker.end and speaker.start < at["end"]
    return (there and (itself or not gold["name"])) or same_name(gold["name"], speaker.name)


def fitted(found: Sequence[Case]) -> Curve:
    """Return the curve that rises with the sureness and comes nearest to the shares that were right."""
    levels: dict[float, list[bool]] = {}
    for case in found:
        levels.setdefault(round(case.sure, 2), []).append(case.right)
    steps: list[tuple[float, float, int]] = []  # sureness, share right, how many
    for sure, right in sorted(levels.items()):
        steps.append((sure, sum(right) / len(right), len(right)))
        while len(steps) > 1 and (steps[-2][1] >= steps[-1][1] or steps[-2][2] < LEAST):
            (s1, r1, n1), (s2, r2, n2) = steps[-2:]
            steps[-2:] = [((s1 * n1 + s2 * n2) / (n1 + n2), (r1 * n1 + r2 * n2) / (n1 + n2), n1 + n2)]
    return [(round(sure, 3), round(share, 3)) for sure, share, _ in steps]


def reliability(found: Sequence[Case]) -> list[tuple[int, float, float]]:
    """Return for each tenth of the confidence how many statements, their mean confidence, which share was right."""
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for case in found:
        said = confidence.calibrated(case.sure)
        tenths.setdefault(round(said * 10), []).append((said, case.right))
    return [
        (len(of), sum(said for said, _ in of) / len(of), sum(right for _, right in of) / len(of))
        for _, of in sorted(tenths.items())
    ]


def gap(found: Sequence[Case]) -> float:
    """Return the mean distance between a tenth's confidence and its share."""
    return sum(many * abs(said - right) for many, said, right in reliability(found)) / len(found)


def main() -> None:
    """Print the fit, and how the committed curve fares on every part."""
    parts = {
        "GUM train": cases(gum(frozenset({"train"}))),
        "GUM unseen": cases(gum(frozenset({"dev", "?"}))),
        "tuning halves": cases(blind()),
    }
    sys.stdout.write(f"fitted: {fitted(parts['GUM train'])}\n")
    for name, found in parts.items():
        sys.stdout.write(f"{name}: {len(found)} statements, mean gap {gap(found):.3f}\n")
        lines = (f"  {said:.2f} {many:4} {right:.2f}\n" for many, said, right in reliability(found))
        sys.stdout.write("".join(lines))


if __name__ == "__main__":
    main()
