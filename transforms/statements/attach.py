"""Statements and mentions -> the same statements with the watched actors who speak in them and are spoken about."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from schemas.mentions import Mention
from schemas.statements import Speaker, Statement


def attach(statements: Sequence[Statement], mentions: Sequence[Mention]) -> tuple[Statement, ...]:
    """Return the statements with `speaker.actor` and `about` filled from the accepted mentions."""
    sure = sorted((m for m in mentions if m.outcome == "mention"), key=lambda m: (m.start, m.end))
    starts = [m.start for m in sure]
    return tuple(
        replace(s, speaker=_speaker(s.speaker, sure, starts), about=_about(s, sure, starts)) for s in statements
    )


def _speaker(speaker: Speaker | None, mentions: list[Mention], starts: list[int]) -> Speaker | None:
    """Return the speaker as the actor whose mention is the head of the phrase, not one that stands beside it."""
    if speaker is None or not speaker.name:  # a pronoun that nobody is found for
        return None
    near = mentions[: bisect_right(starts, speaker.name_end)][-40:]
    heads = {m.actor for m in near if _is_head(m, speaker)}
    return replace(speaker, actor=heads.pop()) if len(heads) == 1 else speaker


def _is_head(mention: Mention, speaker: Speaker) -> bool:
    if mention.form == "role":
        return mention.start <= speaker.name_start and speaker.name_end <= mention.end
    return speaker.name_start <= mention.start and mention.end <= speaker.name_end


def _about(statement: Statement, mentions: list[Mention], starts: list[int]) -> tuple[str, ...]:
    found = {
        m.actor
        for span in statement.content
        for m in mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if m.end <= span.end
    }
    return tuple(sorted(found))
