"""The words that report speech, as patterns over plain text: what quotation marks are judged by."""

import re

from transforms.statements.words import FORMS, MANNER, SPEECH

TURNING = (SPEECH | MANNER) - {"offer", "order", "demand", "text", "project", "put", "read", "begin"}

_SAID = (
    r"(?:said|says|told|tells|added|adds|asked|asks|replied|replies|answered|wrote|writes|warned|warns|insisted|insists"
    r"|explained|explains|noted|notes|argued|argues|continued|continues|concluded|stated|states|declared|remarked"
    r"|commented|recalled|responded|tweeted|posted|stressed|claimed|claims|announced|admitted|joked|quipped|observed)"
)
_NAME = r"(?:[Tt]he |[Aa]n? |[Oo]ne |[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ii]|[Ww]e|[Ww]ho|[A-Z])[^\s,.;:?!“”\"«»]*"

SAID_NEXT = re.compile(
    rf"[\s,–—-]*(?:{_SAID}\b|according to\b|{_NAME}(?:\s[^\s,.;:?!“”\"«»]+){{0,4}}?\s(?:also\s|then\s)?{_SAID}\b)"
)
"""Matches where a reporting clause follows: "said Anna Berg", "the minister told reporters"."""

_TURNED = "|".join(sorted(form for form, lemma in FORMS.items() if lemma in TURNING and form[-3:] != "ing"))
"""Every verb that may stand before who speaks: ", launched the deputy"."""

SAID_CLAUSE = re.compile(
    rf",\s*(?:(?:{_TURNED}) (?:the |an? |one |his |her |[A-Z])|{_SAID}\s(?!that\b)"
    rf"|{_NAME}(?:\s[^\s,.;:?!“”\"«»]+){{0,4}}?\s(?:also\s|then\s)?{_SAID}(?=[\s]*[.,]|\s(?:on|in|at|to|reporters)\b))"
)
"""Finds a reporting clause after a comma: where a quotation without its closing mark must have ended."""

SAID = re.compile(rf"\b{_SAID}\b")
"""Finds a reporting verb: what stands before a mark without a partner is then no quotation from its start."""
