"""Words as they are compared: folded alike in the index and in the question."""

import re
import unicodedata

LETTERS = {
    **dict.fromkeys("’ʼ＇`´", "'"),
    **dict(zip("øØłŁđĐðÐħĦıŧŦ", "oOlLdDdDhHitT", strict=True)),
    **dict(zip("ßẞæÆœŒþÞ", ("ss", "SS", "ae", "AE", "oe", "OE", "th", "TH"), strict=True)),
}
"""Apostrophes, and letters that Unicode does not take apart into a plain one and its accent; as Elasticsearch folds."""

SPECIAL = re.compile(f"[{''.join(LETTERS)}]")
POSSESSIVE = re.compile(r"(?<=\w)'[sS]\b")
INNER = re.compile(r"(?<=\w)'(?=\w)")

GAP = " \ue000 "
"""Stands between two texts in one column: a word of its own (private use), so that no phrase reaches across."""

ASKED = re.compile(r'"([^"]*)"|([^\s"]+)')
QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))
TOKEN = re.compile(r"[^\W_]+")


def terms(words: str) -> list[str]:
    """Return the words and the phrases in double quotes that a question asks for; an unpaired mark is no mark.

    What has neither letter nor digit cannot be asked for and is left out.
    """
    found = (phrase or word for phrase, word in ASKED.findall(words.translate(QUOTES)))
    return [term for term in found if TOKEN.search(term)]


def folded(text: str) -> str:
    """Return the text with apostrophes joined (O'Brien -> OBrien), possessives cut and special letters folded.

    Case, accents and word ends are the tokenizer's work.
    """
    if not text.isascii():
        text = SPECIAL.sub(_plain, unicodedata.normalize("NFC", text))
    if "'" not in text:
        return text
    return INNER.sub("", POSSESSIVE.sub("", text))


def _plain(found: re.Match[str]) -> str:
    return LETTERS[found[0]]


def marked(name: str) -> str:
    """Return the folded name with a digit at the end of each word, where the English stemmer leaves it alone."""
    return TOKEN.sub(r"\g<0>0", folded(name))


def is_id(value: str) -> bool:
    """Return whether the words can only be an actor's id: a hyphen, no capital, no space (keith-kellogg)."""
    return "-" in value and value == value.lower() and not any(c.isspace() for c in value)
