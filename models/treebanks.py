"""Universal Dependencies files -> paragraphs with tags and trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from models.tokens import Text, Token, joined

# The lemmatizer asks for these only: base forms are left alone.
KEPT_MORPHS = {
    "NN": "Number=Sing",
    "NNS": "Number=Plur",
    "VB": "VerbForm=Inf",
    "VBP": "Tense=Pres|VerbForm=Fin",
    "JJ": "Degree=Pos",
}
MOST_TOKENS = 160


def morph(tag: str, pos: str) -> str:
    """Return the few features worth predicting for a Penn tag."""
    wanted = {"NN": "NOUN", "NNS": "NOUN", "JJ": "ADJ"}.get(tag)
    verbal = tag in {"VB", "VBP"} and pos in {"VERB", "AUX"}
    return KEPT_MORPHS.get(tag, "") if verbal or wanted == pos else ""


def _rows(block: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the token rows of a sentence, each with whether a space follows; hides contractions' inner joints."""
    inside, last_space = 0, True
    for line in block.splitlines():
        row = line.split("\t")
        if line.startswith("#") or "." in row[0]:
            continue
        space = "SpaceAfter=No" not in row[9]
        if "-" in row[0]:
            first, last = row[0].split("-")
            inside, last_space = int(last) - int(first) + 1, space
            continue
        if inside:
            inside -= 1
            space = last_space if inside == 0 else False
        yield row, space


def sentence(block: str) -> Text:
    """Return one sentence of a CoNLL-U file."""
    rows = list(_rows(block))
    text = [Token(r[1].replace(" ", ""), space, r[4], r[3], morph(r[4], r[3]), r[7]) for r, space in rows]
    for token, (row, _) in zip(text, rows, strict=True):
        token.head = text[int(row[6]) - 1] if row[6] != "0" else None
        token.dep = "ROOT" if row[6] == "0" else row[7]
    if text:
        text[0].starts = True
    return text


def paragraphs(path: Path) -> Iterator[tuple[str, Text]]:
    """Yield the paragraphs of a file with the name of their document, split where they grow long."""
    doc, size = "", 0
    held: list[Text] = []
    for block in re.split(r"\n\n+", path.read_text(encoding="utf-8").strip()):
        fresh = re.search(r"^# newdoc id = (.+)$", block, re.MULTILINE)
        found = sentence(block)
        if held and (fresh or "\n# newpar" in "\n" + block or size + len(found) > MOST_TOKENS):
            yield doc, joined(held)
            held, size = [], 0
        doc = fresh.group(1) if fresh else doc
        held.append(found)
        size += len(found)
    if held:
        yield doc, joined(held)
