"""How close a source without a name is to what it tells of, and why it has none: the words of the text."""

import re

from transforms.language.grammar import FINITE
from transforms.language.lists import words
from transforms.statements.drafts import Draft, Phrase, Range
from transforms.statements.layout import Layout

HELPERS = frozenset({"was", "were", "is", "are", "has", "have", "had"})
WINDOW = 40
"""Tokens after a source's head in which its closeness is looked for."""

NEAR = re.compile(
    r"""\b(?:
      (?:very\s+)?(?:familiar|acquainted|conversant)\s+with
    | (?:directly\s+|fully\s+|regularly\s+)?(?:briefed|informed|apprised|updated)\s+(?:on|about|of|by)
    | (?:very\s+)?close\s+to
    | (?:directly\s+|closely\s+|deeply\s+)?involved\s+(?:in|with)
    | with\s+(?:\w[\w-]*\s+){0,4}?(?:knowledge|understanding|insight|access|awareness)\s+(?:of|into|to|about)
    | (?:aware|cognizant)\s+of | privy\s+to | knowledgeable\s+about | in\s+(?:contact|touch)\s+with
    | (?:present|who\s+(?:was|were)(?:\s+present)?)\s+(?:at|in)\s+the\s+(?:meeting|talks|room|call|session)
    | who\s+(?:(?:has|have|had)\s+)?(?:(?:knowledge|experience)\s+of|attended|took\s+part\s+in|taken\s+part\s+in
      |saw|seen|read|heard|witnessed|reviewed|participated\s+in|worked\s+(?:on|with|for)|knows|know|knew|met|spoke\s+(?:to|with))
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a source is close to what it tells of."""

NEAR_WORDS = words("""
    familiar acquainted conversant briefed informed apprised updated close involved with aware cognizant privy
    knowledgeable contact touch present who
    """)
"""One of them stands in whatever NEAR finds."""

CLOSENESS_ENDS = re.compile(
    r"[,;:—–()“”\"»«]|\s(?:who|but|and\s+who|and\s+(?:asked|spoke|requested|declined)|speaking|said|says|told|asking"
    r"|requesting|granted)\b",
    re.IGNORECASE,
)

_TO_BE_NAMED = r"(?:named|identified|quoted|anonymous|unnamed)(?:\s+by\s+name|\s+publicly)?"
_CONDITION = r"on\s+(?:the\s+)?(?:condition|basis)\s+of\s+anonymity"
_ASKED = (
    r"(?:ask|declin|request|refus|wish|want|preferr)(?:ed|ing)|(?:do|does|did)\s+not\s+(?:want|wish)"
    r"|cannot|could\s+not|can\s?not|may\s+not"
)
_BECAUSE = r"because|as|since|given|due\s+to|citing|for\s+fear|to\s+(?:discuss|describe|speak|talk|share|be)|in\s+order"
ANONYMITY = re.compile(
    rf"""(?:\bwho\s+)?(?:\b(?:also|all|both|each)\s+)?\b(?:
      (?:was\s+|were\s+)?(?:spoke|speaks|speaking|talked|talking|commented|commenting)\s+
        (?:to\s+[^,;.“”"]{{1,40}}?\s+)?(?:{_CONDITION}|anonymously|on\s+background)
    | {_CONDITION}
    | (?:(?:was|were)\s+)?(?:granted|given|request(?:ed|ing)|ask(?:ed|ing)\s+for|insist(?:ed|ing)\s+on)\s+anonymity
    | (?:{_ASKED})\s+(?:not\s+)?(?:to\s+(?:not\s+)?)?(?:be|remain)\s+{_TO_BE_NAMED}
    | (?:was|were|is|are)\s+not\s+(?:authori[sz]ed|allowed|permitted|cleared)\s+to\s+
        (?:speak|comment|talk|discuss|be\s+(?:named|quoted))[^,;.“”"]{{0,60}}
    )
    (?:[\s,]+(?:{_BECAUSE})\b[^,;.“”"]{{1,160}})?""",
    re.IGNORECASE | re.VERBOSE,
)
"""Why a source has no name: the words of the text."""
HINTS = ("anonym", "named", "identified", "authori", "allowed", "permitted", "background", "quoted", "cleared")
FAR = 1000
"""Characters around a source in which a reason is looked for: a sentence without end must not cost its square."""

AFTER = 200
"""Characters after a sentence in which the next one must tell it."""

LATER = re.compile(
    r"\s*(?:the|both|all|they|he|she|each|neither|like|two|three)\b[^.,;:“”\"\n]{0,60}?\s"
    r"(?=(?:spoke|asked|declined|requested|was\s|were\s|wished|insisted|refused|did\snot))",
    re.IGNORECASE,
)
"""A sentence of its own that tells it: "The officials spoke on condition of anonymity …"."""


def near_in(layout: Layout, first: int, last: int) -> re.Match[str] | None:
    """Return where the words begin, among tokens, that tell how close somebody is."""
    if first >= last or NEAR_WORDS.isdisjoint(layout.lower[first:last]):
        return None
    return NEAR.search(layout.text, layout.offsets[first], layout.ends[last - 1])


def closeness(layout: Layout, phrase: Phrase, draft: Draft) -> Range | None:
    """Return the words that tell how the source knows: "familiar with the talks"."""
    first = phrase.head + 1
    last = min(layout.sentence(phrase.head)[1], phrase.head + WINDOW)
    said = [layout.token_at(a) for a, _ in draft.content]
    quoted = next((k for k in range(first, last) if layout.inside[k] >= 0), last)
    last = min([last, quoted, *(k for k in (*said, draft.cue[0] if draft.cue else -1) if k >= first)])
    near = near_in(layout, first, last)
    if near is None or _another(layout, near.start(), phrase):
        return None
    stop = layout.ends[last - 1]
    ended = CLOSENESS_ENDS.search(layout.text, near.end(), stop)
    end = ended.start() if ended else stop
    text = layout.text[near.start() : end].rstrip(" .\n")
    return (near.start(), near.start() + len(text)) if len(text) > near.end() - near.start() else None


def _another(layout: Layout, near: int, phrase: Phrase) -> bool:
    """Return whether another clause stands between a source and the words."""
    between = range(phrase.last, layout.token_at(near))
    return any(layout.tags[k] in FINITE and layout.lower[k] not in HELPERS for k in between)


def anonymity(layout: Layout, phrase: Phrase, draft: Draft) -> Range | None:
    """Return the words that tell why the source has no name, in its own sentence or the one after it."""
    lo, hi = layout.sentence(phrase.head)
    here = layout.offsets[phrase.head]
    start, end = max(layout.offsets[lo], here - FAR), min(layout.ends[hi - 1], here + FAR)
    here_and_after = layout.text[start : end + AFTER]
    if not any(hint in here_and_after for hint in HINTS):
        return None
    for found in ANONYMITY.finditer(layout.text, start, end):
        if not any(a <= found.start() < b for a, b in draft.content):
            return _trimmed(found)
    opened = LATER.match(layout.text, end)
    if opened is None or "\n" in layout.text[end : end + 2]:
        return None
    later = ANONYMITY.match(layout.text, opened.end())
    return _trimmed(later) if later else None


def _trimmed(found: re.Match[str]) -> Range:
    return found.start(), found.start() + len(found[0].rstrip())
