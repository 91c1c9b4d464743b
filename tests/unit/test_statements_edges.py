"""Where the words of a statement begin and end, to the letter."""

import pytest

from schemas.documents import Origin
from tests.fakes.records import NOON
from transforms.language.annotate import read_docs
from transforms.language.model import Model
from transforms.statements.find import find

ORIGIN = Origin(document="d", url="", seen=NOON)
CASES = [
    ("The road was closed, and Mayor Anna Berg said that was a mistake.", ["that was a mistake"]),
    ("Anna Berg left. She was “tired, and in good spirits”, she said.", ["She was “tired, and in good spirits”"]),
    ("Weather: Rain is expected, the weather service said.", ["Rain is expected"]),
    ("Anna Berg said nobody had blinked: “We all stood firm.”", ["nobody had blinked", "We all stood firm."]),
    ("Anna Berg said on Monday in Morva: “We all stood firm.”", ["We all stood firm."]),
    ("Anna Berg said the air was safe; she left at noon.", ["the air was safe"]),
    ("Anna Berg said that it was “late”, one of the people said.", ["it was “late”"]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_content(model: Model, text: str, wanted: list[str]) -> None:
    assert [s.text for s in find(next(read_docs(model.nlp, [text])), ORIGIN)] == wanted
