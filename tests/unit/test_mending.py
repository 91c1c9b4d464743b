"""What the parse contradicts itself in: lost subjects, months that are names, offices that are subjects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Token

from transforms.language.annotate import read_docs
from transforms.language.mending import mend
from transforms.language.model import Model

SUBJECTS = [
    ("Police closed the bridge, and Anna Berg said it was far too early to reopen it.", "said", "Anna"),
    ("The council closed the school on Friday, and Mayor Anna Berg said it was late.", "said", "Anna"),
    ("Ilona Varga, foreign minister of Testany, said that the ships were full.", "said", "Ilona"),
    ("Ilona Varga, the foreign minister of Testany, said that the ships were full.", "said", "Ilona"),
]
OWN = [
    ("Police arrested Anna Berg and said she had lied.", "said"),
    ("Soldiers fired after a clash between rebels and guards killed seven people.", "killed"),
    ("The paper told of thugs with guns, clubs and knives and named them.", "named"),
]
PEOPLE = [
    ("Jan Brandt said the ships were full.", "Jan Brandt"),
    ("He met Jan Brandt on Monday.", "Jan Brandt"),
    ("April Brandt met Lena Albrecht in Morva.", "April Brandt"),
]
DATES = ["In April Brandt said it was late.", "On Jan 5 Brandt left.", "He left on May Day.", "He left in June."]
LABELS = ("nsubj", "conj", "obj", "punct", "cc", "dep")


def subject(doc: Doc, verb: str) -> Token | None:
    token = next(t for t in doc if t.text == verb)
    return next((t for t in token.children if t.dep_.startswith("nsubj")), None)


@pytest.mark.parametrize(("text", "verb", "wanted"), SUBJECTS)
def test_the_name_before_the_verb_is_its_subject(model: Model, text: str, verb: str, wanted: str) -> None:
    found = subject(next(read_docs(model.nlp, [text])), verb)
    assert found is not None
    assert found.text == wanted


@pytest.mark.parametrize(("text", "verb"), OWN)
def test_a_noun_that_is_not_before_the_verb_or_in_a_list_is_no_subject(model: Model, text: str, verb: str) -> None:
    doc = next(model.nlp.pipe([text]))
    before = subject(doc, verb)
    assert subject(mend(doc), verb) == before


@pytest.mark.parametrize(("text", "name"), PEOPLE)
def test_a_month_before_a_surname_is_a_given_name(model: Model, text: str, name: str) -> None:
    doc = next(read_docs(model.nlp, [text]))
    assert (name, "PERSON") in {(e.text, e.label_) for e in doc.ents}


@pytest.mark.parametrize("text", DATES)
def test_a_month_with_a_number_or_a_preposition_stays_a_month(model: Model, text: str) -> None:
    doc = next(model.nlp.pipe([text]))
    before = [(e.text, e.label_) for e in doc.ents]
    assert [(e.text, e.label_) for e in mend(doc).ents] == before


@given(
    st.lists(
        st.tuples(st.sampled_from(["and", ",", "said", "Berg", "May", "left", "the"]), st.sampled_from(LABELS)),
        min_size=1,
        max_size=12,
    )
)
def test_any_parse_is_mended_to_a_tree(model: Model, given_words: list[tuple[str, str]]) -> None:
    size = len(given_words)
    doc = Doc(
        model.nlp.vocab,
        words=[word for word, _ in given_words],
        deps=["ROOT", *(dep for _, dep in given_words[1:])],
        heads=[0, *range(size - 1)],
        tags=["VBD" if word in {"said", "left"} else "NNP" for word, _ in given_words],
    )
    mend(doc)
    assert len(doc) == size
    assert all(t.dep_ for t in doc)
    assert sum(t.head.i == t.i for t in doc) == 1
