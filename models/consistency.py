"""One name, one label: what the silver tagger says most of the time holds everywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from models.repair import Sentence
from models.spans import Span, apart


def majority(sentences: Iterable[Sentence], least: int = 4, share: float = 0.7) -> dict[str, str]:
    """Return surface -> label for names that have one label most of the time."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for span in sentence.spans:
            if span.label not in {"DATE", "TIME", "EVENT"}:
                counts[sentence.surface(span)][span.label] += 1
    found: dict[str, str] = {}
    for surface, labels in counts.items():
        label, count = labels.most_common(1)[0]
        needed = 0.5 if label == "GPE" else share
        if count >= least and count >= needed * labels.total():
            found[surface] = label
    return found


def consistent(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Give a name its usual label everywhere, and label it where the silver tagger passed over it."""
    usual = majority(sentences)
    unmissable = _unmissable(sentences, usual)
    return [_consistent(sentence, usual, unmissable) for sentence in sentences]


def _consistent(sentence: Sentence, usual: dict[str, str], unmissable: frozenset[str]) -> Sentence:
    whole = [part for span in sentence.spans for part in owner_and_owned(sentence, span, usual)]
    made = [s._replace(label=usual.get(sentence.surface(s), s.label)) for s in whole]
    for size in (3, 2, 1):
        for first in range(len(sentence.words) - size + 1):
            surface = " ".join(sentence.words[first : first + size])
            if surface in unmissable:
                made.append(Span(first, first + size, usual[surface]))
    return sentence._replace(spans=tuple(apart(made)))


def owner_and_owned(sentence: Sentence, span: Span, usual: dict[str, str]) -> list[Span]:
    """Return both halves of a span such as Sudan 's Darfur, where the first is a place or a person."""
    for place in range(span.first + 1, span.end - 1):
        owner = Span(span.first, place, "")
        label = usual.get(sentence.surface(owner), "")
        if sentence.words[place] in {"'s", "'"} and label in {"GPE", "LOC", "PERSON"}:
            return [owner._replace(label=label), span._replace(first=place + 1)]
    return [span]


def _unmissable(sentences: Sequence[Sentence], usual: dict[str, str]) -> frozenset[str]:
    """Return the names that are labelled nearly every time they are written outside another name."""
    labelled: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for sentence in sentences:
        inside = {i for s in sentence.spans for i in range(s.first, s.end)}
        labelled.update(sentence.surface(s) for s in sentence.spans)
        for size in (1, 2, 3):
            for first in range(len(sentence.words) - size + 1):
                if inside.isdisjoint(range(first, first + size)):
                    surface = " ".join(sentence.words[first : first + size])
                    if surface in usual:
                        written[surface] += 1
    return frozenset(s for s in usual if labelled[s] >= 6 and written[s] < 0.12 * labelled[s] and s[0].isupper())
