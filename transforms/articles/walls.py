"""Pages that stand in an article's place: consent walls and paywall stubs. Recognised, never evaded."""

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

from transforms.patterns import one_of

Wall = Literal["challenge", "consent", "paywall"]

STUB = 1_200
"""An article longer than this is read, whatever is asked for below it."""

_CONSENT = re.compile(
    one_of(r"""
    cookies?\b
    \bconsent
    personal(?:i[sz]ed)? (?:data|ads|advertising|information)
    our (?:\d+ |trusted )?partners
    privacy
    legitimate interest
    store and(?:/or)? access information
    on (?:a|your) device
    (?:accept|reject|agree)(?: to)? all
    vendors\b
    gdpr
    """),
    re.IGNORECASE,
)
_AGREE = re.compile(
    r"\b"
    + one_of(r"""
    accept(?: all)?(?: cookies)?
    i agree
    agree(?: and continue)?
    (?:reject|allow) all
    manage (?:options|preferences|choices|(?:privacy )?settings)
    zustimmen
    alle akzeptieren
    tout accepter
    aceptar todo
    """)
    + r"\b",
    re.IGNORECASE,
)
_PAY = re.compile(
    one_of(r"""
    to (?:continue|keep) reading
    to read (?:this|the (?:full|rest|whole|entire|complete))
    continue reading with
    (?:article|story|content) is (?:(?:only|available|reserved) )*(?:for|to)(?: \w+){0,2} (?:subscriber|member)s
    (?:subscribers?|members?)[- ]only (?:article|content|story)
    you(?:’ve|'ve| have) (?:reached|read|used|hit) (?:your|all|the) .{0,40}(?:limit|articles|stories)
    unlock (?:this|the full) (?:article|story)
    (?:the )?rest of this (?:article|story) is
    """),
    re.IGNORECASE,
)


def consent(url: str, *, visible: str, lines: Sequence[str]) -> bool:
    """Return whether the page only asks for consent: its address says so, or its text speaks of little else."""
    parts = urlsplit(url)
    if (parts.hostname or "").split(".")[0] in {
        "consent",
        "guce",
        "privacy",
        "cmp",
    } or "collectconsent" in parts.path.lower():
        return True
    text = lines or [visible]
    asking = sum(len(line) for line in text if len(_CONSENT.findall(line)) > 1)
    return asking > 0.6 * sum(map(len, text)) and _AGREE.search(visible) is not None


def paywall(*, text: str, visible: str, locked: bool) -> bool:
    """Return whether only a stub is shown: a short text, and the offer to read on beside it, not in it."""
    if len(text) > STUB:
        return False
    beside = visible
    for line in text.split("\n"):
        beside = beside.replace(line, " ")
    return _PAY.search(beside) is not None or (locked and len(text) < STUB // 2)
