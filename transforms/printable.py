"""Text from the web -> one line that no terminal and no chat obeys."""

import re
import unicodedata

_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)")


def one_line(text: str) -> str:
    """Return the text on one line, without control, format and direction characters."""
    if not text.isprintable():
        text = "".join(map(_printable, _ESCAPES.sub("", text)))
    return " ".join(text.split())


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "C" and category != "Cc":
        return ""
    return character if character.isprintable() else " "
