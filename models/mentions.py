"""Training of entities: names exchanged for others of their kind, sentences joined, quotation marks put in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.training import Example

from models import augment, names
from models.repair import Sentence
from models.spans import Span, apart
from models.tokens import Text, Token, joined, to_example
from models.wordlists import lines, words

ROUNDS = {"gmb": 1.0, "wikigold": 4.0, "crossner": 5.0, "uner": 4.0, "wnut": 0.5, "gum": 2.0}
EXCHANGED, SPOKEN, QUOTED = 0.3, 0.12, 0.1


class Pool(NamedTuple):
    """Names to exchange others for."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    other: dict[str, tuple[str, ...]]


def pool(sentences: Iterable[Sentence]) -> Pool:
    """Return the names of a corpus, joined with our own lists of younger names."""
    counts = Counter((s.label, sentence.surface(s)) for sentence in sentences for s in sentence.spans)
    found: dict[str, set[str]] = defaultdict(set)
    for (label, surface), count in counts.items():
        if count > 1 or label == "PERSON":
            found[label].add(surface)
    people = [p.split() for p in sorted(found["PERSON"]) if all(w[0].isupper() for w in p.split())]
    pairs = [p for p in people if len(p) == 2]
    first, last = {p[0] for p in pairs}, {p[1] for p in pairs}
    young = {label: sorted(words(name)) for label, name in (("GPE", "new_places"), ("ORG", "new_orgs"))}
    other = {label: (*sorted(found[label]), *young.get(label, []) * 12) for label in ("GPE", "ORG", "LOC", "NORP")}
    return Pool(
        (*sorted(first), *sorted(words("new_first")) * 8),
        (*sorted(last), *sorted(words("new_last") | words("new_particles")) * 8),
        other,
    )


def another(span: Span, surface: str, names_of: Pool, rng: Random) -> tuple[str, ...]:
    """Return a name of the same kind, or the name itself."""
    size = span.end - span.first
    if span.label == "PERSON":
        last = rng.choice(names_of.last).split()
        return tuple(last) if size == 1 else (rng.choice(names_of.first), *last)
    if span.label in names_of.other:
        return tuple(rng.choice(names_of.other[span.label]).split())
    return tuple(surface.split())


def exchanged(sentence: Sentence, names_of: Pool, rng: Random) -> Sentence:
    """Return the sentence with some of its names exchanged."""
    made: list[str] = []
    spans: list[Span] = []
    place = 0
    for span in sentence.spans:
        made.extend(sentence.words[place : span.first])
        surface = sentence.words[span.first : span.end]
        if rng.random() < EXCHANGED:
            surface = another(span, " ".join(surface), names_of, rng)
        spans.append(Span(len(made), len(made) + len(surface), span.label))
        made.extend(surface)
        place = span.end
    made.extend(sentence.words[place:])
    tags = sentence.tags if len(made) == len(sentence.words) else ()
    return Sentence(tuple(made), tags, tuple(apart(spans)))


SLOTS = {"P": "PERSON", "O": "ORG", "G": "GPE", "N": "NORP"}


def clause(names_of: Pool, rng: Random) -> Sentence:
    """Return a clause of speaking with fresh names: said Mr. P, O said in a statement."""
    made: list[str] = []
    spans: list[Span] = []
    for word in rng.choice(lines("speeches")).split():
        label = SLOTS.get(word, "")
        blank = Span(0, rng.choice((1, 1, 2)), label)
        written = another(blank, word, names_of, rng) if label else (word,)
        if label:
            spans.append(Span(len(made), len(made) + len(written), label))
        made.extend(written)
    return Sentence(tuple(made), (), tuple(spans))


def spoken(sentence: Sentence, names_of: Pool, rng: Random) -> Sentence:
    """Return "X," said Mr. P. — names in the place where news puts most of them."""
    if len(sentence.words) < 4 or sentence.words[-1] != "." or any(w in {'"', "“", "”"} for w in sentence.words):
        return sentence
    said = clause(names_of, rng)
    opening, closing = (("“",), (",", "”")) if rng.random() < 0.7 else ((), (",",))
    shift = len(opening) + len(sentence.words) - 1 + len(closing)
    first = [s._replace(first=s.first + len(opening), end=s.end + len(opening)) for s in sentence.spans]
    then = [s._replace(first=s.first + shift, end=s.end + shift) for s in said.spans]
    words_now = (*opening, *sentence.words[:-1], *closing, *said.words, ".")
    return Sentence(words_now, (), tuple(apart([*first, *then])))


def quoted(text: Text, rng: Random) -> Text:
    """Put quotation marks around the text, with or without a speaker's place before or after."""
    if len(text) < 4 or any(t.word in {'"', "“", "”"} for t in text):
        return text
    left, right = rng.choice(augment.MARKS)
    first = rng.choice([0, 0, 0, rng.randrange(len(text) - 2)])
    end = rng.choice([len(text), len(text), rng.randrange(first + 1, len(text))])
    inside = text[end].ent.startswith("I-") if end < len(text) else False
    if inside or text[first].ent.startswith("I-"):
        return text
    opening, closing = Token(left, space=False), Token(right, text[end - 1].space)
    text[end - 1].space = False
    return [*text[:first], opening, *text[first:end], closing, *text[end:]]


def stream(parts: dict[str, list[Sentence]], names_of: Pool, tokenizer: Tokenizer, rng: Random) -> Iterator[Text]:
    """Yield texts without end: one to three sentences, varied."""
    while True:
        chosen = [
            s for n, ss in parts.items() for s in ss for _ in range(int(ROUNDS[n]) + (rng.random() < ROUNDS[n] % 1))
        ]
        rng.shuffle(chosen)
        held: list[Text] = []
        for sentence in chosen:
            fresh = exchanged(sentence, names_of, rng)
            fresh = spoken(fresh, names_of, rng) if rng.random() < SPOKEN else fresh
            text = names.text(fresh, tokenizer)
            text = quoted(text, rng) if rng.random() < QUOTED else text
            if not text:
                continue
            held.append(augment.varied(text, rng))
            if rng.random() < 0.6 or len(held) == 3:
                yield joined(held)
                held = []


def examples(nlp: Language, parts: dict[str, list[Sentence]], rng: Random) -> Iterator[Example]:
    """Yield training examples without end."""
    texts = stream(parts, pool(parts["gmb"]), nlp.tokenizer, rng)
    return (to_example(text, nlp.vocab, tree=False) for text in texts)
