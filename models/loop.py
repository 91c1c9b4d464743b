"""One training run against the clock: resumable, keeps the best averaged weights."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, Optimizer

from models.storage import replace_folder

LEARN_RATE = 0.001
WARMUP_STEPS = 250
DROPOUT = 0.1
Score = Callable[[Language], dict[str, float]]


class Run(NamedTuple):
    """How long to train, how often to look, where the best weights go, and which score decides."""

    out: Path
    seconds: float
    target: str
    words: int = 600
    look_seconds: float = 120

    @property
    def progress(self) -> Path:
        """Return the file that remembers how long this part has been trained."""
        return self.out.with_name(f"{self.out.name}.progress.json")

    def spent(self) -> float:
        """Return the seconds trained so far, in this and earlier processes."""
        return float(json.loads(self.progress.read_text())["seconds"]) if self.progress.exists() else 0.0

    def best(self) -> dict[str, float]:
        """Return the scores of the weights kept so far."""
        kept = self.out / "dev.json"
        found: dict[str, float] = json.loads(kept.read_text()) if kept.exists() else {}
        return found


def make_optimizer() -> Optimizer:
    """Return Adam as spaCy sets it up, with running averages of the weights."""
    return Adam(LEARN_RATE, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)


def rate(step: int, share: float) -> float:
    """Return the learning rate: a short warm-up, level until half time, then down to nearly nothing."""
    falling = 1.0 if share < 0.5 else max(0.02, 2.0 * (1.0 - share))
    return LEARN_RATE * min(1.0, (step + 1) / WARMUP_STEPS) * falling


def batches(examples: Iterable[Example], words: int) -> Iterator[list[Example]]:
    """Yield lists of examples with about that many words each."""
    held: list[Example] = []
    size = 0
    for example in examples:
        held.append(example)
        size += len(example.reference)
        if size >= words:
            yield held
            held, size = [], 0


def train(nlp: Language, examples: Iterable[Example], score: Score, run: Run) -> dict[str, float]:
    """Train until the time is up and return the best scores; the best averaged weights stand in `run.out`."""
    optimizer = make_optimizer()
    before, began = run.spent(), time.monotonic()
    looked = began
    losses: dict[str, float] = {}
    for step, batch in zip(itertools.count(), batches(examples, run.words), strict=False):
        now = time.monotonic()
        spent = before + now - began
        if spent >= run.seconds:
            break
        optimizer.learn_rate = rate(step, spent / run.seconds)
        nlp.update(batch, sgd=optimizer, drop=DROPOUT, losses=losses)
        if now - looked >= run.look_seconds:
            look(nlp, optimizer, score, run, note={"step": step, "seconds": spent, **losses})
            looked, losses = time.monotonic(), {}
    if run.spent() < run.seconds:
        look(nlp, optimizer, score, run, note={"seconds": run.seconds})
    return run.best()


def look(nlp: Language, optimizer: Optimizer, score: Score, run: Run, *, note: dict[str, Any]) -> None:
    """Score the averaged weights, report one line, keep them where they are the best so far."""
    with nlp.use_params(optimizer.averages):
        found = {name: float(value) for name, value in score(nlp).items()}
        better = found[run.target] >= run.best().get(run.target, 0.0)
        if better:
            replace_folder(run.out, lambda folder: keep(nlp, found, folder))
    run.progress.write_text(json.dumps({"seconds": note["seconds"]}))
    line = {name: round(float(value), 4) for name, value in (found | note).items()}
    print(time.strftime("%H:%M:%S"), "best" if better else "    ", json.dumps(line), flush=True)


def keep(nlp: Language, found: dict[str, float], folder: Path) -> None:
    """Write a pipeline with its scores beside it."""
    nlp.to_disk(folder)
    (folder / "dev.json").write_text(json.dumps(found, indent=1))
