"""A cleaned page -> the paragraphs of its article."""

import functools
import logging

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from transforms.articles.clean import drop
from transforms.articles.noise import LABEL, LABELLED, MORE
from transforms.articles.shape import BLOCKS, text_of
from transforms.articles.text import tidy

# with the tags of trafilatura's own result
_BLOCKS = BLOCKS | {"head", "quote", "list", "item", "row", "code"}
_CELLS = frozenset({"cell", "td", "th"})
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def paragraphs(root: HtmlElement) -> list[str]:
    """Return the article's paragraphs from a cleaned page; the tree is used up."""
    drop_links(root)
    found = bare_extraction(root, options=_options())
    return [] if found is None or found.body is None else lines(found.body)


@functools.cache
def _options() -> Extractor:
    # Its warnings are about single pages; what became of a page stands in its article or failure.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # `fast` leaves out a second and third algorithm (half the time); `precision` kept all quoted words of the golden
    # pages and a third less of what is not article (tests/quality/test_extraction.py).
    options = Extractor(output_format="python", fast=True, precision=True, comments=False, tables=True)
    options.min_extracted_size = 60  # below it, it takes any paragraph on the page: a one-line flash is no reason
    return options


def drop_links(root: HtmlElement) -> None:
    """Take out paragraphs, items and headings that are nothing but a link to another story."""
    drop(a for a in root.iter("a") if MORE.fullmatch(text_of(a)))
    drop(e for e in root.iter("p", "li", *_HEADINGS) if _is_link(e))
    drop(e for e in root.iter("p", *_HEADINGS) if LABEL.fullmatch(text_of(e)))


def _is_link(element: HtmlElement) -> bool:
    linked = sum(len(text_of(a)) for a in element.iter("a"))
    if not linked:
        return False
    text = text_of(element)
    return (
        linked >= 0.9 * len(text)
        or LABELLED.fullmatch(text) is not None
        or LABEL.match(text[: len(text) - linked]) is not None
    )


def lines(body: HtmlElement) -> list[str]:
    """Return the text of each block in order, one line a block, empty ones left out."""
    found: list[str] = [""]
    _collect(body, found)
    return [line for line in map(tidy, found) if line]


def _collect(element: HtmlElement, found: list[str]) -> None:
    # one level of Python a level of the page, of which the parser allows 256
    is_block = element.tag in _BLOCKS
    if is_block:
        found.append("")
    found[-1] += element.text or ""
    for child in element:
        if child.tag in _CELLS and found[-1]:
            found[-1] += " | "
        elif child.tag in {"br", "lb"}:
            found[-1] += " "
        if isinstance(child.tag, str):
            _collect(child, found)
        found[-1] += child.tail or ""
    if is_block:
        found.append("")
