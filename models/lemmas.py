"""Rule lemmas with the tables inside, so that no package of tables is needed to load them."""

from __future__ import annotations

from spacy.language import Language
from spacy.lookups import load_lookups

TABLES = ("lemma_rules", "lemma_exc", "lemma_index")
# The tables know no auxiliaries, and no clitics.
AUXILIARIES = {
    "be": "am is are was were been being be 's 're 'm ’s ’re ’m ai s",
    "have": "has had having have 've ’ve of",
    "do": "does did doing done do",
    "will": "wo 'll ’ll ll will",
    "can": "ca can",
    "would": "'d ’d would",
    "get": "got gets getting get",
    "shall": "sha shall",
}
NEGATIONS = ("n't", "n’t", "nt")


def forms(auxiliaries: dict[str, str]) -> dict[str, list[str]]:
    """Return form -> lemma, as the exception table wants it."""
    return {form: [lemma] for lemma, written in auxiliaries.items() for form in written.split()}


def add_lemmatizer(nlp: Language) -> None:
    """Add the lemmatizer after all that it reads."""
    lookups = load_lookups(nlp.lang, list(TABLES))
    exceptions = lookups.get_table("lemma_exc")
    exceptions["aux"] = forms(AUXILIARIES)
    for table in ("adv", "part"):
        known = dict(exceptions.get(table, {}))
        exceptions[table] = known | {form: ["not"] for form in NEGATIONS}
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"}, before="ner" if nlp.has_pipe("ner") else None)
    lemmatizer.initialize(list, nlp=nlp, lookups=lookups)
