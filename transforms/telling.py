"""A statement in a few words, for a person: by which verb it was made, and what was said."""

from schemas.statements import Cue

PLAIN = frozenset({"say", "tell", "add", "state", "speak", "go", "put", "according to"})
"""Cues that tell no more than that something was said. All others are shown: who denies a thing has not said it."""


def manner(cue: Cue | None) -> str:
    """Return the word that reports, where it tells more than that something was said: "denied", "warns", "verdict"."""
    return cue.text.lower() if cue and cue.lemma.lower() not in PLAIN and cue.text.isalpha() else ""


def speaks(who: str, how: str) -> str:
    """Return that somebody speaks, and in what manner."""
    if how.endswith(("ed", "s")):
        return f"{who} {how}"
    return f"{who} speaks ({how})" if how else f"{who} speaks"


def in_marks(words: str, kind: str) -> str:
    """Return the words, in quotation marks where they are all verbatim."""
    return f"“{words}”" if kind == "direct" else words
