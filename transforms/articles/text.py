"""Plain text: what may stand in it, the feed's own HTML as text, and where to cut what is too long."""

import html
import re
from collections.abc import Sequence

_SPACES = re.compile(r"\s+")
# controls, soft hyphens, zero-width and bidirectional marks, surrogates, noncharacters: nothing a reader sees, and
# each would hide a name from the matcher. Zero-width joiners stay: Persian and Hindi spell with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LONE = re.compile("[\x00\ud800-\udfff]")
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_TWICE_ESCAPED = re.compile(r"&(?:[lr][ds]quo|[lr]aquo|quot|apos|nbsp|hellip|[mn]dash|#39|#x27|#8\d{3}|#x20\w\w|amp);")
_SENTENCE_END = re.compile(r"[.!?…][”’»\"')\]]*\s")


def tidy(line: str) -> str:
    """Return the line as a reader sees it: no invisible characters, every run of spaces one space."""
    if _TWICE_ESCAPED.search(line):
        line = html.unescape(line)
    return _SPACES.sub(" ", _UNSEEN.sub("", line)).strip()


def as_given(text: str) -> str:
    """Return the text with each NUL and lone surrogate replaced, so that every offset still holds."""
    return _LONE.sub("\ufffd", text)


def has_markup(text: str) -> bool:
    """Return whether the text holds HTML tags."""
    return _TAG.search(text) is not None


def plain_lines(text: str) -> list[str]:
    """Return the paragraphs of text without markup: by blank lines where it has any, else by lines."""
    text = html.unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    parts = re.split(r"\n[ \t]*\n", text) if re.search(r"\n[ \t]*\n", text) else text.split("\n")
    return [line for line in map(tidy, parts) if line]


def cut(text: str, limit: int) -> str:
    """Return the text up to the last paragraph that fits; of one endless paragraph the sentences or words that fit."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    paragraph_end = head.rfind("\n")
    if paragraph_end > 0:
        return head[:paragraph_end]
    ends = [m.end() for m in _SENTENCE_END.finditer(head)]
    return head[: ends[-1] if ends else max(head.rfind(" "), 0) or limit].rstrip()


def length(lines: Sequence[str]) -> int:
    """Return how many characters the lines have."""
    return sum(map(len, lines))
