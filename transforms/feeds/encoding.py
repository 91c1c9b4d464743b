"""The bytes of a feed -> its text, whatever its header and its declaration say about it."""

import codecs
import itertools
import re
import unicodedata
import zlib
from collections.abc import Sequence

MAX_BYTES = 20_000_000
"""Most that a compressed body may become."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
"""What publishers mean by the narrow name."""
LATIN = frozenset({"cp1252", "iso8859-15"})
"""What servers name when they do not know."""

CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "cp866")
COMMON = frozenset("оеаинтсрвлдку")
"""Three quarters of all letters in Russian, Ukrainian, Belarusian and Bulgarian."""

_TRUSTED = re.compile(r"(utf-|iso8859-|cp|koi8|big5|gb|euc|shift|mac|iso2022|hz|tis-620|ascii|johab|kz1048|ptcp)[\w-]*")
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_ESCAPES = re.compile(rb"\x1b[$(]|~\{")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffd-\uffff]")


def to_text(body: bytes, content_type: str = "") -> str:
    """Return the body as text without control and replacement characters; nothing is raised, garbage stays garbage."""
    body = opened(body)
    text = once_encoded(_decoded(body, content_type))
    return _UNWANTED.sub("", text.replace("\r\n", "\n"))


def opened(body: bytes) -> bytes:
    """Return the body out of the gzips it is in, up to three, as far as each can be read."""
    for _ in range(3):
        if not body.startswith(b"\x1f\x8b"):
            break
        try:
            body = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MAX_BYTES)
        except zlib.error:
            break
    return body


def once_encoded(text: str) -> str:
    """Return the text as it was before somebody took its UTF-8 for Latin letters and encoded it again."""
    if text.isascii():
        return text
    try:
        return b"".join(_latin_byte(c) for c in text).decode("utf-8") if _looks_twice(text) else text
    except UnicodeError:
        return text


def _looks_twice(text: str) -> bool:
    # UTF-8's first bytes of two and three, read as Latin letters
    return re.search("[Â-ßâãÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸŽ]", text) is not None


def _latin_byte(character: str) -> bytes:
    return bytes([ord(character)]) if ord(character) < 256 else character.encode("cp1252")


def _decoded(body: bytes, content_type: str) -> str:
    for mark, name in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "ignore")
    wide = _without_mark(body)
    if wide:
        return body.decode(wide, "ignore")
    named = _named(body, content_type)
    if any(name.startswith(("iso2022", "hz")) for name in named) and _ESCAPES.search(body):
        return _best(body, named)  # all its bytes are ASCII, and so would be valid UTF-8
    narrow = sorted((name for name in named if not name.startswith("utf-")), key=LATIN.__contains__)
    return _utf8(body) or (_cyrillic(body) if set(narrow) <= LATIN else "") or _best(body, narrow)


def _without_mark(body: bytes) -> str:
    """Return which UTF-16 or UTF-32 the body is in, by where its zeros stand."""
    start = body[:400]
    if start.count(0) * 3 < len(start) or len(start) < 4:
        return ""
    if start[:2] == b"\0\0" or start[2:4] == b"\0\0":
        return "utf-32-be" if start[:2] == b"\0\0" else "utf-32-le"
    return "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"


def _named(body: bytes, content_type: str) -> list[str]:
    """Return the encodings that the header and the declaration name, in this order, as Python calls them."""
    header = _HEADER.search(content_type)
    declared = _DECLARED.search(body[:2000])
    told = [header[1] if header else "", declared[1].decode("ascii", "ignore") if declared else ""]
    return list(dict.fromkeys(name for name in map(_codec, told) if name))


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return WIDER.get(found, found) if _TRUSTED.fullmatch(found) else ""


def _utf8(body: bytes) -> str:
    """Return the body as UTF-8 where that is what it is, a few broken characters aside; else an empty string."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(len(run) for run in re.findall("[^\x00-\x7f\ufffd]+", text))
    return text if whole >= 4 * broken else ""  # publishers cut summaries in the middle of a character


def _cyrillic(body: bytes) -> str:
    """Return the body in the Cyrillic encoding that nobody named, where the commonest letters say that it is one."""
    texts = [body.decode(name, "ignore") for name in CYRILLIC]
    letters = [[c for c in text[:200_000] if c > "\x7f"] for text in texts]
    shares = [sum(c in COMMON for c in found) / max(1, len(found)) for found in letters]
    best = max(range(len(texts)), key=lambda i: shares[i])
    return texts[best] if shares[best] > 0.5 and len(letters[best]) > 10 else ""


def _best(body: bytes, names: Sequence[str]) -> str:
    """Return the body in the encoding that gives the least odd text, the first of equals."""
    texts = [text for text in (_strictly(body, name) for name in names) if text is not None]
    if not texts:
        return _strictly(body, "cp1252") or body.decode("latin-1")
    return texts[0] if len(texts) == 1 else min(texts, key=_oddity)


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeError, LookupError):
        return None


def _oddity(text: str) -> int:
    """Return how many neighbours no language writes: a capital after a small letter, two scripts, signs in words."""
    letters = re.findall("[^\x00-\x7f]{2,40}|[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]", text[:2_000_000])[:20_000]
    return sum(_odd(a, b) for run in letters for a, b in itertools.pairwise(run))


def _odd(a: str, b: str) -> bool:
    if a.isalpha() and b.isalpha():
        return (a.islower() and b.isupper()) or _script(a) != _script(b)
    return any(unicodedata.category(c) in {"So", "Cc", "Co", "Cn"} for c in (a, b))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
