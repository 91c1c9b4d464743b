"""How sure a statement's speaker is, and why, in words."""

from itertools import pairwise

from transforms.statements.drafts import Draft
from transforms.statements.referents import Referent

LEAST = 0.5
"""A speaker less sure than this is not given: no speaker is better than a wrong one."""

REPAIRED = 0.9
"""What a repaired quotation mark costs."""

OPEN = 0.7
"""What is left of the sureness where nobody is found."""

RELIABILITY = ((0.0, 0.0), (0.718, 0.755), (0.847, 0.903), (0.9, 0.943))
"""The rules' own sureness -> how often such a speaker is right (`python -m tests.quality.statements_fit`)."""


def judge(draft: Draft, referent: Referent | None, *, repairs: tuple[str, ...]) -> tuple[float, str]:
    """Return the statement's confidence and the reason for it."""
    known = referent is not None and referent.source.name
    why = f"speaker {referent.why}" if referent is not None and known else "speaker not settled"
    return round(calibrated(sureness(draft, referent, repairs=repairs)), 2), "; ".join([draft.rule, *repairs, why])


def sureness(draft: Draft, referent: Referent | None, *, repairs: tuple[str, ...]) -> float:
    """Return how sure the rules themselves are."""
    named = referent is not None and referent.source.name
    return draft.score * (REPAIRED if repairs else 1.0) * (referent.sure if referent is not None and named else OPEN)


def is_given(referent: Referent, *, repairs: tuple[str, ...]) -> bool:
    """Return whether the speaker is sure enough to be given."""
    return referent.sure * (REPAIRED if repairs else 1.0) >= LEAST


def calibrated(sure: float) -> float:
    """Return the share of right speakers among those that the rules hold for so sure."""
    for (low, least), (high, most) in pairwise(RELIABILITY):
        if sure <= high:
            return least + (sure - low) / (high - low) * (most - least)
    return RELIABILITY[-1][1]
