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

RELIABILITY = ((0.0, 0.0), (0.5, 0.4), (0.6, 0.55), (0.65, 0.65), (0.75, 0.78), (0.8, 0.84), (0.85, 0.91), (0.9, 0.95))
"""The rules' own sureness -> how often such a speaker is right in unseen text (set as docs/statements.md tells)."""


def judge(draft: Draft, referent: Referent | None, *, repairs: tuple[str, ...]) -> tuple[float, str]:
    """Return the statement's confidence and the reason for it."""
    sure = draft.score * (REPAIRED if repairs else 1.0)
    reasons = [draft.rule, *repairs]
    if referent is None or not referent.source.name:
        return round(calibrated(sure * OPEN), 2), "; ".join([*reasons, "speaker not settled"])
    return round(calibrated(sure * referent.sure), 2), "; ".join([*reasons, f"speaker {referent.why}"])


def is_given(referent: Referent, *, repairs: tuple[str, ...]) -> bool:
    """Return whether the speaker is sure enough to be given."""
    return referent.sure * (REPAIRED if repairs else 1.0) >= LEAST


def calibrated(sure: float) -> float:
    """Return the share of right speakers among those that the rules hold for so sure."""
    for (low, least), (high, most) in pairwise(RELIABILITY):
        if sure <= high:
            return least + (sure - low) / (high - low) * (most - least)
    return RELIABILITY[-1][1]
