"""Text from the web -> one line that no terminal and no chat obeys."""

import re
import unicodedata

_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)")

_LINK = re.compile(r"https?://[\w:/?#&=%+,;!~$*.-]+", re.ASCII)
_MARKS = str.maketrans({"<": "‹", ">": "›", "*": "∗", "`": "ˋ", "~": "∼", "|": "¦"})
_EDGE = re.compile(r"(?<!\w)_|_(?!\w)")  # snake_case is no emphasis


def one_line(text: str) -> str:
    """Return the text on one line, without control, format and direction characters."""
    if not text.isprintable():
        text = "".join(map(_printable, _ESCAPES.sub("", text)))
    return " ".join(text.split())


def for_chat(text: str) -> str:
    """Return the line without what Slack, Markdown or HTML take for tags, calls of people, links, emphasis or code."""
    line = one_line(text)
    if _LINK.fullmatch(line):  # percent-encoded: nothing in it commands
        return line
    return _EDGE.sub("ˍ", line.translate(_MARKS)).replace("@", "@ ").replace("](", "] (")


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "C" and category != "Cc":
        return ""
    return character if character.isprintable() else " "
