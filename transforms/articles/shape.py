"""A page's tree put into paragraphs: loose text, line breaks, layout tables, bodies in several pieces."""

import re

from lxml import etree
from lxml.html import HtmlElement

from transforms.patterns import QUOTES

_INLINE = (
    "span", "font", "b", "i", "u", "em", "strong", "small", "big", "tt", "mark", "cite", "abbr", "acronym", "dfn",
    "time", "ins", "bdi", "bdo", "label", "wbr", "center", "nobr", "data", "var", "samp", "kbd", "sub", "sup", "q",
)  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "legend",
})  # fmt: skip
_BOXES = ("div", "section", "article", "main", "body", "blockquote", "td", "dd", "form", "header", "details")
_BODY = re.compile(
    r"(?:article|story|post|entry|page|text|main)[-_]*(?:body|content|text|copy)|rich-?text|body-?text", re.IGNORECASE
)


def text_of(element: HtmlElement) -> str:
    """Return all text in the element, spaces collapsed."""
    return " ".join("".join(element.itertext()).split())


def shape(root: HtmlElement) -> None:
    """Change the tree so that every run of text is a paragraph and carries the marks that a browser shows."""
    _mark_quotes(root)
    etree.strip_tags(root, *_INLINE)
    _open_layout_tables(root)
    _wrap_loose_text(root)


def _mark_quotes(root: HtmlElement) -> None:
    """Put the marks that a browser draws around <q> into the text."""
    for quote in root.iter("q"):
        inside = next((True for e in quote.iterancestors("q")), False)
        left, right = ("‘", "’") if inside else ("“", "”")
        if not text_of(quote).startswith(tuple(QUOTES)):
            quote.text = left + (quote.text or "").lstrip()
            last = quote[-1] if len(quote) else None
            if last is None:
                quote.text = quote.text.rstrip() + right
            else:
                last.tail = (last.tail or "").rstrip() + right


def _open_layout_tables(root: HtmlElement) -> None:
    """Turn the parts of tables that only lay out a page into plain boxes."""
    for table in list(root.iter("table")):
        if table.find(".//table") is not None or any(len(text_of(cell)) > 400 for cell in table.iter("td")):
            for part in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
                if next(part.iterancestors("table"), table) is table:
                    part.tag = "div"


def _wrap_loose_text(root: HtmlElement) -> None:
    for box in list(root.iter(*_BOXES)):
        if _is_loose(box):
            _wrap(box)
    for paragraph in list(root.iter("p")):
        if len(paragraph) > 1 and paragraph.find("br") is not None and _has_double_break(paragraph):
            paragraph.tag = "div"
            _wrap(paragraph)


def _is_loose(box: HtmlElement) -> bool:
    if box.text and not box.text.isspace():
        return True
    return any(c.tag == "a" or (c.tail and not c.tail.isspace()) for c in box)


def _has_double_break(paragraph: HtmlElement) -> bool:
    return any(
        br.getnext() is not None and br.getnext().tag == "br" and not (br.tail or "").strip()
        for br in paragraph.iterfind("br")
    )


def _wrap(box: HtmlElement) -> None:
    """Put each run of loose text and inline elements into a paragraph; two line breaks in a row end one."""
    run = _new_run(box, box.text)
    box.text = None
    for child in list(box):
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS:
            _end_run(run, child)
            run = _new_run(box, tail)
        elif child.tag == "br" and _ends_in_break(run):
            _end_run(run, child)
            run = _new_run(box, tail)
            box.remove(child)
        else:
            run.append(child)
            child.tail = tail
    if _has_text(run):
        box.append(run)


def _new_run(box: HtmlElement, text: str | None) -> HtmlElement:
    run: HtmlElement = box.makeelement("p")
    run.text = text
    return run


def _ends_in_break(run: HtmlElement) -> bool:
    return len(run) > 0 and run[-1].tag == "br" and not (run[-1].tail or "").strip()


def _end_run(run: HtmlElement, before: HtmlElement) -> None:
    if _has_text(run):
        before.addprevious(run)


def _has_text(run: HtmlElement) -> bool:
    return any(not text.isspace() for text in run.itertext())


def join_bodies(root: HtmlElement) -> None:
    """Move what stands in the later bodies of one name into the first: what parted them was advertisements."""
    first: dict[tuple[HtmlElement, str], HtmlElement] = {}
    for body in list(root.iter("div", "section")):
        name = body.get("class", "")
        if name and _BODY.search(name):
            before = first.setdefault((body.getparent(), name), body)
            if before is not body:
                before.extend(list(body))


def join_posts(root: HtmlElement) -> None:
    """Make one article of a live blog's posts: nothing in it is told apart by its name any more."""
    page = next(root.iter("main"), None)
    page = root.find("body") if page is None else page
    if page is None:
        return
    for element in page.iter("*"):
        element.attrib.pop("class", None)
        element.attrib.pop("id", None)
        if element.tag in {"article", "header"}:
            element.tag = "div"
    page.tag = "article"
