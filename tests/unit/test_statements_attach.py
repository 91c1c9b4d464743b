"""Watched actors as speakers and subjects of statements."""

from schemas.documents import Origin, Span
from schemas.mentions import Mention, MentionForm, Outcome
from schemas.statements import Speaker, Statement
from transforms.statements.attach import attach

TEXT = "A spokesman for Kellogg met Anna Berg. Kellogg said Berg was late."


def mention(
    origin: Origin, start: int, text: str, *, outcome: Outcome = "mention", form: MentionForm = "name"
) -> Mention:
    where = Span(start=0, end=len(TEXT), text=TEXT)
    actor = text.lower().split()[-1]
    return Mention(
        id=str(start), origin=origin, actor=actor, name=text, start=start, end=start + len(text), text=text,
        form=form, score=0.9, outcome=outcome, sentence=where,
    )  # fmt: skip


def statement(origin: Origin, speaker: tuple[int, int], head: tuple[int, int], content: tuple[int, int]) -> Statement:
    said = Span(start=content[0], end=content[1], text=TEXT[slice(*content)])
    who = Speaker(
        start=speaker[0], end=speaker[1], text=TEXT[slice(*speaker)], name="x", source="named",
        name_start=head[0], name_end=head[1],
    )  # fmt: skip
    return Statement(
        id="s",
        origin=origin,
        kind="indirect",
        content=(said,),
        text=said.text,
        speaker=who,
        confidence=0.9,
        sentence=said,
    )


def at(text: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(text, start + 1)
    return start, start + len(text)


def speaker_of(found: tuple[Statement, ...]) -> str | None:
    assert found[0].speaker is not None
    return found[0].speaker.actor


def test_the_head_of_the_phrase_speaks(origin: Origin) -> None:
    said = statement(origin, at("Kellogg", 1), at("Kellogg", 1), at("Berg was late"))
    found = attach([said], [mention(origin, at("Kellogg", 1)[0], "Kellogg"), mention(origin, at("Berg", 1)[0], "Berg")])
    assert speaker_of(found) == "kellogg"
    assert found[0].about == ("berg",)


def test_a_spokesman_is_not_his_principal(origin: Origin) -> None:
    said = statement(origin, at("A spokesman for Kellogg"), at("spokesman"), at("Berg was late"))
    assert speaker_of(attach([said], [mention(origin, at("Kellogg")[0], "Kellogg")])) is None


def test_an_uncertain_mention_never_speaks(origin: Origin) -> None:
    said = statement(origin, at("Kellogg", 1), at("Kellogg", 1), at("Berg was late"))
    unsure = mention(origin, at("Kellogg", 1)[0], "Kellogg", outcome="uncertain")
    assert speaker_of(attach([said], [unsure])) is None


def test_a_role_covers_its_head(origin: Origin) -> None:
    said = statement(origin, at("A spokesman for Kellogg"), at("spokesman"), at("Berg was late"))
    role = mention(origin, 0, "A spokesman for Kellogg", form="role")
    assert speaker_of(attach([said], [role])) == "kellogg"


def test_nobody_speaks_without_a_speaker(origin: Origin) -> None:
    assert attach([], []) == ()
