"""How sure a statement is, and why, in words."""

from transforms.statements.coreference import Referent
from transforms.statements.drafts import Draft

LEAST = 0.5
"""A speaker less sure than this is not given: no speaker is better than a wrong one."""

REPAIRED = 0.9
"""What a repaired quotation mark costs."""


def judge(draft: Draft, referent: Referent | None, *, repairs: tuple[str, ...]) -> tuple[float, str]:
    """Return the statement's confidence and the reason for it."""
    sure = draft.score * (REPAIRED if repairs else 1.0)
    reasons = [draft.rule, *repairs]
    if referent is None:
        return round(sure * 0.7, 2), "; ".join([*reasons, "speaker not settled"])
    return round(sure * referent.sure, 2), "; ".join([*reasons, f"speaker {referent.why}"])
