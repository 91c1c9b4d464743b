"""What a pipeline is worth: tags and trees, names, words a second."""

from __future__ import annotations

import time
from collections.abc import Sequence
from random import Random

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from models import names
from models.augment import Change
from models.repair import Sentence
from models.tokens import Text, copied, to_example

TREE_SCORES = ("token_acc", "tag_acc", "pos_acc", "dep_uas", "dep_las", "sents_f")
SEED = 5


def read(nlp: Language, texts: Sequence[Text], *, tree: bool, raw: bool = False) -> list[Example]:
    """Return texts annotated by the pipeline beside their gold: on gold tokens, or from the raw text."""
    pairs = [to_example(text, nlp.vocab, tree=tree) for text in texts if text]
    docs = [nlp.make_doc(pair.text) if raw else unread(pair.reference) for pair in pairs]
    return [Example(doc, pair.reference) for doc, pair in zip(nlp.pipe(docs), pairs, strict=True)]


def unread(gold: Doc) -> Doc:
    """Return the tokens of a Doc without any annotation."""
    return Doc(gold.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])


def trees(nlp: Language, texts: Sequence[Text], *, raw: bool = False) -> dict[str, float]:
    """Return tag, tree and sentence scores."""
    found = Scorer(nlp).score(read(nlp, texts, tree=True, raw=raw))
    return {name: float(found[name]) for name in TREE_SCORES}


def attached(nlp: Language, texts: Sequence[Text], change: Change) -> dict[str, float]:
    """Return the labelled attachment of words in spoilt texts; added whitespace and punctuation do not count."""
    spoilt = [change(copied(text), Random(SEED)) for text in texts]  # noqa: S311
    right = total = 0
    for pair in read(nlp, spoilt, tree=True):
        for gold, found in zip(pair.reference, pair.predicted, strict=True):
            if gold.is_space or gold.dep_ == "punct":
                continue
            total += 1
            right += gold.head.i == found.head.i and gold.dep_ == found.dep_
    return {"dep_las": right / total}


def entities(nlp: Language, sentences: Sequence[Sentence], *, change: Change | None = None) -> dict[str, float]:
    """Return precision, recall and F of names, and each label's F; `change` spoils the texts first."""
    texts = [names.text(sentence, nlp.tokenizer) for sentence in sentences]
    if change is not None:
        texts = [change(text, Random(SEED)) for text in texts]  # noqa: S311
    found = Scorer.score_spans(read(nlp, texts, tree=False), "ents")
    whole = {name: float(found[name] or 0.0) for name in ("ents_p", "ents_r", "ents_f")}
    return whole | {label: float(each["f"]) for label, each in (found["ents_per_type"] or {}).items()}


def speed(nlp: Language, texts: Sequence[str]) -> float:
    """Return words a second of processor time, all components, texts handed over at once."""
    list(nlp.pipe(texts[:20]))
    began = time.process_time()
    count = sum(len(doc) for doc in nlp.pipe(texts))
    return count / (time.process_time() - began)
