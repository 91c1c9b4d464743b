"""Whose turn it is: questions and answers."""

from transforms.statements.drafts import Draft
from transforms.statements.exchanges import Exchange


def said(lemma: str) -> Draft:
    return Draft("direct", ((0, 4),), ((0, 4),), (5, 6), lemma, None, "", 0.9)


def heard(*turns: tuple[str, str, bool]) -> Exchange:
    exchange = Exchange()
    for lemma, name, question in turns:
        exchange.hear(said(lemma), name, question=question)
    return exchange


def test_a_question_after_an_answer_is_the_askers() -> None:
    exchange = heard(("ask", "Berg", True), ("reply", "Lund", False))
    assert exchange.next("Lund", question=True) == "Berg"
    assert exchange.next("Lund", question=False) == ""


def test_what_follows_an_open_question_is_the_answer() -> None:
    exchange = heard(("ask", "Berg", True), ("reply", "Lund", False), ("", "Berg", True))
    assert exchange.next("Berg", question=False) == "Lund"
    assert exchange.next("Berg", question=True) == ""


def test_nobody_answers_where_nobody_asked_or_a_third_one_spoke() -> None:
    assert heard(("say", "Berg", True), ("say", "Lund", False)).next("Lund", question=True) == ""
    third = heard(("ask", "Berg", True), ("reply", "Lund", False), ("say", "Okkel", False))
    assert third.next("Okkel", question=True) == ""
