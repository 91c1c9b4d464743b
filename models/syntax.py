"""Training of tags, parts of speech and trees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.training import Example

from models import names, quotes
from models.augment import varied
from models.repair import Sentence
from models.tokens import NO_ENTITY, Text, joined, to_example
from models.treebanks import paragraphs
from models.wordlists import words

EWT, GUM = "ud_ewt/en_ewt-ud", "gum_permissive/en_gum_permissive"
# News first: how often a paragraph of a kind is read in one round.
WEIGHTS = {"weblog": 1.6, "newsgroup": 1.4, "reviews": 0.7, "answers": 0.8, "email": 0.6}
GUM_WEIGHTS = {"news": 2.0, "interview": 1.5, "conversation": 0.5, "vlog": 0.5, "academic": 0.8}

MADE_QUOTES = 0.2
TAGS_ONLY = 0.2


def weight(doc: str) -> float:
    """Return how often a document is read in one round."""
    if doc.startswith("GUM_"):
        return GUM_WEIGHTS.get(doc.split("_")[1], 1.0)
    return WEIGHTS.get(doc.split("-", maxsplit=1)[0], 1.0)


def training(data: Path) -> list[tuple[float, Text]]:
    """Return the training paragraphs with their weights."""
    files = [data / f"{name}-train.conllu" for name in (EWT, GUM)]
    return [(weight(doc), text) for file in files for doc, text in paragraphs(file)]


def documents(data: Path, name: str) -> list[tuple[str, Text]]:
    """Return the paragraphs of a treebank's development part, each with the name of its document."""
    return list(paragraphs(data / f"{name}-dev.conllu"))


def development(data: Path, name: str) -> list[Text]:
    """Return the paragraphs of a treebank's development part."""
    return [text for _, text in documents(data, name)]


def sentences(text: Text) -> Iterator[Text]:
    """Yield the sentences of a paragraph."""
    starts = [place for place, token in enumerate(text) if token.starts]
    for first, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[first:end]


def speakers() -> list[tuple[str, ...]]:
    """Return names to put before and after made quotes."""
    last = [name for name in sorted(words("new_last")) if name.isalpha()]
    parts = [tuple(name.split()) for name in sorted(words("new_particles")) if name.replace(" ", "").isalpha()]
    full = [(one, name) for one in sorted(words("new_first")) for name in last]
    return [*full, *[(name,) for name in last] * 40, *parts * 40]


def made_quotes(texts: list[tuple[float, Text]], rng: Random) -> Iterator[Text]:
    """Yield reported speech without end, made from single sentences."""
    fit = [one for _, text in texts for one in sentences(text) if quotes.quotable(one)]
    names = speakers()
    while True:
        second = rng.choice(fit) if rng.random() < 0.5 else None
        yield quotes.reported(rng.choice(fit), second, rng, names)


def stream(texts: list[tuple[float, Text]], tagged: list[Text], rng: Random) -> Iterator[Text]:
    """Yield paragraphs without end, varied, short ones now and then joined with the next; between them tags only."""
    speech = made_quotes(texts, rng)
    while True:
        chosen = [text for share, text in texts for _ in range(_times(share, rng))]
        rng.shuffle(chosen)
        held: list[Text] = []
        for text in chosen:
            held.append(varied(text, rng))
            if rng.random() < MADE_QUOTES:
                held.append(varied(next(speech), rng))
            if sum(map(len, held)) > 30 or rng.random() < 0.6:
                yield joined(held)
                held = []
            if tagged and rng.random() < TAGS_ONLY:
                yield varied(rng.choice(tagged), rng)


def _times(share: float, rng: Random) -> int:
    return int(share) + (rng.random() < share % 1)


def examples(nlp: Language, texts: list[tuple[float, Text]], tagged: list[Text], rng: Random) -> Iterator[Example]:
    """Yield training examples without end."""
    return (to_example(text, nlp.vocab, tree=True) for text in stream(texts, tagged, rng))


def news_tags(nlp: Language, news: list[Sentence]) -> list[Text]:
    """Return newswire with tags and no trees: the silver tags of the Groningen set, as far as the tagger knows them."""
    known = set(nlp.get_pipe("tagger").labels)
    texts = [text for text in (names.text(sentence, nlp.tokenizer) for sentence in news) if text]
    for text in texts:
        for token in text:
            token.tag = token.tag if token.tag in known else ""
            token.ent = NO_ENTITY
    return texts
