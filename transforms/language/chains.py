"""Mentions of names joined by their words: which full name a surname, a first name, a set of initials stands for."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from transforms.language.given import gender_of
from transforms.language.lists import words

Gender = Literal["", "f", "m"]
Keys = dict[tuple[str, ...], tuple[str, ...]]

JUNIOR = frozenset({"jr", "sr", "ii", "iii"})

ORG_WORDS = words("""
    ministry department agency office party house council committee commission court bank university institute company
    corporation corp inc ltd plc group union association foundation federation league police army force forces navy
    guard service bureau authority board parliament senate congress assembly embassy times post news press journal
    network channel radio television tv college school church museum hospital airlines club team united nations
    administration government campaign center centre organization organisation society trust fund alliance coalition
    """)


@dataclass(frozen=True, slots=True)
class Form:
    """One mention: token range without titles and possessive, its words, the model's label."""

    start: int
    end: int
    words: tuple[str, ...]
    label: str
    gender: Gender
    titled: bool


def chains_of(forms: list[Form]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return each form's words -> the words of the longest form that it surely stands for."""
    full = full_names(forms)
    endings: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    bare = {f.words[0] for f in forms if len(f.words) == 1}
    people = {f.words for f in forms if f.label == "PERSON"}
    last = {words[-1] for words in full}
    for known in full:
        endings[known[-1]].add(known)
        if surname_of(known) not in last:  # the son alone: where his father is in the text, the surname is the father's
            endings[surname_of(known)].add(known)
        alone = known in people and known[-1] not in bare and known[0] not in last
        if gender_of(known[0]) or alone:  # "Anna" after "Anna Berg"
            endings[known[0]].add(known)
    keys: dict[tuple[str, ...], tuple[str, ...]] = {}
    for form in forms:
        longer = [w for w in endings.get(form.words[-1], ()) if set(form.words) <= set(w)]
        keys[form.words] = _longest(longer) or form.words
    acronyms = {_initials(w): w for w in {f.words for f in forms if len(f.words) > 2}}
    for short in {f.words for f in forms if len(f.words) == 1 and len(f.words[0]) > 2}:
        keys[short] = acronyms.get(short[0].replace(".", ""), keys[short])
    return keys


def surname_of(words: tuple[str, ...]) -> str:
    """Return the surname of a full name: not what tells the son from the father."""
    return words[-2] if len(words) > 1 and words[-1] in JUNIOR else words[-1]


def titled_first(forms: list[Form], keys: Keys) -> dict[tuple[str, ...], Gender]:
    """Return the gender of each longest form as the first title before one of its short forms tells it."""
    found: dict[tuple[str, ...], Gender] = {}
    for form in forms:
        if form.titled and form.gender:
            found.setdefault(keys[form.words], form.gender)
    return found


def chain_of(form: Form, keys: Keys, titled: dict[tuple[str, ...], Gender]) -> tuple[str, ...]:
    """Return the form's chain: "Mrs Berg" is not Karl Berg, whose surname she bears."""
    longest = keys[form.words]
    other = gender_of(longest[0]) or titled.get(longest, "")
    if form.titled and longest != form.words and form.gender and other and other != form.gender:
        return (form.gender, *form.words)
    return longest


def full_names(forms: list[Form]) -> set[tuple[str, ...]]:
    """Return the forms of two and more words that can be people: most of their mentions are, or have no label."""
    votes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    called = _surnames(forms)
    for form in forms:
        if len(form.words) > 1 and not set(form.words) & ORG_WORDS:
            votes[form.words].append("PERSON" if form.words[-1] in called else form.label)
    return {words for words, labels in votes.items() if sum(v in {"PERSON", ""} for v in labels) * 2 >= len(labels)}


def _surnames(forms: list[Form]) -> set[str]:
    """Return the words that the model mostly takes for people where they stand alone."""
    votes: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        if len(form.words) == 1 and form.label:
            votes[form.words[0]].append(form.label)
    return {word for word, labels in votes.items() if labels.count("PERSON") * 2 > len(labels)}


def _longest(candidates: list[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the longest candidate if all others are short forms of it: two namesakes give none."""
    if not candidates:
        return None
    longest = max(candidates, key=lambda w: (len(w), w))
    return longest if all(set(w) <= set(longest) for w in candidates) else None


def _initials(words: tuple[str, ...]) -> str:
    return "".join(w[0] for w in words if w not in {"of", "the", "for", "and", "on", "in", "&"})
