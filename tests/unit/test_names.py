"""Names of a document: chains, longest forms, one label each."""

import spacy
from spacy.tokens import Doc, Span

from transforms.language.names import Names, read_names

NLP = spacy.blank("en")
PLAIN = {"So", "Then", "Talks", "Later"}


def read(text: str, *entities: tuple[str, str]) -> tuple[Doc, Names]:
    doc = NLP(text)
    for token in doc:
        token.tag_ = "NNP" if token.text[:1].isupper() and token.text not in PLAIN else "NN"
    found, at = [], 0
    for surface, label in entities:
        start = text.index(surface, at)
        at = start + len(surface)
        span = doc.char_span(start, at)
        assert span is not None
        found.append(Span(doc, span.start, span.end, label=label))
    doc.ents = found
    return doc, read_names(doc)


def longest(doc: Doc, names: Names, word: str, nth: int = 0) -> str:
    places = [t.i for t in doc if t.text == word]
    name = names.at(places[nth])
    return name.text if name else ""


def test_a_bare_surname_is_the_full_name() -> None:
    doc, names = read("Anna Berg left. So then Berg came back.", ("Anna Berg", "PERSON"), ("Berg", "ORG"))
    assert longest(doc, names, "Berg", 1) == "Anna Berg"
    assert [n.label for n in names.chains] == ["PERSON"]


def test_a_surname_that_the_model_missed_is_found() -> None:
    doc, names = read("Anna Berg left. So then Berg came back.", ("Anna Berg", "PERSON"))
    assert longest(doc, names, "Berg", 1) == "Anna Berg"


def test_two_people_of_one_surname_leave_it_alone() -> None:
    doc, names = read(
        "Anna Berg met Karl Berg. Berg smiled.", ("Anna Berg", "PERSON"), ("Karl Berg", "PERSON"), ("Berg", "PERSON")
    )
    assert longest(doc, names, "Berg", 2) == "Berg"


def test_titles_and_possessives_are_no_part_of_a_name() -> None:
    doc, names = read("Gen. Karl Moss left. Moss's boat sank.", ("Gen. Karl Moss", "PERSON"), ("Moss's", "PERSON"))
    assert longest(doc, names, "Moss", 1) == "Karl Moss"
    assert names.named("karl moss") is not None


def test_a_title_makes_a_person_of_an_organisation() -> None:
    _, names = read("Talks with Mr Moss ended.", ("Moss", "ORG"))
    assert names.chains[0].is_person


def test_a_role_in_apposition_makes_a_person() -> None:
    _, names = read("Then Stanko Vrba, a skipper, left.", ("Stanko Vrba", "ORG"))
    assert names.chains[0].is_person


def test_an_acronym_is_its_long_form() -> None:
    doc, names = read(
        "The Alder Strait Commission met. So then ASC staff left.", ("Alder Strait Commission", "ORG"), ("ASC", "ORG")
    )
    assert longest(doc, names, "ASC") == "Alder Strait Commission"


def test_gender_comes_from_title_or_given_name() -> None:
    _, names = read("Mrs Vell met Karl Moss.", ("Vell", "PERSON"), ("Karl Moss", "PERSON"))
    assert {n.text: n.gender for n in names.chains} == {"Vell": "f", "Karl Moss": "m"}


def test_organisations_keep_their_label() -> None:
    _, names = read("Then Halvik Weather Office warned.", ("Halvik Weather Office", "PERSON"))
    assert names.chains[0].label == "ORG"


def test_an_empty_document_has_no_names() -> None:
    assert read_names(NLP("")).chains == ()
