"""Bytes of a page -> text -> tree, within bounds, whatever the bytes are."""

import codecs
import itertools
import re
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.utils import detect_encoding

MAX_CHARS = 6_000_000
MAX_TAGS = 30_000
"""The longest pages of the press have a third of it; beyond, extraction would take time that grows by the square."""

MAX_TAG = 100_000
MAX_ATTRIBUTES = 5_000
"""A longer tag with more attributes is read without them: libxml2's time for them grows by the square."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# what pages that declare the left really hold, as browsers have it (WHATWG Encoding)
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_ESCAPED = re.compile("[\udc80-\udcff]")
_ODD = re.compile(
    "[\x80-\x9f\ufffd]"  # controls
    "|[a-zа-яё][A-ZА-ЯЁ]"  # Cyrillic in the wrong one of its two layouts
    "|[À-ÿ]{3}"  # Cyrillic read as Latin
    "|[A-Za-z][А-Яа-яё]|[А-Яа-яё][A-Za-z]"  # Latin read as Cyrillic
)
# characters that no HTML text may hold; libxml2 would stop or cut at some of them
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNCLOSED = re.compile(r"&([lr][ds]quo|[lr]aquo|[bs][db]quo|[mn]dash|hellip)(?![;\w=])")
_SCRIPT = re.compile(r"<(script|style)\b(?![^>]*ld\+json)[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z][\w:-]{0,50}")
_QUOTE_OR_END = re.compile("[\"'>]")
_OPENING = re.compile("<")
_HEAD_TAGS = frozenset({"title", "meta", "link", "script", "style", "base", "noscript", "template"})
_INLINE_TAGS = re.compile(
    r"</?(?:span|font|b|i|u|em|strong|small|big|a|tt|s|sub|sup|center|ins|del|mark)\b[^>]*>", re.IGNORECASE
)


class Tree(NamedTuple):
    """A parsed page; `cut` where the parser gave up before its end."""

    root: HtmlElement
    cut: bool


def decode(body: bytes, content_type: str = "") -> str:
    """Return the page's text: by its mark, as UTF-8 where it is that, else by what header and page declare."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name if name == "utf-8" else f"{name}-{_order(mark)}", "replace")
    header, meta = _declared(body, content_type)
    if header.startswith(("utf-16", "iso2022")):  # of a page's own word for UTF-16 its ASCII is the refutation
        return body.decode(header, "replace")
    return _utf8(body) or _best(body, list(filter(None, (header, meta))))


def _order(mark: bytes) -> str:
    return "le" if mark in {codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE} else "be"


def _declared(body: bytes, content_type: str) -> tuple[str, str]:
    header, meta = _CHARSET.search(content_type), _DECLARED.search(body[:4096])
    return _codec(header[1] if header else ""), _codec(meta[1].decode("ascii", "ignore") if meta else "")


def _codec(name: str) -> str:
    try:
        known = codecs.lookup(name).name
        b"".decode(known)  # refuses rot13 and the like
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(known, known)


def _utf8(body: bytes) -> str | None:
    """Return the body as UTF-8 if it is that but for stray bytes of Windows-1252, as editors paste them."""
    text = body.decode("utf-8", "surrogateescape")
    strays = len(_ESCAPED.findall(text))
    if strays * 20 > len(body) - len(body.translate(None, bytes(range(128, 256)))):
        return None
    return _ESCAPED.sub(lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text) if strays else text


def _best(body: bytes, declared: list[str]) -> str:
    """Return the reading with the fewest oddities, the server's word first."""
    readings = [text for text in (_strict(body, name) for name in declared) if text is not None]
    if not readings:
        guesses = detect_encoding(body[:20_000])[:1]
        readings = [text for text in (_strict(body, name) for name in guesses) if text is not None]
    return min(readings, key=_oddity, default="") or body.decode("cp1252", "replace")


def _oddity(text: str) -> int:
    return len(_ODD.findall(text[:200_000]))


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (ValueError, LookupError):
        return None


def parse(text: str) -> Tree | None:
    """Return the tree of a page, or None where there is nothing; never deeper than libxml2's 256 levels."""
    whole = _UNCLOSED.sub(r"&\1;", _FORBIDDEN.sub("", text[:MAX_CHARS]))
    bounded = _without_huge_tags(_bounded(whole))
    tree = _parsed(bounded)
    if tree is not None and tree.cut:
        # hundreds of unclosed <font> or <b>: without them the page is whole again
        tree = _parsed(_INLINE_TAGS.sub("", bounded)) or tree
    is_cut = len(text) > MAX_CHARS or bounded.count("<") >= MAX_TAGS
    return tree and Tree(tree.root, tree.cut or is_cut)


def _without_huge_tags(text: str) -> str:
    if len(text) < 2 * MAX_TAG:
        return text
    pieces, done, tag = [], 0, _TAG.search(text)
    while tag:
        end = _end_of_tag(text, tag.end())
        if end - tag.start() > MAX_TAG and _has_many_attributes(text[tag.start() : end]):
            pieces += [text[done : tag.start()], f"{tag[0]}>"]
            done = end
        tag = _TAG.search(text, end)
    return "".join([*pieces, text[done:]])


def _end_of_tag(text: str, at: int) -> int:
    while found := _QUOTE_OR_END.search(text, at):
        if found[0] == ">":
            return found.end()
        at = text.find(found[0], found.end()) + 1 or len(text)
    return len(text)


def _has_many_attributes(tag: str) -> bool:
    return max(tag.count("="), len(tag.split())) > MAX_ATTRIBUTES


def _bounded(text: str) -> str:
    """Return the text up to its last bearable tag, without scripts where they would use up the measure."""
    if text.count("<") <= MAX_TAGS:
        return text
    text = _SCRIPT.sub("", text)
    ends = itertools.islice(_OPENING.finditer(text), MAX_TAGS, None)
    return text[: next((m.start() for m in ends), len(text))]


def _parsed(text: str) -> Tree | None:
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False
    )
    try:
        root = document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError:  # "Document is empty"
        return None
    _mend_head(root)
    return Tree(root, any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log))


def _mend_head(root: HtmlElement) -> None:
    """Move what is none of the head's into the body: libxml2 leaves it there where a page spares its <body> tag."""
    head, body = root.find("head"), root.find("body")
    stray = [] if head is None else [child for child in head if child.tag not in _HEAD_TAGS]
    if stray and body is None:
        body = root.makeelement("body")
        root.append(body)
    for place, child in enumerate(stray):
        body.insert(place, child)
