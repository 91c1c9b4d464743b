"""The same sentences in both label schemes, UD and CLEAR: parsed by hand, read alike."""

from dataclasses import dataclass

import pytest
import spacy
from spacy.tokens import Doc, Span

from schemas.documents import Origin
from schemas.statements import Statement
from transforms.statements.find import find

VOCAB = spacy.blank("en").vocab


@dataclass(frozen=True)
class Row:
    """One token: word, tag, and head and label in either scheme."""

    word: str
    tag: str
    ud: tuple[int, str]
    clear: tuple[int, str]


def rows(text: str) -> list[Row]:
    """Each line: word tag ud-head ud-label clear-head clear-label."""
    parts = (line.split() for line in text.strip().splitlines())
    return [Row(w, tag, (int(a), b), (int(c), d)) for w, tag, a, b, c, d in parts]


INVERTED = rows("""
“ `` 2 punct 5 punct
We PRP 2 nsubj 2 nsubj
agree VBP 5 ccomp 5 ccomp
, , 2 punct 5 punct
” '' 2 punct 5 punct
said VBD 5 ROOT 5 ROOT
Anna NNP 5 nsubj 7 compound
Berg NNP 6 flat 5 nsubj
. . 5 punct 5 punct
""")
GOVERNED = rows("""
Anna NNP 2 nsubj 1 compound
Berg NNP 0 flat 2 nsubj
said VBD 2 ROOT 2 ROOT
that IN 7 mark 7 mark
the DT 5 det 5 det
talks NNS 7 nsubj 7 nsubj
had VBD 7 aux 7 aux
failed VBN 2 ccomp 2 ccomp
. . 2 punct 2 punct
""")
FRONTED = rows("""
The DT 1 det 1 det
talks NNS 3 nsubj 3 nsubj
had VBD 3 aux 3 aux
failed VBN 3 ROOT 7 ccomp
, , 7 punct 7 punct
two CD 6 nummod 6 nummod
officials NNS 7 nsubj 7 nsubj
said VBD 3 parataxis 7 ROOT
. . 3 punct 7 punct
""")
ACCORDING = rows("""
According VBG 3 case 9 prep
to IN 0 fixed 0 prep
two CD 3 nummod 3 nummod
officials NNS 8 obl 1 pobj
, , 3 punct 9 punct
the DT 6 det 6 det
talks NNS 8 nsubj 8 nsubj
had VBD 8 aux 8 aux
failed VBN 8 ROOT 8 ROOT
. . 8 punct 8 punct
""")
MIXED = rows("""
Berg NNP 1 nsubj 1 nsubj
said VBD 1 ROOT 1 ROOT
the DT 3 det 3 det
talks NNS 7 nsubj 4 nsubj
were VBD 7 cop 1 ccomp
“ `` 7 punct 7 punct
a DT 7 det 7 det
farce NN 1 ccomp 4 attr
” '' 7 punct 4 punct
. . 1 punct 1 punct
""")


def doc_of(table: list[Row], scheme: str) -> Doc:
    pairs = [row.ud if scheme == "UD" else row.clear for row in table]
    spaces = [
        row.word != "“" and (n + 1 == len(table) or table[n + 1].word not in {",", ".", "”"})
        for n, row in enumerate(table)
    ]
    doc = Doc(
        VOCAB,
        words=[row.word for row in table],
        spaces=spaces,
        tags=[row.tag for row in table],
        heads=[head for head, _ in pairs],
        deps=[label for _, label in pairs],
    )
    named = [n for n, row in enumerate(table) if row.tag == "NNP"]
    doc.ents = [Span(doc, named[0], named[-1] + 1, label="PERSON")] if named else []
    return doc


@pytest.fixture(params=["UD", "CLEAR"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def only(table: list[Row], scheme: str, origin: Origin) -> Statement:
    (statement,) = find(doc_of(table, scheme), origin)
    assert statement.speaker is not None
    return statement


def test_the_speaker_behind_the_verb(scheme: str, origin: Origin) -> None:
    statement = only(INVERTED, scheme, origin)
    assert (statement.kind, statement.text) == ("direct", "We agree")
    assert statement.speaker is not None
    assert (statement.speaker.text, statement.speaker.name, statement.speaker.source) == (
        "Anna Berg",
        "Anna Berg",
        "named",
    )


def test_the_clause_with_that(scheme: str, origin: Origin) -> None:
    statement = only(GOVERNED, scheme, origin)
    assert (statement.kind, statement.text) == ("indirect", "the talks had failed")
    assert statement.cue is not None
    assert (statement.cue.text, statement.cue.lemma) == ("said", "say")


def test_the_clause_before_its_cue(scheme: str, origin: Origin) -> None:
    statement = only(FRONTED, scheme, origin)
    assert (statement.kind, statement.text) == ("indirect", "The talks had failed")
    assert statement.speaker is not None
    assert (statement.speaker.text, statement.speaker.source, statement.speaker.count) == (
        "two officials",
        "anonymous",
        2,
    )


def test_according_to(scheme: str, origin: Origin) -> None:
    statement = only(ACCORDING, scheme, origin)
    assert statement.text == "the talks had failed"
    assert statement.cue is not None
    assert statement.cue.lemma == "according to"


def test_a_clause_with_quoted_words(scheme: str, origin: Origin) -> None:
    statement = only(MIXED, scheme, origin)
    assert (statement.kind, statement.text) == ("mixed", "the talks were “a farce”")
    assert [q.text for q in statement.quoted] == ["a farce"]


def test_an_id_outlives_edits_elsewhere(origin: Origin) -> None:
    alone = find(doc_of(GOVERNED, "UD"), origin)
    after = find(Doc.from_docs([doc_of(FRONTED, "UD"), doc_of(GOVERNED, "UD")]), origin)
    assert alone[0].id == after[-1].id
    assert len({s.id for s in after}) == 2


def test_equal_words_said_twice_have_two_ids(origin: Origin) -> None:
    twice = find(Doc.from_docs([doc_of(GOVERNED, "UD"), doc_of(GOVERNED, "UD")]), origin)
    assert len({s.id for s in twice}) == 2
