"""Names as other lists give them: which of them can stand as an alias by itself, and ids made of names."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

LONGEST = 500
"""As a watchlist takes it, in characters."""

UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
"""Letters of scripts that set no blanks within a name: Thai, Chinese, Japanese, Korean and others."""


class LeftOut(NamedTuple):
    """An alias that was not taken: whose, and why."""

    actor: str
    alias: str
    why: str


def folded(name: str) -> str:
    """Return the name as it is compared: no case, no accents, blanks alike."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def slug(name: str) -> str:
    """Return an id made of the name: keith-kellogg; empty where it has no Latin letter or digit."""
    return "-".join(re.findall(r"[a-z0-9]+", folded(name)))[:200].strip("-")


def kept_aliases(
    name: str, others: Iterable[str], *, person: bool, one_word: bool
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return which of the other names are taken, each once, and which are not, with the reason."""
    forms = {folded(name): name}
    for other in others:
        forms.setdefault(folded(other), other)
    names = list(forms.values())
    kept: list[str] = []
    left: list[tuple[str, str]] = []
    for other in names[1:]:
        why = _fault(other) or ("" if one_word else doubt(other, names, person=person))
        if why:
            left.append((other, why))
        else:
            kept.append(other)
    return kept, left


def _fault(name: str) -> str:
    if len(name) > LONGEST:
        return f"longer than {LONGEST} characters"
    return "" if any(c.isalnum() for c in name) else "has no letter"


def doubt(alias: str, names: Sequence[str], *, person: bool) -> str:
    """Return why the alias alone may mean others; empty where it has several words, or is plain enough."""
    form = folded(alias)
    if len(re.findall(r"[\w’']+", form)) > 1:
        return ""
    whole = _part_of(form, names)
    if whole:
        return f"one word, a part of {whole!r}"
    if UNSPACED.search(alias):
        return ""
    if person:
        same_script = len(folded(names[0]).split()) == 1 and form.isascii() != folded(names[0]).isascii()
        return "" if same_script else "one word, which may mean others"
    if alias.isupper():
        return "" if len(alias) > 2 else "two letters, which mean too much"
    return "" if len(alias) > 3 else "too short"


def _part_of(form: str, names: Sequence[str]) -> str:
    """Return the first longer name that the one-word form is a part of."""
    for name in names:
        longer = folded(name)
        if longer != form and (form in re.split(r"[\W_]+", longer) or (UNSPACED.search(form) and form in longer)):
            return name
    return ""
