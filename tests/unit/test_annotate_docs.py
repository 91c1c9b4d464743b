"""Texts -> Docs: to the letter, paragraph by paragraph."""

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import blank

from transforms.language.annotate import LONGEST, pieces, read_docs
from transforms.language.detect import detect
from transforms.language.model import Model

BLANK = blank("en")


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_text_survives_to_the_letter(text: str) -> None:
    (doc,) = read_docs(BLANK, [text])
    assert doc.text == text


@given(st.text(alphabet="ab \n\t\u00a0", max_size=200))
def test_pieces_are_the_text(text: str) -> None:
    assert "".join(piece for piece, _ in pieces(text)) == text
    assert all(piece.strip() for piece, real in pieces(text) if real)


def test_long_line_is_cut() -> None:
    text = "word " * LONGEST
    (doc,) = read_docs(BLANK, [text])
    assert doc.text == text
    assert max(len(piece) for piece, _ in pieces(text)) <= LONGEST


def test_paragraphs_do_not_touch(model: Model) -> None:
    text = "The envoy left\n\nMarta Velden stayed.\n"
    (doc,) = read_docs(model.nlp, [text])
    assert doc.text == text
    assert [s.text for s in doc.sents if not s.text.isspace()] == ["The envoy left", "Marta Velden stayed."]


def test_order_is_kept(model: Model) -> None:
    texts = ["One came.\nTwo left.", "", "\n", "Three stayed."]
    assert [d.text for d in read_docs(model.nlp, texts)] == texts


def test_language_is_recognised() -> None:
    assert detect("The minister said on Monday that the talks would go on for another week in the capital.") == "en"
    assert detect("Die Ministerin sagte am Montag, die Gespräche würden noch eine Woche weitergehen.") == "de"
    assert detect("Министр заявила в понедельник, что переговоры продлятся ещё одну неделю в столице.") == "ru"
    assert detect("OK", hint="en-GB") == "en"
