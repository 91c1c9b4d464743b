"""The one command: corpora in, a trained pipeline out. `python -m models.train --data ../shared/data --out DIR`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import spacy
from spacy import util
from spacy.language import Language
from spacy.training import Example

from models import assemble, brown, measure, mentions, names, syntax
from models.augment import lower_all, whitespace
from models.engine import use_numpy_products
from models.loop import Run, train
from models.repair import Sentence
from models.score import table
from models.tokens import Text, copied, to_example

HERE = Path(__file__).parent
SHOWN_LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "DATE")
DEV_PARAGRAPHS = 200
DEV_SENTENCES = 1200
MINUTE = 60

Parts = dict[str, list[Sentence]]


def begun(config: str, kept: Path, examples: Callable[[Language], Iterable[Example]]) -> Language:
    """Return the pipeline where an earlier process left it, or a fresh one that knows all labels."""
    if (kept / "dev.json").exists():
        return spacy.load(kept)
    nlp = util.load_model_from_config(util.load_config(HERE / config), auto_fill=True)
    nlp.vocab.vectors = brown.vectors()
    made = list(examples(nlp))
    nlp.initialize(lambda: made)
    return nlp


def first_trees(nlp: Language, texts: list[tuple[float, Text]], rng: Random) -> Iterable[Example]:
    """Yield every tree once, and some with whitespace, so that all labels are known."""
    for place, (_, text) in enumerate(texts):
        yield to_example(text, nlp.vocab, tree=True)
        if place % 40 == 0:
            yield to_example(whitespace(copied(text), rng), nlp.vocab, tree=True)


def first_names(nlp: Language, parts: Parts) -> Iterable[Example]:
    """Yield enough of every corpus to know all labels."""
    for part in parts.values():
        for sentence in part[:3000]:
            text = names.text(sentence, nlp.tokenizer)
            if text:
                yield to_example(text, nlp.vocab, tree=False)


def train_syntax(data: Path, work: Path, minutes: float, news: list[Sentence], rng: Random) -> Path:
    """Train tags and trees, and return where they stand."""
    run = Run(work / "syntax", minutes * MINUTE, "las")
    texts = syntax.training(data)
    nlp = begun("syntax.cfg", run.out, lambda fresh: first_trees(fresh, texts, rng))
    dev = {name: syntax.development(data, name)[:DEV_PARAGRAPHS] for name in (syntax.EWT, syntax.GUM)}

    def score(now: Language) -> dict[str, float]:
        each = {name: measure.trees(now, part) for name, part in dev.items()}
        flat = {f"{name.split('/')[0]}_{key}": value for name, found in each.items() for key, value in found.items()}
        return flat | {"las": sum(found["dep_las"] for found in each.values()) / len(each)}

    train(nlp, syntax.examples(nlp, texts, syntax.news_tags(nlp, news), rng), score, run)
    return run.out


def train_names(parts: Parts, dev: Parts, work: Path, minutes: float, rng: Random) -> Path:
    """Train names, and return where they stand."""
    run = Run(work / "names", minutes * MINUTE, "mean")
    nlp = begun("names.cfg", run.out, lambda fresh: first_names(fresh, parts))

    def score(now: Language) -> dict[str, float]:
        each = {name: measure.entities(now, part[:DEV_SENTENCES]) for name, part in dev.items()}
        whole = {name: found["ents_f"] for name, found in each.items()}
        shown = {label: each["gmb"].get(label, 0.0) for label in SHOWN_LABELS}
        lower = measure.entities(now, dev["gmb"][: DEV_SENTENCES // 2], change=lower_all)["ents_f"]
        mean = (sum(whole.values()) + whole["gmb"]) / (len(whole) + 1)
        return whole | shown | {"lower": lower, "mean": mean}

    train(nlp, mentions.examples(nlp, parts, rng), score, run)
    return run.out


def options() -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--out", type=Path, default=HERE / "en_newswatch", help="where the pipeline goes")
    parser.add_argument("--work", type=Path, default=Path("train-out"), help="where half-trained parts are kept")
    parser.add_argument("--syntax-minutes", type=float, default=75)
    parser.add_argument("--names-minutes", type=float, default=65)
    parser.add_argument("--part", choices=("syntax", "names", "all"), default="all", help="to train both side by side")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


def main() -> None:
    """Train what is not yet trained, then put the parts together and score them."""
    asked = options()
    use_numpy_products()
    rng = Random(asked.seed)  # noqa: S311
    parts, dev = names.split(names.sources(asked.data))
    if asked.part != "names":
        train_syntax(asked.data, asked.work, asked.syntax_minutes, parts["gmb"], rng)
    if asked.part != "syntax":
        train_names(parts, dev, asked.work, asked.names_minutes, rng)
    if asked.part == "all":
        nlp = assemble.assembled(asked.work / "syntax", asked.work / "names")
        assemble.publish(nlp, asked.out, table(nlp, asked.data, dev))


if __name__ == "__main__":
    main()
