"""Posts set into an article: a paragraph, and under it or behind it "— Anna Berg (@annaberg) August 3, 2016"."""

import re

from transforms.language.names import Names
from transforms.statements.drafts import Draft, Phrase
from transforms.statements.layout import Layout

SIGNED = re.compile(
    r"(?<!\w)(?:--|[—–-])[ \t]?([A-Z][^\n()@—]{1,60}?) \(@\w{2,20}\)(?=,? [A-Z][a-z]+\.? \d{1,2}, \d{4}|[ \t]*(?:\n|$))"
)
LINK = re.compile(r"(?:\s*(?:https?://|pic\.twitter\.com/)\S+)+$")
MARKS = "“”\"'‘’«» \t"
LEAST = 3
"""Words of a post; fewer are a caption."""


def posted(layout: Layout, names: Names) -> list[Draft]:
    """Return one direct statement for each post that its author's handle stands under."""
    return [draft for match in SIGNED.finditer(layout.text) if (draft := _draft(layout, names, match)) is not None]


def _draft(layout: Layout, names: Names, match: re.Match[str]) -> Draft | None:
    said = _words(layout.text, match.start())
    if said is None:
        return None
    first, last = layout.token_at(match.start(1)), layout.token_at(match.end(1) - 1) + 1
    place = next((p for k in range(first, last) if (p := names.place(k))), None)
    phrase = Phrase(first, last, last - 1, (max(first, place[0]), min(last, place[1])) if place else (first, last))
    return Draft("direct", (said,), (said,), None, "", phrase, "post with its author's handle", 0.9)


def _words(text: str, dash: int) -> tuple[int, int] | None:
    """Return the post's words: those before the dash in its paragraph, else the paragraph before."""
    line = text.rfind("\n", 0, dash) + 1
    if not text[line:dash].strip():
        dash = len(text[:line].rstrip())
        line = text.rfind("\n", 0, dash) + 1
    link = LINK.search(text, line, dash)
    start, end = line, link.start() if link else dash
    while start < end and text[start] in MARKS:
        start += 1
    while end > start and text[end - 1] in MARKS:
        end -= 1
    return (start, end) if len(text[start:end].split()) >= LEAST else None
