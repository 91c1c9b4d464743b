"""The word lists of the training: `words.yaml` beside this file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def block(name: str) -> str:
    """Return a list as it is written."""
    lists: dict[str, str] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return lists[name].strip()


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the lines of a list."""
    return tuple(block(name).split("\n"))


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of a list: apart by spaces, or by bars and lines where they hold spaces."""
    text = block(name)
    if "|" not in text:
        return frozenset(text.split())
    return frozenset(entry.strip() for entry in text.replace("\n", "|").split("|") if entry.strip())
