"""Words as they are compared: folded alike in the index and in the question."""

import re
import unicodedata
from functools import lru_cache

from schemas.errors import UserError
from schemas.synonyms import CANONICAL

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

MOST = 100
"""Words in one question; more are a mistake, and would be refused by Elasticsearch in its own way."""

ASKED = re.compile(r'"([^"]*)"|([^\s"]+)')
QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))
TOKEN = re.compile(r"[^\W_]+")


def terms(words: str) -> list[str]:
    """Return the words and the phrases in double quotes that a question asks for; an unpaired mark is no mark.

    What has neither letter nor digit cannot be asked for and is left out; raises UserError for too many words.
    """
    found = (phrase or word for phrase, word in ASKED.findall(words.translate(QUOTES)))
    asked = [term for term in found if TOKEN.search(term)]
    if len(asked) > MOST:
        raise UserError(f"{len(asked)} words: at most {MOST} can be searched for at once")
    return asked


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


@lru_cache(maxsize=4096)  # the same few names stand in most records of a document
def marked(name: str) -> str:
    """Return the folded name, its given names in one form (Bill -> william), a digit at the end of each word.

    The English stemmer leaves words with a digit at the end alone.
    """
    return TOKEN.sub(_formed, folded(name))


def _formed(found: re.Match[str]) -> str:
    word = found[0]
    plain = word if word.isascii() else "".join(c for c in unicodedata.normalize("NFKD", word) if c.isascii())
    return f"{CANONICAL.get(plain.lower(), word)}0"


def is_id(value: str) -> bool:
    """Return whether the words can only be an actor's id: a hyphen, no capital, no space (keith-kellogg)."""
    return "-" in value and value == value.lower() and not any(c.isspace() for c in value)
