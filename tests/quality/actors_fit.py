"""Fit of the actors' score on the labelled set: `python -m tests.quality.actors_fit` prints what it gives.

A tiny logistic regression finds a factor for each kind of clue, held near 1 (the weight set by hand), and a line from
the sum of the clues to a probability. Each batch is judged by what was fitted on the others. The line is committed in
`transforms/actors/evidence.py`; the factors are not, as long as they gain nothing.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from tests.quality.actors_score import Labelled, batches, documents, origin_of, watchlist
from transforms.actors import evidence
from transforms.actors.find import scene_of, scene_of_text
from transforms.actors.judge import judge
from transforms.actors.matcher import Matcher
from transforms.language.model import load

Floats = npt.NDArray[np.float64]

KINDS = (
    "full name", "alias", "name", "initial", "near", "the next sentences", "the article has",
    "surname after", "surname before", "the list takes", "title", "followed by", "inside", "stands before",
    "called", "words of", "nothing else", "the article names", "in a row", "common surname", "read as",
    "the same as", "",
)  # fmt: skip
PRIOR = 8.0
"""How firmly the factors are held at 1: so many examples must speak against a weight before it moves."""


class Example(NamedTuple):
    """One candidate that was weighed: the weights of its clues by kind, and whether it is the actor's."""

    batch: str
    sums: tuple[float, ...]
    right: bool


def kind(words: str) -> int:
    """Return the kind of a clue by its words; the last one is the rest."""
    plain = re.sub(r"'[^']*'", "", words)
    return next(i for i, part in enumerate(KINDS) if part in plain)


def examples() -> Iterator[Example]:
    """Yield the weighed candidates of both halves, as the product reads the documents."""
    nlp = load("bundled").nlp
    for batch in batches():
        matcher = Matcher(watchlist(batch))
        for doc in (*documents(batch, "tuning"), *documents(batch, "test")):
            parsed = nlp(doc.text) if doc.language == "en" else None
            yield from (Example(batch, *one) for one in _of(doc, matcher, parsed))


def _of(doc: Labelled, matcher: Matcher, parsed: Doc | None) -> Iterator[tuple[tuple[float, ...], bool]]:
    origin = origin_of(doc)
    scene = scene_of(parsed, origin) if parsed is not None else scene_of_text(doc.text, origin)
    wanted = {(mark.start, mark.end, mark.actor) for mark in doc.marks}
    doubtful = {(mark.start, mark.end) for mark in doc.marks if mark.actor == "?"}
    for case in judge(scene, matcher):
        if not case.refused and (case.start, case.end) not in doubtful:
            sums = [0.0] * len(KINDS)
            for clue in case.clues:
                sums[kind(clue.words)] += clue.weight
            yield tuple(sums), (case.start, case.end, case.profile.actor.id) in wanted


def fit(found: Sequence[Example]) -> Floats:
    """Return the factor of each kind and the constant, by Newton's steps on the penalised likelihood."""
    x, y = _matrix(found)
    prior = np.append(np.ones(len(KINDS)), 0.0)
    held = np.diag(np.append(np.full(len(KINDS), PRIOR), 0.1))
    weights = prior.copy()
    for _ in range(25):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (y - p) - held @ (weights - prior)
        weights = weights + np.linalg.solve((x.T * (p * (1 - p))) @ x + held, gradient)
    return weights


def line(totals: Floats, right: Floats) -> tuple[float, float]:
    """Return slope and constant of the probability that a sum of clues is right."""
    x = np.column_stack([totals, np.ones_like(totals)])
    weights = np.array([1.0, 0.0])
    for _ in range(25):
        p = 1 / (1 + np.exp(-(x @ weights)))
        weights = weights + np.linalg.solve((x.T * (p * (1 - p))) @ x + 0.01 * np.eye(2), x.T @ (right - p))
    return float(weights[0]), float(weights[1])


def _matrix(found: Sequence[Example]) -> tuple[Floats, Floats]:
    x = np.array([[*e.sums, 1.0] for e in found])
    return x, np.array([float(e.right) for e in found])


def _figures(scores: Floats, right: Floats, least: float) -> str:
    taken = scores >= least
    hits = float((taken & (right > 0)).sum())
    return f"precision {hits / max(1.0, taken.sum()):.3f}, recall {hits / max(1.0, right.sum()):.3f}"


def _bins(p: Floats, right: Floats) -> Iterable[str]:
    edges = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.01)
    for low, high in pairwise(edges):
        here = (p >= low) & (p < high)
        if here.any():
            said = f"{low:.2f} to {min(high, 1.0):.2f}, {p[here].mean():.2f} on average"
            yield f"  said {said}: right {right[here].mean():.2f} of {here.sum()}"


def held_out(found: Sequence[Example]) -> tuple[Floats, Floats]:
    """Return the probability of each by the factors, and by the line alone, that the other batches give."""
    (x, y), batch = _matrix(found), np.array([e.batch for e in found])
    by_factors, by_line, totals = np.zeros_like(y), np.zeros_like(y), x[:, :-1].sum(axis=1)
    for name in sorted(set(batch)):
        here = batch == name
        others = [e for e in found if e.batch != name]
        slope, constant = line(totals[~here], y[~here])
        by_factors[here] = 1 / (1 + np.exp(-(x[here] @ fit(others))))
        by_line[here] = 1 / (1 + np.exp(-(slope * totals[here] + constant)))
    return by_factors, by_line


def main() -> None:
    """Print the factors, the line, and what both say of batches that the fit never saw."""
    found = list(examples())
    x, y = _matrix(found)
    totals, learned = x[:, :-1].sum(axis=1), fit(found)
    by_factors, by_line = held_out(found)
    slope, constant = line(totals, y)
    out = [f"{len(found)} candidates weighed"]
    out += [f"  {name or 'the rest'}: times {factor:.2f}" for name, factor in zip(KINDS, learned, strict=False)]
    out += [f"set by hand: {_figures(totals, y, evidence.MENTION)}"]
    for least in (0.5, 0.6, 0.7, 0.8):
        out += [f"learned, each batch by the others, from {least} on: {_figures(by_factors, y, least)}"]
    out += [f"line: slope {slope:.2f}, constant {constant:.2f}", *_bins(by_line, y)]
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
