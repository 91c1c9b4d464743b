"""Entity corpora -> texts with OntoNotes-like entities, held-out parts, and the stream that trains."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.tokenizer import Tokenizer

from models import consistency, dates, gumnames, repair
from models.repair import Sentence
from models.spans import Columns, Span, apart, from_columns, retokenized, spaced
from models.tokens import Text
from models.wordlists import words

POLITICS = {
    "person": "PERSON",
    "politician": "PERSON",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "country": "GPE",
    "location": "place",
    "event": "EVENT",
    "election": "EVENT",
    "misc": "norp?",
}
WIKI = {"PER": "PERSON", "ORG": "ORG", "LOC": "place", "MISC": "norp?"}
TWEETS = {"person": "PERSON", "location": "place", "corporation": "ORG"}
TAGS = {"LRB": "-LRB-", "RRB": "-RRB-", ";": ":"}
HELD_OUT = {"gmb": 20, "wikigold": 6, "crossner": 4, "uner": 5}


def held_out(words: Iterable[str], one_in: int) -> bool:
    """Return whether a text belongs to the held-out part: by hash, so that the choice never moves."""
    if not one_in:
        return False
    digest = hashlib.sha256(" ".join(words).encode()).digest()
    return int.from_bytes(digest[:4], "big") % one_in == 0


def groningen(path: Path) -> list[Sentence]:
    """Return the sentences of the Groningen extract once each, repaired."""
    with zipfile.ZipFile(path) as packed, packed.open(packed.namelist()[0]) as raw:
        rows = list(csv.reader(io.TextIOWrapper(raw, "latin-1", newline="")))[1:]
    grouped: list[list[list[str]]] = []
    for row in rows:
        if row[0]:
            grouped.append([])
        grouped[-1].append(row)
    seen: set[str] = set()
    found: list[Sentence] = []
    for group in grouped:
        words = tuple(row[1].replace("\x92", "'").replace("\x93", '"').replace("\x94", '"') for row in group)
        key = re.sub(r"\d", "0", " ".join(words).lower())
        if key in seen or not all(words) or any(w.isspace() for w in words):
            continue
        seen.add(key)
        found.append(Sentence(words, tuple(r[2] for r in group), tuple(from_columns([r[3] for r in group]))))
    return consistency.consistent([repair.repaired(s) for s in found])


def columns(path: Path, word: int, tag: int, labels: dict[str, str]) -> Iterator[Sentence]:
    """Yield the sentences of a file in columns, with dates by rule added."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        rows = [re.split(r"[\t ]", line) for line in block.splitlines() if line.strip() and not line.startswith("# ")]
        rows = [row for row in rows if len(row) > max(word, tag)]
        if rows:
            words = tuple(row[word] for row in rows)
            yield _mapped(words, from_columns([row[tag] for row in rows]), labels)


def _mapped(written: tuple[str, ...], spans: list[Span], labels: dict[str, str]) -> Sentence:
    sentence = Sentence(written, (), ())
    found = [_relabelled(sentence, span, labels.get(span.label, "")) for span in spans]
    made = [span for span in found if span.label]
    whole = [span for span in made if span.label == "EVENT"]
    dated = [Span(*each) for each in dates.spans(written)]
    return sentence._replace(spans=tuple(apart([*whole, *dated, *made])))


def _relabelled(sentence: Sentence, span: Span, label: str) -> Span:
    """Return a gold span under its new label, which is empty where the name is not wanted."""
    surface = sentence.surface(span)
    if label == "place":
        label = repair.place_label(surface)
    if label == "norp?" or surface.lower() in words("norp"):
        label = "NORP" if demonym(surface) else ""
    if label == "PERSON":
        span = repair.without_titles(sentence.words, span)
    return span._replace(label=label)


def with_peoples(sentences: Iterable[Sentence], peoples: frozenset[str]) -> list[Sentence]:
    """Label the demonyms in corpora that pass over them."""
    made: list[Sentence] = []
    for sentence in sentences:
        extra = [Span(i, i + 1, "NORP") for i, word in enumerate(sentence.words) if word in peoples]
        made.append(sentence._replace(spans=tuple(apart([*sentence.spans, *extra]))))
    return made


def known_peoples(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Return the single words that are nearly always demonyms."""
    usual = consistency.majority(sentences, least=5, share=0.9)
    return frozenset(s for s, label in usual.items() if label == "NORP" and " " not in s and s[0].isupper())


def demonym(surface: str) -> bool:
    """Return whether a name is that of a people, a faith or a political colour."""
    low = surface.lower()
    parts = low.split()
    ends = re.search(r"(?:ese|ish|ians?|eans?|ans|cans?|ench|aeli|aqi|stani|utch|eek|iss|hai|ech)s?$", low)
    return low in words("norp") or (len(parts) == 1 and bool(ends))


def sources(data: Path) -> dict[str, list[Sentence]]:
    """Return the sentences of every entity corpus."""
    wiki = data / "wikigold/wikigold.conll.txt"
    politics = [s for n in ("train", "dev") for s in columns(data / f"crossner_politics/{n}.txt", 0, 1, POLITICS)]
    tweets = [s for n in ("wnut17train", "emerging.dev") for s in columns(data / f"wnut17/{n}.conll", 0, 1, TWEETS)]
    news = groningen(data / "gmb/gmb_train_dev.csv.zip")
    peoples = known_peoples(news)
    news = with_peoples(news, peoples)
    gum = data / "gum_permissive"
    return {
        "gmb": news,
        "wikigold": with_peoples(columns(wiki, 0, 1, WIKI), peoples),
        "crossner": with_peoples(politics, peoples),
        "uner": with_peoples(columns(data / "uner_ewt_dev/en_ewt-ud-dev.iob2", 1, 2, WIKI), peoples),
        "wnut": with_peoples(tweets, peoples),
        "gum": gumnames.sentences(gum / "en_gum_permissive-train.conllu", peoples),
        "gum_dev": gumnames.sentences(gum / "en_gum_permissive-dev.conllu", peoples),
    }


def split(found: dict[str, list[Sentence]]) -> tuple[dict[str, list[Sentence]], dict[str, list[Sentence]]]:
    """Return the training and the held-out part of every corpus."""
    dev = {n: [s for s in found[n] if held_out(s.words, one)] for n, one in HELD_OUT.items()}
    dev["gum"] = found["gum_dev"]
    train = {n: [s for s in ss if not held_out(s.words, HELD_OUT.get(n, 0))] for n, ss in found.items()}
    del train["gum_dev"]
    return train, dev


def text(sentence: Sentence, tokenizer: Tokenizer) -> Text:
    """Return a sentence as a text of spaCy's tokens."""
    columns = Columns(sentence.words, spaced(sentence.words), [TAGS.get(tag, tag) for tag in sentence.tags])
    return retokenized(columns, sentence.spans, tokenizer)
