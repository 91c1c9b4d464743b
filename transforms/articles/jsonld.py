"""What a page tells search engines about its article: schema.org in JSON-LD."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from transforms.articles.text import plain_lines, tidy

MAX_CHARS = 1_000_000
_MAX_NODES = 500
_WRAPPED = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")


@dataclass(frozen=True, slots=True)
class Linked:
    """The article node of a page, its fields as plain text; all empty where the page has none."""

    found: bool = False
    live: bool = False
    locked: bool = False
    headline: str = ""
    url: str = ""
    published: str = ""
    modified: str = ""
    section: str = ""
    language: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


def read_linked(root: HtmlElement) -> Linked:
    """Return what the first article among the page's JSON-LD nodes says."""
    node = next((n for n in _nodes(root) if _is_article(n)), None)
    if node is None:
        return Linked()
    return Linked(
        found=True,
        live="LiveBlogPosting" in _types(node),
        locked=str(node.get("isAccessibleForFree")).lower() in {"false", "http://schema.org/false"},
        headline=_text(node.get("headline") or node.get("name")),
        url=_text(node.get("url") or _id(node.get("mainEntityOfPage"))),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        section=_text(node.get("articleSection")),
        language=_name(node.get("inLanguage")),
        publisher=_name(node.get("publisher")),
        authors=tuple(filter(None, map(_person, _list(node.get("author") or node.get("creator"))))),
        body=tuple(plain_lines(_raw(node.get("articleBody")))),
    )


def _nodes(root: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Yield the nodes that stand for the page itself; those within a node (updates, parts) are of other things."""
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        waiting = [_loaded(script.text or "")]
        for _ in range(_MAX_NODES):
            if not waiting:
                break
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value[:_MAX_NODES]
            elif isinstance(value, dict):
                yield value
                waiting += [value[key] for key in ("@graph", "mainEntity") if key in value]


def _loaded(text: str) -> Any:
    try:
        return json.loads(_WRAPPED.sub("", text[:MAX_CHARS]), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(node: Mapping[str, Any]) -> list[str]:
    return [str(t).rpartition("/")[2] for t in _list(node.get("@type"))]


def _is_article(node: Mapping[str, Any]) -> bool:
    return any(t.endswith(("Article", "Posting")) or t == "Report" for t in _types(node) if t != "JobPosting")


def _list(value: Any) -> list[Any]:
    return value[:20] if isinstance(value, list) else [] if value is None else [value]


def _raw(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _text(value: Any) -> str:
    first = next(iter(_list(value)), "")
    return tidy(html.unescape(_raw(first)))[:2000]


def _id(value: Any) -> Any:
    return value.get("@id") or value.get("url") if isinstance(value, dict) else value


def _name(value: Any) -> str:
    first = next(iter(_list(value)), "")
    return _text(first.get("name")) if isinstance(first, dict) else _text(first)


def _person(value: Any) -> str:
    if isinstance(value, dict):
        return "" if "Organization" in str(value.get("@type")) else _text(value.get("name"))
    return _text(value)
