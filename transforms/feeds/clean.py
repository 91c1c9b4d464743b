"""Titles and summaries as clean text: no markup, no control characters, bounded."""

import html
import re

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)(?:\s[^<>]*|/)?>")
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|$)|<!\[CDATA\[|\]\]>|<(script|style)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE
)
_BLOCKS = frozenset(
    {
        "p",
        "br",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "section",
    }
)
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ud800-\udfff\ufeff\ufffd-\uffff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def line(text: str, *, markup: bool, most: int) -> str:
    """Return the text as one line."""
    return " ".join(paragraphs(text, markup=markup, most=most).split())


def paragraphs(text: str, *, markup: bool, most: int) -> str:
    """Return the text with its blocks on lines of their own."""
    text = text[: most * 4]  # markup may take most of it
    if markup:
        text = _TAG.sub(_gap, _HIDDEN.sub(" ", text))
        text = html.unescape(text)
    if _ENTITY.search(text):  # escaped twice: "AT&amp;amp;T"
        text = _TAG.sub(_gap, html.unescape(text))
    lines = (" ".join(part.split()) for part in safe(text, most * 4).split("\n"))
    return "\n".join(part for part in lines if part)[:most].rstrip()


def safe(text: str, most: int) -> str:
    """Return the text without control characters, invisible marks and halves of characters, cut to so many."""
    return _UNWANTED.sub("", text[:most])


def _gap(tag: re.Match[str]) -> str:
    return "\n" if tag[2].lower() in _BLOCKS else ""
