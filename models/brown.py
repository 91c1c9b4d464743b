"""Brown clusters -> small static vectors, so that rare names resemble common ones."""

from __future__ import annotations

from importlib import resources

import numpy as np
import srsly
from numpy.typing import NDArray
from spacy.strings import get_string_id
from spacy.vectors import Vectors

PREFIXES = (4, 6, 8, 11, 16)
WIDTH = 16
CAPITALS_UNTIL = 90_000


def clusters() -> dict[str, int]:
    """Return word -> cluster, frequent words first; a cluster's path stands in its low bits, root first."""
    packed = resources.files("spacy_lookups_data") / "data" / "en_lexeme_cluster.json.gz"
    with resources.as_file(packed) as path:
        table = srsly.read_gzip_json(path)
    return {word: int(cluster) for word, cluster in table.items() if cluster}


def with_other_cases(found: dict[str, int]) -> dict[str, int]:
    """Return the table with lower-case and all-capitals forms of words known only as names."""
    grown = dict(found)
    for rank, (word, cluster) in enumerate(found.items()):
        if word.isalpha() and word[0].isupper():
            grown.setdefault(word.lower(), cluster)
        if word.isalpha() and rank < CAPITALS_UNTIL:
            grown.setdefault(word.upper(), cluster)
    return grown


def rows(paths: list[int], seed: int = 7) -> NDArray[np.float32]:
    """Return one row per cluster: clusters that share a prefix of their path share that part of the row."""
    rng = np.random.default_rng(seed)
    table = np.zeros((len(paths), len(PREFIXES) * WIDTH), dtype=np.float32)
    for part, length in enumerate(PREFIXES):
        shared: dict[int, NDArray[np.float64]] = {}
        for row, path in enumerate(paths):
            prefix = path & ((1 << length) - 1)
            if prefix not in shared:
                shared[prefix] = rng.normal(0.0, 1.0 / np.sqrt(WIDTH), WIDTH)
            table[row, part * WIDTH : (part + 1) * WIDTH] = shared[prefix]
    return table


def vectors() -> Vectors:
    """Return the vectors table; keys are hashes, so the words themselves need not be shipped."""
    known = with_other_cases(clusters())
    paths = sorted(set(known.values()))
    place = {path: row for row, path in enumerate(paths)}
    made = Vectors(data=rows(paths), name="en_newswatch_brown")
    for word, path in known.items():
        made.add(get_string_id(word), row=place[path])
    return made
