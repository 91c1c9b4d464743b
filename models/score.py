"""The other command: what a pipeline scores on each corpus. `python -m models.score --data ../shared/data`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from models import BUNDLED, measure, names, speech, syntax
from models.augment import capitals_all, lower_all, newlines, other_marks
from models.engine import use_numpy_products
from models.repair import Sentence
from models.tokens import Text

Scores = dict[str, dict[str, float]]
TREEBANKS = {"EWT dev": syntax.EWT, "GUM dev": syntax.GUM}

SPOILT_TREES = {"newlines between sentences": newlines, "other quotation marks": other_marks, "lower case": lower_all}


def table(nlp: Language, data: Path, held_out: dict[str, list[Sentence]]) -> dict[str, Any]:
    """Return all scores: trees on gold tokens and from raw text, names by corpus, and spoilt."""
    return {
        "trees": tree_table(nlp, data),
        "names": name_table(nlp, held_out),
        "speech": {"own sentences": speech.share(nlp)},
    }


def tree_table(nlp: Language, data: Path) -> Scores:
    """Return tag and tree scores by treebank."""
    found: Scores = {}
    for title, name in TREEBANKS.items():
        texts = syntax.development(data, name)
        found[title] = measure.trees(nlp, texts)
        found[f"{title}, raw text"] = measure.trees(nlp, texts, raw=True)
    news = [text for doc, text in syntax.documents(data, syntax.GUM) if doc.startswith("GUM_news")]
    found["GUM dev, news"] = measure.trees(nlp, news)
    for title, change in SPOILT_TREES.items():
        texts = syntax.development(data, syntax.GUM)
        found[f"GUM dev, {title}"] = measure.attached(nlp, texts, change)
    return found


def name_table(nlp: Language, held_out: dict[str, list[Sentence]]) -> Scores:
    """Return scores of names by corpus, and of the newswire in small letters and in capitals."""
    found = {corpus: measure.entities(nlp, sentences) for corpus, sentences in held_out.items()}
    spoilt = {"gmb, lower case": lower_all, "gmb, capitals": capitals_all}
    return found | {title: measure.entities(nlp, held_out["gmb"], change=c) for title, c in spoilt.items()}


def words_a_second(nlp: Language, data: Path) -> float:
    """Return the speed on paragraphs of both treebanks."""
    texts = [as_text(text) for name in TREEBANKS.values() for text in syntax.development(data, name)]
    return measure.speed(nlp, texts)


def as_text(text: Text) -> str:
    """Return a text as it is written."""
    return "".join(token.word + " " * token.space for token in text)


def rows(scores: Scores) -> list[str]:
    """Return a table's lines in Markdown."""
    columns = sorted({name for found in scores.values() for name in found}, key=order)
    head = ["| |" + "|".join(columns) + "|", "|---" * (len(columns) + 1) + "|"]
    lines = [
        f"|{title}|" + "|".join(percent(found.get(name)) for name in columns) + "|" for title, found in scores.items()
    ]
    return [*head, *lines]


def order(name: str) -> tuple[bool, str]:
    """Return the sort key of a column: whole scores before those of one label."""
    return name.isupper(), name


def percent(value: float | None) -> str:
    """Return a score as a percentage with one decimal."""
    return "" if value is None else f"{100 * value:.1f}"


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="the pipeline to score")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    return parser.parse_args(arguments)


def main() -> None:
    """Print the scores and the speed, with thinc's own matrix product and with numpy's."""
    asked = options()
    speeds = {"thinc": words_a_second(spacy.load(asked.model), asked.data)}
    use_numpy_products()
    nlp = spacy.load(asked.model)
    speeds["numpy"] = words_a_second(nlp, asked.data)
    _, held_out = names.split(names.sources(asked.data))
    found = table(nlp, asked.data, held_out)
    if asked.json:
        print(json.dumps(found | {"words a second": speeds}, indent=1))
        return
    print("\n".join([*rows(found["trees"]), "", *rows(found["names"]), ""]))
    right, total = found["speech"]["own sentences"].values()
    print(f"who said what in sentences of our own: {right * total:.0f} of {total:.0f}")
    print({engine: round(speed) for engine, speed in speeds.items()}, "words a second, one core")


if __name__ == "__main__":
    main()
