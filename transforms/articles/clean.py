"""A page's tree, before extraction: what is no article taken out, what is one put into paragraphs."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree
from lxml.html import HtmlElement

# Names in class and id. A match takes its element out unless that holds a large part of the page's text.
_JUNK = re.compile(
    r"related|recirc|recommend|read-?(?:also|more|next)\b|see-?also|more-?(?:on|from|stories|news)\b|also-?read"
    r"|most-?(?:read|popular|viewed)|trending|top-?stories|newsletter|sign-?up\b|subscri(?:be|ption)"
    r"|promo(?!t)|advert|\bads?\b(?:[-_ ]|$)|sponsor|outbrain|taboola|cookie|consent\b|gdpr|onetrust"
    r"|\bshar(?:e|ing)(?!hold)|social|caption|(?:photo|image|img)-?credit|carousel|slide-?show|\bgallery"
    r"|byline|author-?(?:bio|box|info|card|section)|timestamp|comment(?!ary)|disqus|breadcrumb"
    r"|\btags?(?:-?list|-?links)?\b|topic-?(?:list|links)|screen-?reader|visually-?hidden|visuallyhidden|\bsr-only"
    r"|skip-?(?:link|to)|\bnav(?:bar|igation)?\b|\bmenu\b|footer|sidebar|\bwidget\b|pull-?quote|tool-?bar|links-block"
    r"|byline|player\b|tooltip|modal\b|popup|back-to-top|posted-on|cat-links",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
_KEEP = frozenset({"html", "body", "main", "article", "head", "h1"})
_DROP = (
    "script", "style", "noscript", "template", "iframe", "svg", "canvas", "object", "embed", "audio", "video", "button",
    "select", "option", "textarea", "input", "nav", "aside", "figcaption", "figure", "menu", "dialog", "picture", "img",
    "amp-ad", "amp-sidebar", "amp-consent", "amp-iframe", "amp-social-share", "amp-video", "amp-carousel", "amp-embed",
    "amp-img", "map",
)  # fmt: skip
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
_MARKS = "\"“”„«»‘’'"


def text_of(element: HtmlElement) -> str:
    """Return all text in the element, spaces collapsed."""
    return " ".join("".join(element.itertext()).split())


def clean(root: HtmlElement, *, live: bool = False) -> None:
    """Change the tree so that it holds what may be article: no chrome, no captions, every run of text a paragraph.

    Args:
        root: the page.
        live: it is a live blog, all of whose posts are wanted.
    """
    for footer in root.iterfind(".//blockquote//footer"):
        footer.tag = "p"  # who said it
    drop(root.iter(*_DROP))
    _drop_junk(root)
    _mark_quotes(root)
    drop(sup for sup in root.iter("sup") if sup.find(".//a") is not None)  # footnotes
    etree.strip_tags(root, *_INLINE)
    _open_layout_tables(root)
    _wrap_loose_text(root)
    if live:
        _join_posts(root)


def drop(elements: Iterable[HtmlElement]) -> None:
    """Take the elements out of their tree; what follows them stays."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _drop_junk(root: HtmlElement) -> None:
    """Take out what its name or style gives away, unless it holds a large part of the page's text."""
    elements = list(root.iter("*"))
    weights = _weights(elements)
    found = [e for e in elements if e.tag not in _KEEP and (_is_hidden(e) or _is_junk(_names(e)))]
    if found:
        main = _main(root, weights)
        drop(e for e in found if not _is_large(e, weights[e] / (weights[root] or 1), main))


def _weights(elements: Sequence[HtmlElement]) -> dict[HtmlElement, int]:
    """Return the length of each element's text that is not in links, in one walk from the leaves."""
    weights = dict.fromkeys(elements, 0)
    for element in reversed(elements):
        weights[element] = 0 if element.tag == "a" else weights[element] + len((element.text or "").strip())
        parent = element.getparent()
        if parent in weights:
            weights[parent] += weights[element] + len((element.tail or "").strip())
    return weights


def _main(root: HtmlElement, weights: Mapping[HtmlElement, int]) -> HtmlElement | None:
    """Return what the article certainly stands in or under: the fullest <article>, else the first headline."""
    fullest = max(root.iter("article"), key=weights.__getitem__, default=None)
    return fullest if fullest is not None and weights[fullest] > 200 else next(root.iter("h1"), None)


def _is_large(element: HtmlElement, share: float, main: HtmlElement | None) -> bool:
    # `related-layout` may wrap the whole article; `more-stories` is long too, but the article is not in it
    if share <= 0.4:
        return False
    return share > 0.6 or main is None or any(e is element for e in main.iterancestors())


def _names(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('data-component', '')}"


@functools.lru_cache(maxsize=8192)
def _is_junk(names: str) -> bool:
    return len(names) > 2 and _JUNK.search(_CAMEL.sub("-", names[:500])) is not None


def _is_hidden(element: HtmlElement) -> bool:
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    return "display:none" in element.get("style", "").replace(" ", "")


def _mark_quotes(root: HtmlElement) -> None:
    """Put the marks that a browser draws around <q> into the text."""
    for quote in root.iter("q"):
        inside = next((True for e in quote.iterancestors("q")), False)
        left, right = ("‘", "’") if inside else ("“", "”")
        if not text_of(quote).startswith(tuple(_MARKS)):
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


def _join_posts(root: HtmlElement) -> None:
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
