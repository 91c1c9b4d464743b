"""What an article says of itself: that it was corrected, or withdrawn."""

import re

from transforms.patterns import one_of

_WORK = r"(?:article|story|report|item|piece|post|headline|text|dispatch)"

_RETRACTED = re.compile(
    one_of(rf"""
    (?:editor.?s note:? )?(?:this|our) {_WORK} (?:has been|was|is) (?:retracted|withdrawn)\b
    .{{0,60}}\b(?:has|have) (?:retracted|withdrawn) (?:this|the|its|an earlier) {_WORK}\b
    (?:retraction|retracted|withdrawn)(?: ?[:—–-]|$)
    (?:advisory|kill|mandatory kill)(?: ?[:—–])
    """),
    re.IGNORECASE,
)  # fmt: skip

_CORRECTED = re.compile(
    one_of(rf"""
    (?:correction|corrections|corrected|clarification|erratum)(?: ?[:—–-]|$|\s*\()
    \(?(?:corrects|clarifies|fixes|refiles|removes)\b.{{0,120}}\b(?:paragraph|para|headline|spelling|name|date|quote|figure|to)\b
    (?:editor.?s note:? )?(?:this|our) {_WORK} (?:has been|was) (?:corrected|amended|clarified)\b
    (?:editor.?s note:? )?an earlier version of this {_WORK}\b
    a previous version of this {_WORK}\b
    """),
    re.IGNORECASE,
)  # fmt: skip


def notices_of(title: str, text: str) -> tuple[str, ...]:
    """Return the flags `retracted` and `corrected` where the title or a line of the text begins by saying so."""
    lines = [title, *text.split("\n")]
    told = (("retracted", _RETRACTED), ("corrected", _CORRECTED))
    return tuple(flag for flag, pattern in told if any(pattern.match(line.strip(" *_•[")) for line in lines))
