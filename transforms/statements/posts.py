"""Posts set into an article: a paragraph, and under it or behind it "— Anna Berg (@annaberg) August 3, 2016"."""

import re

from transforms.language.names import Names
from transforms.statements.drafts import Draft, Phrase
from transforms.statements.layout import Layout

SIGNED = re.compile(
    r"(?<!\w)(?:--|[—–-])[ \t]?([A-Z][^\n()@—]{1,60}?) \(@\w{2,20}\)"
    r"(?:,? [A-Z][a-z]+\.? \d{1,2}, \d{4}|(?=[ \t]*(?:\n|$)))"
)
LINK = re.compile(r"(?:(?:https?://|pic\.twitter\.com/)\S+\s*)+$")
TAIL = 300
"""Characters at a post's end in which links are looked for: a text without end must not cost the square of it."""

MARKS = "“”\"'‘’«» \t"
LEAST = 3
"""Words of a post; fewer are a caption."""


def posted(layout: Layout, names: Names) -> list[Draft]:
    """Return one direct statement for each post that its author's handle stands under."""
    matches = list(SIGNED.finditer(layout.text))
    ends = [0, *(match.end() for match in matches)]
    found = (_draft(layout, names, match, after) for match, after in zip(matches, ends, strict=False))
    return [draft for draft in found if draft is not None]


def _draft(layout: Layout, names: Names, match: re.Match[str], after: int) -> Draft | None:
    said = _words(layout.text, match.start(), after)
    if said is None:
        return None
    first, last = layout.token_at(match.start(1)), layout.token_at(match.end(1) - 1) + 1
    place = next((p for k in range(first, last) if (p := names.place(k))), None)
    phrase = Phrase(first, last, last - 1, (max(first, place[0]), min(last, place[1])) if place else (first, last))
    return Draft("direct", (said,), (said,), None, "", phrase, "post with its author's handle", 0.9)


def _words(text: str, dash: int, after: int) -> tuple[int, int] | None:
    """Return the post's words: those before the dash in its paragraph, else the one before; none before `after`."""
    end = _trimmed(text, dash, after)
    line = max(after, text.rfind("\n", after, end) + 1)
    link = LINK.search(text, max(line, end - TAIL), end)
    start, end = line, _trimmed(text, link.start() if link else end, after)
    while start < end and (text[start].isspace() or text[start] in MARKS):
        start += 1
    return (start, end) if len(text[start:end].split()) >= LEAST else None


def _trimmed(text: str, end: int, after: int) -> int:
    """Return where the words before a character end, blanks and marks left out."""
    while end > after and (text[end - 1].isspace() or text[end - 1] in MARKS):
        end -= 1
    return end
