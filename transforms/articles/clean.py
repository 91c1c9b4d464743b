"""A page's tree before extraction: what is no article is taken out."""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from lxml.html import HtmlElement

from transforms.articles.shape import join_bodies, join_posts, shape, text_of

# Names in class and id. A match takes its element out unless that holds a large part of the page's text.
_JUNK = re.compile(
    r"related|recirc|recommend|read-?(?:also|more|next)\b|see-?also|more-?(?:on|from|stories|news)\b|also-?read"
    r"|most-?(?:read|popular|viewed)|trending|top-?stories|newsletter|sign-?up\b|subscri(?:be|ption)"
    r"|promo(?!t)|advert|\bads?\b(?:[-_ ]|$)|sponsor|outbrain|taboola|cookie|consent\b|gdpr|onetrust"
    r"|\bshar(?:e|ing)(?!hold)|social|caption|(?:photo|image|img)-?credit|carousel|slide-?show|\bgallery"
    r"|byline|author-?(?:bio|box|info|card|section)|timestamp|comment(?!ary)|disqus|breadcrumb"
    r"|\btags?(?:-?list|-?links)?\b|topic-?(?:list|links)|screen-?reader|visually-?hidden|visuallyhidden|\bsr-only"
    r"|skip-?(?:link|to)|\bnav(?:bar|igation)?\b|\bmenu\b|footer|sidebar|(?<!elementor-)\bwidget\b|pull-?quote|tool-?bar|links-block"
    r"|standfirst|\bdek\b|\bdeck\b|kicker|strapline|player\b|tooltip|modal\b|popup|back-to-top|posted-on|cat-links",
    re.IGNORECASE,
)
_PARTS = frozenset({"p", "li", "ul", "ol", "dl", "blockquote", "h2", "h3", "h4", "h5", "h6"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_+")
_KEEP = frozenset({"html", "body", "main", "article", "head", "h1"})
_DROP = (
    "script", "style", "noscript", "template", "iframe", "svg", "canvas", "object", "embed", "audio", "video", "button",
    "select", "option", "textarea", "input", "nav", "aside", "figcaption", "figure", "menu", "dialog", "picture", "img",
    "amp-ad", "amp-sidebar", "amp-consent", "amp-iframe", "amp-social-share", "amp-video", "amp-carousel", "amp-embed",
    "amp-img", "map",
)  # fmt: skip


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
    _forget_names(root)
    drop(sup for sup in root.iter("sup") if sup.find(".//a") is not None)  # footnotes
    shape(root)
    if live:
        join_posts(root)
    else:
        _drop_cards(root)
        join_bodies(root)


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


def _forget_names(root: HtmlElement) -> None:
    """Make plain boxes of what trafilatura does not know or takes for something else by its name.

    It drops whatever has "widget" in its class, which is every paragraph of a page built with Elementor; "bar", "meta"
    or "slide", which hashed class names hold by chance; and a header, even one with the article's first paragraph.
    """
    for element in root.iter("*"):
        if element.tag in _PARTS or "elementor" in element.get("class", ""):
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)
        if "-" in element.tag or (element.tag == "header" and _has_long_paragraph(element)):
            element.tag = "div"


def _has_long_paragraph(header: HtmlElement) -> bool:
    return any(len(text_of(paragraph)) > 200 for paragraph in header.iter("p"))


def _drop_cards(root: HtmlElement) -> None:
    """Take out the short articles that only lead to others: where they are the only ones, one would be taken for it."""
    cards = [article for article in root.iter("article") if _has_linked_heading(article)]
    most = 0.4 * len(text_of(root)) if cards else 0
    drop(card for card in cards if len(text_of(card)) <= most)


def _has_linked_heading(article: HtmlElement) -> bool:
    heading = next(article.iter("h2", "h3", "h4", "h5"), None)
    if heading is None or next(article.iter("h1"), None) is not None:
        return False
    return heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None
